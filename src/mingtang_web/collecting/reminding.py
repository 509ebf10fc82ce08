"""What a season gives cause to tell on a day: that a report is due soon, or late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mingtang_web.cases.rules import rulebooks
from mingtang_web.collecting.models import Season
from mingtang_web.collecting.opening import wanted
from mingtang_web.collecting.status import board
from mingtang_web.notices.models import Kind
from mingtang_web.notices.reminding import of_term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang_web.notices.wanting import Wanted

AFTER = timedelta(days=60)
"""So long after its last day a season goes on to remind; then the office urges."""


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every report that is awaited."""
    for season in Season.objects.filter(due__gte=on - AFTER).select_related("body"):
        lines = [
            each
            for each in board(season, on)
            if each.member.expected and each.is_awaited and each.handed_on is None
        ]
        rules = rulebooks({each.member.body for each in lines})
        for each in lines:
            member = each.member
            member.season = season
            told = wanted(member, Kind.REPORT_DUE, on)
            book = rules[member.body_id]
            yield from of_term(told, Kind.REPORT_LATE, member.due, on, book)
