"""Tables fill the page's width, keep figures in one line and are torn only if they must."""

from __future__ import annotations

import pytest

from mingtang.form.loading import edition
from mingtang.writing.fitting import CELL_SIZE, INSET, SMALLEST, fit
from mingtang.writing.manuscript import drawn
from mingtang.writing.typography import TYPE_AREA, ems
from tests.builders import report


def tables(name="2021", **cells):
    made = report(name, {cell.replace("__", "/"): text for cell, text in cells.items()})
    return {table.id: drawn(table, made) for table in edition(name).tables}


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_every_table_of_the_form_fills_the_width_and_fits_a_page(name):
    for table in tables(name).values():
        fitted = fit(table)
        assert len(fitted.widths) == table.width
        assert sum(fitted.widths) == pytest.approx(TYPE_AREA)
        assert fitted.size == CELL_SIZE
        assert fitted.whole


@pytest.mark.parametrize("figure", ["1234567890", "-12345.67", "123456789012"])
@pytest.mark.parametrize("cell", ["requests__received__person", "disputes__review__upheld"])
def test_a_long_figure_stands_in_one_line(cell, figure):
    table = tables(**{cell: figure})[cell.split("__")[0]]
    widths, size, *_ = fit(table)
    row, column = next(
        (row, column)
        for row, squares in enumerate(table.grid())
        for column, square in enumerate(squares)
        if square is not None and square.text == figure
    )
    assert row > 0
    assert widths[column] >= ems(figure) * size + 2 * INSET
    assert sum(widths) == pytest.approx(TYPE_AREA)


def test_type_becomes_smaller_where_all_figures_are_long():
    cells = {
        f"disputes__{line}__{column}": "1234567"
        for line in ("review", "suit_direct", "suit_after_review")
        for column in ("upheld", "corrected", "other", "pending", "total")
    }
    fitted = fit(tables(**cells)["disputes"])
    assert SMALLEST <= fitted.size < CELL_SIZE
    assert min(fitted.widths) >= 3.5 * fitted.size + 2 * INSET


def test_a_table_taller_than_a_page_may_be_torn():
    text = "[读不出：" + "许多字" * 40 + "]"
    cells = {f"requests__{line}__person": text for line in ("received", "granted")}
    fitted = fit(tables(**cells)["requests"])
    assert not fitted.whole
