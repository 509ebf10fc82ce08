"""The two official PDF reports, every cell with its page and box."""

from __future__ import annotations

import json

import pytest

from mingtang.reading import read
from tests.trials.corpus import SHARED, of_pdf
from tests.trials.judge import judge

pytestmark = pytest.mark.shared

NAMES = ("hongze2024", "huaian2024")
OTHER = ("other_uncorrected", "other_unpaid", "other_other")


@pytest.fixture(scope="module")
def readings():
    return {
        name: read((SHARED / "corpus" / "pdf" / f"{name}.pdf").read_bytes())
        for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_an_official_report_is_read(name, readings):
    sample = of_pdf(name)
    found = judge(sample.gold, readings[name].report)
    bad = (*found.wrong, *found.stray, *found.flagged, *found.missing)
    assert not bad, str(found)
    assert found.right >= len(sample.gold)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_has_its_page_and_a_box_on_it(name, readings):
    for fact in readings[name].report.facts.values():
        if fact.state.value == "absent":
            continue
        assert fact.place.page in range(1, 7)
        x0, y0, x1, y1 = fact.place.box
        assert 0 <= x0 < x1 <= 595
        assert 0 <= y0 < y1 <= 842


def test_a_line_that_the_form_does_not_know_is_a_finding_and_its_cells_absent(readings):
    reading = readings["hongze2024"]
    assert any("其他处理" in each.message for each in reading.findings)
    facts = reading.report.facts
    states = {
        fact.state.value for cell, fact in facts.items() if cell.split("/")[1] in OTHER
    }
    assert states == {"absent"}


@pytest.mark.parametrize("name", NAMES)
def test_the_text_around_the_tables_is_whole(name, readings):
    report = readings[name].report
    assert [part.number for part in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.year == 2024
    assert report.title.endswith("2024年政府信息公开工作年度报告")
    texts = [block.text for block in report.paragraphs]
    assert not [text for text in texts if text.strip("- ").isdigit()]
    prose = [text for text in texts if len(text) > 60]
    assert all(text.endswith(("。", "）。", "：")) for text in prose), json.dumps(
        prose, ensure_ascii=False
    )
