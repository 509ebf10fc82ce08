"""Who sees the jobs and what could not be sent, and who tries again."""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

SEE_JOBS = Act("notices.jobs", "查看后台任务", frozenset({Role.ADMINISTRATOR}))
LEAD = Act("notices.lead", "设定提醒提前量", frozenset({Role.ADMINISTRATOR}))
RETRY = Act("notices.retry", "重新发送通知", frozenset({Role.ADMINISTRATOR}))
