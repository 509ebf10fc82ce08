"""A manuscript at a terminal: words wrapped, figures whole, labels beside them."""

from __future__ import annotations

from rich.cells import cell_len

from mingtang.manuscript import HEADING, TEXT, TITLE, Drawn, Manuscript, Square, Words
from mingtang.writing.screen import manuscript_text
from mingtang.writing.terminal import Look

FIGURES = ("1234567", "8901234*", "0", "—")
HEAD = (Square("corner", ""), *(Square("head", f"第{n}列很长") for n in range(4)))
ROW = (
    Square("label", "（三）不予公开 2.其他法律行政法规禁止公开的情形"),
    *(Square("figure", text) for text in FIGURES),
)
PIECES = (
    Words(TITLE, "某市2024年汇总"),
    Words(TEXT, "计入 6 份报告。" * 12),
    Words(HEADING, "三、申请"),
    Drawn("requests", "表三", 5, (HEAD, ROW), 1),
)


def shown(width: int) -> list[str]:
    text = Manuscript("某市2024年汇总", "", None, PIECES)
    return manuscript_text(text, Look(width)).split("\n")


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (60, 80, 120):
        assert max(map(cell_len, shown(width))) <= width


def test_no_figure_breaks() -> None:
    (line,) = (line for line in shown(60) if "1234567" in line)
    assert [figure for figure in FIGURES if figure not in line] == []


def test_title_words_and_tables_stand_in_their_order() -> None:
    text = "\n".join(shown(80))
    places = [text.index(each) for each in ("某市2024年汇总", "计入 6", "三、申请", "表三")]
    assert places == sorted(places)
