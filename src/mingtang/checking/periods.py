"""The reporting period as the prose states it (统计期限自……至……)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
_PERIOD = re.compile(
    rf"(20[0-9]{{2}})\s*年\s*{_DAY}\s*起?\s*(?:至|到|[-\u2013\u2014\uff0d~\uff5e]+)\s*"
    rf"(?:([0-9]{{4}})\s*年\s*|(?:当|本|同)年\s*)?{_DAY}(?:\s*止)?"
)
_ABOUT = re.compile(
    r"(?:统计的?(?:期限|时限|时间|周期|区间|数据|口径|起止)|数据的?(?:统计|期限|起止|时间)|所列数据)"
    r"[^。；\n]{0,20}$"
)
_BEFORE = 29


class Period(NamedTuple):
    """The first and the last day of a stated period, and where in the text it stands."""

    first: date
    last: date
    start: int
    end: int

    @property
    def is_one_year(self) -> bool:
        """Return whether the period is one whole calendar year."""
        year = self.first.year
        return self.first == date(year, 1, 1) and self.last == date(year, 12, 31)


def periods(text: str) -> Iterator[Period]:
    """Yield the periods that the prose states; impossible days are passed over."""
    for match in _PERIOD.finditer(text):
        year, month, day, last_year, last_month, last_day = match.groups()
        start = match.start()
        if not _ABOUT.search(text[max(start - _BEFORE, 0) : start]):
            continue
        first = _day(year, month, day)
        last = _day(last_year or year, last_month, last_day)
        if first is not None and last is not None:
            yield Period(first, last, start, match.end())


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
