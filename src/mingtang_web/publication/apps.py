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
        """Publish by the hour, record and tell what follows for normative documents."""
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415 - models stand now
        from mingtang_web.notices.running import Job  # noqa: PLC0415
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415
        from mingtang_web.publication import (  # noqa: PLC0415
            issuing,
            reminding,
            turning,
            waiting,
        )
        from mingtang_web.publication.releasing import ON_PUBLISHING  # noqa: PLC0415

        ON_PUBLISHING["norms"] = issuing.on_publishing
        PROVIDERS["norms"] = reminding.due
        JOBS["publication"] = Job(
            "publication",
            _("定时发布文件"),
            timedelta(minutes=1),
            waiting.parts,
            waiting.waits,
        )
        JOBS[turning.JOB.name] = turning.JOB
