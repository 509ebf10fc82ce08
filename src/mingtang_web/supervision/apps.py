"""The app `supervision` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """监督检查."""

    name = "mingtang_web.supervision"
    verbose_name = "监督检查"

    def ready(self) -> None:
        """Inspect in the background, body by body."""
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415 - models stand now
        from mingtang_web.notices.running import Job  # noqa: PLC0415
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415
        from mingtang_web.supervision import reminding, waiting  # noqa: PLC0415

        PROVIDERS["supervision"] = reminding.due
        JOBS["inspections"] = Job(
            "inspections",
            _("监督检查"),
            timedelta(seconds=10),
            waiting.parts,
            waiting.waits,
        )
