"""Who opens a season, who hands in, who decides."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

SEE = Act(
    "collecting.see",
    "查看年报收集",
    frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    from_above=True,
)
OPEN = Act(
    "collecting.open", "发起年报收集", frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
)
DECIDE = Act(
    "collecting.decide", "接受、退回报送的年报，催报", frozenset({Role.SUPERVISOR})
)
VOUCH = Act(
    "collecting.vouch",
    "核实补录的收到日期",
    frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
)
HAND = Act("collecting.hand", "报送年度报告", frozenset({Role.HANDLER, Role.APPROVER}))
