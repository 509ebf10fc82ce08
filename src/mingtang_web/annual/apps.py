"""The app `annual` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """年度报告."""

    name = "mingtang_web.annual"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Let nothing join a year's figures unasked once its report is signed."""
        from mingtang_web.annual.closing import closed  # noqa: PLC0415 - models stand only now
        from mingtang_web.cases.questioning import CLOSED  # noqa: PLC0415

        if closed not in CLOSED:
            CLOSED.append(closed)
