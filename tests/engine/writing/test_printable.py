"""What a stranger wrote never steers a screen."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mingtang.writing.printable import one_line, printable
from mingtang.writing.wrapping import wrapped


@given(st.text(st.characters()))
def test_no_control_character_is_left(text):
    shown = printable(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} or c in "\n\t" for c in shown)
    shown.encode()


def test_an_escape_sequence_is_shown_not_obeyed():
    assert printable("\x1b]0;x\x07") == "␛]0;x␇"
    assert "\u202e" not in printable("abc\u202ecba")


@given(st.text())
def test_one_line_is_one(text):
    assert len(one_line(text).splitlines()) <= 1


@given(st.text(st.sampled_from("一二（）“”，。 ab1.")), st.integers(4, 30))
def test_lines_fit_and_lose_nothing_but_spaces(text, width):
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
