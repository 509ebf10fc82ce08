"""Composing for the site: an order becomes a letter, or a list of what it lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.drafting import ParticularsError, compose, template
from mingtang.drafting.editing import EditError
from mingtang.drafting.hiding import DisclosureError
from mingtang.drafting.numbers import NumberError
from mingtang.drafting.setting import ELECTRONIC, SettingError
from mingtang.drafting.template import UnknownKindError
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.fees import FeeCountError
from mingtang.law.grounds import OpenRemedyError
from mingtang.law.parameter import UncoveredDayError
from mingtang_web import clock
from mingtang_web.letters import bridge
from mingtang_web.letters.queries import edits
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.drafting.letter import Letter
    from mingtang_web.bodies.models import Body
    from mingtang_web.letters.orders import Matter, Order

_WRONG = (
    *(EditError, NumberError, SettingError, UnknownKindError),
    *(UncoveredYearError, FeeCountError, OpenRemedyError, UncoveredDayError),
)


class Problem(NamedTuple):
    """One thing that a letter lacks: the particular's id, its label, what is wrong.

    Without an id it concerns the letter as a whole.
    """

    id: str
    label: str
    what: str

    def __str__(self) -> str:
        what = spoken(self.what)
        return f"“{spoken(self.label)}”{what}" if self.label else what


class NotReadyError(ValueError):
    """A letter that cannot be issued yet; `problems` tells everything it lacks."""

    def __init__(self, kind: str, problems: tuple[Problem, ...]) -> None:
        self.kind, self.problems = kind, problems
        told = "；".join(map(str, problems))
        super().__init__(
            _("文书还不能出具，有%(count)s处须补正：%(told)s")
            % {"count": len(problems), "told": told}
        )


class Preview(NamedTuple):
    """A letter as it would go out, its number's place open; or what it lacks."""

    letter: Letter | None
    problems: tuple[Problem, ...] = ()


def preview(order: Order, matter: Matter, *, masked: bool = True) -> Preview:
    """Return a letter as it would go out, its reader masked unless asked for whole.

    Nothing is stored and no number used.
    """
    try:
        made = composed(order, matter, None)
        return Preview(bridge.masked(made, matter.reader) if masked else made)
    except NotReadyError as lacking:
        return Preview(None, lacking.problems)


def reads_otherwise(order: Order, matter: Matter, mode: str) -> bool:
    """Return whether a letter would have other words if it were delivered that way.

    One that cannot be composed for it would; where the letter cannot be composed as it
    was, only going to or from an electronic way counts. Raises `ErasedError`.
    """
    made_for = order.delivery or bridge.POST
    if made_for == mode:
        return False
    try:
        before = composed(order, matter, None)
    except NotReadyError:
        return ELECTRONIC in (made_for, mode)
    try:
        after = composed(replace(order, delivery=mode), matter, None)
    except NotReadyError:
        return True
    return before.clauses != after.clauses


def composed(order: Order, matter: Matter, number: int | None) -> Letter:
    """Return the letter of an order; raises `NotReadyError` and `ErasedError`."""
    day = order.day or clock.today()
    try:
        lacking = tuple(_lacking(order, matter.body))
        told = bridge.particulars(order, matter.reader)
        own = edits(matter.body, order.kind, day)
        setting = bridge.setting(order, matter, day, own, number)
        made = compose(order.kind, told, setting)
    except ParticularsError as wrong:
        found = tuple(Problem(*problem) for problem in wrong.problems)
        raise NotReadyError(order.kind, (*lacking, *found)) from wrong
    except DisclosureError as wrong:
        where = wrong.at or ("",)
        problems = tuple(Problem(at, "", str(wrong)) for at in where)
        raise NotReadyError(order.kind, problems) from wrong
    except _WRONG as wrong:
        raise NotReadyError(order.kind, (Problem("", "", str(wrong)),)) from wrong
    if lacking:
        raise NotReadyError(order.kind, lacking)
    return made


def _lacking(order: Order, body: Body) -> Iterator[Problem]:
    """Yield what the body has not entered of itself, which every letter sent must tell."""
    if template(order.kind).reader == "file":
        return
    for value, label in ((body.address, _("通信地址")), (body.telephone, _("联系电话"))):
        if not value.strip():
            yield Problem("", label, _("没有登记，请在机关资料中补上"))
