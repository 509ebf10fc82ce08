"""Disclosing what a consulted third party refuses: only for a reason, and told to it.

条例第十五条、第三十二条: what would harm a third party is not disclosed unless the
third party consents, its refusal has no sound reason, or withholding would gravely
affect the public interest. Silence is neither consent nor refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.vocabulary import OVERRIDES

if TYPE_CHECKING:
    from mingtang.case.events import Decided
    from mingtang.case.state import Case

CITE = "政府信息公开条例（2019年修订）第十五条；政府信息公开条例（2019年修订）第三十二条"
_SAID = frozenset({"objects", "silent", "consents"})
_WITHHOLDS = "N4"
DISCLOSES = frozenset({"G2", "P1"})
"""The grounds on which something is disclosed that was not public before."""


def last_words(case: Case) -> dict[str, str]:
    """Return the last word of each third party, in this round or an earlier one.

    By the party's number in the case: ``objects``, ``silent`` or ``consents``.
    """
    return {
        each.party: each.how
        for present in case.rounds
        for each in present.opinions
        if each.role == "third_party" and each.how in _SAID
    }


def objected(case: Case) -> tuple[str, ...]:
    """Return the third parties whose last word is a refusal."""
    return tuple(party for party, how in last_words(case).items() if how == "objects")


def overrides(event: Decided, case: Case) -> bool:
    """Return whether a decision discloses what a third party refuses to have disclosed.

    A partial answer that withholds for the third party's sake (N4) leaves out what was
    refused, unless it says itself that it does not.
    """
    if not objected(case):
        return False
    if event.ground == "P1":
        return _WITHHOLDS not in event.withheld or event.overrides is not None
    return event.ground == "G2"


def telling_refusal(event: Decided | None, party: str, case: Case) -> str | None:
    """Return why a third party may not be told that something is disclosed, or None.

    In Chinese; the source is `CITE`. ``event`` is the decision, None before there is one.
    What is public already, or kept back for the party's sake, is not decided here.
    """
    if event is None or event.ground not in DISCLOSES:
        return "没有作出公开或者部分公开的决定，不能告知第三方决定公开"
    if party in objected(case) and not overrides(event, case):
        return "这位第三方不同意公开的内容没有决定公开，不能告知其决定公开"
    return None


def override_refusal(event: Decided, case: Case) -> str | None:
    """Return why a decision may not pass over a third party's refusal, or None.

    In Chinese; the source is `CITE`.
    """
    if not overrides(event, case):
        strange = "没有第三方不同意公开的内容，不写不采纳其意见的理由"
        return strange if event.overrides else None
    if event.overrides is None:
        return (
            "第三方不同意公开，不得公开；其理由不合理，或者不公开会对公共利益造成"
            "重大影响的，须选明是哪一种并写明理由，经法制审核和负责人批准"
        )
    if event.overrides not in OVERRIDES:
        return f"没有“{event.overrides}”这种不采纳第三方意见的理由"
    return None
