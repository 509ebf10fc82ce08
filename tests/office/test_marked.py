"""LibreOffice opens what we marked: every note is there, and the report is the same."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

import mingtang
from mingtang.marking import UnmarkableError, marked
from mingtang.reading.source import Source
from tests.builders import report
from tests.trials.essence import essence
from tests.trials.notes import notes

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
CELLS = {"requests/received/person": "3", "requests/granted/person": ""}
LOCKED = {
    "RestrictPermissions": {"type": "boolean", "value": "true"},
    "PermissionPassword": {"type": "string", "value": "x"},
    "Changes": {"type": "long", "value": "0"},
}
"""How a PDF is exported that nobody may add notes to."""


def found(reading):
    return (*reading.findings, *mingtang.check(reading.report))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Save a file in a format, as LibreOffice does."""
    folder = tmp_path_factory.mktemp("marked")

    def save(data, kind, to, options=""):
        given = folder / f"given.{kind}"
        given.write_bytes(data)
        words = [OFFICE, "--headless", "--norestore", "--convert-to", f"{to}{options}"]
        words += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        words += ["--outdir", str(folder / "out"), str(given)]
        subprocess.run(words, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
        return (folder / "out" / f"given.{to}").read_bytes()

    return save


@pytest.mark.parametrize("to", ["docx", "xlsx"])
def test_it_keeps_every_note_and_the_report(saved, to):
    reading = mingtang.read(mingtang.write(report(cells=CELLS), to))
    once = mingtang.mark(reading, found(reading))
    twice = mingtang.mark(mingtang.read(once), found(reading))
    again = saved(twice, to, to)
    before, after = (
        sorted((each.text.replace("\n", ""), each.under) for each in notes(data, to))
        for data in (twice, again)
    )
    assert after == before
    assert essence(mingtang.read(again).report) == essence(reading.report)


def test_an_old_word_file_is_marked_as_the_docx_it_is_turned_into(saved, monkeypatch):
    monkeypatch.setattr("mingtang.reading.legacy.shutil.which", lambda _: None)
    old = saved(mingtang.write(report(cells=CELLS), "docx"), "docx", "doc")
    reading = mingtang.read(Source(old, "年报.doc"))
    made = marked(reading, found(reading))
    assert (reading.document.kind, made.kind) == ("doc", "docx")
    assert mingtang.read(made.data).report == reading.report
    assert any("S303" in each.text for each in notes(made.data, "docx"))


def test_a_pdf_that_forbids_notes_is_refused_in_one_line(saved):
    data = mingtang.write(report(cells=CELLS), "docx")
    locked = saved(data, "docx", "pdf", f":writer_pdf_Export:{json.dumps(LOCKED)}")
    reading = mingtang.read(Source(locked, "年报.pdf"))
    with pytest.raises(UnmarkableError, match="这个 PDF 设了权限，不许加批注"):
        mingtang.mark(reading, found(reading))


def test_an_old_workbook_is_marked_as_the_xlsx_it_is_turned_into(saved):
    old = saved(mingtang.write(report(cells=CELLS), "xlsx"), "xlsx", "xls")
    reading = mingtang.read(Source(old, "年报.xls"))
    made = marked(reading, found(reading))
    assert (reading.document.kind, made.kind) == ("xls", "xlsx")
    assert essence(mingtang.read(made.data).report) == essence(reading.report)
    assert notes(made.data, "xlsx")
