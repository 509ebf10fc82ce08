"""Adding reports up keeps the laws of adding, and never makes a blank a zero."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingtang.combining import add, combine, rates
from mingtang.form.loading import edition
from mingtang.report import Report, State
from tests.builders import report

CELLS = edition("2021").cell_ids()
PRINTED = st.one_of(
    st.integers(0, 10**6).map(str),
    st.sampled_from(["", "/", "1.50", "3件", "251000元", "缺"]),
)


@st.composite
def reports(draw: st.DrawFn, most: int = 5) -> list[Report]:
    """Reports of several bodies with any figures and blanks."""
    made = []
    for number in range(draw(st.integers(1, most))):
        chosen = draw(st.lists(st.sampled_from(CELLS), unique=True, max_size=12))
        cells = {cell: draw(PRINTED) for cell in chosen}
        made.append(report(cells=cells, body=f"清河市第{number}局", year=2024))
    return made


@given(reports(most=1))
def test_one_report_combined_is_itself(made: list[Report]) -> None:
    (one,) = made
    for cell, total in combine(made).totals.items():
        fact = one.facts[cell]
        fits = fact.unit is None or fact.unit in combine(made).edition.units(cell)
        assert total.value == (fact.value if fits else None)
        assert total.is_whole == (fact.state is State.NUMBER and fits)


@given(reports(), st.data())
def test_neither_order_nor_grouping_matters(
    made: list[Report], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(made))
    whole = combine(made)
    assert combine(mixed) == whole
    if len(made) > 1:
        at = data.draw(st.integers(1, len(made) - 1))
        left, right = combine(mixed[:at]), combine(mixed[at:])
        assert add(left, right) == add(right, left) == whole


@given(reports())
def test_every_report_gives_a_number_or_is_named(made: list[Report]) -> None:
    combined = combine(made)
    for cell, total in combined.totals.items():
        lacking = {each.body for each in total.lacking}
        assert total.given + len(lacking) == total.reports == len(made)
        given_here = [each.facts[cell].value for each in made if each.body not in lacking]
        assert total.value == (sum(given_here) if given_here else None)
        blank = {each.body for each in made if each.facts[cell].value is None}
        assert blank <= lacking


@given(reports())
def test_an_indicator_is_over_the_reports_that_give_all_its_numbers(
    made: list[Report],
) -> None:
    for rate in rates(combine(made)):
        assert 0 <= rate.given <= rate.reports == len(made)
        assert (rate.part is None) == (rate.given == 0)
        assert rate.value is None or rate.whole
