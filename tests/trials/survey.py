"""``python -m tests.trials.survey [SEEDS]``: how the reader fares, trial by trial.

One line for each damage and layout; wrong cells are shown with the recipe
that makes them, so that each can be made again.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
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


class Survey:
    """What came out so far, by damage and by layout."""

    def __init__(self) -> None:
        self.damages: dict[str, list[Verdict]] = defaultdict(list)
        self.layouts: dict[str, list[Verdict]] = defaultdict(list)
        self.shown: Counter[str] = Counter()

    def show(self, key: str, words: str) -> None:
        """Print an example, three at most for each kind of trouble."""
        self.shown[key] += 1
        if self.shown[key] <= 3:
            sys.stdout.write(words + "\n")

    def take(self, recipe: Recipe) -> None:
        """Try a recipe and note what came out."""
        try:
            tried = try_out(recipe)
        except Exception as trouble:  # noqa: BLE001 - a survey goes on and names the recipe
            words = f"{type(trouble).__name__}: {trouble}"
            self.show(words, f"*** {recipe}: {words}")
            return
        if tried is None:
            return
        case, report, verdict = tried
        key = recipe.damage if recipe.damage != NONE else f"none {recipe.script}"
        self.damages[key].append(verdict)
        harmless = recipe.damage in HARMLESS or recipe.damage == NONE
        if harmless:
            self.layouts[f"{recipe.layout} ({recipe.encoding})"].append(verdict)
        if verdict.wrong or (harmless and verdict.share < 0.98):
            self.show(key, f"--- {recipe}\n{verdict}")
        if harmless and report.year != case.printed.year:
            self.show("year", f"--- {recipe}: year {report.year}, not {case.printed.year}")
        if harmless and (report.edition is None or report.edition.id != recipe.edition):
            self.show(
                "edition", f"--- {recipe}: edition {report.edition and report.edition.id}"
            )


def main() -> None:
    """Try everything and print what came out."""
    survey = Survey()
    for recipe in recipes(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        if possible(recipe):
            survey.take(recipe)
    sys.stdout.write("\n   right  wrong  stray trials\n")
    for name, verdicts in (*survey.damages.items(), *survey.layouts.items()):
        _print(name, verdicts)


if __name__ == "__main__":
    main()
