"""The app `disputes` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """行政复议、行政诉讼."""

    name = "mingtang_web.disputes"
    verbose_name = "行政复议、行政诉讼"

    def ready(self) -> None:
        """Say what it binds, what is to be told of it, and what table four counts."""
        from mingtang_web.cases.backing import BOUND  # noqa: PLC0415 - models stand only now
        from mingtang_web.cases.questioning import UNRULED  # noqa: PLC0415
        from mingtang_web.counts.actions import DISPUTE  # noqa: PLC0415
        from mingtang_web.counts.sources import SOURCES  # noqa: PLC0415
        from mingtang_web.disputes import reminding, reopening  # noqa: PLC0415
        from mingtang_web.disputes.counting import SOURCE  # noqa: PLC0415
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415

        BOUND.append(reopening.ordered_by)
        UNRULED.append(reopening.unruled)
        PROVIDERS["disputes"] = reminding.due
        SOURCES[DISPUTE] = SOURCE
