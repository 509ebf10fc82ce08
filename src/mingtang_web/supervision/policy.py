"""Who inspects, orders, looks again and tells; who mends; who answers for a body."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_INSPECTORS = frozenset({Role.SUPERVISOR})
_OFFICERS = frozenset(
    {Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER, Role.PUBLISHER}
)

SEE = Act("supervision.see", "查看检查和通报", _INSPECTORS)
INSPECT = Act("supervision.inspect", "开展检查，核实问题", _INSPECTORS)
ORDER = Act("supervision.order", "发出整改通知，复查", _INSPECTORS)
TELL = Act("supervision.tell", "印发季度通报", _INSPECTORS)
SCORE = Act("supervision.score", "考核评分", _INSPECTORS)
SEE_ORDERS = Act(
    "supervision.see_orders",
    "查看整改通知和自查",
    _OFFICERS | {Role.ADMINISTRATOR},
    from_above=True,
)
MEND = Act(
    "supervision.mend",
    "报告整改情况",
    frozenset({Role.HANDLER, Role.APPROVER, Role.PUBLISHER}),
)
ASSESS = Act("supervision.assess", "自查评分", frozenset({Role.HANDLER, Role.APPROVER}))
