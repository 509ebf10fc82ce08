"""The form as filled in: which cells a rule has to look at, and which not."""

from __future__ import annotations

import pytest

from mingtang.checking.filled import filled_form
from mingtang.form.loading import edition
from tests.builders import report

CELL = "disputes/review/upheld"


def test_without_an_edition_there_is_no_form() -> None:
    assert filled_form(report(None)) is None


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_a_table_of_plain_counts_has_nothing_odd(name: str) -> None:
    form = filled_form(report(name, {"requests/received/person": "12000000"}))
    assert form is not None
    assert dict(form.odd) == {"disclosure": (), "requests": (), "disputes": ()}
    assert [len(form.table(table)) for table in form.odd] == [
        len(list(table.cells())) for table in edition(name).tables
    ]


@pytest.mark.parametrize("text", ["", "/", "1 2", "缺", "0.5", "3.0", "-1"])
def test_whatever_is_no_plain_count_is_odd(text: str) -> None:
    form = filled_form(report(cells={CELL: text}))
    assert form is not None
    assert {name: [fact.cell for fact in odd] for name, odd in form.odd.items()} == {
        "disclosure": [],
        "requests": [],
        "disputes": [CELL],
    }
    assert not form.is_absent("disputes")


def test_a_table_is_absent_when_all_its_cells_are() -> None:
    cells = [cell for cell in edition("2021").cell_ids() if cell.startswith("disputes/")]
    form = filled_form(report(cells=dict.fromkeys(cells, "缺")))
    assert form is not None
    assert form.is_absent("disputes")
    assert not form.is_absent("requests")
    form = filled_form(report(cells=dict.fromkeys(cells[1:], "缺")))
    assert form is not None
    assert not form.is_absent("disputes")
