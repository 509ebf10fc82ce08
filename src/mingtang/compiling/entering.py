"""What people enter by hand, held to what a report may take: figures, adjustments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mingtang.compiling.compiled import Adjusted
from mingtang.compiling.ledger import CompileError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mingtang.compiling.ledger import Adjustment, Books, Figure
    from mingtang.report import Count

_AMOUNTS = ("amount",)
_SIGNED = ("items_change",)
"""Columns that take decimals, and those of the 2019 form with negative decreases."""


def entered(
    books: Books, plain: Collection[str], counted: Collection[str]
) -> Iterator[Figure]:
    """Yield the figures that were entered; raises `CompileError`.

    A cell that is counted from a ledger takes none, nor does a total.
    """
    seen: set[str] = set()
    for each in books.figures:
        if each.cell not in plain:
            _refuse(each.cell, "该年度的表式里没有这一格，或者它是合计，由各格相加")
        if each.cell in counted:
            _refuse(each.cell, "这一格由台账推算，不能填报；要改请作人工调整")
        if each.cell in seen:
            _refuse(each.cell, "填报了两次，请只留一个")
        if not each.source.strip():
            _refuse(each.cell, "没有写数据来源；请写明出自哪本登记簿、由谁提供")
        _hold(each.cell, each.value)
        seen.add(each.cell)
        yield each


def held_adjustments(
    given: Sequence[Adjustment], first: Mapping[str, Count]
) -> tuple[Adjusted, ...]:
    """Return the adjustments with what the cells said and say; raises `CompileError`."""
    for each in given:
        if each.cell not in first:
            _refuse(each.cell, "没有可调整的数：它是空白、是合计，或者表式里没有")
        if not each.reason.strip() or not each.signer.strip():
            _refuse(each.cell, "人工调整须写明理由和签字人")
        if not is_exact(each.by):
            _refuse(each.cell, f"“{each.by}”不是准确的数")
    by_cell: dict[str, Count] = {}
    for each in given:
        by_cell[each.cell] = by_cell.get(each.cell, first[each.cell]) + each.by
    for cell, value in by_cell.items():
        _hold(cell, value)
    return tuple(Adjusted(each, first[each.cell], by_cell[each.cell]) for each in given)


def cannot_hold(cell: str, value: Count) -> str | None:
    """Return why a figure cannot stand in a cell, None where it can.

    >>> cannot_hold("disclosure/licensing/decisions", -2)
    '是-2，小于0'
    >>> cannot_hold("disclosure/administrative_fees/amount", Decimal("0.5"))
    """
    column = cell.rsplit("/", 1)[-1]
    if not is_exact(value):
        return f"“{value}”不是准确的数"
    if value < 0 and column not in _SIGNED:
        return f"是{value}，小于0"
    if value % 1 and column not in _AMOUNTS:
        return f"是{value}，不是整数"
    return None


def _hold(cell: str, value: Count) -> None:
    why = cannot_hold(cell, value)
    if why:
        _refuse(cell, why)


def is_exact(value: object) -> bool:
    """Return whether something is a whole number or a finite decimal.

    >>> is_exact(3), is_exact(0.5), is_exact(Decimal("NaN")), is_exact(True)
    (True, False, False, False)
    """
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)


def _refuse(cell: str, why: str) -> None:
    message = f"{cell}：{why}，没有生成年报"
    raise CompileError(message, cell, why)
