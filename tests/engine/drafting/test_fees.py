"""A bill shows every line of the law's bands, its sum in figures and in words."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.drafting.fees import ItemFee, PageFee, bill, capitals
from mingtang.law.fees import FeeCountError, fee_by_items, fee_by_pages

DAY = date(2026, 3, 2)
_NOTHING = [
    ItemFee(0, 5),
    ItemFee(12, 11),
    ItemFee("1", 20),
    ItemFee(1, 10**9),
    PageFee(-1),
    PageFee(30),
    PageFee("68"),
    PageFee(10**15),
]


@pytest.mark.parametrize("pages", [31, 68, 100, 101, 200, 201, 250])
def test_a_bill_by_pages_comes_to_the_fee_of_the_law(pages):
    made = bill(PageFee(pages), DAY)
    assert made.total == fee_by_pages(pages, DAY)
    assert sum(int(row[3]) for row in made.rows()[1:-1]) == made.total


@pytest.mark.parametrize(
    ("first", "last"), [(1, 11), (11, 11), (28, 45), (41, 41), (5, 52)]
)
def test_bills_by_items_of_a_month_come_to_the_fee_of_the_month(first, last):
    before = fee_by_items(first - 1, DAY)
    assert bill(ItemFee(first, last), DAY).total == fee_by_items(last, DAY) - before


@pytest.mark.parametrize("fee", _NOTHING)
def test_a_bill_that_counts_nothing_is_refused(fee):
    with pytest.raises(FeeCountError):
        bill(fee, DAY)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (0, "零元整"),
        (10, "壹拾元整"),
        (105, "壹佰零伍元整"),
        (7800, "柒仟捌佰元整"),
        (10000, "壹万元整"),
        (100010, "壹拾万零壹拾元整"),
        (1002003, "壹佰万贰仟零叁元整"),
        (100000001, "壹亿零壹元整"),
    ],
)
def test_an_amount_is_said_in_capital_numerals(yuan, words):
    assert capitals(yuan) == words
