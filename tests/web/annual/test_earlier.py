"""Last year's report from elsewhere is read as it stands, and carried-in held beside it."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from mingtang.compiling import compile_report
from mingtang.writing import write
from mingtang_web.annual.compiling import before_of, draft
from mingtang_web.annual.earlier import bring
from mingtang_web.annual.models import Earlier
from mingtang_web.annual.reading import UnreadableError
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.annual.stages import writers
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from tests.engine.compiling.ledgers import Ledger, asked
from tests.web.annual.reports import JANUARY, by

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
WHENCE = "本局网站“政府信息公开年报”栏目，2026年1月29日公布"


@cache
def report_of(year: int, to: str = "html", name: str = "西山区住房和城乡建设局") -> bytes:
    """A report whose year ended with one request still open."""
    made = compile_report(Ledger(name, [asked("1", date(year, 12, 21))]), year)
    return write(made.report, to)


def file(data: bytes, name: str = "上年.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("to", ["html", "docx"])
def test_what_last_year_carried_out_is_held_beside_what_is_carried_in(bureau, to):
    annual = bureau.begun()
    assert before_of(annual) is None
    data = report_of(2025, to)
    annual = bring(annual, file(data, f"上年.{to}"), WHENCE, by(bureau.clerk, annual))
    told = [
        each.message for each in draft(annual, JANUARY).findings
        if "requests/carried_in/person" in each.cells
    ]  # fmt: skip
    assert len(told) == 1
    assert "1" in told[0]
    row = Earlier.objects.get()
    assert (row.named, row.source) == ("西山区住房和城乡建设局", WHENCE)
    assert Entry.objects.latest("id").kind == "annual.compared"
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_the_last_one_brought_counts_and_the_signed_one_before_any(bureau):
    annual = bureau.begun()
    for name in ("甲局", "乙局"):
        upload = file(report_of(2025, name=name))
        with pytest.raises(ValidationError, match="写的机关是"):
            bring(annual, upload, WHENCE, by(bureau.clerk, annual))
        upload.seek(0)
        annual = bring(annual, upload, WHENCE, by(bureau.clerk, annual, "机构改革前的名称"))
    assert before_of(annual).body == "乙局"
    assert "机构改革前的名称" in Earlier.objects.latest("id").source
    assert Earlier.objects.count() == 2
    assert writers(annual) == {bureau.clerk.pk}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: report_of(2024), "读到的年度是2024，不是2025"),
        (lambda: "今年没有年报。".encode() * 30, "没有读到年度"),
        (lambda: report_of(2025).replace(b">1<", b"><"), "没有逐格读到数"),
        (lambda: b"\x00\x01" * 40, "内容不是文字"),
        (lambda: b"", "文件是空的"),
    ],
)
def test_what_is_not_last_years_report_is_refused_and_leaves_nothing(bureau, data, said):
    annual = bureau.begun()
    with pytest.raises((ValidationError, UnreadableError, ValueError)) as refused:
        bring(annual, file(data()), WHENCE, by(bureau.clerk, annual))
    assert said in str(refused.value)
    assert not Earlier.objects.exists()


def test_it_is_brought_by_whoever_writes_while_it_is_written(bureau):
    annual = bureau.begun()
    data = file(report_of(2025))
    for who in (bureau.approver, bureau.supervisor, bureau.stranger):
        with pytest.raises(NotAllowedError):
            bring(annual, data, WHENCE, by(who, annual))
    with pytest.raises(ValidationError, match="请填写"):
        bring(annual, data, " ", by(bureau.clerk, annual))
    finished = bureau.signed(bureau.worded(bureau.entered(annual)))
    with pytest.raises(OutOfTurnError):
        bring(finished, file(report_of(2025)), WHENCE, by(bureau.clerk, finished))


def test_on_the_screen_it_says_what_was_read_and_from_where(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    where = f"/annual/{annual.pk}/earlier/"
    assert "上年结转没有核对" in client.get(f"/annual/{annual.pk}/").text
    said = {"key": "k-1", "version": annual.version, "source": WHENCE}
    wrong = client.post(where, {**said, "file": file(report_of(2024))})
    assert "不是2025" in wrong.text
    assert WHENCE.replace('"', "&quot;") in wrong.text or "公布" in wrong.text
    for _time in range(2):
        done = client.post(where, {**said, "file": file(report_of(2025))})
        assert done["Location"] == f"/annual/{annual.pk}/"
    assert Earlier.objects.count() == 1
    assert (
        "读入的上年报告，写的机关：西山区住房和城乡建设局"
        in client.get(done["Location"]).text
    )
