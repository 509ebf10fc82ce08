"""Figures of one print look like their namesakes: the odd one out shows."""

from __future__ import annotations

import pytest

from mingtang.reading.scans.likeness import likenesses
from tests.engine.reading.scans.drawings import white, write
from tests.trials.scans import blurred, dice, noisy, toned


def rows(text, count=4):
    """A page with a text in rows, and each figure's box by name."""
    page = white(300, 40 + 20 * count)
    found = []
    for row in range(count):
        for at, figure in enumerate(text):
            found.append((figure, write(page, figure, (20 + 12 * at, 20 + 20 * row))))
    return page, found


def test_every_figure_is_most_like_its_namesakes():
    page, found = rows("0123456789")
    for told in likenesses(page, found):
        assert told.own > 0.95
        assert told.own > told.other + 0.05
        assert told.known == 3


def test_namesakes_are_alike_under_wear_too():
    page, found = rows("0123456789")
    worn = noisy(toned(blurred(page, 1.0), 60, 240), dice(1), 10)
    told = likenesses(worn, found)
    assert sum(each.own > each.other for each in told) >= 38


@pytest.mark.parametrize(("truth", "name"), ["38", "60", "71", "94"])
def test_a_figure_under_another_ones_name_is_found_out(truth, name):
    page, found = rows("0123456789")
    wrong = next(at for at, (figure, _) in enumerate(found) if figure == truth)
    found[wrong] = (name, found[wrong][1])
    told = likenesses(page, found)[wrong]
    assert told.other > told.own + 0.05


def test_a_figure_without_namesakes_is_like_nothing_of_its_name():
    page, found = rows("12", 1)
    assert [(told.own, told.known) for told in likenesses(page, found)] == [
        (-1, 0),
        (-1, 0),
    ]


def test_a_lone_figure_has_nothing_to_be_compared_with():
    page, found = rows("4", 1)
    assert likenesses(page, found) == [(-1, -1, 0, 0)]


def test_one_that_is_two_that_touch_is_broader_than_its_namesakes():
    page, found = rows("0123456789")
    x0, y0, x1, y1 = found[0][1]
    found[0] = ("0", (x0 - 4, y0, x1, y1))
    told = likenesses(page, found)
    assert told[0].broader == pytest.approx(4 / (y1 - y0), abs=0.02)
    assert all(abs(each.broader) < 0.03 for each in told[1:])


def test_no_figures_are_nothing():
    assert likenesses(white(), []) == []
