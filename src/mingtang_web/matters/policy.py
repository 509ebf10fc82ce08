"""Who may do what with a district's standard catalogue of matters."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import IN_THE_BODY, Act

SEE = Act("matters.see", "查看公开事项标准目录", IN_THE_BODY, from_above=True)
KEEP = Act(
    "matters.keep",
    "增加、取消公开事项",
    frozenset({Role.LEGAL_REVIEWER, Role.ADMINISTRATOR}),
)
LINK = Act("matters.link", "把文件对应到公开事项", frozenset({Role.CLERK, Role.HANDLER}))
