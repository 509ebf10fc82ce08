"""Who may do what with mistakes told of."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_OFFICERS = frozenset(
    {Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER, Role.PUBLISHER}
)

SEE = Act("mistakes.see", "查看网站找错", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True)
ANSWER = Act(
    "mistakes.answer",
    "答复网站找错",
    frozenset({Role.CLERK, Role.HANDLER, Role.PUBLISHER}),
)
STRIKE = Act("mistakes.strike", "作废网站找错", frozenset({Role.APPROVER}))
