"""The app `searching` as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchingConfig(AppConfig):
    """检索."""

    name = "mingtang_web.searching"
    verbose_name = "检索"

    def ready(self) -> None:
        """Hear of what becomes public; let the index follow in the background."""
        from django.db.models.signals import post_save  # noqa: PLC0415 - models stand now

        from mingtang_web.annual.models import Annual  # noqa: PLC0415
        from mingtang_web.bringing.running import ON_BRINGING  # noqa: PLC0415
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415
        from mingtang_web.notices.running import Job  # noqa: PLC0415
        from mingtang_web.publication.models import Document  # noqa: PLC0415
        from mingtang_web.searching import telling, waiting  # noqa: PLC0415

        post_save.connect(telling.document_saved, Document, dispatch_uid="searching")
        post_save.connect(telling.report_saved, Annual, dispatch_uid="searching")
        ON_BRINGING["searching"] = telling.brought_in
        JOBS["searching"] = Job(
            "searching",
            _("更新检索"),
            timedelta(seconds=10),
            waiting.parts,
            waiting.waits,
        )
        JOBS["search_check"] = Job(
            "search_check", _("核对检索"), timedelta(days=1), waiting.compared
        )
