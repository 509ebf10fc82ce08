"""The one place that asks what day and what time it is.

Deadlines run by the calendar of the body's office, so a day here is a day in
China whatever the server's own zone. Everything else takes the day as an
argument; screens and jobs ask here, once, at their door.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINA = ZoneInfo("Asia/Shanghai")
_fixed: list[datetime] = []


def now() -> datetime:
    """Return the present moment, with its zone (UTC)."""
    return _fixed[-1] if _fixed else datetime.now(UTC)


def today() -> date:
    """Return the present day in China."""
    return now().astimezone(CHINA).date()


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock of this whole process still, for tests and demonstrations.

    Raises `ValueError` for a moment without a zone: nobody could say which
    day it is in China.
    """
    if moment.tzinfo is None:
        message = f"a moment without a zone: {moment!r}"
        raise ValueError(message)
    _fixed.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.pop()
