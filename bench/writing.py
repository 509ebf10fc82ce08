"""How long a report takes to be written, in each format."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import mingtang
from bench.measuring import race, row
from mingtang.writing import FORMATS
from tests.trials.pages import STYLES, page
from tests.trials.tables import FIGURES, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Report

_DIFFERENT = 25
"""So many reports take turns: typst remembers what it has set before."""


def _reports() -> Iterator[Report]:
    read = [
        mingtang.read(page(printed, STYLES["clean"]).data.encode()).report
        for printed in (
            report(seed, ("2021", "2019")[seed % 2], FIGURES[seed % len(FIGURES)])
            for seed in range(_DIFFERENT)
        )
    ]
    return cycle(read)


def writings(rounds: int) -> None:
    """Print how long one report takes to be written."""
    print("## One report, written\n")
    print(row("format", "KB", "ms"))
    print(row(*("---",) * 3))
    reports = _reports()
    times = race(
        {to: (lambda to=to: mingtang.write(next(reports), to)) for to in FORMATS},
        rounds,
    )
    for to, taken in times.items():
        size = len(mingtang.write(next(reports), to)) / 1000
        print(row(to, f"{size:.0f}", f"{taken.best:.1f} (middle {taken.middle:.1f})"))
    print("\ngoal: pdf ≤ 80 ms, docx ≤ 20 ms\n")
