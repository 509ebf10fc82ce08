"""What marking gives back, and what it refuses, whatever the format."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

import mingtang
from mingtang.marking import UnmarkableError, marked
from mingtang.reading.source import Source, UnreadableSourceError
from tests.builders import report
from tests.trials.notes import notes

SAMPLES = Path(__file__).parents[3] / "samples"
FORMATS = ("docx", "xlsx", "pdf")
each_format = pytest.mark.parametrize("to", FORMATS)


def faulty(to):
    """A report with a broken sum, a blank and a misnamed rule, as read and as found."""
    cells = {"requests/received/person": "3", "requests/granted/person": ""}
    reading = mingtang.read(Source(mingtang.write(report(cells=cells), to), f"年报.{to}"))
    return reading, (*reading.findings, *mingtang.check(reading.report))


@each_format
def test_every_finding_that_was_judged_is_noted_in_full(to):
    reading, findings = faulty(to)
    made = marked(reading, findings)
    said = "\n".join(each.text for each in notes(made.data, to)).replace("\n", "")
    judged = [each for each in findings if each.assessed]
    assert (made.kind, made.noted, made.left_out) == (to, len(judged), 0)
    for finding in judged:
        assert finding.message in said
        assert finding.next_step.message in said
        assert f"规则：{finding.rule.code} {finding.rule.name}" in said
        assert f"{finding.weight.label}）" in said


@each_format
def test_what_could_not_be_judged_has_no_note(to):
    reading, findings = faulty(to)
    open_ = [each for each in findings if not each.assessed]
    assert open_
    assert mingtang.mark(reading, open_) == reading.source.data


@each_format
def test_notes_bear_our_name(to):
    authors = {each.author for each in notes(mingtang.mark(*faulty(to)), to)}
    assert authors == {"明堂"}


@each_format
def test_a_file_marked_twice_has_every_note_once(to):
    reading, findings = faulty(to)
    once = mingtang.mark(reading, findings)
    twice = mingtang.mark(mingtang.read(Source(once, f"年报.{to}")), findings)
    assert notes(twice, to) == notes(once, to)
    assert mingtang.read(Source(twice)).report == reading.report


@each_format
def test_notes_of_what_was_mended_go(to):
    reading, findings = faulty(to)
    once = mingtang.mark(reading, findings)
    again = mingtang.read(Source(once, f"年报.{to}"))
    left = notes(mingtang.mark(again, findings[:1]), to)
    assert left == notes(mingtang.mark(reading, findings[:1]), to)
    none = mingtang.mark(again, [])
    assert notes(none, to) == []
    assert mingtang.mark(mingtang.read(Source(none)), []) == none


def test_a_note_cut_short_goes_too(monkeypatch):
    monkeypatch.setattr("mingtang.marking.xlsx.LONGEST", 90)
    reading, findings = faulty("xlsx")
    once = mingtang.mark(reading, findings)
    assert any(each.text.endswith("……") for each in notes(once, "xlsx"))
    assert notes(mingtang.mark(mingtang.read(Source(once)), []), "xlsx") == []


@each_format
def test_the_same_report_is_marked_the_same(to):
    reading, findings = faulty(to)
    assert mingtang.mark(reading, findings) == mingtang.mark(reading, findings)


@each_format
def test_a_file_takes_only_so_many_notes(to, monkeypatch):
    monkeypatch.setattr("mingtang.marking.notes.MAX_NOTES", 2)
    reading, findings = faulty(to)
    made = marked(reading, findings)
    judged = [each for each in findings if each.assessed]
    every = sum(max(len({*each.places}), 1) for each in judged)
    assert made.noted == 2
    assert made.left_out == every - 2
    said = "".join(each.text for each in notes(made.data, to))
    assert said.count("下一步：") + said.count("可能的改法：") == 2
    assert "也涉及这里" not in said


@each_format
def test_a_finding_on_the_whole_report_stands_at_its_beginning(to):
    reading, findings = faulty(to)
    whole = findings[0]._replace(places=(), cells=(), message="全文一处")
    (note,) = notes(mingtang.mark(reading, [whole]), to)
    assert "全文一处" in note.text
    assert "清河市东湖区档案局" in note.under or to == "pdf"


@each_format
def test_words_of_others_are_written_as_words(to):
    reading, findings = faulty(to)
    odd = '<w:t>&amp;"]]>\x07\u202e 换\n行'
    (note, *_) = notes(mingtang.mark(reading, [findings[0]._replace(message=odd)]), to)
    assert '<w:t>&amp;"]]>␇\ufffd 换 行' in note.text


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("suqian-2023.html", "网页"),
        ("ziyang-2024.txt", "文本文件"),
        ("jiguan-shiwu-2024.md", "Markdown"),
    ],
)
def test_a_file_that_takes_no_notes_is_refused_in_one_line(name, called):
    reading = mingtang.read(SAMPLES / name)
    with pytest.raises(UnmarkableError, match=called) as caught:
        mingtang.mark(reading, mingtang.check(reading.report))
    assert "--html" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("to", ["csv", "json"])
def test_what_we_wrote_as_data_takes_no_notes(to):
    reading = mingtang.read(mingtang.write(report(), to))
    with pytest.raises(UnmarkableError, match="放不进批注"):
        mingtang.mark(reading, ())


ODD = {
    "torn": b"<torn",
    "empty": b"",
    "foreign": b"<!-- odd --><a><!-- odd --><b/></a>",
    "wide": "<a/>".encode("utf-16"),
}


@pytest.mark.parametrize("to", ["docx", "xlsx"])
@pytest.mark.parametrize("damage", [*ODD, "gone"])
def test_a_damaged_part_is_refused_or_does_no_harm(to, damage):
    whole = mingtang.mark(*faulty(to))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    for name in archive.namelist():
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as made:
            for other in archive.namelist():
                if other != name:
                    made.writestr(other, archive.read(other))
                elif damage in ODD:
                    made.writestr(other, ODD[damage])
        with contextlib.suppress(UnmarkableError, UnreadableSourceError):
            reading = mingtang.read(held.getvalue())
            again = mingtang.mark(reading, mingtang.check(reading.report))
            assert mingtang.read(again).report == reading.report, name


def test_an_empty_workbook_is_noted_in_its_first_cell():
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    reading = mingtang.read(held.getvalue())
    made = mingtang.mark(reading, mingtang.check(reading.report))
    cells = openpyxl.load_workbook(io.BytesIO(made)).active
    assert cells["A1"].comment.text
