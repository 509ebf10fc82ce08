"""Scores by a scheme of deductions (考核扣分表): the schemes are data.

What was not looked at has no score: a blank is not a zero, and a total with a blank in
it is none.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "schemes.yaml"


class Deduction(NamedTuple):
    """What costs points, and how many each time."""

    id: str
    label: str
    points: Decimal


class Part(NamedTuple):
    """A part of a scheme: its full marks, which are the most that is deducted from it."""

    id: str
    label: str
    full: Decimal
    deductions: tuple[Deduction, ...]


class Scheme(NamedTuple):
    """A scheme (评分方案), where it comes from, and what of it is to be verified."""

    id: str
    label: str
    source: str
    unsettled: str | None
    parts: tuple[Part, ...]

    @property
    def full(self) -> Decimal:
        """Return the full marks of all parts."""
        return sum((part.full for part in self.parts), Decimal(0))


class Marked(NamedTuple):
    """A part as it was scored; ``marks`` None where something of it was not looked at."""

    part: Part
    counts: tuple[tuple[Deduction, int | None], ...]
    marks: Decimal | None


class Scored(NamedTuple):
    """A score by a scheme; ``total`` is None while any part has no marks."""

    scheme: Scheme
    parts: tuple[Marked, ...]
    total: Decimal | None


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes; raises `InvalidDataError` where the data is faulty."""
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"supervising/{FILE.name}")
    return tuple(_scheme(name, row) for name, row in data.entries())


def score(scheme: Scheme, counts: Mapping[str, int | None]) -> Scored:
    """Return the score of how often each thing occurred, by ``part/deduction``.

    None, or a name left out, is what was not looked at. Raises `KeyError` for a name
    that the scheme does not have and `ValueError` for a count below zero.

    >>> [each] = [each for each in schemes() if each.id == "licheng_2020"]
    >>> every = {f"{p.id}/{d.id}": 0 for p in each.parts for d in p.deductions}
    >>> score(each, every | {"documents/metadata": 3}).total
    Decimal('34')
    """
    known = {f"{part.id}/{each.id}" for part in scheme.parts for each in part.deductions}
    for name, count in counts.items():
        if name not in known:
            message = f"“{scheme.label}”里没有“{name}”这一项"
            raise KeyError(message)
        if count is not None and count < 0:
            message = f"“{name}”的次数不能小于0，却是 {count}"
            raise ValueError(message)
    parts = tuple(_marked(part, counts) for part in scheme.parts)
    marks = [each.marks for each in parts]
    known_marks = [each for each in marks if each is not None]
    whole = len(known_marks) == len(marks)
    return Scored(scheme, parts, sum(known_marks, Decimal(0)) if whole else None)


def _marked(part: Part, counts: Mapping[str, int | None]) -> Marked:
    told = tuple((each, counts.get(f"{part.id}/{each.id}")) for each in part.deductions)
    lost = Decimal(0)
    for each, count in told:
        if count is None:
            return Marked(part, told, None)
        lost += each.points * count
    return Marked(part, told, max(Decimal(0), part.full - lost))


def _scheme(name: str, row: Sheet) -> Scheme:
    row.allow("label", "source", "parts", optional=("unsettled",))
    parts = tuple(_part(key, each) for key, each in row.sheet("parts").entries())
    return Scheme(
        name, row.text("label"), row.text("source"), row.optional_text("unsettled"), parts
    )


def _part(name: str, row: Sheet) -> Part:
    row.allow("label", "full", "deductions")
    found = tuple(_deduction(key, each) for key, each in row.sheet("deductions").entries())
    return Part(name, row.text("label"), _points(row, "full"), found)


def _deduction(name: str, row: Sheet) -> Deduction:
    row.allow("label", "points")
    return Deduction(name, row.text("label"), _points(row, "points"))


def _points(row: Sheet, key: str) -> Decimal:
    said = row.text(key)
    if not said.isascii() or not said.replace(".", "", 1).isdecimal():
        row.refuse(f"“{key}”应为写成文字的分数，却是“{said}”")
    points = Decimal(said)
    if not points:
        row.refuse(f"“{key}”须大于0")
    return points
