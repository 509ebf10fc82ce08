"""The drawn form has every cell once, and no row is longer than another."""

from __future__ import annotations

import pytest

from mingtang.form.loading import editions
from mingtang.writing.layout import RESULTS, panels

TABLES = [table for edition in editions() for table in edition.tables]
NAMES = [f"{edition.id}-{table.id}" for edition in editions() for table in edition.tables]


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_every_cell_of_the_table_is_drawn_once(table):
    drawn = [
        box.cell for panel in panels(table) for row in panel.body for box in row if box.cell
    ]
    assert sorted(drawn) == sorted(cell for cell, *_ in table.cells())


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_the_boxes_fill_the_grid_without_gap_or_overlap(table):
    for panel in panels(table):
        for rows in (panel.head, panel.body):
            taken = set()
            for at, row in enumerate(rows):
                column = 0
                for box in row:
                    while (at, column) in taken:
                        column += 1
                    for down in range(box.rows):
                        for right in range(box.columns):
                            square = (at + down, column + right)
                            assert square not in taken
                            taken.add(square)
            assert len(taken) == len(rows) * len(panel.tracks)


def test_the_results_stand_under_their_common_label():
    for edition in editions():
        (panel,) = panels(edition.table("requests"))
        labels = [box for row in panel.body for box in row if box.text == RESULTS]
        assert len(labels) == 1
        # All lines but the two of what came in and the one carried over.
        assert labels[0].rows == len(panel.body) - 3


def test_heads_say_what_they_head():
    for edition in editions():
        for table in edition.tables:
            for panel in panels(table):
                for row in (*panel.head, *panel.body):
                    for box in row:
                        assert bool(box.scope) == (box.kind in {"head", "label"})
