"""A scan is read as the page it is a picture of: right or in doubt, never wrong.

Recognition takes seconds a page, so pages are few and each is read once;
`python -m tests.trials.scanned` measures it over many worn ones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.properties.test_paper import check_whole
from tests.trials.cases import EDITIONS, answer
from tests.trials.judge import judge
from tests.trials.paper import source, typeset
from tests.trials.scans import FACES, degraded, dice, drawn, jpeg, png, scanned_pdf, tiff
from tests.trials.tables import Sheet, report

if TYPE_CHECKING:
    from mingtang.report import Report
    from tests.trials.tables import Printed

NEAR = 4
"""A cell found in a picture lies so near, in points, to where the PDF draws it."""


def requests_page(seed: int, edition: str = "2021", kind: str = "city") -> Printed:
    """A report of one page: its title and table 三."""
    whole = report(seed, edition, kind)
    table = [block for block in whole.blocks if isinstance(block, Sheet)][1]
    return whole._replace(blocks=(whole.title, table))


PAGE = requests_page(7)


@cache
def pdf() -> bytes:
    """The page as a PDF with text on it."""
    return typeset(source(PAGE))


@cache
def turned(quarters: int) -> Report:
    """What is read of the page as a PNG that lies on its side or its head."""
    (page,) = drawn(pdf())
    return answer(png(np.ascontiguousarray(np.rot90(page, quarters))))


def shown(report_: Report) -> dict[str, tuple[str, object]]:
    return {cell: (fact.state, fact.value) for cell, fact in report_.facts.items()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_clean_scan_is_read_whole(edition):
    face = FACES["song" if edition == "2021" else "hei"]
    printed = report(7, edition, "city" if edition == "2021" else "town")
    check_whole(printed, tiff(drawn(typeset(source(printed, face)))))


@pytest.mark.parametrize(("seed", "face"), [(1, "song"), (2, "serif"), (3, "hei")])
def test_a_worn_scan_is_never_read_wrong_and_nine_cells_of_ten_are_sure(seed, face):
    printed = requests_page(seed, EDITIONS[seed % 2], "distinct" if seed == 2 else "city")
    (page,) = drawn(typeset(source(printed, FACES[face])))
    verdict = judge(printed.gold(), answer(jpeg(degraded(page, dice(f"worn {seed}")))))
    assert not verdict.wrong, str(verdict)
    assert not verdict.stray, str(verdict)
    assert verdict.share >= 0.9, str(verdict)


def test_a_scanned_pdf_is_read_as_its_picture():
    found = answer(scanned_pdf(drawn(pdf())))
    assert shown(found) == shown(turned(0))
    assert (found.title, found.year) == (PAGE.title, PAGE.year)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_otherwise_is_read_the_same(quarters):
    assert shown(turned(quarters)) == shown(turned(0))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_each_cell_is_where_it_is_drawn(quarters):
    wide, high = 595.3, 841.9
    drawn_at = answer(pdf()).facts
    for cell, fact in turned(quarters).facts.items():
        if drawn_at[cell].place is None:
            continue
        box = drawn_at[cell].place.box
        for _ in range(quarters):  # to the left: what was at the right is on top
            x0, y0, x1, y1 = box
            box = (y0, wide - x1, y1, wide - x0)
            wide, high = high, wide
        wide, high = 595.3, 841.9
        assert fact.place.page == 1
        assert fact.place.box == pytest.approx(box, abs=NEAR), cell


def test_every_figure_read_in_a_picture_says_how_sure_it_is():
    told = [fact.confidence for fact in turned(0).facts.values() if fact.value is not None]
    assert len(told) > 100
    assert all(0.5 < each <= 1 for each in told)
    assert {fact.confidence for fact in answer(pdf()).facts.values()} == {None}
