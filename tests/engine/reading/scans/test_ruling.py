"""Borders of tables are found, also thin, pale and noisy; strokes are no borders."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mingtang.reading.paper.lattice import lattices
from mingtang.reading.paper.rulings import Rule
from mingtang.reading.scans.ruling import borders, ruled
from mingtang.reading.scans.straightening import even, ink, leaning, level
from tests.engine.reading.scans.drawings import dots, ruled_page, set_page, white, write
from tests.trials.scans import blurred, degraded, dice, moved, noisy, squeezed, toned

XS, YS = (40, 140, 200, 260, 320), (40, 58, 76, 94, 130)


def grid(page):
    (lattice,), _ = lattices(ruled(page).rules)
    return lattice


def check_grid(page, xs=XS, ys=YS, near=0.6):
    found = grid(page)
    assert found.xs == pytest.approx(xs, abs=near)
    assert found.ys == pytest.approx(ys, abs=near)


@pytest.mark.parametrize("thick", [1, 2, 3, 6])
@pytest.mark.parametrize("grey", [0, 140])
def test_lines_are_found_where_they_stand(thick, grey):
    check_grid(ruled_page(XS, YS, thick, grey))


def test_lines_are_found_under_noise_blur_and_specks():
    worn = toned(blurred(ruled_page(XS, YS), 1.2), 80, 235, 15)
    worn = squeezed(noisy(worn, dice(1), 16, 0.0006), 40)
    check_grid(even(worn))


def test_lines_a_little_askew_are_found():
    check_grid(moved(ruled_page(XS, YS), 0.1), near=1.0)


def test_a_worn_page_has_the_cells_it_was_set_with():
    page = set_page(
        "#table(columns: (90pt, 60pt, 60pt), [规章], [12], [8], [其他], [0], [7])"
    )
    for seed in range(3):
        worn = even(degraded(page, dice(seed)))
        straight = level(worn, leaning(ink(worn)))
        assert len(grid(straight).cells) == 6


def test_strokes_of_large_characters_are_no_lines():
    page = set_page("#text(size: 44pt)[王田三日目 回一十工土] #text(size: 90pt)[田口]")
    assert ruled(page).rules == ()


def test_strokes_in_cells_are_no_lines():
    page = ruled_page(XS, YS)
    for at, x in enumerate(XS[:-1]):
        write(page, "1111", (x + 10, 42 + at * 2))
    check_grid(page)


def test_a_line_that_meets_no_other_is_no_border():
    page = ruled_page(XS, YS)
    cv2.line(page, (dots(40), dots(150)), (dots(320), dots(150)), 0, 2)
    check_grid(page)


def test_a_small_box_is_no_table():
    assert ruled(ruled_page((40, 70, 100), (40, 60, 80))).rules == ()


def test_a_broad_bar_is_no_line():
    page = white()
    for at in (60, 120, 180):
        page[dots(at) : dots(at + 8), dots(40) : dots(300)] = 0
        page[dots(60) : dots(188), dots(at) : dots(at + 8)] = 0
    assert ruled(page).rules == ()


def test_an_empty_page_has_no_lines():
    found = ruled(white())
    assert found.rules == ()
    assert not found.dots.any()


def test_the_dots_of_lines_are_theirs_and_no_figures():
    page = ruled_page(XS, YS, 3)
    bare = page.copy()
    x0, y0, x1, y1 = write(page, "417", (150, 64))
    taken = ruled(page).dots > 0
    assert taken[bare == 0].mean() > 0.99
    assert not taken[y0:y1, x0:x1].any()


def test_borders_are_trimmed_to_the_lines_they_meet():
    page = ruled_page(XS, YS)
    cv2.line(page, (dots(5), dots(76)), (dots(345), dots(76)), 0, 2)
    level_ends = [
        (rule.x0, rule.x1) for rule in ruled(page).rules if rule.x1 - rule.x0 > 100
    ]
    assert level_ends
    assert np.allclose(level_ends, (40, 320), atol=1)


def test_nothing_is_a_border_of_nothing():
    assert borders([]) == []


def test_the_heads_of_figures_that_fill_one_cell_are_no_border():
    level = [Rule(0, at, 200, at + 1) for at in (0, 40, 80)]
    upright = [Rule(at, 0, at + 1, 81) for at in (0, 50, 76, 199)]
    stroke = Rule(50, 15, 76, 16)
    assert len(borders([*level, *upright, stroke])) == 7
    beside = Rule(76, 15, 200, 16)
    assert len(borders([*level, *upright, stroke, beside])) == 8
