"""The app `collecting` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectingConfig(AppConfig):
    """年报收集."""

    name = "mingtang_web.collecting"
    verbose_name = "年报收集"

    def ready(self) -> None:
        """Await what is published or withdrawn, read what came, remind who is late."""
        from mingtang_web.annual.reviewing import (  # noqa: PLC0415
            ON_PUBLISHING,
            ON_WITHDRAWING,
        )
        from mingtang_web.collecting import reminding, waiting  # noqa: PLC0415
        from mingtang_web.collecting.arriving import arrive, recall  # noqa: PLC0415
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415 - models stand now
        from mingtang_web.notices.running import Job  # noqa: PLC0415
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415

        ON_PUBLISHING["collecting"] = arrive
        ON_WITHDRAWING["collecting"] = recall
        PROVIDERS["collecting"] = reminding.due
        JOBS["collecting"] = Job(
            "collecting",
            _("读取报送的年报"),
            timedelta(minutes=1),
            waiting.parts,
            waiting.waits,
        )
