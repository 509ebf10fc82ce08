"""Who may do what with guide, catalogue and systems beside writing and reviewing them."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

CONFIRM = Act(
    "guides.confirm", "确认指南、目录仍然准确", frozenset({Role.CLERK, Role.HANDLER})
)
SET_INTERVAL = Act(
    "guides.set_interval", "设定指南、目录多久核对一次", frozenset({Role.ADMINISTRATOR})
)
