"""The job that takes down what has been read, and begins what never was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingtang_web.collecting.models import Delivery, State
from mingtang_web.collecting.reading import settled
from mingtang_web.notices.running import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from mingtang_web.notices.running import Pass


def parts(_: Pass) -> Iterator[Part]:
    """Yield every version that is being read."""
    for row in _reading():
        yield Part(0, partial(_settle, row))


def waits(_: datetime) -> bool:
    """Return whether anything is being read."""
    return _reading().exists()


def _reading() -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(state=State.READING).order_by("pk")
    return rows.select_related("member__body", "member__season", "file")


def _settle(row: Delivery) -> int:
    return int(settled(row).state != State.READING)
