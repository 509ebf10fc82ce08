"""Last year's report from elsewhere is read as it stands, and carried-in held beside it."""

from __future__ import annotations

import fcntl
import io
import time
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from mingtang import read
from mingtang.compiling import compile_report
from mingtang.reading import Source
from mingtang.writing import write
from mingtang_web.annual.compiling import before_of, draft
from mingtang_web.annual.earlier import Brought, admitted, bring
from mingtang_web.annual.models import Earlier
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.annual.stages import writers
from mingtang_web.bench import running
from mingtang_web.bench.models import Check
from mingtang_web.bench.queries import folder_of, turns
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.files.actions import RefusedFileError
from mingtang_web.ledger.models import Entry
from tests.engine.compiling.ledgers import Ledger, asked
from tests.web.annual.reports import JANUARY, by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
WHENCE = "本局网站“政府信息公开年报”栏目，2026年1月29日公布"


@cache
def report_of(year: int, to: str = "html", name: str = "西山区住房和城乡建设局") -> bytes:
    """A report whose year ended with one request still open."""
    made = compile_report(Ledger(name, [asked("1", date(year, 12, 21))]), year)
    return write(made.report, to)


def file(data: bytes, name: str = "上年.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def brought(data: bytes, name: str = "上年.html") -> Brought:
    """A file as the bench reads it."""
    return Brought(data, write(read(Source(data, name)).report, "json"))


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DATA = tmp_path


@pytest.mark.parametrize("to", ["html", "docx"])
def test_what_last_year_carried_out_is_held_beside_what_is_carried_in(bureau, to):
    annual = bureau.begun()
    assert before_of(annual) is None
    data = report_of(2025, to)
    annual = bring(annual, brought(data, f"上年.{to}"), WHENCE, by(bureau.clerk, annual))
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
        upload = brought(report_of(2025, name=name))
        with pytest.raises(ValidationError, match="写的机关是"):
            bring(annual, upload, WHENCE, by(bureau.clerk, annual))
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
    ],
)
def test_what_is_not_last_years_report_is_refused_and_leaves_nothing(bureau, data, said):
    annual = bureau.begun()
    with pytest.raises(ValidationError) as refused:
        bring(annual, brought(data()), WHENCE, by(bureau.clerk, annual))
    assert said in str(refused.value)
    assert not Earlier.objects.exists()


def test_it_is_brought_by_whoever_writes_while_it_is_written(bureau):
    annual = bureau.begun()
    data = brought(report_of(2025))
    for who in (bureau.approver, bureau.supervisor, bureau.stranger):
        with pytest.raises(NotAllowedError):
            bring(annual, data, WHENCE, by(who, annual))
    with pytest.raises(ValidationError, match="请填写"):
        bring(annual, data, " ", by(bureau.clerk, annual))
    finished = bureau.signed(bureau.worded(bureau.entered(annual)))
    with pytest.raises(OutOfTurnError):
        bring(finished, brought(report_of(2025)), WHENCE, by(bureau.clerk, finished))


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00" * 40])
def test_what_is_empty_or_could_run_is_not_even_read(bureau, client, data):
    annual = bureau.begun()
    with pytest.raises(RefusedFileError):
        admitted(file(data))
    client.force_login(bureau.clerk)
    page = client.post(f"/annual/{annual.pk}/earlier/", {"file": file(data)})
    assert "没有保存" in page.text
    assert not Check.objects.exists()


def waited(client: Client, where: str) -> str:
    """The page of a file once it was read."""
    until = time.monotonic() + PATIENCE
    while client.get(f"{where}state/").json()["moving"] and time.monotonic() < until:
        time.sleep(0.05)
    return client.get(where).text


def sent(client: Client, where: str, data: bytes, name: str = "上年.html") -> str:
    assert client.post(where, {"file": file(data, name)})["Location"] == where
    return waited(client, where)


def test_on_the_screen_it_says_what_was_read_and_from_where(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    where = f"/annual/{annual.pk}/earlier/"
    assert "上年结转没有核对" in client.get(f"/annual/{annual.pk}/").text
    wrong = sent(client, where, report_of(2024))
    assert "读到的年度是2024，不是2025" in wrong
    assert "上传并读" in wrong
    assert "内容不是文字" in sent(client, where, b"\x00\x01" * 40)
    page = sent(client, where, report_of(2025))
    assert "西山区住房和城乡建设局" in page
    assert "自然人 <strong>1</strong>" in page
    said = {"key": "k-1", "version": annual.version, "source": " "}
    assert "请填写" in client.post(f"{where}take/", said).text
    for _time in range(2):
        done = client.post(f"{where}take/", said | {"source": WHENCE})
        assert done["Location"] == f"/annual/{annual.pk}/"
    assert Earlier.objects.count() == 1
    assert (
        "读入的上年报告，写的机关：西山区住房和城乡建设局"
        in client.get(done["Location"]).text
    )
    assert not folder_of(Check.objects.latest("came_at")).is_there()  # nothing is left


def test_no_request_waits_for_the_reading_and_nobody_else_sees_it(bureau, client):
    annual = bureau.begun()
    where = f"/annual/{annual.pk}/earlier/"
    with taken_turns(turns() / "desk"):
        client.force_login(bureau.clerk)
        begun = time.monotonic()
        assert client.post(where, {"file": file(report_of(2025))}).status_code == 302
        page = client.get(where).text
        assert time.monotonic() - begun < PATIENCE / 2
        assert "正在读“上年.html”" in page
        assert f'data-progress="{where}state/"' in page
        other = Client()
        other.force_login(bureau.handler)
        assert "正在读" not in other.get(where).text
        client.post(f"{where}clear/")
        assert "正在读" not in client.get(where).text


def test_what_was_cut_off_before_its_turn_is_begun_once_more(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    where = f"/annual/{annual.pk}/earlier/"
    with taken_turns(turns() / "desk"):
        client.post(where, {"file": file(report_of(2025))})
        running.stop(folder_of(Check.objects.get()))
        assert not client.get(f"{where}state/").json()["moving"]
        assert "正在读" in client.get(where).text  # looking at it begins it once more
    assert "结转下年度继续办理" in waited(client, where)


def test_the_desk_does_not_wait_for_the_public_and_no_cookie_opens_its_files(
    bureau, client
):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    where = f"/annual/{annual.pk}/earlier/"
    with taken_turns(turns()):
        assert "读到的" in sent(client, where, report_of(2025))
    check = Check.objects.get()
    for secret in (check.owner, f"{annual.pk} {bureau.clerk.pk}", ""):
        client.cookies["bench"] = secret
        assert client.get(f"/check/{check.pk}/").status_code == 404


@contextmanager
def taken_turns(place: Path) -> Iterator[None]:
    """Nobody's turn comes."""
    place.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        for number in range(running.AT_ONCE):
            lock = held.enter_context((place / str(number)).open("ab"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
