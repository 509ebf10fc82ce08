"""``python -m tests.trials.survey [SEEDS]``: how the reader fares, trial by trial.

One line for each damage and layout; wrong cells are shown with the recipe
that makes them, so that each can be made again.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from tests.trials.cases import (
    CUTS,
    EDITIONS,
    LAYOUTS,
    NONE,
    SCRIPTS,
    Recipe,
    possible,
    try_out,
)
from tests.trials.mutations import HARMFUL, HARMLESS
from tests.trials.pages import ENCODINGS
from tests.trials.tables import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.trials.judge import Verdict


def recipes(seeds: int) -> Iterator[Recipe]:
    """Yield every combination worth trying, ``seeds`` times."""
    for seed, edition in product(range(seeds), EDITIONS):
        for number, layout in enumerate(LAYOUTS):
            kind = FIGURES[(seed + number) % len(FIGURES)]
            yield Recipe(seed, edition, kind, 0.0, NONE, layout)
            yield Recipe(seed, edition, kind, 0.15, NONE, layout)
            for damage in (*HARMLESS, *HARMFUL):
                yield Recipe(seed, edition, kind, 0.0, damage, layout)
                yield Recipe(seed, edition, kind, 0.1, damage, layout)
            for script in SCRIPTS:
                yield Recipe(seed, edition, kind, 0.0, NONE, layout, script=script)
            if layout in CUTS and layout != "RUN":
                yield Recipe(seed, edition, kind, 0.0, "cut", layout)
        for encoding, layout in product(ENCODINGS, ("page: clean", "page: portal", "RPS")):
            yield Recipe(seed, edition, "city", 0.0, NONE, layout, encoding)


def _print(name: str, verdicts: list[Verdict]) -> None:
    judged = sum(verdict.judged for verdict in verdicts) or 1
    right = sum(verdict.right for verdict in verdicts)
    wrong = sum(len(verdict.wrong) for verdict in verdicts)
    stray = sum(len(verdict.stray) for verdict in verdicts)
    sys.stdout.write(
        f"{right / judged:8.4f} {wrong:6} {stray:6} {len(verdicts):5}  {name}\n"
    )


def main() -> None:
    """Try everything and print what came out."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    by_damage: dict[str, list[Verdict]] = defaultdict(list)
    by_layout: dict[str, list[Verdict]] = defaultdict(list)
    shown: dict[str, int] = defaultdict(int)
    for recipe in recipes(seeds):
        if not possible(recipe):
            continue
        try:
            tried = try_out(recipe)
        except Exception as trouble:  # noqa: BLE001 - a survey goes on and names the recipe
            sys.stdout.write(f"*** {recipe}: {type(trouble).__name__}: {trouble}\n")
            continue
        if tried is None:
            continue
        _, report, verdict = tried
        key = recipe.damage if recipe.damage != NONE else f"none {recipe.script}"
        by_damage[key].append(verdict)
        harmless = recipe.damage in HARMLESS or recipe.damage == NONE
        if harmless:
            by_layout[f"{recipe.layout} ({recipe.encoding})"].append(verdict)
        bad = verdict.wrong or (harmless and verdict.share < 0.98)
        if recipe.damage != "cut" and (report.edition is None or report.year is None):
            bad = True
        if bad and shown[key] < 3:
            shown[key] += 1
            sys.stdout.write(f"--- {recipe}: year {report.year}\n{verdict}\n")
    sys.stdout.write("\n   right  wrong  stray trials\n")
    for name, verdicts in (*by_damage.items(), *by_layout.items()):
        _print(name, verdicts)


if __name__ == "__main__":
    main()
