"""Fields are filled once, and what fills them is never searched for fields."""

from __future__ import annotations

import pytest

from mingtang.drafting.fields import FieldError, fill, literal, names


def test_what_is_filled_in_is_not_filled_again():
    assert fill("{a}{b}", {"a": "{b}", "b": "{{a}}"}) == "{b}{{a}}"


def test_a_doubled_brace_is_a_brace():
    assert fill("{{a}}{a}", {"a": "甲"}) == "{a}甲"


@pytest.mark.parametrize("text", ["{", "}", "一{二", "{一{二}", "{a}}"])
def test_a_single_brace_is_refused(text):
    with pytest.raises(FieldError, match="单独的"):
        names(text)


@pytest.mark.parametrize("text", ["{}", "{a.b}", "{a!r}", "{a:>9}", "{0}"])
def test_only_known_names_are_fields(text):
    with pytest.raises(FieldError, match="没有这样的字段"):
        fill(text, {"a": "甲"})


def test_literal_text_has_no_fields():
    text = "{body}与}{"
    assert fill(literal(text), {}) == text
