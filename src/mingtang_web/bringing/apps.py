"""The app `bringing` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BringingConfig(AppConfig):
    """信息导入导出."""

    name = "mingtang_web.bringing"
    verbose_name = "信息导入导出"

    def ready(self) -> None:
        """Go on with imports in the background where jobs run."""
        from mingtang_web.bringing import waiting  # noqa: PLC0415 - models stand now
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415
        from mingtang_web.notices.running import Job  # noqa: PLC0415

        JOBS["bringing"] = Job(
            "bringing",
            _("导入旧站信息"),
            timedelta(minutes=1),
            waiting.parts,
            waiting.waits,
        )
