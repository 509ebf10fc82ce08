"""Short lines are read side by side, and each gets its own characters back."""

from __future__ import annotations

import pytest

from mingtang.reading.scans.gathering import FIRST, SECOND, gathered
from mingtang.reading.scans.inking import Strip
from tests.engine.reading.scans.drawings import white, write

TEXTS = ["318", "42", "8", "4521", "60", "2024", "7", "95", "3.17", "26", "64", "809"]


def written():
    """A page of figures, and the lines they are."""
    page = white(420, 200)
    lines, boxes = [], []
    for at, text in enumerate(TEXTS):
        x, y = 20 + at % 4 * 100, 20 + at // 4 * 60
        parts = []
        left = x
        for sign in text:
            shift = 6.2 if sign == "." else 0
            box = write(page, sign, (left, y + shift))
            parts.append(box)
            left += (box[2] - box[0]) / 2.78 + 1.2
        whole = (
            parts[0][0],
            min(part[1] for part in parts),
            parts[-1][2],
            max(part[3] for part in parts),
        )
        lines.append(Strip(whole, tuple(parts), (0, 0, page.shape[1], page.shape[0])))
        boxes.append(parts)
    return page, lines, boxes


@pytest.mark.parametrize("look", [FIRST, SECOND])
def test_each_line_gets_its_own_characters_back_where_they_stand(look):
    page, lines, boxes = written()
    for text, parts, found in zip(TEXTS, boxes, gathered(page, lines, look), strict=True):
        assert "".join(each.text for each in found) == text
        for part, each in zip(parts, found, strict=True):
            assert each.at == pytest.approx((part[0] + part[2]) / 2, abs=7)


def test_what_stands_above_a_cell_is_not_seen_from_it():
    page, lines, _ = written()
    line = lines[0]
    x0, y0, x1, y1 = line.box
    page[y0 - 22 : y0 - 4, x0:x1] = page[y0 : y0 + 18, x0:x1]
    shut = line._replace(within=(0, y0 - 3, page.shape[1], y1 + 3))
    (alone, *_) = gathered(page, [shut, *lines[1:]], FIRST)
    assert "".join(each.text for each in alone) == "318"


def test_a_line_at_the_edge_of_the_page_is_read():
    page = white(100, 30)
    box = write(page, "318", (0, 0))
    (found,) = gathered(page, [Strip(box, (box,), (0, 0, *page.shape[::-1]))], FIRST)
    assert "".join(each.text for each in found) == "318"


def test_no_lines_are_nothing():
    assert gathered(white(), [], FIRST) == []
