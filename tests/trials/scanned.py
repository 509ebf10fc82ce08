"""``python -m tests.trials.scanned``: worn scans of whole reports, read and judged.

Reports of both editions in several faces, and the official PDF reports of
../shared where it is there, each page drawn at 200 dpi and worn at random.
``--level 0`` leaves the pages as drawn; ``--seed`` wears them otherwise.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading import read
from tests.trials.corpus import SHARED, of_pdf
from tests.trials.judge import Verdict, judge, total
from tests.trials.paper import source, typeset
from tests.trials.scans import FACES, degraded, dice, drawn, tiff
from tests.trials.tables import FIGURES, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.trials.tables import Gold

OFFICIAL = ("hongze2024", "huaian2024")
HEAD = "| report | pages | right | flagged | missing | wrong | certain | s/page |"


class Scan(NamedTuple):
    """A report as a PDF with text on its pages, and what they show."""

    name: str
    data: bytes
    gold: Gold


def scans() -> Iterator[Scan]:
    """Yield the reports that are scanned."""
    for number in range(6):
        face, kind = list(FACES)[number % 3], FIGURES[number % 4]
        edition = ("2021", "2019")[number % 2]
        printed = report(100 + number, edition, kind, 0.2 if kind == "town" else 0.0)
        data = typeset(source(printed, FACES[face]))
        yield Scan(f"{edition} {kind} {face}", data, printed.gold())
    for name in OFFICIAL:
        path = SHARED / "corpus" / "pdf" / f"{name}.pdf"
        if path.exists():
            yield Scan(name, path.read_bytes(), of_pdf(name).gold)


def row(name: str, pages: int, verdict: Verdict, seconds: float) -> str:
    """Return a line of the table."""
    counts = (len(heap) for heap in (verdict.flagged, verdict.missing, verdict.wrong))
    numbers = (name, pages, verdict.right, *counts, f"{verdict.share:.1%}")
    return f"| {' | '.join(map(str, numbers))} | {seconds / pages:.1f} |\n"


def main() -> None:
    """Print a line for each report, the cells that are wrong, and the sum."""
    parser = argparse.ArgumentParser(description="read worn scans and judge what is read")
    parser.add_argument("--level", type=float, default=1.0, help="0 clean, 1 the worst")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n{'|---' * 8}|\n")
    verdicts, pages, spent = [], 0, 0.0
    for scan in scans():
        random = dice(f"{given.seed} {scan.name}")
        made = drawn(scan.data)
        if given.level:
            made = [degraded(page, random, given.level) for page in made]
        start = time.perf_counter()
        verdict = judge(scan.gold, read(tiff(made)).report)
        seconds = time.perf_counter() - start
        sys.stdout.write(row(scan.name, len(made), verdict, seconds))
        sys.stdout.writelines(f"  wrong {miss}\n" for miss in verdict.wrong)
        sys.stdout.flush()
        verdicts.append(verdict)
        pages, spent = pages + len(made), spent + seconds
    sys.stdout.write(row("all", pages, total(verdicts), spent))


if __name__ == "__main__":
    main()
