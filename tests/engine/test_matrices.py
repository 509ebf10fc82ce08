"""Matrices: one after another, on points and rectangles."""

from __future__ import annotations

import pytest

from mingtang.matrices import PLAIN, bounds, moved, scale, times, turned_back

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


def test_a_rectangle_turned_back_by_quarters_is_the_one_that_bounds_it():
    box = (10, 20, 30, 24)
    for matrix in (QUARTER, (-1.0, 0.0, 0.0, -1.0, 90.0, 80.0), PLAIN):
        assert turned_back(matrix, box) == pytest.approx(bounds(matrix, box))


def test_a_rectangle_turned_back_a_little_keeps_its_middle_and_its_sides():
    slant = (0.9994, 0.0349, -0.0349, 0.9994, 5.0, 7.0)
    x0, y0, x1, y1 = turned_back(slant, (100, 200, 160, 218))
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(moved(slant, 130, 209))
    assert (x1 - x0, y1 - y0) == pytest.approx((60, 18), abs=0.01)


def test_a_rectangle_turned_back_grows_with_the_page():
    double = (0.0, 2.0, -2.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = turned_back(double, (0, 0, 10, 4))
    assert (x1 - x0, y1 - y0) == pytest.approx((8, 20))
