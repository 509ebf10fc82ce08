"""Who may do what with letters."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_DAILY = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
SEE = Act("letters.see", "查看文书清单", _DAILY | {Role.ADMINISTRATOR}, from_above=True)
OPEN = Act("letters.open", "打开文书", _DAILY)
ISSUE = Act("letters.issue", "出具文书", frozenset({Role.CLERK, Role.HANDLER}))
DELIVER = Act("letters.deliver", "登记送达", frozenset({Role.CLERK, Role.HANDLER}))
# A letter that two persons stood behind is not undone by one of them alone.
VOID = Act("letters.void", "作废、重新出具文书", frozenset({Role.APPROVER}))
EDIT = Act("letters.edit", "改写文书措辞", frozenset({Role.ADMINISTRATOR}))
