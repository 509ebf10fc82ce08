"""Colours and pens, from the object, its layer or shared parameters."""

from __future__ import annotations

import pytest

from mingtang.reading.ofd.markup import OfdError, parse
from mingtang.reading.ofd.styles import PEN, Colour, Resources, Style

RES = """<Res><ColorSpaces><ColorSpace ID="5" Type="Gray" BitsPerComponent="4"/>
<ColorSpace ID="6" Type="RGB"><Palette><CV>0 0 0</CV><CV>255 255 255</CV></Palette>
</ColorSpace></ColorSpaces><DrawParams>
<DrawParam ID="1" LineWidth="2"><FillColor Value="255 255 255"/></DrawParam>
<DrawParam ID="2" Relative="1"><StrokeColor Value="0 0 0"/></DrawParam>
<DrawParam ID="3" Relative="3" LineWidth="1"/></DrawParams></Res>"""
NOTHING = Style()
HELD = Resources([parse(RES.encode(), "Res.xml")])


def colour(attributes):
    return HELD.colour(parse(f"<FillColor {attributes}/>".encode(), "a.xml"))


def styled(attributes, held="", outer=NOTHING):
    node = parse(f"<PathObject {attributes}>{held}</PathObject>".encode(), "a.xml")
    return HELD.styled(node, outer)


@pytest.mark.parametrize(
    ("attributes", "light"),
    [
        ('Value="0 0 0"', 0),
        ('Value="255 255 255"', 1),
        ('Value="#FF #FF #FF"', 1),
        ('Value="255"', 1),
        ('Value="15" ColorSpace="5"', 1),
        ('Value="0 0 0 255"', 0),
        ('Value="0 0 0 0"', 1),
        ('Index="1" ColorSpace="6"', 1),
        ('Index="9" ColorSpace="6"', 0),
        ("", 0),
    ],
)
def test_how_light_a_colour_is_is_told_in_every_space(attributes, light):
    assert colour(attributes) == pytest.approx(Colour(light, 1))


def test_a_colour_may_let_light_through():
    assert colour('Value="0 0 0" Alpha="51"') == Colour(0, 0.2)


@pytest.mark.parametrize("printed", ["a b c", "#GG #0 #0", "nan 0 0"])
def test_a_colour_that_is_none_is_refused(printed):
    with pytest.raises(OfdError):
        colour(f'Value="{printed}"')


def test_parameters_build_on_others():
    found = styled('DrawParam="2"')
    assert (round(found.fill.light), found.stroke, found.width) == (1, Colour(0), 2)


def test_the_object_itself_has_the_last_word():
    found = styled('DrawParam="2" LineWidth="9"', '<FillColor Value="0 0 0"/>')
    assert found == Style(Colour(0), Colour(0), 9)


def test_what_nothing_says_comes_from_the_layer():
    layer = Style(Colour(1), None, 3)
    assert styled("", outer=layer) == layer
    assert styled("") == Style(None, None, PEN)


def test_parameters_that_build_on_themselves_come_to_an_end():
    assert styled('DrawParam="3"').width == 1


def test_parameters_that_are_not_there_change_nothing():
    assert styled('DrawParam="99"') == Style()
