"""What stands beside an applicant's act: what was asked for, how a fee came about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.clock import begins_anew
from mingtang.case.deadlines import payment_due
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.fees import item_lines, page_lines
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.asking import acting
from mingtang_web.letters.actions import AlteredLetterError

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.state import Fee
    from mingtang.law.fees import FeeLine
    from mingtang_web.asking.following import Followed

PASSAGES = {
    "correction_notice": frozenset({"items", "guidance"}),
    "reason_notice": frozenset({"facts"}),
}
"""Of each notice that asks for something, the passages that say what."""


class Asked(NamedTuple):
    """A notice: its place among the applicant's letters, and what it asks for."""

    place: int
    words: tuple[str, ...]


def asked_by(seen: Followed, kind: str) -> Asked | None:
    """Return what the last notice of a kind asks for, none where none went out.

    That it was read enters the ledger, as where the letter itself is opened. One that
    cannot be opened has no words; its page says why.
    """
    found = [(n, row) for n, row in enumerate(seen.letters, 1) if row.kind == kind]
    if not found:
        return None
    place, row = found[-1]
    try:
        made = acting.open_letter(seen.case, row, "screen")
    except (AlteredLetterError, ErasedError):
        return Asked(place, ())
    wanted = PASSAGES[kind]
    return Asked(place, tuple(each.text for each in made.clauses if each.passage in wanted))


def restarts(seen: Followed) -> bool:
    """Return whether the term begins anew once the correction comes (条例第三十条)."""
    asked = seen.history.correction
    return asked is None or begins_anew(seen.history, asked.asked, seen.rules)


def reckoned(fee: Fee) -> tuple[FeeLine, ...]:
    """Return the lines that a fee is made of: of items the last one's alone.

    国办函〔2020〕109号第四条、第五条.
    """
    if fee.basis == "items":
        return item_lines(fee.pieces, fee.notified)[-1:]
    return page_lines(fee.pieces, fee.notified)


def pay_by(seen: Followed) -> date | None:
    """Return the last day to pay, none until it can be said that the notice came."""
    return _due(seen, seen.history.round.fee)


def pay_by_at_least(seen: Followed) -> date | None:
    """Return the last day to pay for whoever got the notice on the day it went out."""
    owed = seen.history.round.fee
    if owed is None or owed.delivered is not None:
        return None
    return _due(seen, replace(owed, delivered=owed.notified))


def _due(seen: Followed, owed: Fee | None) -> date | None:
    try:
        return payment_due(owed, seen.rules) if owed else None
    except UncoveredYearError:
        return None
