"""Index numbers are never the same twice; documents in force add up, year by year."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingtang.publication.effective import tally
from mingtang.publication.explaining import explain
from mingtang.publication.indexing import FIELDS, IndexRule, IndexRuleError
from mingtang.publication.validity import state_on
from tests.properties.documents import CHOICES, YEARS, stocks

MARKS = st.sampled_from(["", "", "-", "/", "〔", "号", "A", "1"])
FIELD = st.sampled_from(
    [f"{{{name}}}" for name in FIELDS] + ["{serial:01}", "{serial:02}", "{topic}"]
)
ONES = st.sampled_from(["1", "11", "111"])
VALUES = st.fixed_dictionaries(
    {
        "code": st.just("006939748"),
        "region": st.just("533321"),
        "topic": ONES,
        "genre": ONES,
        "year": st.just(1111),
        "serial": ONES.map(int),
    }
)
"""Values that are easily taken for one another when they stand together."""


@st.composite
def rules(draw: st.DrawFn) -> IndexRule:
    """Any rule that is admitted, out of fields and what stands between them."""
    parts = draw(st.lists(st.tuples(MARKS, FIELD), min_size=1, max_size=4))
    text = "".join(mark + field for mark, field in parts) + draw(MARKS)
    try:
        return IndexRule.parse(text)
    except IndexRuleError:
        assume(condition=False)
        raise


@given(rules(), VALUES, VALUES)
def test_a_number_is_of_one_series_and_one_serial(rule, one, other) -> None:
    try:
        numbers = [rule.number(values) for values in (one, other)]
    except IndexRuleError:
        assume(condition=False)
        raise
    alike = rule.series(one) == rule.series(other) and one["serial"] == other["serial"]
    assert (numbers[0] == numbers[1]) == alike


@given(rules(), VALUES)
def test_a_rule_is_written_as_it_was_read_and_reads_its_own_numbers(rule, values) -> None:
    assert IndexRule.parse(str(rule)) == rule
    try:
        number = rule.number(values)
    except IndexRuleError:
        assert not rule.grows
        return
    assert rule.serial_of(number, values) == values["serial"]


@given(st.text("{}:serialycod05-〔", max_size=20))
def test_any_text_is_a_rule_or_refused_by_its_own_words(text: str) -> None:
    try:
        rule = IndexRule.parse(text)
    except IndexRuleError:
        with pytest.raises(IndexRuleError, match=re.escape(f"“{text}”")):
            IndexRule.parse(text)
    else:
        assert str(rule) == text
        with pytest.raises(IndexRuleError):
            rule.number({})


def numbers(counts) -> tuple[int, int, int]:
    return counts.issued.number, counts.repealed.number, counts.in_force.number


@given(stocks(), st.sampled_from(YEARS), CHOICES)
def test_the_effective_count_is_last_years_and_what_moved_it(stock, year, choices) -> None:
    for kind, counts in tally(stock, year, choices).items():
        before = tally(stock, year - 1, choices)[kind]
        assert counts.carried == before.in_force
        told = explain(counts, before.in_force.number)
        moved = sum(each.by for each in counts.moves)
        assert told.difference == moved
        assert (told.unexplained, told.moves) == (0, counts.moves)
        for late in range(len(counts.late) + 1):
            assert explain(counts, before.in_force.number - late).unexplained == 0


@given(stocks(), st.sampled_from(YEARS), CHOICES, st.integers(0, 12))
def test_an_explanation_adds_up_to_the_difference(stock, year, choices, before) -> None:
    """Whatever last year printed: nothing explains more than there is to explain."""
    for counts in tally(stock, year, choices).values():
        told = explain(counts, before)
        moved = sum(each.by for each in told.moves)
        assert moved + told.unexplained == told.difference
        late = sum(each.by for each in told.moves[len(counts.moves) :])
        assert 0 <= late <= len(counts.late)
        assert told.unexplained >= 0 or late == 0
        assert told.unexplained <= 0 or late == len(counts.late)


@given(stocks(plain=True), st.sampled_from(YEARS), CHOICES)
def test_where_only_issue_and_repeal_happen_the_year_balances(stock, year, choices) -> None:
    for kind, counts in tally(stock, year, choices).items():
        before = tally(stock, year - 1, choices)[kind].in_force.number
        issued, repealed, now = numbers(counts)
        assert now == before + issued - repealed
        assert counts.moves == ()


@given(stocks(), st.sampled_from(YEARS), CHOICES)
def test_what_happens_next_year_changes_nothing_this_year(stock, year, choices) -> None:
    then = [
        each._replace(events=[e for e in each.events if e.on.year <= year])
        for each in stock
        if each.events[0].on.year <= year
    ]
    assert tally(then, year, choices) == tally(stock, year, choices)


@given(stocks(), stocks(), st.sampled_from(YEARS), CHOICES)
def test_two_bodies_together_add_up(one, other, year, choices) -> None:
    renamed = [each._replace(number=f"乙{each.number}") for each in other]
    both = tally([*one, *renamed], year, choices)
    apart = [tally(each, year, choices) for each in (one, renamed)]
    for kind, counts in both.items():
        sums = zip(*(numbers(each[kind]) for each in apart), strict=True)
        assert numbers(counts) == tuple(map(sum, sums))
        assert set(counts.in_force.ids) == {
            name for each in apart for name in each[kind].in_force.ids
        }


@given(stocks(), CHOICES)
def test_in_force_at_a_years_end_is_the_state_of_that_day(stock, choices) -> None:
    """By effect it is the state itself; by issue it has come and not gone."""
    effective = choices | {"in_force_day": "effective"}
    for year in YEARS:
        for counts in tally(stock, year, effective).values():
            for each in stock:
                state = state_on(each.events, date(year, 12, 31))
                holds = state is not None and state.status.holds
                if each.kind is counts.kind:
                    assert (each.number in counts.in_force.ids) == holds
