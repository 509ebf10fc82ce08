"""The network reads lines: characters, how sure each is, and where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from mingtang.reading.scans.recognising import network, read
from tests.engine.reading.scans.drawings import figures, set_page, white, write


def line(body):
    """A line of type cut out of a set page, with a little room around."""
    page = set_page(body)
    ys, xs = np.nonzero(page[:2200] < 128)
    return page[ys.min() - 4 : ys.max() + 5, xs.min() - 4 : xs.max() + 5]


def test_a_line_of_text_is_read():
    (found,) = read([line("主动公开政府信息的数量为")])
    assert "".join(each.text for each in found) == "主动公开政府信息的数量为"
    assert min(each.sure for each in found) > 0.9


def test_figures_name_their_likeliest_figure():
    (found,) = read([line("20240130")])
    assert "".join(each.figure for each in found) == "20240130"
    assert min(each.among for each in found) > 0.9


def test_places_are_shares_of_the_width_also_beside_a_longer_line():
    short, long = line("规章 318"), line("主动公开政府信息的数量为" * 3)
    found = read([long, short])
    assert [each.text for each in found[1] if each.text.strip()] == list("规章318")
    for told in found:
        places = [each.at for each in told]
        assert places == sorted(places)
        assert 0 < places[0] < 0.25
        assert 0.75 < places[-1] < 1


def test_an_empty_line_is_no_characters():
    assert read([white(60, 12)]) == [[]]


def test_no_lines_are_nothing():
    assert read([]) == []


def test_a_line_of_any_size_is_brought_to_the_networks():
    for size in (7, 10.5, 30):
        page = white(300, 60)
        x0, y0, x1, y1 = write(page, "4521", (20, 10), size)
        (found,) = read([page[y0 - 6 : y1 + 6, x0 - 6 : x1 + 6]])
        assert "".join(each.figure for each in found) == "4521"


def test_the_alphabet_holds_every_figure_and_is_loaded_once():
    held = network()
    assert [held.alphabet[each[0]] for each in held.figures] == list("0123456789")
    assert network() is held


@pytest.mark.parametrize("figure", "23456789")
def test_one_figure_alone_is_read_or_not_sure(figure):
    ink = figures(figure, 20)
    page = np.full((ink.shape[0] + 16, ink.shape[1] + 40), 255, np.uint8)
    page[8:-8, 20:-20] -= ink
    (found,) = read([page])
    assert all(each.figure == figure or each.sure < 0.9 for each in found)
