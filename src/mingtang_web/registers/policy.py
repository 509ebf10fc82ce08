"""Who may do what in the registers of corrections and complaints."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_OFFICERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})

SEE = Act(
    "registers.see",
    "查看更正申请、投诉举报",
    _OFFICERS | {Role.ADMINISTRATOR},
    from_above=True,
)
REGISTER = Act(
    "registers.register",
    "登记更正申请、投诉举报",
    frozenset({Role.CLERK, Role.HANDLER}),
)
HANDLE = Act("registers.handle", "登记办理情况", frozenset({Role.HANDLER}))
ANSWER = Act("registers.answer", "登记答复", frozenset({Role.HANDLER, Role.APPROVER}))
CLOSE = Act("registers.close", "办结", frozenset({Role.CLERK, Role.HANDLER}))
