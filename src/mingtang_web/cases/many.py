"""The same act in many cases: each by itself, with its own permission, law and record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.case.permitting import NotPermittedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import FutureError, SignOffError, StaleError, came_before
from mingtang_web.cases.assigning import Outcome, Told
from mingtang_web.cases.exchanging import ExchangeError, WordsError
from mingtang_web.cases.lettering import LetterMissingError

if TYPE_CHECKING:
    from mingtang_web.cases.models import Case

REFUSALS = (
    *(NotAllowedError, NotPermittedError, SignOffError, StaleError, FutureError),
    *(ExchangeError, WordsError, LetterMissingError),
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


def against(
    cases: Iterable[Case], act: Callable[[Case, str], object]
) -> dict[int, str]:
    """Return, by case, why an act would be refused there; nothing is done.

    Each is tried and taken back, so that what is said is what would happen.
    """
    found: dict[int, str] = {}
    for case in cases:
        try:
            with transaction.atomic():
                act(case, "")
                transaction.set_rollback(True)
        except REFUSALS as problem:
            found[case.pk] = str(problem)
    return found


def _told(case: Case, key: str, act: Callable[[Case, str], object]) -> Told:
    if came_before(case, key):
        return Told(case, Outcome.BEFORE)
    try:
        act(case, key)
    except REFUSALS as problem:
        return Told(case, Outcome.REFUSED, str(problem))
    return Told(case, Outcome.DONE)
