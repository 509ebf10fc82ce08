"""Whatever rule is admitted, no two documents have the same index number."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingtang.publication.indexing import FIELDS, IndexRule, IndexRuleError

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
