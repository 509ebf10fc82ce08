"""The app `asking` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """网上申请."""

    name = "mingtang_web.asking"
    verbose_name = "网上申请"

    def ready(self) -> None:
        """Say what an applicant has seen and the desk may not unmake."""
        from mingtang_web.asking.seeing import answer_seen  # noqa: PLC0415 - models stand only now
        from mingtang_web.cases.backing import BOUND  # noqa: PLC0415

        BOUND.append(answer_seen)
