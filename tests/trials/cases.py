"""One trial from a few plain values: which report, which damage, which layout."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.trials.judge import Verdict, judge
from tests.trials.mutations import HARMFUL, HARMLESS, UNFAIR, cut, fair, visible
from tests.trials.pages import ENCODINGS, STYLES, encode, page, traditional
from tests.trials.shapes import SHAPES, VANISHING, render
from tests.trials.tables import Gold, Printed, report

if TYPE_CHECKING:
    from mingtang.report import Report
    from tests.trials.shapes import Rendered

EDITIONS = ("2021", "2019")
SCRIPTS = ("traditional", "glossed")
LAYOUTS = (*SHAPES, *(f"page: {name}" for name in STYLES))
CUTS = (*SHAPES, "page: clean", "page: th", "page: flat", "page: chrome")
NONE = "none"


class Recipe(NamedTuple):
    """The values that make a trial; the same values make the same trial."""

    seed: int = 0
    edition: str = "2021"
    kind: str = "city"
    blanks: float = 0.0
    damage: str = NONE
    layout: str = "page: clean"
    encoding: str = "utf-8"
    script: str = ""

    def __str__(self) -> str:
        parts = (
            self.edition,
            self.kind,
            self.damage,
            self.layout,
            self.encoding,
            self.script,
        )
        words = " / ".join(part for part in parts if part)
        return f"{words} (seed {self.seed}, {self.blanks})"


class Case(NamedTuple):
    """Bytes for the reader, and what they show."""

    data: bytes
    gold: Gold
    printed: Printed


def vanishing(layout: str) -> bool:
    """Return whether empty cells print nothing in that layout."""
    return layout in VANISHING or layout == "page: flat"


def possible(recipe: Recipe) -> bool:
    """Return whether the recipe makes a trial that can fairly be judged."""
    shape = "NB" if recipe.layout == "page: flat" else recipe.layout
    if recipe.blanks and (
        shape == "RUN" or (vanishing(recipe.layout) and recipe.damage != NONE)
    ):
        return False
    return not _untold(recipe, shape) and fair(recipe.damage, shape)


def _untold(recipe: Recipe, shape: str) -> bool:
    """Return whether nobody could read the trial, however harmless its damage.

    Rows out of line with their headers do not tell which side of a blank cell
    they begin on; a lone row of table 四 with a blank cell and an empty column
    more looks like one with a cell split in two; in a true grid a cell split
    in two takes the place of the blank beside it.
    """
    if (recipe.damage, shape) in UNFAIR:
        return True
    if recipe.blanks and recipe.damage == "split a cell" and shape in ("GRID", "FILLED"):
        return True
    trailing = recipe.damage == "extra empty trailing column"
    if trailing and shape in ("CPS", "TAB") and recipe.kind == "distinct":
        # Only table 四 shows the column, and no sum tells it from a cell split in two.
        return True
    if not recipe.blanks or recipe.damage in HARMFUL:
        return False
    return shape == "SEED2" or (trailing and not shape.startswith("page: "))


def lay_out(printed: Printed, layout: str, charset: str | None = "utf-8") -> Rendered:
    """Return the report in a layout: a shape's name, or ``page:`` and a style's."""
    if layout.startswith("page: "):
        return page(printed, STYLES[layout.removeprefix("page: ")], charset)
    return render(printed, layout)


def make(recipe: Recipe) -> Case | None:
    """Return the trial, or None where the damage found nothing to damage."""
    random = Random(f"{recipe.seed}/{recipe.damage}")  # noqa: S311 - not a secret
    printed: Printed | None = report(
        recipe.seed, recipe.edition, recipe.kind, recipe.blanks
    )
    change = HARMFUL.get(recipe.damage) or HARMLESS.get(recipe.damage)
    if change is not None and printed is not None:
        whole, printed = printed, change(printed, random)
        if printed is None or not visible(whole, printed, recipe.damage, recipe.layout):
            return None
    if printed is None:
        return None
    charset, encoding = ENCODINGS[recipe.encoding]
    rendered = lay_out(printed, recipe.layout, charset)
    if recipe.damage == "cut":
        at = random.randint(len(rendered.data) // 12, len(rendered.data))
        rendered = cut(
            rendered, at, "NB" if recipe.layout == "page: flat" else recipe.layout
        )
    text = rendered.data
    if recipe.script:
        text = traditional(text, glossed=recipe.script == "glossed")
    return Case(encode(text, encoding), rendered.gold, printed)


def answer(data: bytes, name: str = "") -> Report:
    """Return the report that the reader under trial makes of the bytes."""
    from mingtang.reading import read  # noqa: PLC0415 - trials are made without it
    from mingtang.reading.source import Source  # noqa: PLC0415

    return read(Source(data, name) if name else data).report


def try_out(recipe: Recipe) -> tuple[Case, Report, Verdict] | None:
    """Return the trial, the reader's report and its verdict."""
    case = make(recipe)
    if case is None:
        return None
    report_ = answer(case.data)
    return case, report_, judge(case.gold, report_)
