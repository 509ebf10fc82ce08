"""What is sure to be light is told from a PDF's bytes; whatever else is not."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from mingtang.pdfium.weighing import light
from tests.trials.objects import BOX, DRAW, FORM, nested, pages, sheet, stream
from tests.trials.paper import typeset

MARK = b"/a<<>>BDC "
HOLDS = b"/XObject<</F 5 0 R>>"
PLAIN = stream(FORM, BOX)
TORN = sheet(BOX * 100)


def test_a_report_is_light():
    assert light(typeset("#set heading(numbering: none)\n= 甲\n#table(columns: 9)[1][2]"))


@pytest.mark.parametrize("inside", [BOX, DRAW, BOX * 1000])
def test_a_form_on_each_of_500_pages_is_light(inside):
    mark = stream(FORM + b"/Resources<</XObject<</F 5 0 R>>>>", inside)
    data = pages([stream(b"", DRAW + BOX)], 500, HOLDS, mark)
    assert len(PdfDocument(data)) == 500
    assert light(data)


def test_marks_that_are_closed_are_light():
    assert light(sheet((MARK + BOX + b"EMC ") * 5000))


HEAVY = {
    "forms in forms": nested(8, 10),
    "one form drawn without end": nested(1, 100_000),
    "a long form drawn again and again": nested(1, 200, BOX * 10_000),
    "marks within marks": sheet(MARK * 2000 + BOX),
    "marks within marks after many closed": sheet(b"EMC " * 9000 + MARK * 2000),
    "content of 20 MB": sheet(BOX * (20 << 20 >> 3)),
    "content of 20 MB not packed": sheet(b"").replace(b"endstream", BOX * 2_000_000, 1),
    "a torn stream": TORN[: TORN.index(b"stream") + 20],
    "a locked file": sheet(BOX).replace(b"/Size", b"/Encrypt 9 0 R/Size"),
    "packed otherwise": sheet(BOX, b"", PLAIN.replace(b"/FlateDecode", b"/LZWDecode")),
    "packed twice": sheet(
        BOX, b"", PLAIN.replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]")
    ),
    "packed as said elsewhere": sheet(BOX, b"", PLAIN.replace(b"/FlateDecode", b" 6 0 R")),
    "packed as differences": sheet(
        BOX, b"", stream(FORM + b"/DecodeParms<</Predictor 12>>", BOX * 9000)
    ),
    "a form by another spelling": sheet(BOX, b"", PLAIN.replace(b"/Form", b"/F#6frm")),
    "a form said elsewhere": sheet(BOX, b"", b"/Form"),
    "a page that joins one stream twice": sheet(BOX).replace(
        b"/Contents[4 0 R", b"/Contents[4 0 R 4 0 R"
    ),
    "a page that joins what is not seen": sheet(BOX).replace(
        b"/Contents[4 0 R", b"/Contents[/a 4 0 R"
    ),
    "contents listed elsewhere": sheet(BOX).replace(
        b"/Contents[4 0 R]", b"/Contents 2 0 R"
    ),
    "a stream within a stream": sheet(BOX, b"", stream(b"", b"")).replace(
        b"stream\n", b"stream\nx\x01\x01\x06\x00\xf9\xffstream", 1
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_may_be_heavy_is_not_light(name):
    assert not light(HEAVY[name])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"stream", TORN[-60:]])
def test_what_holds_nothing_is_light(data):
    assert light(data)


def test_too_many_streams_are_not_light():
    assert not light(b"stream" * 30_000)
