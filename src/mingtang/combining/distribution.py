"""How figures of many reports are spread (分布): least, quarters, median, most."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


class Distribution(NamedTuple):
    """Of how many figures, and how they lie; `total` is their sum.

    The quarters are those of a line drawn between neighbours, the least and the most
    being its ends (R's type 7); of a single figure all are that one.
    """

    n: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: Decimal
    total: Decimal


def distribution(values: Iterable[Decimal]) -> Distribution | None:
    """Return how figures are spread, None of none.

    >>> from decimal import Decimal
    >>> found = distribution(map(Decimal, (1, 2, 3, 4, 10)))
    >>> [str(each) for each in found]
    ['5', '1', '2', '3', '4', '10', '20']
    """
    rows = sorted(values)
    if not rows:
        return None
    lower, _middle, upper = (
        quantiles(rows, n=4, method="inclusive") if len(rows) > 1 else rows * 3
    )
    total = sum(rows[1:], rows[0])
    return Distribution(len(rows), rows[0], lower, median(rows), upper, rows[-1], total)
