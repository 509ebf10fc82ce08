"""Ink comes apart in pieces, and pieces come together as characters and lines."""

from __future__ import annotations

import numpy as np
import pytest

from mingtang.reading.scans.inking import (
    Strip,
    around,
    is_leftover,
    may_be_figure,
    pieces,
    strips,
)
from tests.engine.reading.scans.drawings import dots, white, write

CELL = (100, 100, 250, 140)
LOW_CELL = (100, 100, 250, 122)


def inked(page):
    return (page < 128).astype(np.uint8)


def test_dust_is_no_piece():
    page = white(100, 50)
    page[20:22, 20:22] = 0
    page[40:44, 40:44] = 0
    assert pieces(inked(page), (0, 0, 270, 130)) == [(40, 40, 44, 44)]


def test_pieces_are_those_of_a_part_of_the_page_in_its_dots():
    page = white(100, 50)
    page[20:40, 20:30] = 0
    page[20:40, 120:130] = 0
    assert pieces(inked(page), (100, 10, 200, 100)) == [(120, 20, 130, 40)]


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        ((100, 100, 102, 140), "a side"),
        ((248, 104, 250, 130), "part of a side"),
        ((100, 100, 106, 140), "a thick side"),
        ((120, 100, 160, 102), "part of the top"),
        ((100, 136, 250, 140), "the bottom"),
        ((101, 110, 103, 113), "a crumb"),
    ],
)
def test_what_runs_along_a_side_is_left_over_from_the_border(piece, why):
    assert is_leftover(piece, CELL), why


@pytest.mark.parametrize(
    ("piece", "cell", "why"),
    [
        ((170, 108, 173, 130), CELL, "a thin 1 in the middle"),
        ((102, 108, 105, 130), CELL, "a thin 1 near the side"),
        ((170, 101, 173, 121), LOW_CELL, "a thin 1 that fills a low cell"),
        ((170, 100, 173, 122), LOW_CELL, "a thin 1 that touches top and bottom"),
        ((150, 117, 153, 120), LOW_CELL, "a decimal point near the bottom"),
        ((100, 104, 114, 130), CELL, "a broad figure at the side"),
        ((160, 118, 180, 121), CELL, "a dash"),
    ],
)
def test_what_is_no_part_of_a_border_is_kept(piece, cell, why):
    assert not is_leftover(piece, cell), why


def test_a_thick_stroke_may_be_a_figure_and_a_trace_may_not():
    assert may_be_figure((100, 104, 103, 126))
    assert not may_be_figure((100, 104, 101, 126))
    assert not may_be_figure((100, 104, 103, 112))


def test_pieces_are_put_on_their_lines_from_the_top_down():
    page = white(200, 60)
    write(page, "317", (20, 30))
    write(page, "42", (20, 8))
    upper, lower = strips(pieces(inked(page), (0, 0, *page.shape[::-1])), (0, 0, 555, 167))
    assert (len(upper.pieces), len(lower.pieces)) == (2, 3)
    assert upper.box[3] < lower.box[1]
    assert upper.box == around(upper.pieces)


def test_a_decimal_point_belongs_to_its_line():
    page = white(200, 40)
    write(page, "3.17", (20, 10))
    (line,) = strips(pieces(inked(page), (0, 0, 555, 111)), (0, 0, 555, 111))
    assert len(line.characters) == 4


def test_a_dash_alone_is_a_line():
    (line,) = strips([(50, 60, 80, 63)], CELL, (0, 3))
    assert line.box == (50, 60, 80, 63)
    assert (line.height, line.cell) == (3, (0, 3))


def test_a_mark_far_from_every_line_is_left_out():
    far = dots(20)
    (line,) = strips([(50, 60, 60, 80), (50, 80 + far, 55, 84 + far)], CELL)
    assert line.pieces == ((50, 60, 60, 80),)


def test_pieces_over_each_other_are_one_character():
    line = Strip((0, 0, 40, 20), ((0, 0, 12, 8), (1, 11, 11, 20), (20, 0, 30, 20)), CELL)
    assert line.characters == ((0, 0, 12, 20), (20, 0, 30, 20))
