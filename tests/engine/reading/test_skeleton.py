from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.form.loading import edition
from mingtang.reading.facts import Facts, gather
from mingtang.reading.labels import label_findings, order_findings, printed_labels
from mingtang.reading.locating import locate
from mingtang.reading.skeleton import fill, skeleton
from tests.engine.reading.snippets import TABLE_TWO, form, grids, requests, rows

FIGURES = st.one_of(
    st.integers(0, 99).map(str),
    st.sampled_from(
        ["", "/", "3件", "+4", "1,024", "22（其中修订16件）", "70487元", "0.5"]
    ),
)


def fresh(source: str) -> Facts:
    """Return the facts of a page located row by row."""
    located = locate(rows(source))
    facts = gather(located, 2024)
    labels = printed_labels(located, facts.edition)
    findings = (*label_findings(labels), *order_findings(located, facts.edition))
    return facts._replace(findings=(*facts.findings, *findings))


def remembered(source: str) -> Facts | None:
    tables = grids(source)
    known = skeleton(tables, 2024)
    return None if known is None else fill(known, tables)


def said(facts: Facts) -> list[tuple[str, object]]:
    return sorted((finding.message, finding.places) for finding in facts.findings)


def same(one: Facts, other: Facts) -> None:
    assert one.edition is other.edition
    assert one.cells == other.cells
    assert said(one) == said(other)


@pytest.mark.parametrize("name", ["2021", "2019"])
@given(st.data())
def test_a_skeleton_met_before_gives_what_a_fresh_reading_gives(
    name: str, data: st.DataObject
) -> None:
    cells = edition(name).cell_ids()
    texts = data.draw(st.fixed_dictionaries(dict.fromkeys(cells, FIGURES)))
    page = form(texts.__getitem__, name)
    known = remembered(page)
    assert known is not None
    same(known, fresh(page))


@pytest.mark.parametrize("name", ["2021", "2019"])
@given(st.data())
def test_other_figures_need_no_new_skeleton(name: str, data: st.DataObject) -> None:
    cells = edition(name).cell_ids()
    figures = st.integers(0, 10**6).map(str)
    texts = data.draw(st.fixed_dictionaries(dict.fromkeys(cells, figures)))
    before = skeleton(grids(form(lambda _: "0", name)), 2024)
    page = form(texts.__getitem__, name)
    assert skeleton(grids(page), 2024) is before
    read = fill(before, grids(page)).cells
    assert {cell: str(fact.value) for cell, fact in read.items()} == texts


def test_blanks_make_another_skeleton() -> None:
    one = "requests/received/company"
    page = form(lambda cell: "" if cell == one else "7")
    assert skeleton(grids(page), 2024) is not skeleton(grids(form(lambda _: "7")), 2024)
    same(remembered(page), fresh(page))


def test_labels_misprinted_or_moved_are_remarked_each_time() -> None:
    page = form(lambda _: "3").replace("本年废止件数", "本年度止件数")
    for figure in ("0", "5"):
        changed = page.replace(">3<", f">{figure}<")
        assert [each.rule.code for each in remembered(changed).findings] == ["R201"]
        same(remembered(changed), fresh(changed))


class TestNone:
    """What needs a closer look is not remembered."""

    def test_a_document_without_all_three_tables(self) -> None:
        assert skeleton(grids(TABLE_TWO), 2024) is None
        assert skeleton([], 2024) is None

    def test_a_row_that_cannot_be_placed(self) -> None:
        page = form(lambda _: "0").replace("<td>0</td></tr>", "</tr>", 1)
        assert skeleton(grids(page), 2024) is None

    def test_an_unknown_row(self) -> None:
        row = "<tr><td>网上申请</td>" + "<td>0</td>" * 7 + "</tr>"
        page = form(lambda _: "0").replace("<tr><td>（七）总计", f"{row}<tr><td>（七）总计")
        assert skeleton(grids(page), 2024) is None

    def test_a_line_printed_twice(self) -> None:
        assert skeleton(grids(form(lambda _: "0") + TABLE_TWO), 2024) is None

    def test_a_cell_that_is_no_number(self) -> None:
        page = form(lambda cell: "约5" if cell.endswith("licensing/decisions") else "0")
        assert skeleton(grids(page), 2024) is None

    def test_cells_without_rows(self) -> None:
        assert skeleton(grids("规章 |\n0 |\n1 |\n2 |\n"), 2024) is None
        assert skeleton(grids(requests("2.重复申请: 0 0 0 0 0 0 0")), 2024) is None
