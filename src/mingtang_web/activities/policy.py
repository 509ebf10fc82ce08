"""Who may do what in the registers of section one."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_OFFICERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
_WRITERS = frozenset({Role.CLERK, Role.HANDLER})

SEE = Act(
    "activities.see", "查看工作登记", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True
)
RECORD = Act("activities.record", "登记公开工作", _WRITERS)
AMEND = Act("activities.amend", "补充或者更正工作登记", _WRITERS)
STRIKE = Act("activities.strike", "作废工作登记", _WRITERS)
OBSERVE = Act("activities.observe", "登记账号巡查", _WRITERS)
