"""The job that publishes what waits for its hour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingtang_web.notices.running import Part
from mingtang_web.publication.releasing import due_now, publish_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass
    from mingtang_web.publication.models import Document


def parts(asked: Pass) -> Iterator[Part]:
    """Yield every document whose hour has come, the earliest first."""
    for document in due_now(asked.now):
        yield Part(0, partial(_out, document))


def waits(now: datetime) -> bool:
    """Return whether the hour of any document has come."""
    return due_now(now).exists()


def _out(document: Document) -> int:
    return int(publish_due(document))
