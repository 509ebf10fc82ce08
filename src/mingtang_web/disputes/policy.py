"""Who may do what in a review or suit."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_OFFICERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
_LEGAL = frozenset({Role.LEGAL_REVIEWER, Role.APPROVER})
_DAILY = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER})

SEE = Act(
    "disputes.see", "查看复议、诉讼", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True
)
FILE = Act("disputes.file", "登记复议、诉讼", _DAILY)
RULE = Act("disputes.rule", "登记决定、裁判", _LEGAL)
NOTE = Act("disputes.note", "登记后续办理", _DAILY | _LEGAL)
STRIKE = Act("disputes.strike", "更正登记", frozenset({Role.APPROVER}))
DOING = {
    "copy_received": Act("disputes.copy", "登记收到副本", _DAILY),
    "answered": Act("disputes.answer", "登记提交答复", _DAILY),
    "suspended": Act("disputes.suspend", "登记中止", _DAILY),
    "resumed": Act("disputes.resume", "登记恢复", _DAILY),
    "ruled": RULE,
    "appealed": Act("disputes.appeal", "登记上诉、再审", _LEGAL),
}
"""Each kind of event after the filing, with the roles that may record it."""
