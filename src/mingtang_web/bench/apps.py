"""The app `bench` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchConfig(AppConfig):
    """检查台."""

    name = "mingtang_web.bench"
    verbose_name = "检查台"

    def ready(self) -> None:
        """Have the jobs clear away what has lain for an hour."""
        from mingtang_web.bench import clearing  # noqa: PLC0415 - models are ready now
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415
        from mingtang_web.notices.running import Job  # noqa: PLC0415

        JOBS["bench"] = Job(
            "bench",
            _("检查台文件清理"),
            timedelta(minutes=5),
            clearing.parts,
            clearing.waits,
        )
