"""The app `cases` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """依申请公开案件."""

    name = "mingtang_web.cases"
    verbose_name = "依申请公开案件"

    def ready(self) -> None:
        """Say what of it is counted in the tables."""
        from mingtang_web.cases.counting import SOURCE  # noqa: PLC0415 - models stand only now
        from mingtang_web.counts.actions import CASE  # noqa: PLC0415
        from mingtang_web.counts.sources import SOURCES  # noqa: PLC0415

        SOURCES[CASE] = SOURCE
