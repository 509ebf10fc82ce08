"""Which grounds a decision may rest on, in a case as it stands.

The list of grounds is closed (``law.grounds``); most of it is open to any
request in hand. A few presuppose something that must have happened before:
nobody lapses without a notice, and no third party's interest is pleaded
without having asked the third party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.conditions import payment_lapsed
from mingtang.case.events import Decided
from mingtang.case.overriding import last_words
from mingtang.case.situation import Situation
from mingtang.case.state import Phase
from mingtang.law.grounds import Ground, ground, grounds
from mingtang.law.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingtang.case.events import Event

WITHHELD = tuple(known.code for known in grounds() if parts_of([known.code]))
"""The grounds on which a part of an answer can be left out (条例第三十七条)."""
_ASKED_BY = {"N4": "政府信息公开条例（2019年修订）第三十二条"}
"""What asks for what a ground presupposes, where the ground's own articles say more."""
_ONLY_IN = {Phase.CORRECTION: "O1", Phase.FEE: "O2", Phase.REASON: "X4"}


def ground_refusal(code: str, now: Situation) -> str | None:
    """Return why a decision may not rest on a ground now, in Chinese, or None.

    Raises `KeyError` for a code that is not in the list.
    """
    known = ground(code)
    if now.on < known.since:
        return f"“{known.title}”自{known.since}起才有依据"
    only = _ONLY_IN.get(now.phase)
    if only and code != only:
        return f"此时只能以“{ground(only).title}”处理，或者先继续办理"
    presupposed = _PRESUPPOSED.get(code)
    return presupposed(now) if presupposed else None


def rests_on(code: str) -> str:
    """Return the source of what `ground_refusal` says of a ground.

    >>> rests_on("N4")
    '政府信息公开条例（2019年修订）第三十二条'
    """
    return _ASKED_BY.get(code) or ground(code).cite


def refused_ground(event: Event, now: Situation) -> str | None:
    """Return the first ground of a decision that it may not rest on now, or None."""
    if not isinstance(event, Decided):
        return None
    known = {each.code for each in grounds()}
    named = (code for code in (event.ground, *event.withheld) if code in known)
    return next((code for code in named if ground_refusal(code, now)), None)


def grounds_open(now: Situation) -> tuple[Ground, ...]:
    """Return the grounds a decision may rest on now, in the order of the form."""
    return tuple(known for known in grounds() if not ground_refusal(known.code, now))


def part_refusal(event: Decided, now: Situation) -> str | None:
    """Return what is wrong with the grounds of the parts left out, in Chinese, or None.

    条例第三十七条: a partial answer gives a reason for each.
    """
    if event.ground != "P1":
        return "只有部分公开才写剔除部分的依据" if event.withheld else None
    if not event.withheld:
        return "部分公开须写明剔除部分的依据"
    strange = [code for code in event.withheld if code not in WITHHELD]
    if strange:
        return f"剔除部分不能依据“{'、'.join(map(_titled, strange))}”"
    refusals = (ground_refusal(code, now) for code in event.withheld)
    return next(filter(None, refusals), None)


def _titled(code: str) -> str:
    """Return what a ground is called; a code that is none stands as it is."""
    return next((known.title for known in grounds() if known.code == code), code)


def _uncorrected(now: Situation) -> str | None:
    correction = now.case.correction
    if now.phase is not Phase.CORRECTION or correction is None:
        return "没有正在等待的补正"
    if now.on <= correction.until:
        return f"补正期限{correction.until}尚未届满"
    return None


def _unpaid(now: Situation) -> str | None:
    if now.phase is not Phase.FEE:
        return "没有正在等待的缴费"
    if not payment_lapsed(now):
        return "缴费期限尚未届满，或者收费通知的送达之日、放假安排未登记，无从判断"
    return None


def _unclear(now: Situation) -> str | None:
    return None if now.case.corrected else "须先一次性告知补正，收到补正后仍不明确"


def _excessive(now: Situation) -> str | None:
    reason = now.case.round.reason
    if now.phase is not Phase.REASON or reason is None:
        return "须先要求申请人说明理由"
    if reason.given is None and now.on <= reason.until:
        return f"说明理由的期限{reason.until}尚未届满"
    return None


def _third_party(now: Situation) -> str | None:
    """Return why no third party's interest is pleaded; the last word of each counts.

    Whoever was asked before an earlier answer was asked (条例第三十二条).
    """
    said = last_words(now.case)
    if {"objects", "silent"} & set(said.values()):
        return None
    if said:
        return "第三方同意公开，不能以保护第三方合法权益为由不予公开"
    return "须先书面征求第三方意见"


def _already_public(now: Situation) -> str | None:
    fee = now.case.round.fee
    if fee and fee.basis == "pages" and fee.collected > fee.refunded:
        return "已经主动公开的信息不按量收费，所收信息处理费须先退付"
    return None


_PRESUPPOSED: Mapping[str, Callable[[Situation], str | None]] = {
    "O1": _uncorrected,
    "O2": _unpaid,
    "U3": _unclear,
    "X4": _excessive,
    "N4": _third_party,
    "G1": _already_public,
}
