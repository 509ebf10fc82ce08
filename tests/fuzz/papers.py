"""PDF broken for the fuzzer: its bytes, or what its page draws."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.trials.broken import page
from tests.trials.paper import source, typeset
from tests.trials.tables import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_TABLE = b"".join(
    b"1 0 0 1 %d %d cm 0 0 60 20 re S BT /F 10 Tf 4 6 Td (%d) Tj ET 1 0 0 1 -%d -%d cm\n"
    % (x, y, x * y, x, y)
    for x in (20, 80, 140)
    for y in (200, 180, 160)
)
_STROKES = (
    *(b"q\n", b"Q\n", b"W n\n", b"S\n", b"f*\n", b"0 0 300 300 re W n\n", b"/X Do\n"),
    *(b"1e9 0 0 -1e9 0 0 cm\n", b"0 0 0 0 0 0 cm\n", b"0 1 -1 0 300 0 cm\n"),
    *(b"0.01 w\n", b"9999 w\n", b"[0 1] 0 d\n", b"1 g 1 G\n", b"0 g\n", b"3 Tr\n"),
    *(b"20 200 180 .5 re f\n", b"20 170 200 30 re f\n", b"1 1 m 9e30 9e30 l S\n"),
    *(b"BT /F 10 Tf 30 186 Td (1) Tj ET\n", b"BT /F -9 Tf 30 186 Td (7) Tj ET\n"),
    *(b"BT /F 1e6 Tf (12) Tj ET\n", b"BT /G 9 Tf 30 186 Td <FFFE00D8> Tj ET\n"),
    *(b"BI /W 1 /H 1 /BPC 1 /IM true ID \0 EI\n", b"20 20 m 40 40 50 50 60 20 c f\n"),
)


@cache
def _papers() -> tuple[bytes, ...]:
    """Return a set report as typst packs it, and a table whose drawing lies open."""
    return typeset(source(report(1, "2021", "city"))), page(_TABLE)


def broken_paper(random: Random, edit: Callable[[bytearray, Random], None]) -> bytes:
    """Return a PDF with its bytes, or what its page draws, broken in a few places."""
    if random.random() < 0.6:
        lines = _TABLE.splitlines(keepends=True)
        for _ in range(random.choice((1, 3, 10))):
            at = random.randrange(len(lines))
            lines[at : at + 1] = random.choices(_STROKES, k=random.choice((0, 1, 1, 40)))
        return page(b"".join(lines))
    data = bytearray(random.choice(_papers()))
    for _ in range(random.choice((1, 2, 5, 20))):
        edit(data, random)
        del data[400_000:]
    return bytes(data)
