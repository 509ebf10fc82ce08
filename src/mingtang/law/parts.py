"""What may be left out of a partial answer (条例第三十七条), and how a letter says it.

Not everything left out is withheld: what is no government information, or is not
there, must not be told to be refused.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.grounds import ground

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.law.sheet import Sheet

FILE = sheet.FOLDER / "parts.yaml"


class Part(NamedTuple):
    """One sort of what is left out: its grounds, and how a letter says it.

    `among` names what the information asked for contains, `told` what is done with
    it; `cite` is its source where the grounds have none of their own.
    """

    id: str
    title: str
    grounds: tuple[str, ...]
    among: str
    told: str
    cite: str | None


@cache
def parts() -> tuple[Part, ...]:
    """Return every sort, in the order a letter names them; raises `InvalidDataError`."""
    return tuple(_part(name, row) for name, row in sheet.read(FILE).entries())


def parts_of(codes: Iterable[str]) -> tuple[Part, ...]:
    """Return the sorts to which some grounds belong, each once.

    >>> [part.title for part in parts_of(["U2", "N4", "N6"])]
    ['不应当公开', '无法提供']
    """
    there = set(codes)
    return tuple(part for part in parts() if there & set(part.grounds))


def part_title(code: str) -> str:
    """Return what a part left out on a ground is called; raises `KeyError`.

    >>> part_title("O3"), part_title("N7")
    ('不属于政府信息', '属于行政执法案卷信息，不予公开')
    """
    own = [part.title for part in parts_of([code]) if part.cite]
    return own[0] if own else ground(code).title


def part_cite(code: str) -> str:
    """Return the sources of a part left out on a ground; raises `KeyError`."""
    own = [part.cite for part in parts_of([code]) if part.cite]
    return own[0] if own else ground(code).cite


def _part(name: str, row: Sheet) -> Part:
    row.allow("title", "grounds", "among", "told", optional=("cite",))
    codes = tuple(row.text("grounds").split("、"))
    for code in codes:
        ground(code)
    cite = row.cite() if "cite" in row else None
    return Part(name, row.text("title"), codes, row.text("among"), row.text("told"), cite)
