"""The indicators that software can compute (考核指标), and who may be ranked by them.

A share always tells of how many; nobody is ranked by fewer than 30, because one case
more or less would turn the order round.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "indicators.yaml"
FEW, AMPLE = 30, 100
"""Below the first nobody is ranked; from the second on a share says something firm."""


class Source(StrEnum):
    """From what an indicator is computed."""

    LEDGER = "ledger"
    PUBLICATION = "publication"
    REPORT = "report"
    ACCOUNT = "account"
    CHECK = "check"


class Unit(StrEnum):
    """What an indicator is told in."""

    PERCENT = "percent"
    DAYS = "days"
    COUNT = "count"
    YUAN = "yuan"


class Better(StrEnum):
    """Which way an indicator is better."""

    MORE = "more"
    LESS = "less"


class Size(StrEnum):
    """How much a share of so many says (样本量): too few to rank, some, ample."""

    FEW = "few"
    SOME = "some"
    AMPLE = "ample"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {"few": "样本少，仅供观察", "some": "样本一般", "ample": "样本充足"}[self]


class Indicator(NamedTuple):
    """An indicator: what it is called, how it is computed, from what, in what unit.

    `better` is None where neither way is.
    """

    id: str
    label: str
    formula: str
    unit: Unit
    better: Better | None
    sources: tuple[Source, ...]


class Measured(NamedTuple):
    """A share that was measured of somebody: ``part`` of ``whole``."""

    who: str
    part: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """Return the share in percent, None where there is nothing to have a share of."""
        return share(self.part, self.whole) if self.whole else None

    @property
    def size(self) -> Size:
        """Return how much it says."""
        if self.whole < FEW:
            return Size.FEW
        return Size.SOME if self.whole < AMPLE else Size.AMPLE


class Standing(NamedTuple):
    """Where somebody stands; ``place`` is None for who is not ranked."""

    measured: Measured
    place: int | None


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the indicators; raises `InvalidDataError` where the data is faulty."""
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"supervising/{FILE.name}")
    return tuple(_indicator(name, row) for name, row in data.entries())


def indicator(name: str) -> Indicator:
    """Return the indicator of that id; raises `KeyError`.

    >>> indicator("I1").label
    '依申请按期答复率'
    """
    return sheet.by_id(indicators, name, "指标")


def standings(by: Indicator, measured: Iterable[Measured]) -> tuple[Standing, ...]:
    """Return who stands where: the ranked first, then those not ranked, by name.

    Compared exactly and not as rounded; who is equal shares a place. Nobody is ranked
    by fewer than `FEW`, nor by an indicator of which neither way is better. Raises
    `ValueError` for an indicator that is no share, a part below zero or larger than its
    whole, and somebody given twice.
    """
    rows = sorted(measured, key=lambda each: each.who)
    _sound(by, rows)
    ranked = [each for each in rows if by.better and each.size != Size.FEW]
    if by.better == Better.MORE:
        ranked.sort(key=_exact, reverse=True)
    else:
        ranked.sort(key=_exact)
    found: list[Standing] = []
    for number, each in enumerate(ranked, start=1):
        before = found[-1] if found else None
        tied = before is not None and _exact(before.measured) == _exact(each)
        found.append(Standing(each, before.place if before and tied else number))
    placed = {each.who for each in ranked}
    left = (Standing(each, None) for each in rows if each.who not in placed)
    return (*found, *left)


def _exact(each: Measured) -> Fraction:
    return Fraction(each.part, each.whole)


def _sound(by: Indicator, rows: list[Measured]) -> None:
    if by.unit != Unit.PERCENT:
        message = f"“{by.label}”不是占比，不能这样排列"
        raise ValueError(message)
    if len({each.who for each in rows}) < len(rows):
        message = "有机关重复；请先去掉重复的"
        raise ValueError(message)
    for each in rows:
        if not 0 <= each.part <= each.whole:
            message = f"{each.who}：{each.part}不能是{each.whole}的一部分；请核对"
            raise ValueError(message)


def _indicator(name: str, row: Sheet) -> Indicator:
    row.allow("label", "formula", "unit", "sources", optional=("better",))
    sources = row.raw("sources")
    if not isinstance(sources, list) or not sources or not set(sources) <= set(Source):
        row.refuse(f"“sources”应列出来源，可用：{'、'.join(Source)}")
    unit, better = row.text("unit"), row.optional_text("better")
    if unit not in set(Unit):
        row.refuse(f"“unit”可用：{'、'.join(Unit)}")
    if better is not None and better not in set(Better):
        row.refuse(f"“better”可用：{'、'.join(Better)}")
    return Indicator(
        name,
        row.text("label"),
        row.text("formula"),
        Unit(unit),
        Better(better) if better else None,
        tuple(Source(each) for each in sources),
    )
