"""Pages of a PDF are drawn as pictures that recognition can read."""

from __future__ import annotations

import pytest

from mingtang.reading.pdfium import PdfError, pictured
from tests.trials.paper import typeset


def drawn(head, numbers=(1,)):
    return list(
        pictured(typeset(f"#set page({head}, margin: 10pt)\n甲#pagebreak()乙"), numbers)
    )


def test_a_page_is_drawn_at_200_dots_an_inch_with_its_width():
    ((number, picture, wide),) = drawn('paper: "a4"', [2])
    assert number == 2
    assert picture.shape == pytest.approx((2340, 1654), abs=2)
    assert picture.ndim == 2
    assert wide == pytest.approx(595.3, abs=0.1)
    assert picture.min() < 100
    assert picture[-100:].min() == 255


@pytest.mark.parametrize(
    "head", ["width: 3000pt, height: 2000pt", "width: 60pt, height: 40pt"]
)
def test_a_sheet_of_any_size_is_drawn_as_large(head):
    ((_, picture, wide),) = drawn(head)
    assert max(picture.shape) == pytest.approx(2340, abs=2)
    assert wide in (3000, 60)


def test_pages_come_as_they_are_asked_for():
    assert [number for number, _, _ in drawn('paper: "a5"', [2, 1])] == [2, 1]


def test_a_ribbon_is_no_page():
    with pytest.raises(PdfError, match="第 1 页太窄，不是一页报告"):
        drawn("width: 40pt, height: 4000pt")
