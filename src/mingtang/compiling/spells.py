"""Figures entered period by period, and the year's figure that they make.

Decisions on licences, penalties and coercion and administrative fees (条例第二十条
第（五）、（六）、（八）项) come from other systems, by month or quarter. They add up to the
year's figure only where their periods leave no day out; else the cell stays blank.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mingtang.compiling.entering import cannot_hold
from mingtang.compiling.ledger import CompileError, Figure
from mingtang.law.calendar import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.report import Count


class Spell(NamedTuple):
    """A figure of a cell for a period (时段填报数), both days included, with its source."""

    cell: str
    first: date
    last: date
    value: Count
    source: str


class Yearly(NamedTuple):
    """The year's figures, and for the cells that have none the days still lacking.

    `lacking` has the first and last day of each stretch that no period covers.
    """

    figures: tuple[Figure, ...]
    lacking: Mapping[str, tuple[tuple[date, date], ...]]


def yearly(spells: Iterable[Spell], year: int) -> Yearly:
    """Return the year's figures that periods add up to, in the order of the cells' ids.

    Raises `CompileError` for a period that runs backwards, leaves the year or overlaps
    another of its cell, for one without a source, and for a value no cell can hold.

    >>> half = Spell("disclosure/penalties/decisions", date(2025, 1, 1),
    ...              date(2025, 6, 30), 12, "处罚台账")
    >>> yearly([half], 2025).lacking["disclosure/penalties/decisions"]
    ((datetime.date(2025, 7, 1), datetime.date(2025, 12, 31)),)
    """
    figures: list[Figure] = []
    lacking: dict[str, tuple[tuple[date, date], ...]] = {}
    ordered = sorted(spells, key=lambda each: (each.cell, each.first, each.last))
    for cell, group in groupby(ordered, key=lambda each: each.cell):
        held = list(group)
        for each in held:
            _hold(each, year)
        left = tuple(_uncovered(held, year))
        if left:
            lacking[cell] = left
        else:
            sources = dict.fromkeys(each.source.strip() for each in held)
            total = sum(each.value for each in held)
            figures.append(Figure(cell, total, "；".join(sources)))
    return Yearly(tuple(figures), lacking)


def _hold(spell: Spell, year: int) -> None:
    if spell.first > spell.last:
        _refuse(spell, "起止日期颠倒了；请核对")
    if {spell.first.year, spell.last.year} != {year}:
        _refuse(spell, f"不全在{year}年之内；请按年度分段填报")
    if not spell.source.strip():
        _refuse(spell, "没有写数据来源；请写明出自哪本登记簿、由谁提供")
    why = cannot_hold(spell.cell, spell.value)
    if why:
        _refuse(spell, why)


def _uncovered(held: Sequence[Spell], year: int) -> Iterator[tuple[date, date]]:
    """Yield the stretches of a year that no period covers; refuse what overlaps."""
    due = date(year, 1, 1)
    for each in held:
        if each.first < due:
            _refuse(each, "同另一个时段重叠，会重复计算；请核对起止日期")
        if each.first > due:
            yield due, each.first - ONE_DAY
        due = each.last + ONE_DAY
    end = date(year, 12, 31)
    if due <= end:
        yield due, end


def _refuse(spell: Spell, why: str) -> None:
    message = f"{spell.cell}：{spell.first}至{spell.last}的填报数{why}"
    raise CompileError(message, spell.cell, why)
