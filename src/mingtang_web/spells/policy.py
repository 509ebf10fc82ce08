"""Who may do what with figures of periods."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_OFFICERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
_WRITERS = frozenset({Role.CLERK, Role.HANDLER})

SEE = Act("spells.see", "查看时段填报数", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True)
ENTER = Act("spells.enter", "登记时段填报数", _WRITERS)
AMEND = Act("spells.amend", "更正时段填报数", _WRITERS)
STRIKE = Act("spells.strike", "作废时段填报数", _WRITERS)
ATTACH = Act("spells.attach", "附时段填报数的凭据", _WRITERS)
