"""What an inspection looks for (检查项) and in which columns, as data.

Who looks, and where the facts are, is the site's; here stands what a fault is called,
what it rests on, which indicator it belongs to and what mends it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.supervising.freshness import Limit, limit
from mingtang.supervising.indicators import indicator
from mingtang.supervising.scoring import schemes

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "checks.yaml"
COLUMNS = Path(__file__).parent / "columns.yaml"
BY_HAND = "seen"
"""What an inspector saw and no check looks for."""


class Check(NamedTuple):
    """Something looked for: its name, its indicator, what it rests on, what mends it.

    `cite` is None where no instrument was seen, `unsettled` then says in Chinese where
    it comes from. `counts` are the deductions that it occurs in, as
    ``scheme/part/deduction``.
    """

    id: str
    label: str
    indicator: str
    remedy: str
    cite: str | None
    unsettled: str | None
    counts: tuple[str, ...]


class Watched(NamedTuple):
    """A column that is looked at: within what time it gets something new, if at all.

    `must` says that every body has something in it.
    """

    id: str
    label: str
    limit: Limit | None
    must: bool


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks; raises `InvalidDataError` where the data is faulty."""
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"supervising/{FILE.name}")
    return tuple(_check(name, row) for name, row in data.entries())


def check(name: str) -> Check:
    """Return the check of that id; raises `KeyError`.

    >>> check("link_dead").label
    '链接打不开'
    """
    return sheet.by_id(checks, name, "检查项")


@cache
def watched() -> tuple[Watched, ...]:
    """Return the columns looked at; raises `InvalidDataError`."""
    said = COLUMNS.read_text(encoding="utf-8")
    data = sheet.parse(said, f"supervising/{COLUMNS.name}")
    return tuple(_watched(name, row) for name, row in data.entries())


def _check(name: str, row: Sheet) -> Check:
    row.allow("label", "indicator", "remedy", optional=("cite", "unsettled", "counts"))
    if ("cite" in row) == ("unsettled" in row):
        row.refuse("“cite”和“unsettled”须写一个，只写一个")
    of = row.text("indicator")
    try:
        indicator(of)
    except KeyError:
        row.refuse(f"没有“{of}”这个指标")
    counts = row.raw("counts") if "counts" in row else []
    if not isinstance(counts, list) or not set(counts) <= _deductions():
        row.refuse("“counts”应列出扣分表里的项，写成 方案/部分/项")
    cite = row.cite() if "cite" in row else None
    told = row.optional_text("unsettled")
    label, remedy = row.text("label"), row.text("remedy")
    return Check(name, label, of, remedy, cite, told, tuple(counts))


def _deductions() -> set[str]:
    return {
        f"{scheme.id}/{part.id}/{each.id}"
        for scheme in schemes()
        for part in scheme.parts
        for each in part.deductions
    }


def _watched(name: str, row: Sheet) -> Watched:
    row.allow("label", optional=("limit", "must"))
    must = row.raw("must") if "must" in row else False
    if not isinstance(must, bool):
        row.refuse("“must”应为 true 或者 false")
    by = row.optional_text("limit")
    try:
        held = limit(by) if by else None
    except KeyError:
        row.refuse(f"没有“{by}”这个更新时限")
    return Watched(name, row.text("label"), held, must)
