"""The short way of writing paths, as runs of corners."""

from __future__ import annotations

import pytest

from mingtang.matrices import PLAIN
from mingtang.reading.ofd.markup import OfdError
from mingtang.reading.ofd.paths import subpaths


def test_a_rectangle_is_one_closed_run():
    (run,) = subpaths("M 0 0 L 4 0 L 4 2 L 0 2 C", PLAIN)
    assert run.points == ((0, 0), (4, 0), (4, 2), (0, 2))
    assert (run.closed, run.curved, run.is_rectangle) == (True, False, True)


@pytest.mark.parametrize("move", ["M", "S"])
def test_every_move_begins_a_run(move):
    runs = subpaths(f"{move} 0 0 L 4 0 {move} 0 9 L 4 9", PLAIN)
    assert [run.points[0] for run in runs] == [(0, 0), (0, 9)]


def test_after_closing_the_pen_is_where_it_began():
    runs = subpaths("M 1 1 L 2 1 L 2 2 C L 5 1", PLAIN)
    assert runs[1].points == ((1, 1), (5, 1))


def test_numbers_need_no_spaces_and_letters_no_repeating():
    assert subpaths("M0,0L4-1 6,3", PLAIN)[0].points == ((0, 0), (4, -1), (6, 3))


def test_curves_are_bounded_by_their_points():
    (run,) = subpaths("M 0 0 B 0 5 9 5 9 0 Q 9 -5 0 0", PLAIN)
    assert run.curved
    assert run.box == (0, -5, 9, 5)


def test_an_arc_is_as_large_as_its_ellipse():
    (run,) = subpaths("M 0 5 A 5 5 0 1 1 10 5 A 5 5 0 1 1 0 5 C", PLAIN)
    assert run.curved
    assert run.box == (0, 0, 10, 10)


def test_points_stand_where_a_matrix_places_them():
    (run,) = subpaths("M 0 0 L 4 0", (2, 0, 0, 2, 10, 20))
    assert run.points == ((10, 20), (18, 20))


@pytest.mark.parametrize(
    "printed", ["M 0 0 L 4", "M 0 0 L 4 M 1 1", "M 0 0 X 1", "1 2 3", "M 0 nan", "M 0 1e9"]
)
def test_a_path_that_means_nothing_is_refused(printed):
    with pytest.raises(OfdError):
        subpaths(printed, PLAIN)


@pytest.mark.parametrize("printed", ["", "M 0 0", "C", "M 1 1 C"])
def test_a_path_that_draws_nothing_is_none(printed):
    assert subpaths(printed, PLAIN) == []
