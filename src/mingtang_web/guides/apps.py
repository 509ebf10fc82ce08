"""The app `guides` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """指南、目录、制度."""

    name = "mingtang_web.guides"
    verbose_name = "指南、目录、制度"

    def ready(self) -> None:
        """Say what is to be told of it, and what the ledger holds of its rows."""
        from mingtang_web.guides import reminding  # noqa: PLC0415 - models stand only now
        from mingtang_web.guides.actions import CONFIRMATION  # noqa: PLC0415
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415
        from mingtang_web.publication.recording import ROWS  # noqa: PLC0415

        PROVIDERS["guides"] = reminding.due
        ROWS["document_confirmation"] = CONFIRMATION
