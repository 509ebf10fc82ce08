"""One set of columns serves all tables: each fills the page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mingtang.form.loading import edition
from mingtang.manuscript import Words
from mingtang.writing.columns import SHARED, edges, widths
from mingtang.writing.manuscript import drawn, manuscript
from mingtang.writing.typography import TYPE_AREA
from tests.builders import report


def tables(name="2021", cells=None):
    made = report(name, cells)
    return {table.id: drawn(table, made) for table in edition(name).tables}


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_every_table_takes_all_of_the_columns(name):
    for table in tables(name).values():
        found = edges(table)
        assert len(found) == table.width + 1
        assert (found[0], found[-1]) == (0, SHARED)
        assert all(first < last for first, last in pairwise(found))


def test_a_figure_of_the_big_tables_is_a_cell_of_its_own():
    found = tables()
    assert edges(found["requests"])[-8:] == tuple(range(8, 16))
    assert edges(found["disputes"]) == tuple(range(16))


def test_a_table_that_lost_lines_is_as_wide_as_the_others():
    cells = [cell for cell in edition("2021").cell_ids() if "disputes/review/" in cell]
    made = report(cells=dict.fromkeys(cells, "缺"))
    *_, table = (piece for piece in manuscript(made).pieces if not isinstance(piece, Words))
    assert table.width == 10
    assert edges(table)[-1] == SHARED


def test_a_long_figure_has_a_wider_column_and_the_page_stays_full():
    found = widths(tables(cells={"requests/received/person": "1234567890"}).values())
    assert max(found) == found[8] > 1.5 * found[9]
    assert sum(found) == pytest.approx(TYPE_AREA)
    assert len(set(widths(tables().values()))) == 1
