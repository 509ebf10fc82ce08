"""The cells of table two that add up from periods: what other systems keep count of.

条例第二十条第（五）、（六）、（八）项: licences, penalties, coercion, administrative fees.
Which cells these are the form of the year says. How many items there were at the end of
the year before does not add up; that stays with the report itself.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingtang.form.loading import edition, edition_for
from mingtang_web.figures import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = "disclosure"
ITEMS = frozenset(f"第二十条第（{n}）项" for n in "五六八")
"""The captions under which the form asks for what other systems keep."""
SUMMED = frozenset({"decisions", "amount"})
"""The columns whose figures of periods add up to the year's."""


def cells_of(year: int) -> Mapping[str, str]:
    """Return the cells of a year's form, each with its line and column as printed.

    Raises `NoEditionError` for a year that has no form.

    >>> list(cells_of(2025))[-1], cells_of(2025)["disclosure/penalties/decisions"]
    ('disclosure/administrative_fees/amount', '行政处罚 · 本年处理决定数量')
    """
    return _cells(edition_for(year).id)


@cache
def _cells(edition_id: str) -> Mapping[str, str]:
    known = edition(edition_id)
    found = [
        f"{TABLE}/{line.id}/{column.id}"
        for block in known.table(TABLE).blocks
        if block.caption in ITEMS
        for line in block.lines
        for column in block.columns
        if column.id in SUMMED
    ]
    return MappingProxyType({cell: label_of(known, cell) for cell in found})
