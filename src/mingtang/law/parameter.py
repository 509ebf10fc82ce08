"""Dated values of the law: what a number was, on which day, by which article.

A value is asked for a day. Where no value covers that day the answer is an
error and never a guess; old values stay beside the new ones, because cases
and reports of the past are still read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.citation import Citation, parse_citations

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mingtang.law.sheet import Sheet

FOLDER = sheet.FOLDER / "parameters"
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_EXACT = re.compile(r"[0-9]+(\.[0-9]+)?")


class Unit(StrEnum):
    """What a value counts."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    YUAN = "yuan"
    PAGE = "page"
    ITEM = "item"
    MONTH_DAY = "month_day"
    YES_NO = "yes_no"


UNIT_NAMES = {
    Unit.WORKING_DAY: "个工作日",
    Unit.DAY: "日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.YUAN: "元",
    Unit.PAGE: "页",
    Unit.ITEM: "件",
    Unit.MONTH_DAY: "",
    Unit.YES_NO: "",
}


class MonthDay(NamedTuple):
    """A day of any year, such as 31 January (1月31日)."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month}月{self.day}日"


class Band(NamedTuple):
    """One band of a progressive price (超额累进), in yuan a piece.

    It holds for what is beyond `above` pieces; within it the price grows by
    `step` after each `every` pieces, where the law says so.
    """

    above: int
    price: int
    every: int | None = None
    step: int | None = None


Value = int | Decimal | MonthDay | tuple[Band, ...]


class UncoveredDayError(LookupError):
    """No value of the law covers the day that was asked for."""


class DatedValue(NamedTuple):
    """A value and the days on which it is in force, both ends included.

    `cite` is the source as written in the data, `unsettled` why a lawyer must
    still confirm it, in Chinese.
    """

    start: date
    until: date | None
    value: Value
    cite: str
    unsettled: str | None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the sources of the value."""
        return parse_citations(self.cite)

    @property
    def whole(self) -> int:
        """Return the value where it is a whole number; raises `TypeError` elsewhere."""
        if isinstance(self.value, int):
            return self.value
        message = f"{self.value!r} is not a whole number"
        raise TypeError(message)

    def covers(self, day: date) -> bool:
        """Return whether the value is in force on a day."""
        return self.start <= day and (self.until is None or day <= self.until)

    def period(self) -> str:
        """Return the days of force in Chinese: 2008-05-01至2019-05-14."""
        return f"{self.start}至{self.until}" if self.until else f"{self.start}起"


class Parameter(NamedTuple):
    """A number that the law fixes (法定数值), with all its values, newest first."""

    id: str
    what: str
    unit: Unit
    values: tuple[DatedValue, ...]
    file: str

    def at(self, day: date) -> DatedValue:
        """Return the value in force on a day, with its source.

        Raises `UncoveredDayError` where the data has none for that day.
        """
        for value in self.values:
            if value.covers(day):
                return value
        periods = "；".join(value.period() for value in reversed(self.values))
        message = (
            f"“{self.what}”（{self.id}）在{day}没有可用的值，现有的值只管：{periods}。"
            f"没有依据就不推算：请在 {self.file} 的 {self.id} 下"
            "补一条写明起止日期和依据（cite）的值，再重新计算"
        )
        raise UncoveredDayError(message)

    def value_on(self, day: date) -> Value:
        """Return the value in force on a day; raises `UncoveredDayError`.

        >>> from datetime import date
        >>> parameter("answer").value_on(date(2019, 5, 14))
        15
        """
        return self.at(day).value

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Return what a lawyer must still confirm about any of the values."""
        return tuple(value.unsettled for value in self.values if value.unsettled)


@cache
def parameters() -> tuple[Parameter, ...]:
    """Return every dated value of the law, in the order of the data files.

    Raises `InvalidDataError` when a file breaks the rules of such files.
    """
    found = [
        parameter for path in sorted(FOLDER.glob("*.yaml")) for parameter in load(path)
    ]
    names = [parameter.id for parameter in found]
    for name in names:
        if names.count(name) > 1:
            message = f"“{name}”在 law/parameters 中出现了两次，请删去或者改名其中之一"
            raise sheet.InvalidDataError(message)
    return tuple(found)


def parameter(name: str) -> Parameter:
    """Return the parameter of that id; raises `KeyError` where there is none."""
    return sheet.by_id(parameters, name, "法定数值")


def load(path: Path) -> tuple[Parameter, ...]:
    """Return the parameters of one data file; raises `InvalidDataError`."""
    return tuple(_parameter(name, row) for name, row in sheet.read(path).entries())


def _parameter(name: str, row: Sheet) -> Parameter:
    row.allow("what", "unit", "values")
    unit = row.text("unit")
    if unit not in set(Unit):
        row.refuse(f"不认识的单位“{unit}”，可用：{'、'.join(Unit)}")
    values = sorted(
        (_dated_value(value, Unit(unit)) for value in row.sheets("values")),
        key=lambda value: value.start,
        reverse=True,
    )
    for newer, older in pairwise(values):
        if older.until is None or older.until >= newer.start:
            row.refuse(f"自{older.start}起的值须写 until，且早于{newer.start}")
    file = row.where.split(" > ")[0]
    return Parameter(name, row.text("what"), Unit(unit), tuple(values), file)


def _dated_value(row: Sheet, unit: Unit) -> DatedValue:
    kind = "bands" if "bands" in row else "value"
    row.allow("from", "cite", kind, optional=("until", "unsettled"))
    start, until = row.day("from"), row.optional_day("until")
    if until is not None and until < start:
        row.refuse(f"until（{until}）早于 from（{start}）")
    value = _bands(row) if kind == "bands" else _value(row, unit)
    return DatedValue(start, until, value, row.cite(), row.optional_text("unsettled"))


def _value(row: Sheet, unit: Unit) -> Value:
    raw = row.raw("value")
    if unit is Unit.MONTH_DAY:
        match = _MONTH_DAY.fullmatch(row.text("value"))
        if match is None:
            row.refuse(f"“value”应形如 '01-31'，却是 {raw!r}")
        return MonthDay(int(match[1]), int(match[2]))
    if unit is Unit.YES_NO:
        return int(row.flag("value"))
    if isinstance(raw, str) and _EXACT.fullmatch(raw):
        return Decimal(raw)
    return row.whole("value")


def _bands(row: Sheet) -> tuple[Band, ...]:
    bands = tuple(_band(band) for band in row.sheets("bands"))
    floors = [band.above for band in bands]
    if floors != sorted(set(floors)) or floors[0] != 0:
        row.refuse("“bands”的 above 须从 0 起逐档增大")
    return bands


def _band(row: Sheet) -> Band:
    row.allow("above", "price", optional=("every", "step"))
    if ("every" in row) != ("step" in row):
        row.refuse("“every”和“step”须同时写或者同时不写")
    if "every" not in row:
        return Band(row.whole("above"), row.whole("price"))
    every, step = row.whole("every"), row.whole("step")
    if every < 1:
        row.refuse("“every”须大于 0")
    return Band(row.whole("above"), row.whole("price"), every, step)
