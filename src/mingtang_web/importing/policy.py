"""Who may take over an old ledger: it writes decisions that nobody here signed.

What would reach into a register that is in use is approved by another person.
"""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

APPROVE = Act("importing.approve", "批准导入旧台账", frozenset({Role.APPROVER}))
SEE = Act("importing.see", "查看旧台账导入", frozenset({Role.ADMINISTRATOR, Role.APPROVER}))
IMPORT = Act("importing.import", "导入旧台账", frozenset({Role.ADMINISTRATOR}))
