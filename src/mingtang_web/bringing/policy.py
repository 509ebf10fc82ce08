"""Who may bring documents in, agree to it, and take a body's documents out."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_BRINGERS = frozenset({Role.ADMINISTRATOR, Role.PUBLISHER})

BRING = Act("bringing.bring", "导入旧站信息", _BRINGERS)
AGREE = Act("bringing.agree", "批准导入旧站信息", frozenset({Role.APPROVER}))
SEE = Act("bringing.see", "查看旧站信息导入", _BRINGERS | {Role.APPROVER})
EXPORT = Act("bringing.export", "导出信息", _BRINGERS)
