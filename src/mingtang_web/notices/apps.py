"""The app `notices` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知和后台任务."""

    name = "mingtang_web.notices"
    verbose_name = "通知和后台任务"

    def ready(self) -> None:
        """Have the proposer told of what became of a proposal."""
        from mingtang_web.cases.belated import TOLD  # noqa: PLC0415 - models stand only now
        from mingtang_web.cases.waiting import ANSWERED  # noqa: PLC0415
        from mingtang_web.notices.answering import belated, told  # noqa: PLC0415

        if told not in ANSWERED:
            ANSWERED.append(told)
        if belated not in TOLD:
            TOLD.append(belated)
