"""Matrices: one after another, on points and rectangles."""

from __future__ import annotations

import pytest

from mingtang.reading.paper.matrices import PLAIN, bounds, moved, scale, times

QUARTER = (0.0, 1.0, -1.0, 0.0, 0.0, 0.0)


def test_the_first_matrix_is_done_first():
    shifted = (1.0, 0.0, 0.0, 1.0, 10.0, 0.0)
    assert moved(times(QUARTER, shifted), 2, 0) == (10, 2)
    assert moved(times(shifted, QUARTER), 2, 0) == (0, 12)


def test_the_plain_matrix_changes_nothing():
    assert times(PLAIN, QUARTER) == times(QUARTER, PLAIN) == QUARTER
    assert moved(PLAIN, 3, 4) == (3, 4)


def test_a_turned_rectangle_is_bounded_by_its_corners():
    assert bounds(QUARTER, (0, 0, 4, 1)) == (-1, 0, 0, 4)


def test_a_matrix_has_one_scale_however_it_turns_or_mirrors():
    assert scale((0, 3, -3, 0, 7, 7)) == pytest.approx(3)
    assert scale((2, 0, 0, -2, 0, 0)) == pytest.approx(2)
