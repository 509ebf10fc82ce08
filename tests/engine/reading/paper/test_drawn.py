"""What is drawn becomes what is seen, whatever the file measures from."""

from __future__ import annotations

import math

import pytest

from mingtang.reading.paper.drawn import Drawn, Path, Sign, page
from mingtang.reading.paper.frames import Frame
from mingtang.reading.paper.seeing import Ink
from mingtang.reading.paper.strokes import Subpath

SHEET = Frame(0, 0, 200, 300)


def sign(text="1", at=(50.0, 200.0), order=1, angle=0.0, **more):
    x, y = at
    ink = Ink(order, 0.0, 10.0, angle, seen=True)
    return Sign(text, ink, (x, y - 1, x + 5, y + 9), at, **more)


def filled(box, order=2, light=1.0, **more):
    x0, y0, x1, y1 = box
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    run = Subpath(corners, closed=True)
    return Path(order, solid=True, light=light, width=0.0, subpaths=[run], **more)


def texts(*signs, paths=(), images=()):
    found = page(1, SHEET, Drawn(signs, paths, images))
    return "".join(glyph.text for glyph in found.glyphs)


def test_a_sheet_is_measured_from_its_upper_left_corner():
    (glyph,) = page(1, SHEET, Drawn([sign()], [], [])).glyphs
    assert glyph[1:6] == (50, 91, 55, 101, 100)


def test_most_characters_decide_which_way_a_sheet_is_read():
    up = [sign(at=(50.0, 50.0 + at), angle=math.pi / 2) for at in range(3)]
    found = page(1, SHEET, Drawn([*up, sign()], [], []))
    assert found.frame.turn == 1
    assert sorted(glyph.turn for glyph in found.glyphs) == [0, 0, 0, 3]


def test_a_later_ground_covers_text_and_an_earlier_one_does_not():
    ground = (40, 190, 80, 220)
    assert texts(sign(order=1), paths=[filled(ground)]) == ""
    assert texts(sign(order=3), paths=[filled(ground)]) == "1"


def test_what_can_be_seen_through_covers_nothing():
    assert texts(sign(), paths=[filled((40, 190, 80, 220), cover=0.3)]) == "1"


def test_a_ground_reaches_no_further_than_its_window():
    ground = filled((0, 0, 200, 300), clip=(0, 0, 200, 100))
    assert texts(sign(), paths=[ground]) == "1"


def test_a_line_is_cut_at_its_window_and_gone_outside():
    run = Subpath(((10, 100), (190, 100)))
    line = Path(1, solid=False, light=0.0, width=1.0, subpaths=[run])
    cut = line._replace(clip=(20, 90, 60, 110))
    gone = line._replace(clip=(20, 10, 60, 20))
    (rule,) = page(1, SHEET, Drawn([], [cut, gone], [])).rules
    assert rule == pytest.approx((20, 199.5, 60, 200.5))


def test_a_small_picture_is_a_mark_and_a_wide_one_a_ground():
    small, wide = (0, (10, 10, 20, 20)), (0, (0, 0, 200, 290))
    found = page(1, SHEET, Drawn([], [], [small]))
    assert found.marks == ((10, 280, 20, 290),)
    found = page(1, SHEET, Drawn([], [], [wide]))
    assert found.marks == ()
    assert found.picture > 0.9


def test_a_character_in_doubt_stays_so():
    (glyph,) = page(1, SHEET, Drawn([sign(doubt=True)], [], [])).glyphs
    assert glyph.doubt
