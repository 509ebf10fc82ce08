"""PDF as typst sets it: what a person sees is read, the rest refused or in doubt."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pdfplumber
import pytest

from mingtang.document import Grid
from mingtang.reading.formats import pdf
from mingtang.reading.formats.pdf import read
from mingtang.reading.paper.legibility import ScannedError
from mingtang.reading.pdfium import PdfError
from mingtang.text import parse_figure
from tests.trials.broken import TEXT, nested, page, pages, stream
from tests.trials.paper import source, typeset
from tests.trials.tables import report

PAGE = """#set page(width: 300pt, height: 300pt, margin: 20pt)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10pt)
"""
PATIENCE = 20
"""No file may take so many seconds, even on a busy machine."""
LOCKED = (
    b"/ID[(0123456789abcdef)(0123456789abcdef)]"
    b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>" % (b"o" * 32, b"u" * 32)
)
NOTE = b"<</Type/Annot/Subtype/FreeText/Rect[10 10 20 20]/Contents(x)>>"
DASH = b"%.1f %.1f 4 .5 re f "
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
        "青石县人民政府2024年报告",
        "一、总体情况",
        "全年公开信息情况良好，" * 30 + "完成。",
        "二、其他事项",
        "无。",
    ]


def test_a_page_in_which_nothing_is_recognised_is_refused():
    with pytest.raises(ScannedError, match="没有认出文字"):
        read(typeset("#rect(width: 100pt)"))


@pytest.mark.parametrize(
    "style",
    [
        "stroke: white, fill: luma(220)",
        "stroke: none, fill: (x, y) => luma(if calc.odd(x + y) { 200 } else { 235 })",
        "stroke: none, gutter: 2pt, fill: luma(220)",
    ],
)
def test_cells_told_apart_by_their_grounds_are_a_table(style):
    cells = "[规章], [12], [8], [许可], [3], [4]"
    (grid,) = grids(f"#table(columns: (90pt, 60pt, 60pt), {style}, {cells})")
    assert grid.texts == (("规章", "12", "8"), ("许可", "3", "4"))


def test_rows_shaded_by_turns_do_not_tell_the_cells_between_them():
    style = "stroke: none, fill: (_, y) => if calc.odd(y) { luma(220) }"
    cells = "[规章], [12], [8], [许可], [3], [4]"
    assert not grids(f"#table(columns: (90pt, 60pt, 60pt), {style}, {cells})")


def test_a_border_around_the_page_is_no_table():
    inside = f"抬头{ROW.format('12')}结尾"
    frame = f"#rect(width: 100%, height: 100%, stroke: 1pt)[{inside}]"
    found = read(typeset(PAGE + frame))
    assert [grid.texts for grid in found.grids()] == [(("规章", "12", "8"),)]
    assert [block.text for block in found.paragraphs()] == ["抬头", "结尾"]


def test_what_a_clip_cuts_away_is_not_seen_and_half_a_number_is_no_number():
    half = "#box(clip: true, width: 12pt, height: 9pt, box(width: 90pt)[12345])"
    assert parse_figure(figures(half)[0]).kind == "unreadable"
    gone = "#box(clip: true, width: 1pt, height: 9pt)[#h(9pt)99]"
    assert figures(f"{gone}7") == ("7", "8")


def test_lines_that_a_clip_cuts_away_are_no_lines():
    line = "#place(box(clip: true, width: 0pt, height: 0pt)[#line(length: 60pt)])"
    assert figures(f"{line}7") == ("7", "8")


def test_a_line_under_a_white_shape_is_not_seen():
    cover = "#place(rect(width: 14pt, height: 9pt, fill: white))"
    strike = f"#place(dy: 4pt, line(length: 12pt)){cover}"
    assert figures(f"{strike}12") == ("12", "8")


def test_damaged_locked_and_overlong_files_are_refused_in_one_line(monkeypatch):
    data = typeset(PAGE + "甲#pagebreak()乙")
    with pytest.raises(PdfError, match="损坏"):
        read(b"%PDF-1.7\nnothing")
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(PdfError, match="有 2 页，超过 1 页"):
        read(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pages(500), "有 500 页，超过 300 页"),
        (pages(3).replace(b"/Count 3", b"/Count 900000"), "超过 300 页"),
        (page()[:60], "损坏"),
        (page().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "第 1 页已损坏"),
        (page(trailer=LOCKED), "设了打开密码"),
        (page(trailer=b"/Encrypt<</Filter/Other/V 9>>"), "损坏"),
        (page(TEXT + b"1 1 9 9 re f " * 1_000_000), "画的东西超过 60000"),
        (page(TEXT + b"1 1 m " + b"2 3 l " * 1_000_000 + b"S"), "画的线超过 400000"),
        (page(TEXT + b"1 1 50 50 re f " * 9_000), "色块超过 8000"),
        (
            page(b"BT /F 1 Tf 2 2 Td %s ET" % (b"(%s) Tj " % (b"a" * 900) * 50)),
            "字数超过 40000",
        ),
    ],
)
def test_what_is_too_much_or_broken_is_refused_in_one_line(data, said):
    start = process_time()
    with pytest.raises(ValueError, match=said) as refusal:
        read(data)
    assert "\n" not in str(refusal.value)
    assert process_time() - start < PATIENCE


@pytest.mark.parametrize(
    "data",
    [
        page(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        page(catalogue=b"/AA<</WC<</S/Launch/F(calc.exe)>>>>"),
        page(extra=b"/Annots[%s]" % (NOTE * 30_000)),
        page(extra=b"/MediaBox[0 0 1e9 1e9]"),
        page(extra=b"/MediaBox[0 0 0 0]"),
        nested(2_000),
        page(TEXT + b"".join(b"%d 1 m %d 290 l S " % (at, at) for at in range(20_000))),
        page(TEXT + b"".join(DASH % (at % 150 * 9, at / 150 * 9) for at in range(25_000))),
        page(TEXT).replace(b"xref", b"xxxx"),
    ],
)
def test_what_a_file_does_besides_is_neither_run_nor_followed_for_long(data):
    start = process_time()
    found = read(data)
    assert [block.text for block in found.paragraphs()] == ["Hello"]
    assert process_time() - start < PATIENCE


def test_a_font_that_does_not_say_what_its_shapes_mean_is_not_guessed():
    shapes = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
    named = b"/CharProcs<</g1 6 0 R/g2 6 0 R>>/Encoding<</Differences[49/g1/g2]>>"
    font = shapes + named + b"/FirstChar 49/LastChar 50/Widths[9 9]>>"
    drawn = stream(b"9 0 d0 0 0 5 7 re f")
    data = page(b"BT /F 10 Tf 20 200 Td (12) Tj ET", held=(font, drawn))
    found = read(data)
    assert not any(sign.isdigit() for block in found.paragraphs() for sign in block.text)


@pytest.mark.parametrize("cell", ["\uff11\uff12", "1#text(weight: 700)[2]"])
def test_wide_and_parted_digits_are_one_number(cell):
    assert parse_figure(figures(cell)[0]).value == 12


def test_files_read_at_once_do_not_mix():
    files = [typeset(source(report(seed, "2021", "distinct"))) for seed in range(4)]
    alone = [read(data) for data in files]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, files * 3)) == alone * 3


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


LARGE = "#set align(center)\n#set text(size: 10pt)\n#text(size: 18pt)[{0} \\ {1}]\n\n{2}"
PROSE = "这里说明本年做了什么，一行放不下，要接着写到下一行去，好看出边在哪里。"


@pytest.mark.parametrize("at", range(2, 27, 3))
def test_a_large_title_broken_by_hand_anywhere_is_one(at):
    whole = "甲市乙区人民政府办公室2024年政府信息公开工作年度报告"
    body = LARGE.format(whole[:at], whole[at:], PROSE)
    assert texts(body, PAGE.replace("300pt", "595pt"))[0] == whole


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("甲市人民政府", "甲市统计局2024年政府信息公开年报"),
        ("甲市政府信息公开年度报告", "甲市统计局"),
        ("一、总体情况", "二、主动公开情况"),
    ],
)
def test_large_lines_that_are_each_a_whole_stay_lines(above, below):
    page = PAGE.replace("300pt", "595pt")
    assert texts(LARGE.format(above, below, PROSE), page)[:2] == [above, below]
