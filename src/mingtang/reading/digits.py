"""Figures printed with nothing between them, cut only where their sums prove the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading.vocabulary import sense
from mingtang.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from mingtang.reading.locating import Entry
    from mingtang.reading.rows import Item

BALANCED = 0.7
"""So large a share of rows must add up for sums to be evidence."""
SPARE = 6
"""A run of digits is cut only where so many figures at most have a second digit."""


def balanced(entries: Sequence[Entry]) -> bool:
    """Return whether the rows of table 三 without lines add up, nearly all of them.

    Then a row that does not is more likely disturbed than published so. With
    no row to tell, a report is held to balance.
    """
    rows = [
        entry
        for entry in entries
        if entry.table == "requests"
        and entry.row.vanishing
        and not entry.headed.trouble
        and len(entry.values) == len(entry.headed.ids)
    ]
    return sum(map(proved, rows)) >= len(rows) * BALANCED


def proved(entry: Entry) -> bool:
    """Return whether a row's own totals show that its figures are that row.

    Table 四 holds three totals: two that agree settle where the third stands.
    Table 二 has none; its rows are believed where nothing makes them doubtful.
    """
    if entry.table == "disclosure":
        return not entry.row.doubtful
    values = [
        item.sense.figure.value if item.sense.figure else None for item in entry.values
    ]
    parts: dict[str, list[tuple[bool, int | Decimal | None]]] = {}
    for name, value in zip(entry.headed.ids, values, strict=True):
        line, _, column = (name or "").rpartition("/")
        parts.setdefault(line, []).append((column == "total", value))
    agreeing = sum(map(_agrees, parts.values()))
    return agreeing * 3 >= len(parts) * 2


def _agrees(part: list[tuple[bool, int | Decimal | None]]) -> bool:
    known = [(total, value) for total, value in part if value is not None]
    if len(known) < len(part):
        return False
    left = sum(value for total, value in known if not total)
    return left == sum(value for total, value in known if total)


def split_digits(entry: Entry, count: int) -> tuple[Item, ...] | None:
    """Return the figures of a row printed without separators, when only one way.

    All zeros need no proof; else the row's own totals must prove the only cut
    that makes them true (tables 三 and 四).
    """
    item = entry.values[0]
    digits = fold(item.text).strip()
    if not (
        digits.isdigit() and digits.isascii() and count <= len(digits) <= count + SPARE
    ):
        return None
    if set(digits) == {"0"}:
        return _cut(item, [["0"] * count]) if len(digits) == count else None
    blocks = {"requests": 1, "disputes": 3}.get(entry.table)
    if blocks is None or not (entry.headed.ids[-1] or "").endswith("total"):
        return None
    found = list(_cuts(digits, [count // blocks] * blocks))
    return _cut(item, found[0]) if len(found) == 1 else None


def _cuts(digits: str, sizes: Sequence[int]) -> Iterator[list[list[str]]]:
    """Yield every way to cut digits into blocks whose last figure is their sum."""
    if not sizes:
        if not digits:
            yield []
        return
    for block, rest in _block(digits, sizes[0], 0):
        for more in _cuts(rest, sizes[1:]):
            yield [block, *more]


def _block(digits: str, size: int, total: int) -> Iterator[tuple[list[str], str]]:
    """Yield the first ``size`` figures, the last the sum of the others, and the rest."""
    if size == 1:
        last = str(total)
        if digits.startswith(last):
            yield [last], digits[len(last) :]
        return
    longest = 1 if digits[:1] == "0" else len(digits) - size + 1
    for length in range(1, longest + 1):
        for block, rest in _block(digits[length:], size - 1, total + int(digits[:length])):
            yield [digits[:length], *block], rest


def _cut(item: Item, blocks: Sequence[Sequence[str]]) -> tuple[Item, ...]:
    parts = [part for block in blocks for part in block]
    return tuple(item._replace(text=part, sense=sense(part)) for part in parts)
