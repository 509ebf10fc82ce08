"""The app `publication` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """信息发布."""

    name = "mingtang_web.publication"
    verbose_name = "信息发布"

    def ready(self) -> None:
        """Publish what waits for its hour."""
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415 - models stand now
        from mingtang_web.notices.running import Job  # noqa: PLC0415
        from mingtang_web.publication import waiting  # noqa: PLC0415

        JOBS["publication"] = Job(
            "publication",
            _("定时发布文件"),
            timedelta(minutes=1),
            waiting.parts,
            waiting.waits,
        )
