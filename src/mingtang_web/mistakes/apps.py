"""The app `mistakes` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MistakesConfig(AppConfig):
    """网站找错."""

    name = "mingtang_web.mistakes"
    verbose_name = "网站找错"

    def ready(self) -> None:
        """Say what is to be told of it."""
        from mingtang_web.mistakes import reminding  # noqa: PLC0415 - models stand only now
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415

        PROVIDERS["mistakes"] = reminding.due
