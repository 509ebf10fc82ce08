"""What stands beside an applicant's act: what was asked for, how a fee came about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mingtang.case.clock import begins_anew
from mingtang.case.deadlines import answer_term, payment_due
from mingtang.case.state import Phase
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.fees import item_lines, page_lines
from mingtang.law.terms import term
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.asking import acting
from mingtang_web.cases.clocks import Mark
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


class Told(NamedTuple):
    """What an applicant is told of the answer's term beside its last day, or for it.

    ``words`` stand where no day can be said, ``more`` says what it waits for.
    """

    words: str = ""
    more: str = ""


def term_told(seen: Followed) -> Told:
    """Return the answer's term in an applicant's words, empty where the clock says it.

    What waits for a payment begins anew with it (国办函〔2020〕109号第六条); what runs into
    a year without its holiday notice has no last day yet.
    """
    unsettled = seen.clock.mark is Mark.UNSETTLED
    until = _until(seen) if unsettled else ""
    if seen.history.phase is Phase.FEE:
        again = _("从缴费的次日起，重新计算%(n)s个工作日")
        said = again % {"n": term("answer", seen.today).amount}
        waits = "" if seen.clock.due else _("等您缴费")
        return Told(waits, _("。").join(filter(None, (said, until))))
    if unsettled and seen.clock.due:
        day = date_format(seen.clock.due, "Y-m-d")
        return Told(_("最迟 %(day)s") % {"day": day})
    return Told(_("最后一天现在还算不出来") if unsettled else "", until)


def _until(seen: Followed) -> str:
    """Return which holiday notice a term waits for, as an applicant may know it."""
    found = answer_term(seen.history, seen.rules)
    if found is None or found.lacking is None:
        return ""
    told = _(
        "答复期限要算到%(year)s年。那一年的放假安排，国务院办公厅一般在%(before)s年11月公布；"
        "公布、录入以后，这里会写出最后一天"
    )
    return told % {"year": found.lacking, "before": found.lacking - 1}


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
