"""What reading promises of any report: right or flagged, never wrong.

Reports, layouts and damage are made in tests/trials without a look at the
reader. Each failure names the recipe that makes the trial again.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.trials.cases import (
    CUTS,
    EDITIONS,
    LAYOUTS,
    NONE,
    SCRIPTS,
    Case,
    Recipe,
    answer,
    lay_out,
    make,
    possible,
    try_out,
)
from tests.trials.judge import judge
from tests.trials.mutations import HARMFUL, HARMLESS
from tests.trials.pages import ENCODINGS
from tests.trials.tables import FIGURES
from tests.trials.tables import report as made_up

if TYPE_CHECKING:
    from mingtang.report import Report
    from tests.trials.judge import Verdict

SEEDS = st.integers(0, 10**6)
# A recipe is a seed and a few names: there is nothing in it to shrink.
EXAMPLES = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))


def recipes(**fixed):
    """Strategies for the recipe's values, some of them fixed."""
    drawn = {
        "seed": SEEDS,
        "edition": st.sampled_from(EDITIONS),
        "kind": st.sampled_from(FIGURES),
        "blanks": st.sampled_from((0.0, 0.0, 0.1, 0.3)),
        "layout": st.sampled_from(LAYOUTS),
    }
    drawn |= {name: st.just(value) for name, value in fixed.items()}
    return st.fixed_dictionaries(drawn).map(lambda values: Recipe(**values))


def tried(recipe: Recipe):
    """The verdict on a recipe that makes a trial."""
    assume(possible(recipe))
    found = try_out(recipe)
    assume(found is not None)
    return found


def check_harmless(recipe: Recipe) -> None:
    check_read(recipe, *tried(recipe))


def check_read(recipe: Recipe, case: Case, report: Report, verdict: Verdict) -> None:
    assert not verdict.wrong, f"{recipe}\n{verdict}"
    assert verdict.share >= 0.98, f"{recipe}\n{verdict}"
    assert report.edition is not None, str(recipe)
    assert report.edition.id == recipe.edition, str(recipe)
    assert report.year == case.printed.year, str(recipe)


@pytest.mark.parametrize("layout", LAYOUTS)
@EXAMPLES
@given(data=st.data())
def test_an_undamaged_report_is_read_in_every_layout(layout, data):
    check_harmless(data.draw(recipes(layout=layout)))


@pytest.mark.parametrize(("seed", "blanks"), [(131072, 0.1), (131125, 0.1), (131045, 0.3)])
def test_a_row_alone_full_among_its_like_is_read(seed, blanks):
    # The first rows of groups print a cell more; blanks leave one of them full.
    recipe = Recipe(seed, "2019", "distinct", blanks, layout="CPS")
    found = try_out(recipe)
    assert found is not None
    check_read(recipe, *found)


@pytest.mark.parametrize("damage", HARMLESS)
@EXAMPLES
@given(data=st.data())
def test_what_changes_only_the_print_is_harmless(damage, data):
    check_harmless(data.draw(recipes(damage=damage)))


@pytest.mark.parametrize("script", SCRIPTS)
@EXAMPLES
@given(data=st.data())
def test_traditional_characters_are_harmless(script, data):
    check_harmless(data.draw(recipes(script=script)))


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(EXAMPLES, max_examples=settings.default.max_examples // 4)
@given(data=st.data())
def test_a_page_is_read_whatever_it_says_of_its_encoding(encoding, data):
    check_harmless(data.draw(recipes(encoding=encoding)))


@pytest.mark.parametrize("damage", HARMFUL)
@EXAMPLES
@given(data=st.data())
def test_a_damaged_report_is_read_right_or_flagged(damage, data):
    recipe = data.draw(recipes(damage=damage))
    _, _, verdict = tried(recipe)
    assert not verdict.wrong, f"{recipe}\n{verdict}"


@EXAMPLES
@given(data=st.data())
def test_a_report_cut_off_gives_nothing_behind_the_cut(data):
    layouts = st.sampled_from([layout for layout in CUTS if layout != "RUN"])
    recipe = data.draw(recipes(damage="cut", blanks=0.0))
    recipe = recipe._replace(layout=data.draw(layouts))
    _, _, verdict = tried(recipe)
    assert not verdict.wrong, f"{recipe}\n{verdict}"


@settings(EXAMPLES, max_examples=settings.default.max_examples // 2)
@given(
    recipe=recipes(damage=NONE, blanks=0.0),
    first=st.sampled_from(list(HARMLESS)),
    second=st.sampled_from(list(HARMLESS)),
)
def test_harmless_changes_stay_harmless_together(recipe, first, second):
    once, twice = recipe._replace(damage=first), recipe._replace(damage=second)
    assume(possible(once) and possible(twice))
    random = Random(recipe.seed)  # noqa: S311 - not a secret
    printed = made_up(recipe.seed, recipe.edition, recipe.kind)
    printed = HARMLESS[second](HARMLESS[first](printed, random), random)
    rendered = lay_out(printed, recipe.layout)
    verdict = judge(rendered.gold, answer(rendered.data.encode()))
    assert not verdict.wrong, f"{first} and {second}: {recipe}\n{verdict}"
    assert verdict.share >= 0.98, f"{first} and {second}: {recipe}\n{verdict}"


@settings(EXAMPLES, max_examples=settings.default.max_examples // 2)
@given(recipe=recipes())
def test_reading_twice_gives_the_same(recipe):
    assume(possible(recipe))
    data = make(recipe).data
    assert answer(data).facts == answer(data).facts
