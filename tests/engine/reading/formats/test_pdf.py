"""PDF as typst sets it: what a person sees is read, the rest refused or in doubt."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from mingtang.document import Grid
from mingtang.reading.formats import pdf
from mingtang.reading.formats.pdf import read
from mingtang.reading.paper.legibility import ScannedError
from mingtang.reading.pdfium import PdfError
from mingtang.text import parse_figure
from tests.trials.paper import source, typeset
from tests.trials.tables import report

PAGE = """#set page(width: 300pt, height: 300pt, margin: 20pt)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10pt)
"""
ROW = "#table(columns: (100pt, 60pt, 60pt), [规章], [{0}], [8])"


def grids(body, page=PAGE):
    return list(read(typeset(page + body)).grids())


def figures(cell):
    """What a row's two figure cells are read as when the first holds some markup."""
    (grid,) = grids(ROW.format(cell))
    return grid.texts[0][1:]


def texts(body, page=PAGE):
    return [block.text for block in read(typeset(page + body)).paragraphs()]


def test_a_table_has_texts_spans_page_and_boxes():
    body = (
        "#table(columns: (90pt, 60pt, 60pt), table.cell(colspan: 3)[第一], [甲], [1], [23])"
    )
    (grid,) = grids(body)
    assert grid.texts == (("第一",), ("甲", "1", "23"))
    assert grid.squares[0][0].colspan == 3
    assert (grid.spans, grid.page) == (True, 1)
    assert grid.boxes[1][1] == pytest.approx((110, 37, 170, 55), abs=1)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_read_and_its_boxes_are_as_seen(angle):
    turned = PAGE + f"#rotate({angle}deg, reflow: true)[{ROW.format('12')}]"
    (grid,) = read(typeset(turned)).grids()
    assert grid.texts == (("规章", "12", "8"),)
    x0, y0, x1, y1 = grid.boxes[0][0]
    assert (x1 - x0 > y1 - y0) is (angle == 180)
    assert 20 <= x0 < x1 <= 280
    assert 19 <= y0 < y1 <= 280


@pytest.mark.parametrize(
    "hidden",
    [
        "#place(text(fill: white)[99])",
        "#place(dx: 500pt)[99]",
        "#place(text(fill: rgb(0, 0, 0, 0))[99])",
        "#place(dx: 15pt)[99]#place(dx: 12pt, rect(width: 20pt, fill: white)[])",
    ],
)
def test_text_that_nobody_sees_is_not_read(hidden):
    assert figures(f"{hidden}7") == ("7", "8")


def test_white_text_on_a_dark_ground_is_seen():
    (grid,) = grids("#set table(fill: navy)\n#set text(fill: white)\n" + ROW.format("12"))
    assert grid.texts == (("规章", "12", "8"),)


def test_a_figure_marked_with_a_pen_one_sees_through_is_read():
    pen = "rect(width: 20pt, height: 15pt, fill: rgb(255, 255, 0, 60))"
    assert figures(f"7#place(dx: -10pt, dy: -10pt, {pen})") == ("7", "8")


def test_false_bold_is_read_once():
    assert figures("#place(dx: 0.3pt)[11]11") == ("11", "8")


def test_a_raised_mark_is_told_from_the_figure():
    assert figures("22#super(typographic: false)[1]") == ("22（1）", "8")


@pytest.mark.parametrize(
    "odd",
    [
        "#strike[12]",
        "#text(fill: luma(200))[12]",
        "#rotate(20deg)[12]",
        "#circle(radius: 4pt)",
        "#place(dx: 2pt)[5]#place(dx: 2.4pt)[7]",
    ],
)
def test_what_is_drawn_and_no_sure_figure_is_unreadable(odd):
    assert parse_figure(figures(odd)[0]).kind == "unreadable"


def test_a_watermark_is_no_part_of_a_figure():
    words = "text(size: 60pt, fill: luma(220))[样本 2024]"
    mark = f"#set page(foreground: rotate(30deg, {words}))\n"
    (grid,) = grids(mark + ROW.format("12"))
    assert grid.texts == (("规章", "12", "8"),)


def test_lines_are_joined_to_paragraphs_and_headings_stand_alone():
    body = (
        '#set page(numbering: "— 1 —", height: 140pt)\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
        "#align(center, text(size: 16pt)[青石县人民政府\\ 2024年报告])\n\n"
        "一、总体情况\n\n"
        + "全年公开信息情况良好，" * 30
        + "完成。\n\n二、其他事项\n\n无。"
    )
    assert texts(body) == [
        "青石县人民政府",
        "2024年报告",
        "一、总体情况",
        "全年公开信息情况良好，" * 30 + "完成。",
        "二、其他事项",
        "无。",
    ]


def test_a_page_in_which_nothing_is_recognised_is_refused():
    with pytest.raises(ScannedError, match="没有认出文字"):
        read(typeset("#rect(width: 100pt)"))


def test_damaged_locked_and_overlong_files_are_refused_in_one_line(monkeypatch):
    data = typeset(PAGE + "甲#pagebreak()乙")
    with pytest.raises(PdfError, match="损坏"):
        read(b"%PDF-1.7\nnothing")
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(PdfError, match="有 2 页，超过 1 页"):
        read(data)


def test_another_reader_sees_the_same_tables():
    data = typeset(source(report(3, "2021", "distinct")))
    with pdfplumber.open(io.BytesIO(data)) as other:
        theirs = [
            "".join("".join(cell or "" for cell in row) for row in grid)
            for page in other.pages
            for grid in page.extract_tables()
        ]
    ours = [
        "".join("".join(row) for row in block.texts)
        for block in read(data).blocks
        if isinstance(block, Grid)
    ]
    assert ours == ["".join(grid.split()) for grid in theirs]
