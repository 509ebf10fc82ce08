"""Shadows go, ink stays, and a leaning page is measured and set level."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mingtang.reading.scans.straightening import even, ink, leaning, level
from tests.engine.reading.scans.drawings import dots, ruled_page, white, write
from tests.trials.scans import dice, moved, noisy, toned


def page():
    made = white(500, 600)
    for row in range(30):
        for column in range(3):
            write(made, "20240130 17 318 4521", (60 + column * 130, 40 + row * 17))
    return made


PAGE = page()


@pytest.mark.parametrize("degrees", [-4.7, -1.85, -0.33, 0.12, 0.9, 3.2])
def test_the_leaning_of_lines_is_measured(degrees):
    assert leaning(ink(moved(PAGE, degrees))) == pytest.approx(degrees, abs=0.05)


def test_the_leaning_of_a_ruled_table_is_measured():
    table = ruled_page((40, 140, 240, 340), range(40, 400, 18))
    assert leaning(ink(moved(table, -1.3))) == pytest.approx(-1.3, abs=0.05)


def test_noise_and_specks_do_not_change_the_leaning():
    worn = noisy(toned(moved(PAGE, 1.4), 60, 230), dice(3), 14, 0.0005)
    assert leaning(ink(even(worn))) == pytest.approx(1.4, abs=0.05)


def test_a_level_page_stays_as_it_is():
    assert leaning(ink(PAGE)) == 0
    assert level(PAGE, 0.0) is PAGE


def test_an_empty_page_leans_nowhere():
    assert leaning(ink(white())) == 0


def test_a_page_set_level_lies_over_the_page_that_never_leant():
    back = level(moved(PAGE, 1.7), 1.7)
    # ink on ink: a shift by the width of a stroke would leave half of it bare
    both = np.count_nonzero(ink(back) & ink(PAGE))
    assert both > 0.9 * np.count_nonzero(ink(PAGE))


def test_shadows_go_and_ink_stays():
    shaded = toned(PAGE, 40, 190, 60)
    flat = even(shaded)
    bare = cv2.dilate(ink(PAGE), np.ones((9, 9), np.uint8)) == 0
    assert np.percentile(flat[bare], 1) > 240
    assert flat[PAGE < 30].max() < 170


def test_the_pale_ground_of_a_row_is_no_ink_and_its_figures_are():
    grounded = PAGE.copy()
    grounded[dots(72) : dots(90)] = np.minimum(PAGE[dots(72) : dots(90)], 205)
    assert np.count_nonzero(ink(even(grounded)) != ink(PAGE)) < 0.02 * ink(PAGE).sum()


def test_the_corners_of_a_ground_are_no_ink_on_a_grainy_page():
    made = np.full((600, 1400), 255, np.uint8)
    made[100:230, 60:1340] = 205
    write(made, "20240130", (200, 57))
    grainy = noisy(toned(made, 88, 232), dice(6), 12)
    inked = ink(even(grainy))
    corners = np.concatenate((inked[104:134, 64:180], inked[196:226, 1220:1336]))
    assert corners.mean() < 0.01
    assert inked[150:185, 540:760].mean() > 0.05


def test_pale_ink_on_a_pale_page_is_ink_and_grain_is_not():
    pale = noisy(toned(PAGE, 150, 250), dice(4), 8)
    inked = ink(even(pale))
    assert np.count_nonzero(inked & ink(PAGE)) > 0.8 * np.count_nonzero(ink(PAGE))
    far = cv2.dilate(ink(PAGE), np.ones((9, 9), np.uint8)) == 0
    assert inked[far].mean() < 0.001
