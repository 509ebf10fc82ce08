"""Rows are as tall as their text, none taller than a spreadsheet allows."""

from __future__ import annotations

import pytest

from mingtang.form.loading import edition
from mingtang.writing.columns import widths
from mingtang.writing.manuscript import drawn
from mingtang.writing.rows import TALLEST, Pages, of_table, of_words
from mingtang.writing.typography import CELL_SIZE, TYPE_HEIGHT
from tests.builders import report


def total(text):
    return sum(of_words(text, 12).tall)


def test_a_paragraph_is_as_tall_as_its_lines():
    assert of_words("一行", 12).tall == (24.0,)
    assert total("甲\n乙\n丙") == total("字" * 100) == 60
    assert total("字" * 100) > total("a" * 100)


def test_a_long_paragraph_is_parted_in_rows_that_a_spreadsheet_takes():
    assert len(of_words("字" * 700, 12).tall) == 1
    found = of_words("字" * 5_000, 12).tall
    assert max(found) < TALLEST
    assert len(found) > 1
    assert sum(found) > 5_000 / 36 * 12


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_every_table_of_the_form_fits_a_page_in_its_usual_type(name):
    made = report(name)
    tables = [drawn(table, made) for table in edition(name).tables]
    columns = widths(tables)
    for table in tables:
        found = of_table(table, columns)
        assert len(found.tall) == len(table.rows)
        assert sum(found.tall) < TYPE_HEIGHT
        assert found.size == CELL_SIZE


def test_a_page_ends_before_what_would_be_torn():
    pages = Pages()
    pages.take((400, 100))
    pages.keep(2, 100)
    assert pages.breaks == []
    pages.keep(2, 200)
    pages.take((200,))
    pages.keep(3, 400)
    assert pages.breaks == [2]


def test_what_fits_no_page_begins_where_it_stands():
    pages = Pages()
    pages.take((100,))
    pages.keep(1, TYPE_HEIGHT + 1)
    assert pages.breaks == []
