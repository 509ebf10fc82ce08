"""A number says whose letter it is, in which series, year and place."""

from __future__ import annotations

import pytest

from mingtang.drafting import numbers, templates
from mingtang.drafting.numbers import NumberError


def test_a_number_is_printed_as_official_documents_print_it():
    assert numbers.format("清府办", "refused", 2026, 12) == "清府办公开不告〔2026〕第12号"


def test_a_draft_keeps_the_place_open():
    assert numbers.format("清府办", "fee", 2026, None) == "清府办公开费〔2026〕第    号"


@pytest.mark.parametrize(
    ("code_word", "name", "year", "number", "told"),
    [
        ("", "fee", 2026, 1, "机关代字"),
        ("A局", "fee", 2026, 1, "机关代字"),
        ("清" * 11, "fee", 2026, 1, "机关代字"),
        ("清", "thanks", 2026, 1, "没有“thanks”这种编号序列"),
        ("清", "fee", 26, 1, "年份"),
        ("清", "fee", "2026", 1, "年份"),
        ("清", "fee", 2026, 0, "序号"),
        ("清", "fee", 2026, True, "序号"),
        ("清", "fee", 2026, 100000, "序号"),
    ],
)
def test_a_number_that_cannot_be_is_refused(code_word, name, year, number, told):
    with pytest.raises(NumberError, match=told):
        numbers.format(code_word, name, year, number)


def test_no_two_series_print_the_same_word():
    words = [known.word for known in numbers.all_series()]
    assert len(words) == len(set(words))


def test_every_series_numbers_some_letter():
    used = {made.series for made in templates()} - {None}
    assert used == {known.id for known in numbers.all_series()}
