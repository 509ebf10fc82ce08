"""What comes in is looked through, kept whole, and given out only as it was."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from mingtang_web.files import storing
from mingtang_web.files.actions import (
    AlteredFileError,
    RefusedFileError,
    content,
    keep,
    taken,
)
from mingtang_web.files.examining import examine
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.models import Entry
from tests.web.files.suspects import pdf, zipped

if TYPE_CHECKING:
    from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = pdf()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


WORD = zipped(**{"word/document.xml": b"<w/>"})
GOOD = {
    "a.pdf": PDF,
    "b.PNG": PNG,
    "c.jpeg": b"\xff\xd8\xff\xe0",
    "d.docx": WORD,
    "e.txt": "情况说明".encode(),
    "f.txt": "情况说明".encode("gb18030"),
    "g.doc": OLE + "WordDocument".encode("utf-16-le"),
}
BAD = {
    "宏": ("a.docx", zipped(**{"word/document.xml": b"", "word/vbaProject.bin": b"x"})),
    "含有宏": ("a.xls", OLE + "Workbook_VBA_PROJECT".encode("utf-16-le")),
    "可以运行的程序": ("a.pdf", b"MZ\x90\x00"),
    "是可以运行": ("setup.exe", PDF),
    "里面有可以运行": ("a.docx", zipped(**{"word/document.xml": b"", "x/run.exe": b"MZ"})),
    "病毒测试特征码": ("a.txt", EICAR),
    "含有病毒": ("a.docx", zipped(**{"word/document.xml": b"", "word/media/a": EICAR})),
    "扩展名“pdf”与内容不符": ("a.pdf", PNG),
    "扩展名“”": ("无扩展名", PDF),
    "zip 压缩包，不在可收": ("a.zip", zipped(a=b"1")),
    "无法识别": ("a.pdf", b"\x00\x01\x02\x03"),
    "自动运行": ("a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert) >>")),
    "损坏": ("a.docx", WORD[:-20]),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.mark.parametrize("name", GOOD)
def test_papers_and_pictures_come_in(name: str) -> None:
    assert examine(name, GOOD[name]).fault == ""


@pytest.mark.parametrize("why", BAD)
def test_what_could_run_or_pretends_stays_out(why: str) -> None:
    assert why in examine(*BAD[why]).fault


def test_what_stays_out_is_put_aside_with_its_reason(district) -> None:
    upload = SimpleUploadedFile("a.pdf", PNG)
    with pytest.raises(RefusedFileError, match=r"没有收下这个文件，原因：扩展名.+请换成"):
        taken(upload, district.housing, district.clerk)
    row = StoredFile.objects.get()
    assert (row.state, row.kind) == ("quarantined", "png")
    assert "扩展名" in row.reason
    assert Entry.objects.get(kind="file.quarantined").content["sha256"] == row.sha256
    with pytest.raises(AlteredFileError, match="隔离"):
        content(row)


def test_too_large_or_empty_is_refused(district, settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    for data, why in ((bytes(1024 * 1024 + 1), "1 MB"), (b"", "空的")):
        with pytest.raises(RefusedFileError, match=why):
            taken(SimpleUploadedFile("a.pdf", data), district.housing, None)
    assert StoredFile.objects.count() == 0


def test_a_file_comes_out_as_it_went_in_or_not_at_all(district, folder: Path) -> None:
    row = keep(examine("a.pdf", PDF), district.housing, district.clerk)
    again = keep(examine("b.pdf", PDF), district.housing, district.clerk)
    assert content(row) == content(again) == PDF
    [file] = [each for each in folder.glob("*/*") if each.is_file()]
    file.write_bytes(PDF + b" ")
    with pytest.raises(AlteredFileError, match="指纹不符"):
        content(row)
    file.unlink()
    with pytest.raises(AlteredFileError, match="备份"):
        content(row)


@pytest.mark.django_db
def test_what_no_row_refers_to_is_cleared_after_a_day(district, folder: Path) -> None:
    kept = keep(examine("a.pdf", PDF), district.housing, None)
    orphan, fresh = storing.put(b"orphan"), storing.put(b"fresh")
    draft = folder / "aa" / ".draft-1-2"
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(b"half")
    for old in (
        folder / kept.stored[:2] / kept.stored,
        folder / orphan[:2] / orphan,
        draft,
    ):
        os.utime(old, (0, 0))
    said = io.StringIO()
    call_command("clear_files", stdout=said)
    assert "2 个文件" in said.getvalue()
    left = sorted(each.name for each in folder.glob("*/*"))
    assert left == sorted([kept.stored, fresh])
