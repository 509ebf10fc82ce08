"""Figures printed with nothing between them, cut only where their sums prove the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading.vocabulary import sense
from mingtang.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.reading.locating import Entry
    from mingtang.reading.rows import Item

SPARE = 6
"""A run of digits is cut only where so many figures at most have a second digit."""


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
