"""How long a scanned page takes, against full-page recognition by the same network."""

from __future__ import annotations

from time import perf_counter

import cv2
from rapidocr import RapidOCR

from bench.measuring import row
from mingtang.reading.scans import page
from tests.trials.paper import source, typeset
from tests.trials.scans import drawn
from tests.trials.tables import report


def scanned(rounds: int) -> None:
    """Print seconds a page, ours and rapidocr's on the same pages, best of all rounds."""
    print("## One report scanned at 200 dpi, recognised\n")
    print(
        row("page", "lines of text", "ours s", "rapidocr whole page s", "rapidocr ÷ ours")
    )
    print(row(*("---",) * 5))
    whole = RapidOCR(params={"Global.log_level": "critical"})
    for number, picture in enumerate(drawn(typeset(source(report(6, "2021", "city"))))):
        coloured = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            start = perf_counter()
            found = page(picture, 1)
            ours.append(perf_counter() - start)
            start = perf_counter()
            whole(coloured)
            theirs.append(perf_counter() - start)
        bases = len({glyph.base for glyph in found.glyphs})
        ratio = f"{min(theirs) / min(ours):.1f}"
        print(row(number + 1, bases, f"{min(ours):.2f}", f"{min(theirs):.2f}", ratio))
    print("\nno goal: seconds a page; rapidocr gives lines of text, no cells\n")
