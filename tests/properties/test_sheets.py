"""What reading promises of workbooks and separated values: right or flagged."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.trials.cases import EDITIONS, Recipe, answer, possible
from tests.trials.judge import judge
from tests.trials.mutations import HARMFUL, HARMLESS
from tests.trials.sheets import SHEETS, lay_out, told
from tests.trials.tables import FIGURES, report

SEEDS = st.integers(0, 10**6)
BLANKS = st.sampled_from((0.0, 0.1, 0.3))
PLANS = st.tuples(SEEDS, st.sampled_from(EDITIONS), st.sampled_from(FIGURES), BLANKS)
FEW = settings(
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    max_examples=max(10, settings.default.max_examples // 4),
)


def damaged(plan, damage, change):
    """The report after a change that still shows, squares being told apart."""
    assume(possible(Recipe(*plan, damage=damage, layout="GRID")))
    printed = change(report(*plan), Random(plan[0]))  # noqa: S311 - not a secret
    assume(printed is not None)
    return printed


@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", SHEETS)
@settings(FEW, max_examples=max(3, settings.default.max_examples // 20))
@given(seed=SEEDS, blanks=BLANKS)
def test_an_undamaged_sheet_is_read_whole(layout, edition, figures, seed, blanks):
    printed = report(seed, edition, figures, blanks)
    read = answer(lay_out(printed, layout))
    verdict = judge(printed.gold(), read)
    assert not verdict.wrong, str(verdict)
    assert verdict.share == 1, str(verdict)
    assert (read.edition.id, read.year, read.body) == (edition, printed.year, printed.body)


@pytest.mark.parametrize("damage", [*filter(told, HARMLESS)])
@FEW
@given(plan=PLANS, layout=st.sampled_from(SHEETS))
def test_what_changes_only_the_print_of_a_sheet_is_harmless(damage, plan, layout):
    printed = damaged(plan, damage, HARMLESS[damage])
    verdict = judge(printed.gold(), answer(lay_out(printed, layout)))
    assert not verdict.wrong, f"{plan} {layout}\n{verdict}"
    assert verdict.share >= 0.98, f"{plan} {layout}\n{verdict}"


@pytest.mark.parametrize("damage", [*filter(told, HARMFUL)])
@FEW
@given(plan=PLANS, layout=st.sampled_from(SHEETS))
def test_a_damaged_sheet_is_read_right_or_flagged(damage, plan, layout):
    printed = damaged(plan, damage, HARMFUL[damage])
    verdict = judge(printed.gold(), answer(lay_out(printed, layout)))
    assert not verdict.wrong, f"{plan} {layout}\n{verdict}"
