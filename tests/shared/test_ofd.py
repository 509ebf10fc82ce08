"""The two official PDF reports carried over to OFD: every cell as in the PDF."""

from __future__ import annotations

import pytest

from mingtang.reading import read
from tests.shared.test_pdf import NAMES, OTHER
from tests.trials.corpus import of_pdf
from tests.trials.judge import judge
from tests.trials.ofd import DIALECTS, ofd, sheets

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def pages():
    return {name: sheets(of_pdf(name).path.read_bytes()) for name in NAMES}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_an_official_report_is_read(name, dialect, pages):
    gold = of_pdf(name).gold
    report = read(ofd(pages[name], DIALECTS[dialect])).report
    found = judge(gold, report)
    bad = (*found.wrong, *found.stray, *found.flagged, *found.missing)
    assert not bad, str(found)
    assert found.right >= len(gold)
    for fact in report.facts.values():
        if fact.state.value != "absent":
            x0, y0, x1, y1 = fact.place.box
            assert 0 <= x0 < x1 <= 595.5
            assert 0 <= y0 < y1 <= 842


def test_lines_that_one_report_does_not_print_are_absent(pages):
    facts = read(ofd(pages["hongze2024"], DIALECTS["runs"])).report.facts
    states = {
        fact.state.value for cell, fact in facts.items() if cell.split("/")[1] in OTHER
    }
    assert states == {"absent"}


@pytest.mark.parametrize("name", NAMES)
def test_the_text_around_the_tables_is_as_in_the_pdf(name, pages):
    path = of_pdf(name).path
    theirs = [block.text for block in read(path.read_bytes()).report.paragraphs]
    ours = read(ofd(pages[name], DIALECTS["runs"])).report.paragraphs
    assert [block.text.replace(" ", "") for block in ours] == [
        text.replace(" ", "") for text in theirs
    ]
