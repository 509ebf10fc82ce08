"""The job that deletes what has lain on the bench for an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bench.actions import clear_old, leftovers, old_ones
from mingtang_web.notices.running import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass


def parts(_: Pass) -> Iterator[Part]:
    """Delete all of it at once."""
    yield Part(0, clear_old)


def waits(_: datetime) -> bool:
    """Return whether there is anything to delete."""
    return old_ones() or bool(leftovers())
