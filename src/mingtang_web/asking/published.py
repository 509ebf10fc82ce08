"""What is public already, found by words: each app that publishes something says how."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mingtang_web.bodies.models import Body

MOST = 20


class Found(NamedTuple):
    """Something public: its title, where it is opened, a line of it, when it came out."""

    title: str
    address: str
    line: str = ""
    day: str = ""


FINDERS: dict[str, Callable[[Body, str], Iterable[Found]]] = {}
"""By an app's name, the function that finds what of its own is public, for words typed.

An app puts its function here when it is ready::

    # annual/apps.py
    def ready(self) -> None:
        FINDERS["annual"] = publishing.found
"""


def search(body: Body, words: str) -> list[Found] | None:
    """Return what is public and fits, none where this site holds nothing to search yet."""
    if not FINDERS:
        return None
    found = [each for finder in FINDERS.values() for each in finder(body, words)]
    return found[:MOST]
