"""The app `registers` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """更正申请、投诉举报."""

    name = "mingtang_web.registers"
    verbose_name = "更正申请、投诉举报"

    def ready(self) -> None:
        """Say what is to be told of it."""
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415
        from mingtang_web.registers import reminding  # noqa: PLC0415 - models stand only now

        PROVIDERS["registers"] = reminding.due
