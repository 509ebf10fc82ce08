"""Two laws of the sums: what balances is left alone, one wrong cell is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.checking import check
from mingtang.checking.interpreter import sum_findings
from mingtang.checking.plan import plan_of
from mingtang.form.loading import edition
from tests.builders import report

if TYPE_CHECKING:
    from mingtang.form.edition import Edition

EDITIONS = ("2021", "2019")
KINDS = ("person", "company", "research", "charity", "legal_service", "other")
ENDS = ("upheld", "corrected", "other", "pending")
COUNTS = st.integers(min_value=0, max_value=12_000_000)
each_edition = pytest.mark.parametrize("name", EDITIONS)


def results(made: Edition) -> tuple[str, ...]:
    """The lines that add up to （七）总计."""
    return next(each.left for each in made.sums if each.code == "S302")


@st.composite
def balanced(draw: st.DrawFn, name: str) -> dict[str, int]:
    """Figures of a report in which every sum holds."""
    made = edition(name)
    cells: dict[str, int] = {}
    for kind in KINDS:
        column = {line: draw(COUNTS) for line in results(made)}
        column["concluded"] = sum(column.values())
        column["carried_out"] = draw(COUNTS)
        settled = column["concluded"] + column["carried_out"]
        column["carried_in"] = draw(st.integers(min_value=0, max_value=settled))
        column["received"] = settled - column["carried_in"]
        cells |= {f"requests/{line}/{kind}": count for line, count in column.items()}
    for line in {cell.split("/")[1] for cell in cells}:
        cells[f"requests/{line}/total"] = sum(
            cells[f"requests/{line}/{kind}"] for kind in KINDS
        )
    for line in ("review", "suit_direct", "suit_after_review"):
        ends = {end: draw(COUNTS) for end in ENDS}
        ends["total"] = sum(ends.values())
        cells |= {f"disputes/{line}/{end}": count for end, count in ends.items()}
    return cells


@each_edition
@given(data=st.data())
def test_a_balanced_report_has_no_sum_finding(name: str, data: st.DataObject) -> None:
    cells = data.draw(balanced(name))
    assert sum_findings(report(name, _printed(cells))) == []


@each_edition
@given(data=st.data())
def test_any_one_wrong_cell_is_named(name: str, data: st.DataObject) -> None:
    cells = data.draw(balanced(name))
    cell = data.draw(st.sampled_from(sorted(cells)))
    wrong = data.draw(COUNTS.filter(lambda count: count != cells[cell]))
    findings = sum_findings(report(name, _printed(cells | {cell: wrong})))
    assert findings
    assert all(finding.assessed for finding in findings)
    assert all(cell in finding.cells for finding in findings)


@each_edition
@given(data=st.data())
def test_the_true_figure_is_among_what_would_agree(name: str, data: st.DataObject) -> None:
    """Where two sums cross in the wrong cell, that cell is the one named."""
    cells = data.draw(balanced(name))
    cell = data.draw(st.sampled_from(sorted(cells)))
    wrong = data.draw(COUNTS.filter(lambda count: count != cells[cell]))
    findings = sum_findings(report(name, _printed(cells | {cell: wrong})))
    crossing = cell.startswith("requests/")
    for finding in findings:
        assert finding.remedy is not None
        if crossing and len(findings) > 1:
            assert finding.remedy.changes == ((cell, str(wrong), str(cells[cell])),)


@each_edition
@given(data=st.data())
def test_a_cell_that_is_no_number_is_never_taken_for_one(
    name: str, data: st.DataObject
) -> None:
    cells = data.draw(balanced(name))
    made = plan_of(edition(name))
    cell = data.draw(st.sampled_from(sorted(cells)))
    text = data.draw(st.sampled_from(["", "/", "1 2", "缺"]))
    findings = sum_findings(report(name, _printed(cells) | {cell: text}))
    assert not any(finding.assessed for finding in findings)
    assert all(finding.cells == (cell,) for finding in findings)
    position = made.cells.index(cell)
    open_codes = {made.sums[index].rule.code for index in made.through[position]}
    assert {finding.rule.code for finding in findings} == open_codes


WORDS = st.text(
    alphabet=st.sampled_from(
        "一二三（）()1.、，。；：无公开申请条件将年月日至0123456789 \n[bookmark]收费通知"
    ),
    max_size=80,
)


@given(
    words=st.lists(WORDS, min_size=6, max_size=6), title=WORDS, year=st.integers(1990, 2100)
)
def test_no_words_crash_a_rule(words: list[str], title: str, year: int) -> None:
    headings = [section.heading for section in edition("2021").sections]
    sections = [f"{heading}\n{text}" for heading, text in zip(headings, words, strict=True)]
    made = report(
        sections=sections, title=title or None, preface=words[0] or None, year=year
    )
    for finding in check(made):
        for place in finding.places:
            if place.start is not None and place.paragraph is not None:
                text = made.paragraphs[place.paragraph - 1].text
                assert text[place.start : place.end]


def _printed(cells: dict[str, int]) -> dict[str, str]:
    return {cell: str(count) for cell, count in cells.items()}
