"""The same act in many cases: each by itself, with its own permission, law and record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mingtang.case.permitting import NotPermittedError, admit
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import FutureError, SignOffError, StaleError, came_before
from mingtang_web.cases.assigning import Outcome, Told
from mingtang_web.cases.exchanging import ExchangeError, WordsError
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.cases.naming import NamedError
from mingtang_web.cases.rules import rulebook
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang.case.events import Event
    from mingtang_web.cases.models import Case

REFUSALS = (
    *(NotAllowedError, NotPermittedError, SignOffError, StaleError, FutureError),
    *(ExchangeError, WordsError, LetterMissingError, NamedError),
)
"""What says no to one case and leaves the others alone."""


def each(
    cases: Iterable[Case], key: str, act: Callable[[Case, str], object]
) -> tuple[Told, ...]:
    """Do an act in many cases, each in its own transaction, and tell how each went.

    ``act`` gets a case and the token of its submission. The same key again goes on
    where the first time was cut short.
    """
    return tuple(_told(case, f"{key}:{case.pk}", act) for case in cases)


def against(cases: Iterable[Case], made: Callable[[Case], Event]) -> dict[int, str]:
    """Return, by case, why the law refuses an event there now; nothing is done.

    Other records that an act asks for are looked at when it is done.
    """
    known = list(cases)
    past = bridge.histories([case.pk for case in known])
    bodies = {case.body_id: case.body for case in known}
    rules = {pk: rulebook(body) for pk, body in bodies.items()}
    found: dict[int, str] = {}
    for case in known:
        try:
            admit(past[case.pk], made(case), rules[case.body_id])
        except NotPermittedError as problem:
            found[case.pk] = spoken(problem.why)
    return found


def _told(case: Case, key: str, act: Callable[[Case, str], object]) -> Told:
    if came_before(case, key):
        return Told(case, Outcome.BEFORE)
    try:
        act(case, key)
    except REFUSALS as problem:
        return Told(case, Outcome.REFUSED, str(problem))
    return Told(case, Outcome.DONE)
