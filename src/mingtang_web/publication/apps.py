"""The app `publication` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """信息发布."""

    name = "mingtang_web.publication"
    verbose_name = "信息发布"

    def ready(self) -> None:
        """Say what is done as a document goes out, and what is done and told by the day."""
        from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415 - models stand only now
        from mingtang_web.notices.wanting import PROVIDERS  # noqa: PLC0415
        from mingtang_web.publication import issuing, reminding, turning  # noqa: PLC0415
        from mingtang_web.publication.releasing import ON_PUBLISHING  # noqa: PLC0415

        ON_PUBLISHING["norms"] = issuing.on_publishing
        PROVIDERS["norms"] = reminding.due
        JOBS[turning.JOB.name] = turning.JOB
