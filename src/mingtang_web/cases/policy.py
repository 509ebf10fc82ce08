"""Who may do what in a case: the roles of each act, and which acts take two persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.act import act_of, acts
from mingtang.case.consenting import need
from mingtang.case.events import Struck
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.cases.models import Proposal

if TYPE_CHECKING:
    from mingtang.case.events import Event
    from mingtang.case.situation import Situation

_DAILY = frozenset({Role.CLERK, Role.HANDLER})
_HANDLER = frozenset({Role.HANDLER})
_ALL = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
# Facts that reach the front desk: whoever sits there enters them.
_ENTERED_AT_THE_DESK = {
    "confirm",
    "reclassify",
    "receive_correction",
    "receive_reason",
    "record_consultation_delivery",
    "receive_opinion",
    "record_fee_delivery",
    "record_payment",
    "dispatch",
    "record_delivery",
    "withdraw",
    "archive",
}

SEE = Act("cases.see", "查看案件", _ALL | {Role.ADMINISTRATOR}, from_above=True)
REGISTER = Act("cases.register", "登记申请", frozenset({Role.CLERK}))
ASSIGN = Act("cases.assign", "分派承办", frozenset({Role.CLERK, Role.APPROVER}))
SEARCH = Act("cases.search", "登记检索记录", _HANDLER)
ATTACH = Act("cases.attach", "上传附件", _DAILY)
OPEN_FILE = Act("cases.open_file", "查看附件", _ALL)
REVIEW = Act("cases.review", "法制审核", frozenset({Role.LEGAL_REVIEWER}))
APPROVE = Act("cases.approve", "审批", frozenset({Role.APPROVER}))
STRIKE = Act("cases.strike", "更正登记", frozenset({Role.APPROVER}))
URGE = Act("cases.urge", "督办", frozenset({Role.SUPERVISOR}))
EXPLAIN = Act("cases.explain", "说明逾期原因", _HANDLER)
ANSWER_URGING = Act("cases.answer_urging", "答复督办", _HANDLER)
COMMENT = Act("cases.comment", "批示", frozenset({Role.APPROVER, Role.SUPERVISOR}))
ASK_SECTION = Act("cases.ask_section", "征求内部意见", _DAILY)
ANSWER_SECTION = Act("cases.answer_section", "答复内部意见", _ALL)
DOING = {
    known.id: Act(
        f"cases.{known.id}",
        known.title,
        _DAILY if known.id in _ENTERED_AT_THE_DESK else _HANDLER,
    )
    for known in acts()
}
"""Each act of the engine with the roles that may do it, or propose it."""

FROM_OUTSIDE = frozenset(DOING[known.id] for known in acts() if known.arrives)
"""What reaches a body whether it will or not: no proposal keeps it from being recorded.

A case is opened anew without a proposal by a ruling only, which binds.
"""


def doing(event: Event) -> Act:
    """Return the act of the policy that writes an event into a case that is there."""
    known = act_of(event)
    if known is None:
        return STRIKE if isinstance(event, Struck) else REGISTER
    return DOING[known.id]


def first_stage(
    event: Event, now: Situation, *, untold: bool = False
) -> Proposal.Stage | None:
    """Return whose consent an event needs before it is recorded, none where one acts alone.

    ``now`` is the case before it as it stands today; ``untold`` says that no letter
    goes out with it.
    """
    asked = need(event, now, untold=untold)
    return Proposal.Stage(asked.consent) if asked else None
