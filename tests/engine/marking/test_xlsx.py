"""Notes on cells: where they stand in the sheet, and that nothing else is touched."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

import mingtang
from mingtang.finding import Finding
from mingtang.marking.boxes import DRAWING, drawn
from mingtang.marking.sheets import Sheet
from mingtang.packages.editing import Editing
from mingtang.place import Place
from mingtang.reading.rules import CELL_UNREADABLE
from tests.trials.notes import in_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(build):
    book = openpyxl.Workbook()
    build(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def table(page, *rows):
    for row in rows:
        page.append(row)


def noted(data, place):
    """The cells noted for one place, with the words of their notes."""
    reading = mingtang.read(data)
    made = mingtang.mark(reading, [Finding(CELL_UNREADABLE, "看这里", (), (place,))])
    assert mingtang.read(made).document == reading.document
    return made, {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(io.BytesIO(made))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_hidden_rows_and_columns_are_counted_again():
    def build(book):
        page = book.active
        table(page, ["题目"], [], ["甲", 1, 2], ["藏", 3, 4], ["乙", 5, 6])
        page.row_dimensions[4].hidden = True
        page.column_dimensions["B"].hidden = True

    data = workbook(build)
    (grid,) = mingtang.read(data).document.grids()
    assert grid.texts[1][1] == "6"
    _, found = noted(data, Place(table=1, row=2, column=2))
    assert [*found] == [("Sheet", "C5")]


def test_a_cell_of_another_sheet_is_noted_there():
    def build(book):
        table(book.active, ["题目"])
        hidden = book.create_sheet("藏着的")
        hidden.sheet_state = "hidden"
        table(hidden, ["甲", 1])
        table(book.create_sheet("表"), ["甲", 7, 8], ["乙", 9, 10])

    _, found = noted(workbook(build), Place(table=1, row=2, column=3))
    assert [*found] == [("表", "C2")]


def test_a_merged_cell_is_noted_at_its_upper_left():
    def build(book):
        page = book.active
        table(page, ["甲", "乙", None, "丙"], ["丁", 1, 2, 3], ["戊", 4, 5, 6])
        page.merge_cells("B1:C1")

    _, found = noted(workbook(build), Place(table=1, row=1, column=2))
    assert [*found] == [("Sheet", "B1")]


def test_a_note_of_others_stays_and_ours_follows_it():
    def build(book):
        page = book.active
        table(page, ["甲", 1, 2], ["乙", 3, 4])
        page["B2"].comment = Comment("请核对", "审核人")
        page["A1"].comment = Comment("另一条", "审核人")

    made, found = noted(workbook(build), Place(table=1, row=2, column=2))
    assert found["Sheet", "A1"] == "另一条"
    assert found["Sheet", "B2"].startswith("请核对\n\n1. ")
    assert "看这里" in found["Sheet", "B2"]
    _, again = noted(made, Place(table=1, row=1, column=2))
    assert [*again] == [("Sheet", "A1"), ("Sheet", "B1"), ("Sheet", "B2")]
    assert (again["Sheet", "A1"], again["Sheet", "B2"]) == ("另一条", "请核对")
    assert {each.author for each in in_workbook(made)} == {"审核人"}


def test_what_somebody_wrote_into_our_note_stays():
    data = workbook(lambda book: table(book.active, ["甲", 1, 2], ["乙", 3, 4]))
    made, found = noted(data, Place(table=1, row=2, column=2))
    book = openpyxl.load_workbook(io.BytesIO(made))
    told = found["Sheet", "B2"]
    book.active["B2"].comment = Comment(f"已核对，无误\n{told}\n请领导阅", "明堂")
    held = io.BytesIO()
    book.save(held)
    _, again = noted(held.getvalue(), Place(table=1, row=2, column=2))
    said = again["Sheet", "B2"]
    assert said.startswith("已核对，无误\n")
    assert said.count("看这里") == said.count("请领导阅") == 1


THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
THREAD = "xl/threadedComments/threadedComment1.xml"


def threaded():
    """A workbook with a thread on B2, as Excel stores it: persons, thread, and a note."""

    def build(book):
        table(book.active, ["甲", 1, 2], ["乙", 3, 4])
        book.active["B2"].comment = Comment("[批注]\n\n注释:\n    请核对", "tc={1}")

    persons = (
        f'<personList xmlns="{THREADS}"><person displayName="审核人" id="{{9}}"'
        ' userId="a" providerId="None"/></personList>'
    )
    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B2"'
        ' dT="2025-01-02T03:04:05.00" personId="{9}" id="{1}">'
        "<text>请核对</text></threadedComment></ThreadedComments>"
    )
    editing = Editing(workbook(build))
    for home, kind, name, told in (
        ("xl/workbook.xml", "person", "xl/persons/person.xml", persons),
        ("xl/worksheets/sheet1.xml", "threadedComment", THREAD, thread),
    ):
        editing.put(name, told.encode())
        editing.relate(home, kind, name)
    return editing.file()


def answers(data):
    """Who says what in the thread, and which comment it answers."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    people = etree.fromstring(archive.read("xl/persons/person.xml"))
    names = {each.get("id"): each.get("displayName") for each in people}
    assert len(names) == len(people)
    return [
        (names[each.get("personId")], each.get("parentId"), each.findtext("{*}text"))
        for each in etree.fromstring(archive.read(THREAD))
    ]


def test_a_thread_has_our_words_as_an_answer_once():
    made, _ = noted(threaded(), Place(table=1, row=2, column=2))
    question, answer = answers(made)
    assert question == ("审核人", None, "请核对")
    assert answer[:2] == ("明堂", "{1}")
    assert "看这里" in answer[2]
    again, _ = noted(made, Place(table=1, row=2, column=2))
    assert answers(again) == answers(made)
    other, _ = noted(made, Place(table=1, row=1, column=2))
    assert answers(other) == [question]


def test_every_other_part_stays_and_the_sheet_gains_one_element():
    def build(book):
        table(book.active, ["甲", 1, 2], ["乙", 3, 4])

    data = workbook(build)
    made, _ = noted(data, Place(table=1, row=1, column=1))
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, made))
    sheet = "xl/worksheets/sheet1.xml"
    changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
    assert changed == {sheet, "[Content_Types].xml"}
    without = re.sub(rb"<legacyDrawing [^>]*/>", b"", after.read(sheet))
    assert without == before.read(sheet)


@pytest.mark.parametrize(
    ("inner", "before"),
    [
        ("<sheetData/>", "</worksheet>"),
        ("<sheetData/><drawing/><tableParts/>", "<tableParts/>"),
        ("<sheetData/><pageMargins/><extLst/>", "<extLst/>"),
        ("<extLst/><sheetData/>", "</worksheet>"),
    ],
)
def test_the_drawing_stands_where_the_schema_has_it(inner, before):
    sheet = f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'.encode()
    made = Sheet(sheet).with_drawing("rId9").decode()
    assert re.search(rf'r:id="rId9"/>{re.escape(before)}', made)


@pytest.mark.parametrize(
    "sheet", [b"<worksheet>", b'<!DOCTYPE a><worksheet xmlns="x"/>', b"\xff\xfe<\x00"]
)
def test_a_sheet_that_is_no_plain_xml_is_refused(sheet):
    with pytest.raises(ValueError, match="工作表"):
        Sheet(sheet)


def test_boxes_go_on_behind_those_of_others():
    odd = DRAWING.replace(b"</xml>", b'<v:shape id="_x0000_s2050"><br></v:shape></xml>')
    made = drawn(odd, [])
    assert made.startswith(odd[:-6])
    with pytest.raises(ValueError, match="批注框"):
        drawn(b"<xml>", [])
