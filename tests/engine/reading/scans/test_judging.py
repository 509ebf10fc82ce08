"""A figure counts as read where everything agrees; else it is in doubt, never another."""

from __future__ import annotations

from decimal import Decimal

import cv2
import numpy as np
import pytest

from mingtang.reading.scans.cutting import cut
from mingtang.reading.scans.inking import Strip
from mingtang.reading.scans.judging import judged, words
from mingtang.reading.scans.recognising import Character
from mingtang.text import parse_figure
from tests.engine.reading.scans.drawings import dots, figures, ruled_page, white, write
from tests.trials.scans import blurred, degraded, dice

XS, YS = (40, 130, 190, 250, 310), range(40, 350, 18)
TEXTS = (
    *("318", "42", "0", "4521"),
    *("60", "2024", "7", "95"),
    *("3.17", "26", "1", "809"),
    *("11", "0", "10", "777"),
    *("88", "63", "5", "0"),
    *("1234", "5678", "90", "12.5"),
    *("0", "0", "6", "9"),
    *("38", "83", "0", "100"),
)


def table(texts=TEXTS):
    page = ruled_page(XS, YS[: -(-len(texts) // 4) + 1])
    for at, text in enumerate(texts):
        write(page, text, (XS[at % 4] + 22, YS[at // 4] + 5))
    return page


def harms(text, doubt, truth):
    """Whether a cell is taken for another number than it shows."""
    found = parse_figure(text)
    return not doubt and found.kind == "number" and found.value != Decimal(truth)


def told(page):
    """Each cell's text and whether any of it is in doubt."""
    made = cut(page)
    lines = [line for line in made.lines if line.cell is not None]
    return {
        line.cell[1]: ("".join(sign.text for sign in signs), any(s.doubt for s in signs))
        for line, signs in zip(lines, judged(made.page, lines), strict=True)
    }


def test_clean_figures_are_read_and_sure():
    found = told(table())
    assert found == {at: (text, False) for at, text in enumerate(TEXTS)}


@pytest.mark.parametrize("seed", range(3))
def test_worn_figures_are_right_or_in_doubt(seed):
    random = dice(seed)
    # worn, and yet straight: how pages are set straight is tried elsewhere
    worn = degraded(table(), random, 0.6)
    worn = blurred(worn, random.uniform(0.1, 0.6))
    found = told(worn)
    sure = {at: text for at, (text, doubt) in found.items() if not doubt}
    assert sure.items() <= dict(enumerate(TEXTS)).items()


def beside(deeds, truths):
    """What is read where each deed damages the figures of a cell below clean ones."""
    page = table((*TEXTS, *truths))
    first = len(TEXTS)
    for at, deed in enumerate(deeds, start=first):
        deed(page, dots(XS[at % 4] + 22), dots(YS[at // 4] + 5))
    found = told(page)
    return [found.get(at, ("", True)) for at in range(first, first + len(deeds))]


def pushed(pair, closer):
    """Draw two figures so many dots nearer to each other than they should stand."""

    def deed(page, x, y):
        page[y - 2 : y + 26, x - 4 : x + 60] = 255
        left, right = figures(pair[0]), figures(pair[1])
        for ink, at in ((left, x), (right, x + left.shape[1] + 2 - closer)):
            part = page[y : y + ink.shape[0], at : at + ink.shape[1]]
            np.minimum(part, 255 - ink, out=part)

    return deed


def cracked(dots_wide, *, upright):
    """Wipe a line of so many dots through the figures of a cell."""

    def deed(page, x, y):
        if upright:
            page[y - 2 : y + 26, x + 4 : x + 4 + dots_wide] = 255
        else:
            page[y + 8 : y + 8 + dots_wide, x - 4 : x + 70] = 255

    return deed


def wiped(high):
    """Wipe away so many dots of the figures of a cell from below."""

    def deed(page, x, y):
        page[y + 24 - high : y + 26, x - 2 : x + 60] = 255

    return deed


def check_harmless(deeds, truths):
    for number, (found, truth) in enumerate(
        zip(beside(deeds, truths), truths, strict=True)
    ):
        assert not harms(*found, truth), (number, found, truth)


def test_figures_that_touch_are_right_or_in_doubt():
    tried = [(pair, closer) for pair in ("88", "10", "37", "46") for closer in range(1, 9)]
    check_harmless([pushed(*each) for each in tried], [pair for pair, _ in tried])


@pytest.mark.parametrize("upright", [True, False])
def test_figures_that_came_apart_are_right_or_in_doubt(upright):
    tried = [(text, wide) for text in ("8", "60", "934", "0") for wide in range(1, 7)]
    deeds = [cracked(wide, upright=upright) for _, wide in tried]
    check_harmless(deeds, [text for text, _ in tried])


def test_figures_half_wiped_away_are_right_or_in_doubt():
    tried = [(text, high) for text in ("88", "63", "9", "1") for high in range(3, 22, 3)]
    check_harmless([wiped(high) for _, high in tried], [text for text, _ in tried])


def test_a_flat_stroke_alone_is_a_dash():
    page = ruled_page(XS, YS[:4])
    for row in range(3):
        y = dots(YS[row] + 8)
        cv2.rectangle(page, (dots(60), y), (dots(60) + 24, y + 3), 0, cv2.FILLED)
    assert set(told(page).values()) == {("—", False)}


def scrawled(page, x, y):
    random = dice("scrawl")
    corners = [(x + random.randrange(-8, 70), y + random.randrange(24)) for _ in range(9)]
    cv2.polylines(page, [np.array(corners)], isClosed=False, color=0, thickness=3)


def test_a_scrawl_is_no_sure_figure():
    check_harmless([scrawled], ["NaN"])


def test_no_lines_are_nothing():
    assert judged(white(), []) == []


def test_a_blot_is_no_figure():
    page = white(200, 60)
    page[60:64, 100:104] = 40
    blot = Strip((100, 60, 104, 64), ((100, 60, 104, 64),), (80, 40, 200, 90), (0, 0))
    ((sign,),) = judged(page, [blot])
    assert not harms(sign.text, sign.doubt, "NaN")


def test_a_figure_among_words_must_be_clear():
    clear, dim = Character("3", 0.95, 9, "3", 1.0), Character("8", 0.85, 20, "8", 1.0)
    word = Character("年", 0.5, 30, "0", 0.1)
    assert [sign.doubt for sign in words([clear, dim, word])] == [False, True, False]


def test_a_mark_beside_a_han_character_is_the_wide_one_and_between_figures_the_narrow():
    text = "一(二),电话:0517-1,200"
    read = [Character(sign, 0.99, at, "0", 1.0) for at, sign in enumerate(text)]
    assert "".join(sign.text for sign in words(read)) == "一（二），电话：0517-1,200"
