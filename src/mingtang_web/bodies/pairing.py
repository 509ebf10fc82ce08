"""Whether each of some turns can have a person of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def first_without(free: Sequence[Collection[int]]) -> int | None:
    """Return the first of some turns that nobody is left for, none where each has one.

    ``free`` are who may take each, in order; nobody takes two.

    >>> first_without([{1, 2}, {1}, {2, 3}])
    >>> first_without([{1}, {2}, {1, 2}])
    2
    """
    for number in range(len(free)):
        if not _each_another(free[: number + 1], frozenset()):
            return number
    return None


def _each_another(free: Sequence[Collection[int]], taken: frozenset[int]) -> bool:
    if not free:
        return True
    return any(
        _each_another(free[1:], taken | {who}) for who in free[0] if who not in taken
    )
