"""Who may take over an old ledger: it writes decisions that nobody here signed."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

IMPORT = Act("importing.import", "导入旧台账", frozenset({Role.ADMINISTRATOR}))
