"""What marking promises: a note at exactly the cell, and nothing else changed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import mingtang
from mingtang.finding import Finding
from mingtang.form.loading import edition
from mingtang.reading.rules import CELL_UNREADABLE
from mingtang.reading.source import Source
from tests.builders import SECTIONS
from tests.builders import report as sound
from tests.trials.notes import notes
from tests.trials.sheets import WORKBOOKS, lay_out
from tests.trials.tables import report as made_up
from tests.trials.word import HANDS, word

ODD = "98765"
"""A figure that no other cell has."""
EXAMPLES = {"docx": 12, "xlsx": 12, "pdf": 4}
EDITIONS = ("2021", "2019")
FEW = settings(phases=(Phase.explicit, Phase.generate), max_examples=3)
"""Files are slow to make: what fails is shown as it is."""


def marked(data: bytes, findings=None):
    """The marked file, the findings in it, and what was read before and after."""
    reading = mingtang.read(Source(data, "年报"))
    if findings is None:
        findings = (*reading.findings, *mingtang.check(reading.report))
    made = mingtang.mark(reading, findings)
    again = mingtang.read(Source(made, "年报"))
    assert again.document == reading.document
    assert again.report == reading.report
    assert again.findings == reading.findings
    return made, findings, reading


@pytest.mark.parametrize("to", EXAMPLES)
def test_one_wrong_cell_is_noted_where_it_stands(to):
    @settings(FEW, max_examples=EXAMPLES[to])
    @given(data=st.data())
    def holds(data):
        name = data.draw(st.sampled_from(EDITIONS))
        year = 2024 if name == "2021" else 2020
        cell = data.draw(st.sampled_from(edition(name).cell_ids()))
        title = f"清河市东湖区档案局{year}年政府信息公开工作年度报告"
        words = {"title": title, "preface": None, "signed": f"{year + 1}年1月15日"}
        report = sound(name, {cell: ODD}, sections=SECTIONS, **words)
        made, findings, _ = marked(mingtang.write(report, to))
        spoken = [each for each in findings if each.assessed and cell in each.cells]
        seen = [each for each in notes(made, to) if ODD in each.under.split("|")]
        said = "\n".join(each.text for each in seen)
        for finding in spoken:
            assert f"{finding.rule.code} {finding.rule.title}" in said, (cell, said)
        assert bool(seen) == bool(spoken)

    holds()


def unique(reading):
    """Cells whose text no other square of the document's tables has."""
    grids = reading.document.grids()
    counted = Counter(text for grid in grids for row in grid.texts for text in row)
    facts = reading.report.facts.items()
    return [cell for cell, fact in facts if fact.place and counted[fact.raw] == 1]


def said_of(reading, cells):
    """A finding for each of the cells, its message the cell's name."""
    facts = reading.report.facts
    return [
        Finding(CELL_UNREADABLE, f"〔{cell}〕", (cell,), (facts[cell].place,))
        for cell in cells
    ]


def check_each_cell(data, kind):
    reading = mingtang.read(data)
    cells = unique(reading)[:40]
    assert cells
    made, *_ = marked(data, said_of(reading, cells))
    seen = notes(made, kind)
    assert len(seen) == len(cells)
    for cell in cells:
        (note,) = [each for each in seen if f"〔{cell}〕" in each.text]
        printed, raw = "".join(note.under.split()), reading.report.facts[cell].raw
        assert printed == raw or Decimal(printed) == Decimal(raw)


@pytest.mark.parametrize("hand", HANDS)
@FEW
@given(seed=st.integers(0, 10**6), name=st.sampled_from(EDITIONS))
def test_a_comment_stands_at_its_cell_however_word_was_used(hand, seed, name):
    check_each_cell(word(made_up(seed, name, "city"), HANDS[hand], str(seed)), "docx")


@pytest.mark.parametrize("layout", WORKBOOKS)
@FEW
@given(seed=st.integers(0, 10**6), name=st.sampled_from(EDITIONS))
def test_a_note_stands_at_its_cell_however_the_sheets_are_laid_out(layout, seed, name):
    check_each_cell(lay_out(made_up(seed, name, "city"), f"xlsx: {layout}"), "xlsx")
