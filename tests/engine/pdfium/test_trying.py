"""What may be heavy is tried in a process of its own before it is done in this one."""

from __future__ import annotations

import pytest

from mingtang.pdfium.trying import tried
from mingtang.pdfium.weighing import light
from mingtang.reading.pdfium import PdfError, pages, pictured
from tests.trials.objects import BOX, FORM, nested, sheet, stream
from tests.trials.paper import typeset


def test_a_heavy_file_is_refused_and_harms_nobody():
    with pytest.raises(PdfError, match="层层相套，或者展开后太大"):
        list(pages(nested(9, 10), 9))


def test_what_only_seems_heavy_is_read():
    mark = stream(FORM, BOX).replace(b"/Form", b"/F#6frm")
    data = sheet(b"/F Do", b"/XObject<</F 5 0 R>>", mark)
    assert not light(data)
    (page,) = pages(data, 9)
    assert page.number == 1


def test_what_is_wrong_with_a_heavy_file_is_said_as_of_any_other():
    with pytest.raises(PdfError, match="画的东西超过 60000 的上限"):
        list(pages(nested(1, 70_000), 9))
    with pytest.raises(PdfError, match="有 2 页，超过 1 页"):
        list(pages(typeset("甲#pagebreak()乙") + b"/Encrypt", 1))


def test_pages_are_drawn_apart_before_they_are_drawn_here():
    ((number, picture, _),) = pictured(typeset("甲"), [1])
    assert number == 1
    assert picture.min() < 100


def test_a_trial_that_cannot_start_is_a_refusal(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(PdfError, match="打不开"):
        tried(sheet(BOX), "reading.pdfium:pages_of", [9])
