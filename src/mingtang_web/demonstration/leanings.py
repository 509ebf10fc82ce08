"""Stories that must be among those of a district: each ground, each act, each phase once.

Chance alone would leave the rare ones out. What leads to them is still offered
by the law and chosen by weight; only the weights lean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.act import acts
from mingtang.case.state import Phase
from mingtang.law.grounds import grounds
from mingtang_web.demonstration.particulars import Leaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MUST = 1e5
STEADY: Mapping[str, float] = dict.fromkeys(
    ("withdraw", "transfer", "split", "recall_consultation", "reclassify", "reopen"), 0.0
)
"""What would lead a story away from where it leans."""
DIRECT: Mapping[str, float] = dict.fromkeys(
    ("ask_correction", "ask_reason", "notify_fee"), 0.0
)
"""What would end on another ground than the one a story leans to."""
_LEADING: Mapping[str, Mapping[str, float]] = {
    "N4": {"consult_third_party": MUST},
    "O1": {"ask_correction": MUST, "receive_correction": 0.0},
    "O2": {"notify_fee": MUST, "record_payment": 0.0},
    "U3": {"ask_correction": MUST},
    "X4": {"ask_reason": MUST, "accept_reason": 0.0},
    "receive_correction": {"ask_correction": MUST},
    "receive_reason": {"ask_reason": MUST},
    "accept_reason": {"ask_reason": MUST, "receive_reason": MUST, "decide": 0.01},
    "record_consultation_delivery": {"consult_co_author": MUST},
    "receive_opinion": {"consult_third_party": MUST},
    "note_silence": {"consult_third_party": MUST, "receive_opinion": 0.0},
    "recall_consultation": {"consult_other_body": MUST},
    "record_fee_delivery": {"notify_fee": MUST},
    "record_payment": {"notify_fee": MUST},
    "record_refund": {"notify_fee": MUST, "record_payment": MUST},
}
_ALONE = {"merge"}
"""What takes another case as well, and is told with it."""
_STANDING: tuple[tuple[Phase, Mapping[str, float]], ...] = (
    (Phase.CORRECTION, {"ask_correction": MUST}),
    (Phase.REASON, {"ask_reason": MUST}),
    (Phase.CONSULTING, {"consult_co_author": MUST}),
    (
        Phase.CONSULTING,
        {
            "consult_third_party": MUST,
            "record_consultation_delivery": MUST,
            "receive_opinion": 0.0,
        },
    ),
    (Phase.FEE, {"notify_fee": MUST}),
    (Phase.DECIDED, {"decide": MUST}),
    (Phase.DISPATCHED, {"decide": MUST}),
    (Phase.DELIVERED, {"decide": MUST}),
    (Phase.CLOSED, {"withdraw": MUST}),
)


def of_the_past() -> Iterator[Leaning]:
    """Yield a leaning for every ground and every act."""
    for known in grounds():
        stance = "objects" if known.code == "N4" else ""
        wishes = {**STEADY, **DIRECT, **_LEADING.get(known.code, {})}
        yield Leaning(wishes, {known.code: MUST}, stance)
    for act in acts():
        if act.id not in _ALONE:
            yield Leaning({**STEADY, **_LEADING.get(act.id, {}), act.id: MUST})


def of_these_days() -> Iterator[Leaning]:
    """Yield a leaning for every phase that a worklist shows."""
    for phase, wishes in _STANDING:
        yield Leaning({**STEADY, **wishes}, until=phase)
