"""Fees: every line is shown, and nothing below zero is charged."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.law.fees import FeeCountError, FeeLine, fee_of_item, item_lines, page_lines
from mingtang.law.parameter import parameter

DAY = date(2026, 3, 2)


def closed_form_by_items(items: int) -> int:
    """The formula of the specification, written another way."""
    prices = (
        0 if n <= 10 else 100 if n <= 30 else 200 + 100 * ((n - 31) // 10)
        for n in range(1, items + 1)
    )
    return sum(prices)


def closed_form_by_pages(pages: int) -> int:
    return (
        max(0, min(pages, 100) - 30) * 10
        + max(0, min(pages, 200) - 100) * 20
        + max(0, pages - 200) * 40
    )


@pytest.mark.parametrize("pieces", range(0, 320, 7))
def test_the_bands_give_what_the_formula_gives(pieces: int) -> None:
    by_items = sum(line.amount for line in item_lines(pieces, DAY))
    by_pages = sum(line.amount for line in page_lines(pieces, DAY))
    assert by_items == closed_form_by_items(pieces)
    assert by_pages == closed_form_by_pages(pieces)


def test_a_notice_can_show_how_the_fee_is_made_up() -> None:
    assert item_lines(45, DAY) == (
        FeeLine(1, 10, 0),
        FeeLine(11, 30, 100),
        FeeLine(31, 40, 200),
        FeeLine(41, 45, 300),
    )


@pytest.mark.parametrize("position", [0, -1, True, 1.0])
def test_an_item_has_a_whole_position_from_one(position: int) -> None:
    with pytest.raises(FeeCountError):
        fee_of_item(position, DAY)


def test_a_parameter_without_bands_is_no_price() -> None:
    assert not isinstance(parameter("fee_payment").value_on(DAY), tuple)
