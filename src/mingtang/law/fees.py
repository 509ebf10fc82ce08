"""The fee for handling requests beyond a certain number (信息处理费).

国办函〔2020〕109号 lets a body charge by item or by page, never both for one
item, in bands that grow. The bands are data; this module walks them and says
how each yuan came about. Amounts are whole yuan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.parameter import MonthDay, parameter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.law.parameter import Band


class FeeCountError(ValueError):
    """A number of items or pages is not a whole number from zero up."""


class FeeLine(NamedTuple):
    """One line of a fee notice: pieces `first` to `last` at `price` yuan each."""

    first: int
    last: int
    price: int

    @property
    def amount(self) -> int:
        """Return what the line comes to, in yuan."""
        return (self.last - self.first + 1) * self.price


def fee_by_items(items: int, on: date) -> int:
    """Return the yuan due for all items of one applicant in one calendar month.

    国办函〔2020〕109号第四条. Raises `FeeCountError` for a negative count and
    `UncoveredDayError` before 2021.

    >>> from datetime import date
    >>> fee_by_items(35, date(2026, 3, 2))
    3000
    """
    return sum(line.amount for line in item_lines(items, on))


def fee_of_item(position: int, on: date) -> int:
    """Return the yuan due for the one item that is the month's `position`-th.

    Raises what `fee_by_items` raises, and `FeeCountError` for position zero.

    >>> from datetime import date
    >>> fee_of_item(11, date(2026, 3, 2)), fee_of_item(41, date(2026, 3, 2))
    (100, 300)
    """
    if position == 0:
        message = "件的序号从 1 起"
        raise FeeCountError(message)
    return fee_by_items(position, on) - fee_by_items(position - 1, on)


def fee_by_pages(pages: int, on: date) -> int:
    """Return the yuan due for the pages of one item.

    国办函〔2020〕109号第五条: pages of several items are not added up. Raises
    `FeeCountError` for a negative count and `UncoveredDayError` before 2021.

    >>> from datetime import date
    >>> fee_by_pages(68, date(2025, 6, 3))
    380
    """
    return sum(line.amount for line in page_lines(pages, on))


def item_lines(items: int, on: date) -> tuple[FeeLine, ...]:
    """Return how the fee for a month's items is made up, free pieces included."""
    return _lines("fee_by_items", items, on)


def page_lines(pages: int, on: date) -> tuple[FeeLine, ...]:
    """Return how the fee for an item's pages is made up, free pieces included.

    >>> from datetime import date
    >>> [(line.first, line.last, line.price) for line in page_lines(68, date(2025, 6, 3))]
    [(1, 30, 0), (31, 68, 10)]
    """
    return _lines("fee_by_pages", pages, on)


def _lines(name: str, pieces: int, on: date) -> tuple[FeeLine, ...]:
    if type(pieces) is not int or pieces < 0:
        message = f"件数、页数须为 0 以上的整数，却是 {pieces!r}"
        raise FeeCountError(message)
    bands = parameter(name).at(on).value
    if not isinstance(bands, tuple) or isinstance(bands, MonthDay):
        message = f"{name} has no bands"
        raise TypeError(message)
    ends = [*(band.above for band in bands[1:]), pieces]
    return tuple(
        line
        for band, end in zip(bands, ends, strict=True)
        for line in _band_lines(band, min(end, pieces))
    )


def _band_lines(band: Band, end: int) -> Iterator[FeeLine]:
    """Yield the lines of one band, a new one wherever the price steps up."""
    if band.every is None or band.step is None:
        if end > band.above:
            yield FeeLine(band.above + 1, end, band.price)
        return
    price = band.price
    for first in range(band.above + 1, end + 1, band.every):
        yield FeeLine(first, min(first + band.every - 1, end), price)
        price += band.step
