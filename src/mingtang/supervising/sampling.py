"""Random samples that anybody can draw again (随机抽查): by a recorded seed.

Everything is ranked by the SHA-256 of the seed and its own key, and the first are taken.
So a sample depends on nothing but the seed and the keys: neither on their order nor on
the program that draws it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Sample(NamedTuple):
    """What was drawn, in the order of its ranks, with the seed and of how many it is."""

    seed: str
    drawn: tuple[str, ...]
    of: int


def draw(seed: str, keys: Iterable[str], size: int) -> Sample:
    """Return a sample of ``size`` keys, of all where there are no more.

    A larger sample of the same seed begins with the smaller one. Raises `ValueError` for
    a blank seed, a size below one and a key given twice.

    >>> draw("2026年第三季度", ["甲", "乙", "丙"], 2) == draw(
    ...     "2026年第三季度", ["丙", "甲", "乙"], 2
    ... )
    True
    """
    if not seed.strip():
        message = "抽样的种子不能为空；请先定下种子，再抽"
        raise ValueError(message)
    if size < 1:
        message = f"抽样数须不小于1，却是 {size}"
        raise ValueError(message)
    named = list(keys)
    if len(set(named)) < len(named):
        message = "抽样的对象里有重复的；请先去掉重复的"
        raise ValueError(message)
    ranked = sorted(named, key=lambda key: _rank(seed, key))
    return Sample(seed, tuple(ranked[:size]), len(named))


def _rank(seed: str, key: str) -> bytes:
    """Return the rank of a key: the hash of the seed, a line end and the key, in UTF-8."""
    return sha256(f"{seed}\n{key}".encode()).digest()
