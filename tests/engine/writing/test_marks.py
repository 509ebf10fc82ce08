"""Findings are numbered as one reads, and each marks what it speaks of."""

from __future__ import annotations

from mingtang.finding import Finding
from mingtang.place import Place
from mingtang.writing.marks import marks
from mingtang.writing.parts import parts
from tests.engine.writing.samples import FEE, HEADINGS, RESIDUE, faulty_sheet


def test_numbers_follow_the_reading_order():
    found = marks(faulty_sheet())
    assert [note.number for note in found.notes] == list(range(1, 9))
    order = [note.part for note in found.notes]
    assert order == sorted(order)
    assert [note.finding.rule.code for note in found.notes[:2]] == ["T101", "R105"]
    assert found.notes[-1].finding.rule.code == "F601"


def test_of_several_in_one_place_the_heaviest_has_the_first_number():
    sheet = faulty_sheet()
    at = (Place(paragraph=9),)
    notes = (Finding(RESIDUE, "残留", places=at), Finding(FEE, "没有写", places=at))
    found = marks(sheet._replace(findings=notes))
    assert [note.finding.rule for note in found.notes] == [FEE, RESIDUE]


def test_what_was_not_assessed_marks_nothing():
    found = marks(faulty_sheet())
    assert len(found.unassessed) == 1
    assert "requests/carried_in/person" not in found.cells


def test_a_sum_marks_all_its_cells():
    found = marks(faulty_sheet())
    codes = {
        note.finding.rule.code
        for note in found.cells["requests/unavailable_not_held/total"]
    }
    assert codes == {"S302", "S303"}
    assert len([cell for cell in found.cells if cell.endswith("/total")]) == 23


def test_a_misprinted_label_is_marked_where_the_form_has_it():
    assert list(marks(faulty_sheet()).targets) == ["disclosure//repealed"]


def test_a_row_without_a_place_in_the_form_is_marked_in_the_files_own_table():
    assert list(marks(faulty_sheet()).squares) == [(1, 9, 1)]


def test_a_finding_of_words_and_cells_marks_both():
    found = marks(faulty_sheet())
    assert [note.finding.rule.code for note in found.words[4]] == ["T101"]
    assert "T101" in {n.finding.rule.code for n in found.cells["requests/received/total"]}


def test_a_finding_without_place_stands_on_top():
    sheet = faulty_sheet()
    lost = Finding(FEE, "没有第六部分")
    found = marks(sheet._replace(findings=(*sheet.findings, lost)))
    assert found.notes[0].finding is lost
    assert found.notes[0].part == 0


def test_a_place_outside_every_part_is_kept():
    sheet = faulty_sheet()
    stray = Finding(RESIDUE, "残留", places=(Place(paragraph=999),))
    assert len(marks(sheet._replace(findings=(stray,))).notes) == 1


def test_parts_follow_the_report_and_each_table_stands_once():
    report = faulty_sheet().report
    made = parts(report)
    assert [part.heading for part in made[1:]] == list(HEADINGS.values())
    tables = [table.id for part in made for table in part.tables]
    assert tables == ["disclosure", "requests", "disputes"]


def test_a_table_whose_heading_is_lost_stands_where_it_belongs():
    report = faulty_sheet().report
    kept = tuple(part for part in report.sections if part.number != 3)
    made = parts(report._replace(sections=kept))
    missing = [part.missing for part in made]
    assert missing.index("三、收到和处理政府信息公开申请情况") == 3
    assert [table.id for part in made for table in part.tables][1] == "requests"
    # Its own words are shown nevertheless, after the report.
    assert made[-1].missing == "正文以外的文字"


def test_a_report_without_headings_shows_all_its_words():
    report = faulty_sheet().report._replace(sections=(), edition=None)
    (opening,) = parts(report)
    assert len(opening.paragraphs) == len(report.paragraphs) - 1
