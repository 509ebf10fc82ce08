"""Text objects as characters: where each begins, how wide it is, what is sure."""

from __future__ import annotations

import math

import pytest

from mingtang.matrices import PLAIN
from mingtang.reading.ofd.markup import OfdError, parse
from mingtang.reading.ofd.writing import signs
from mingtang.reading.paper.glyphs import DOUBT

UPWARD = (1.0, 0.0, 0.0, -1.0, 0.0, 100.0)


def text(codes, attributes='Size="10"', placed=PLAIN, window=None, order=1):
    node = parse(f"<TextObject {attributes}>{codes}</TextObject>".encode(), "a.xml")
    return list(signs(node, placed, (order, 0.0), window))


def code(words, attributes='X="5" Y="20"'):
    return f"<TextCode {attributes}>{words}</TextCode>"


def starts(found):
    return [(sign.text, *sign.origin) for sign in found]


def test_each_character_stands_a_step_from_the_one_before():
    found = text(code("年度1", 'X="5" Y="20" DeltaX="12 11"'))
    assert starts(found) == [("年", 5, 20), ("度", 17, 20), ("1", 28, 20)]
    assert [sign.box[2] - sign.box[0] for sign in found] == [10, 10, 5]
    assert found[0].box == pytest.approx((5, 11.2, 15, 21.2))


def test_repeated_steps_are_counted():
    found = text(code("12345", 'X="0" Y="0" DeltaX="g 2 5 6 7"'))
    assert [x for _, x, _ in starts(found)] == [0, 5, 10, 16, 23]


def test_more_repeats_than_characters_cost_nothing():
    found = text(code("12", 'X="0" Y="0" DeltaX="g 999999999999 5"'))
    assert [x for _, x, _ in starts(found)] == [0, 5]


@pytest.mark.parametrize("steps", ["g x 5", "g", "g 2", "5 nan"])
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(OfdError):
        text(code("123", f'X="0" Y="0" DeltaX="{steps}"'))


def test_without_steps_characters_stand_side_by_side():
    found = text(code("规1.5", 'X="0" Y="0"'))
    assert [x for _, x, _ in starts(found)] == [0, 10, 15, 17.5]


def test_steps_down_set_characters_below_each_other():
    found = text(code("规章", 'X="5" Y="20" DeltaY="10"'))
    assert starts(found) == [("规", 5, 20), ("章", 5, 30)]


def test_a_rare_character_may_count_as_two():
    for steps in ("10 10", "10 0 10"):
        found = text(code("𠮷林1", f'X="0" Y="0" DeltaX="{steps}"'))
        assert [x for _, x, _ in starts(found)] == [0, 10, 20]


def test_a_narrow_step_leaves_a_character_no_more_room():
    found = text(code("规章", 'X="0" Y="0" DeltaX="7"'))
    assert found[0].box[2] == 7


def test_a_code_begins_where_the_last_did_unless_it_says_otherwise():
    found = text(code("1") + code("2", 'Y="30"'))
    assert starts(found) == [("1", 5, 20), ("2", 5, 30)]


def test_spaces_take_room_and_are_no_characters():
    found = text(code("1 2\\0020　3\u200b4", 'X="0" Y="0" DeltaX="g 9 5"'))
    assert [(sign, x) for sign, x, _ in starts(found)] == [
        ("1", 0), ("2", 10), ("3", 25), ("4", 35),
    ]  # fmt: skip


def test_line_breaks_around_a_text_are_the_xmls():
    assert starts(text(code("\n   规章\n   ")))[0] == ("规", 5, 20)


def test_escaped_characters_and_radicals_are_what_they_stand_for():
    assert [sign.text for sign in text(code("\\4EBA⼈⺠"))] == ["人", "人", "民"]


def test_half_of_an_escaped_pair_is_no_character():
    assert [sign.text for sign in text(code("\\D842\\DFB7\\D842"))] == ["𠮷", DOUBT]


def test_a_placeholder_is_no_character():
    assert text(code("¤"))[0].text == DOUBT


def test_characters_stand_and_grow_as_a_matrix_says():
    (sign,) = text(code("1"), placed=(2.0, 0.0, 0.0, -2.0, 0.0, 100.0))
    assert sign.origin == (10, 60)
    assert (sign.ink.size, sign.ink.angle) == (20, 0)


def test_a_stretched_character_is_wider():
    (sign,) = text(code("规"), 'Size="10" HScale="0.8"')
    assert sign.box[2] - sign.box[0] == 8


@pytest.mark.parametrize(("turned", "angle"), [(90, -90), (180, 180), (270, 90), (30, -30)])
def test_a_turned_character_is_known_by_its_angle(turned, angle):
    (sign,) = text(code("1"), f'Size="10" CharDirection="{turned}"', UPWARD)
    assert math.cos(sign.ink.angle - math.radians(angle)) == pytest.approx(1)


@pytest.mark.parametrize("shift", ["0", "2"])
def test_reading_downwards_sets_bare_characters_below_each_other(shift):
    found = text(code("规章", f'X="{shift}" Y="0"'), 'Size="10" ReadDirection="90"')
    assert starts(found)[1] == ("章", pytest.approx(int(shift)), pytest.approx(10))


def test_text_without_ink_or_size_is_not_read():
    assert text(code("1"), order=0) == []
    assert text(code("1"), 'Size="0"') == []
    assert text(code("1"), 'Size="10"', (0.05, 0, 0, 0.05, 0, 0)) == []


def test_text_must_say_its_size():
    with pytest.raises(OfdError, match="字号"):
        text(code("1"), "")


def test_text_outside_its_window_is_in_doubt():
    inside, outside = (0, 10, 50, 30), (60, 10, 90, 30)
    assert not text(code("1"), window=inside)[0].doubt
    assert text(code("1"), window=outside)[0].doubt


def test_text_of_more_glyphs_than_characters_is_in_doubt():
    glyphs = '<CGTransform CodePosition="0" CodeCount="{}" GlyphCount="{}"/>'
    assert not text(glyphs.format(2, 2) + code("12"))[0].doubt
    assert text(glyphs.format(1, 2) + code("12"))[0].doubt
