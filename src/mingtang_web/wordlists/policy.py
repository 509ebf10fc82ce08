"""Who may do what with a body's word lists."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import IN_THE_BODY, Act

SEE = Act("words.see", "查看错敏词表", IN_THE_BODY, from_above=True)
KEEP = Act(
    "words.keep",
    "维护错敏词表",
    frozenset({Role.LEGAL_REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR}),
)
