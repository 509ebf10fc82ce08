"""What layers draw, in their order: nested, transparent, cut off, within limits."""

from __future__ import annotations

import pytest

from mingtang.matrices import PLAIN
from mingtang.reading.ofd import drawing
from mingtang.reading.ofd.drawing import Drawing
from mingtang.reading.ofd.markup import OfdError, parse
from mingtang.reading.ofd.styles import Resources
from mingtang.reading.paper.drawn import page
from mingtang.reading.paper.frames import Frame

LINE = "<AbbreviatedData>M 0 0 L 10 0</AbbreviatedData>"
TEXT = '<TextObject Size="4"{}>{}<TextCode X="1" Y="2">字</TextCode></TextObject>'
UNIT = (
    '<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="{}"><Content>{}'
    "</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"
)


def drawn(objects, shared="<Res/>", layer=""):
    made = Drawing(Resources([parse(shared.encode(), "Res.xml")]))
    made.layer(parse(f"<Layer {layer}>{objects}</Layer>".encode(), "a.xml"), PLAIN)
    return made.with_notes(())


def path(attributes="", held=""):
    return f"<PathObject {attributes}>{held}{LINE}</PathObject>"


def test_things_are_numbered_in_the_order_of_drawing():
    found = drawn(TEXT.format("", "") + path() + TEXT.format("", ""))
    assert [sign.ink.order for sign in found.signs] == [1, 3]
    assert [each.order for each in found.paths] == [2]


def test_blocks_within_blocks_are_followed():
    found = drawn("<PageBlock><PageBlock>" + path() + "</PageBlock></PageBlock>")
    assert len(found.paths) == 1


def test_a_path_is_stroked_and_not_filled_unless_it_says_so():
    fill = '<FillColor Value="0 0 0"/>'
    assert [each.solid for each in drawn(path("", fill)).paths] == [False]
    assert [each.solid for each in drawn(path('Fill="true"', fill)).paths] == [True, False]
    assert drawn(path('Stroke="false"', fill)).paths == []


def test_a_filling_without_a_colour_is_not_seen():
    assert drawn(path('Fill="true" Stroke="false"')).paths == []


def test_a_pen_is_as_wide_as_its_matrix_makes_it():
    (found,) = drawn(path('LineWidth="2" CTM="0.5 0 0 0.5 0 0"')).paths
    assert found.width == 1
    assert found.subpaths[0].points[1] == (5, 0)


def test_what_is_hidden_is_not_drawn():
    found = drawn(path('Visible="false"') + TEXT.format(' Visible="false"', ""))
    assert (found.paths, found.signs) == ([], [])


@pytest.mark.parametrize("hidden", [' Fill="false"', ' Alpha="0"'])
def test_text_without_ink_is_not_seen(hidden):
    found = drawn(TEXT.format(hidden, "")).signs
    assert all(sign.ink.light == 1 for sign in found)


def test_outlined_text_has_the_colour_of_its_stroke():
    outline = TEXT.format(' Fill="false" Stroke="true"', '<StrokeColor Value="51 51 51"/>')
    assert drawn(outline).signs[0].ink.light == pytest.approx(0.2)


def test_transparency_adds_up():
    inner = path('Alpha="51" Fill="true"', '<FillColor Value="0 0 0"/>')
    found = drawn(f'<PageBlock Alpha="127.5">{inner}</PageBlock>').paths[0]
    assert found.light == pytest.approx(0.9)
    assert found.cover == pytest.approx(0.1)


def test_a_layer_lends_its_parameters():
    shared = (
        '<Res><DrawParams><DrawParam ID="4" LineWidth="3">'
        '<FillColor Value="255 255 255"/></DrawParam></DrawParams></Res>'
    )
    found = drawn(TEXT.format("", "") + path(), shared, 'DrawParam="4"')
    assert found.signs[0].ink.light == pytest.approx(1)
    assert found.paths[0].width == 3


def test_a_composite_draws_what_it_refers_to():
    found = drawn(
        '<CompositeObject ResourceID="9" Boundary="5 5 20 20" CTM="2 0 0 2 0 0"/>',
        UNIT.format(9, path()),
    )
    assert found.paths[0].subpaths[0].points == ((5, 5), (25, 5))


def test_a_composite_that_is_missing_is_a_mark():
    found = drawn('<CompositeObject ResourceID="8" Boundary="5 5 20 20"/>')
    assert found.notes == [(5, 5, 25, 25)]


def test_composites_that_refer_to_themselves_are_refused():
    again = '<CompositeObject ResourceID="9"/>'
    with pytest.raises(OfdError, match="互相引用"):
        drawn(again, UNIT.format(9, again))


def test_composites_that_multiply_are_refused():
    again = '<CompositeObject ResourceID="9"/>' * 10
    with pytest.raises(OfdError, match="超过"):
        drawn(again, UNIT.format(9, again))


def test_a_picture_fills_its_boundary():
    found = drawn('<ImageObject Boundary="5 5 20 30" CTM="20 0 0 30 0 0"/>')
    assert found.images == [(1, (5, 5, 25, 35))]
    assert drawn('<ImageObject Alpha="0" Boundary="5 5 20 30"/>').images == []


def test_what_stands_outside_its_holder_is_cut_off():
    line = path('Boundary="50 50 10 10" LineWidth="1"')
    for size, seen in ((80, 1), (20, 0)):
        held = drawn(f'<PageBlock Boundary="10 10 {size} {size}">{line}</PageBlock>')
        assert len(page(1, Frame(0, 0, 100, 100), held).rules) == seen


@pytest.mark.parametrize(
    ("limit", "what"),
    [("MAX_OBJECTS", "画的东西"), ("MAX_SEGMENTS", "画的线"), ("MAX_GLYPHS", "的字数")],
)
def test_more_than_a_page_holds_is_refused(limit, what, monkeypatch):
    monkeypatch.setattr(drawing, limit, 1)
    with pytest.raises(OfdError, match=f"{what}超过 1 的上限"):
        drawn((path() + TEXT.format("", "")) * 2)


@pytest.mark.parametrize("broken", ["1 0 0 nan 0 0", "1 0 0 1e300 0 0", "1 0 0", "a"])
def test_a_matrix_that_is_none_is_refused(broken):
    with pytest.raises(OfdError):
        drawn(path(f'CTM="{broken}"'))
