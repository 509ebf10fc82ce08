"""What is to be told to whom, as jobs and other apps say it, and who may say more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from mingtang_web.bodies.models import Role
    from mingtang_web.notices.models import Kind


class Wanted(NamedTuple):
    """Something that the holders of some roles in a body are to be told, once.

    ``day`` is the day it concerns. ``roles`` are looked up when it is written, lent
    roles included; `Role.HANDLER` means the case's own ``handler_id`` and, where
    nobody is in charge yet, whoever assigns. ``about`` tells apart what kind, case and
    day do not. Whoever is in ``but`` is left out. ``left`` is how many working days
    are left of a term: it is told on the days of which `leading` says that they are
    to be. ``matter`` and ``title`` name what is no case.
    """

    kind: Kind
    body_id: int
    day: date
    roles: tuple[Role, ...]
    case_id: int | None = None
    handler_id: int | None = None
    about: str = ""
    but: frozenset[int] = frozenset()
    left: int | None = None
    matter: str = ""
    title: str = ""
    anybody: bool = False

    def key(self, user_id: int) -> str:
        """Return by what the same thing told to the same person is known again."""
        matter = f"c{self.case_id}" if self.case_id else self.matter or f"b{self.body_id}"
        return f"{self.kind}/{matter}/{self.day}/{self.about}/{user_id}"


PROVIDERS: dict[str, Callable[[date], Iterable[Wanted]]] = {}
"""What apps above this one want told on a day, by the app's name.

An app puts its function here when it is ready; the function takes the day and may
be called any number of times::

    # disputes/apps.py
    def ready(self) -> None:
        PROVIDERS["disputes"] = reminding.due
"""
