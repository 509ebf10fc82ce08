"""Anybody has a report checked, sees it alone, and nothing of it is kept."""

from __future__ import annotations

import fcntl
import io
import json
import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.reading import read
from mingtang.writing import write
from mingtang_web import clock
from mingtang_web.bench import actions, queries, running, working
from mingtang_web.bench.folders import LOCK, ORDER, REPORT, Folder
from mingtang_web.bench.models import Check
from mingtang_web.bench.queries import Stage
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from tests.architecture.engine import ROOT

SAMPLES = ROOT / "samples"
FAULTY = (SAMPLES / "ziyang-2024.txt").read_bytes()
PATIENCE = 60


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings, db: None) -> None:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path


def file(data: bytes, name: str = "年报.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def dropped(client: Client, data: bytes, name: str = "年报.txt", **more: object) -> str:
    """The address of the check of a file."""
    answer = client.post("/check/", {"report": file(data, name), **more})
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def folder_at(place: str) -> Folder:
    return queries.folder_of(Check.objects.get(pk=UUID(place.split("/")[2])))


def waited(place: str, *stages: Stage) -> queries.State:
    """How a check stands once it has come to one of some stages."""
    folder, until = folder_at(place), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state = queries.state(folder)
        if state.stage in (stages or {Stage.DONE, Stage.FAULTY, Stage.LOST}):
            return state
        time.sleep(0.02)
    pytest.fail(f"{state}")


def done(client: Client, data: bytes, name: str = "年报.txt", **more: object) -> str:
    place = dropped(client, data, name, **more)
    assert waited(place).stage is Stage.DONE
    return place


def long_report(pages: int) -> bytes:
    """A PDF of so many pages."""
    words = "本年度继续做好主动公开，规范依申请公开的办理。" * 20
    body = "\n#pagebreak()\n".join(f"第{number}项。{words}" for number in range(pages))
    return typst.compile(f'#set text(font: "Noto Sans CJK SC")\n{body}'.encode())


@pytest.fixture
def no_turn_free():
    """All turns taken, until they are given back."""
    queries.turns().mkdir(parents=True)
    with ExitStack() as held:
        for number in range(running.AT_ONCE):
            lock = held.enter_context((queries.turns() / str(number)).open("ab"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield held.close


def test_a_report_comes_back_on_paper_with_its_findings_and_as_files(client):
    place = done(client, FAULTY)
    page = client.get(place)
    assert "表三有空格，或者填的是" in page.text
    assert 'href="/check/rules/S304/"' in page.text
    assert "no-store" in page["Cache-Control"]
    found = json.loads(client.get(f"{place}json/").content)
    assert "S304" in {each["code"] for each in found["findings"]}
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{place}xlsx/").content))
    codes = [row[2].value for row in book.active.iter_rows(min_row=2)]
    assert sorted(codes) == sorted(each["code"] for each in found["findings"])
    for what in ("json", "xlsx", "marked"):
        answer = client.get(f"{place}{what}/")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment"), what
    assert client.get(f"{place}order/").status_code == 404


def test_the_marked_copy_is_the_file_itself_or_a_word_document_made_of_it(client):
    words = write(read(FAULTY).report, "docx")
    place = done(client, words, "年报.docx")
    marked = client.get(f"{place}marked/").content
    assert b"word/comments" in marked
    assert read(marked).report.facts.keys() == read(words).report.facts.keys()
    assert "放不进批注" not in client.get(place).text
    place = done(client, FAULTY)
    assert b"word/comments" in client.get(f"{place}marked/").content
    assert "照读出的内容另写的 Word" in client.get(place).text


def test_a_check_belongs_to_one_browser(client):
    place = done(client, FAULTY)
    for held in ("", actions.secret()):
        other = Client()
        other.cookies["bench"] = held
        for way in ("", "state/", "json/", "xlsx/", "marked/"):
            assert other.get(f"{place}{way}").status_code == 404
        for way in ("again/", "clear/"):
            assert other.post(f"{place}{way}").status_code == 404
    cookie = client.cookies["bench"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (
        True,
        "/check/",
        "Lax",
    )
    assert cookie.value not in json.dumps(list(Check.objects.values()), default=str)


def test_cleared_is_gone(client):
    place = done(client, FAULTY)
    path = folder_at(place).path
    assert path.stat().st_mode & 0o077 == 0
    assert "已经清除" in client.post(f"{place}clear/", follow=True).text
    assert not path.exists()
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("by", ["job", "use"])
def test_after_an_hour_it_is_gone(client, by):
    place = done(client, FAULTY)
    path = folder_at(place).path
    stray = Folder(queries.root() / ("0" * 32))
    stray.make()
    later = clock.now() + timedelta(minutes=61)
    with clock.fixed(later):
        if by == "job":
            assert JOBS["bench"].waits(later)
            assert run(JOBS["bench"], clock.today()).done == 2
        assert client.get(place).status_code == 404
        assert not JOBS["bench"].waits(later)
    assert not path.exists()
    assert not stray.is_there()
    assert not Check.objects.exists()


def test_killed_half_way_it_says_so_and_may_be_tried_again(client):
    place = dropped(client, long_report(60), "长.pdf")
    state = waited(place, Stage.WORKING)
    while state.step in {"", "begun"}:
        state = waited(place, Stage.WORKING)
    assert state.pages == 60
    told = client.get(f"{place}state/").json()
    assert told["moving"]
    os.killpg(int(folder_at(place).get(LOCK)), signal.SIGKILL)
    assert waited(place, Stage.LOST).stage is Stage.LOST
    assert not client.get(f"{place}state/").json()["moving"]
    page = client.get(place).text
    assert "检查的进程停了，没有结果" in page
    assert f'action="{place}again/"' in page
    assert client.post(f"{place}again/")["Location"] == place
    assert waited(place).stage is Stage.DONE


def test_killed_before_its_turn_it_says_so_too(client, no_turn_free):
    place = dropped(client, FAULTY)
    assert waited(place, Stage.WAITING).stage is Stage.WAITING
    assert "等候开始" in client.get(place).text
    os.killpg(int(folder_at(place).get(LOCK)), signal.SIGKILL)
    assert "还没有轮到这份文件" in _page_when(client, place, Stage.LOST)
    client.post(f"{place}again/")
    client.post(f"{place}again/")  # a second click starts no second process
    no_turn_free()
    assert waited(place).stage is Stage.DONE


def _page_when(client: Client, place: str, stage: Stage) -> str:
    waited(place, stage)
    return client.get(place).text


def test_cancelled_the_process_ends(client, no_turn_free):  # noqa: ARG001 - held
    place = dropped(client, FAULTY)
    folder = folder_at(place)
    process = int(folder.get(LOCK))
    client.post(f"{place}clear/")
    assert not folder.is_there()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.txt", "文件是空的"),
        (b"x" * 11, "大.txt", "超过"),
    ],
)
def test_what_is_too_large_or_empty_is_told_at_the_field(
    client, monkeypatch, data, name, words
):
    monkeypatch.setattr(actions, "LARGEST", 10)
    answer = client.post("/check/", {"report": file(data, name)})
    assert answer.status_code == 400
    assert words in answer.text
    assert 'href="#report"' in answer.text
    assert not Check.objects.exists()
    assert client.post("/check/").status_code == 400


def test_a_program_is_told_to_be_no_report(client):
    place = dropped(client, b"MZ" + bytes(range(256)) * 9, "年报.docx")
    assert waited(place).stage is Stage.FAULTY
    page = client.get(place).text
    assert "读不了这份文件" in page
    assert "再试一次" not in page


def test_an_address_has_so_many_an_hour_and_at_once(client, monkeypatch, no_turn_free):  # noqa: ARG001 - held
    monkeypatch.setattr(actions, "OF_ONE", 2)
    places = [dropped(client, FAULTY) for _ in range(2)]
    answer = client.post("/check/", {"report": file(FAULTY)})
    assert answer.status_code == 429
    assert "还在检查" in answer.text
    for place in places:
        client.post(f"{place}clear/")
    monkeypatch.setattr(actions, "AN_HOUR", 2)  # what was cleared counts
    assert "一小时内最多检查2份" in client.post("/check/", {"report": file(FAULTY)}).text
    there = Client(REMOTE_ADDR="10.9.8.7")
    place = dropped(there, FAULTY)
    monkeypatch.setattr(actions, "OF_ALL", 1)
    far = Client(REMOTE_ADDR="10.9.8.8")
    assert "人太多" in far.post("/check/", {"report": file(FAULTY)}).text
    there.post(f"{place}clear/")
    assert "10.9.8" not in json.dumps(list(Check.objects.values()), default=str)


def test_last_years_report_is_held_beside_it(client):
    place = done(client, FAULTY, before=file((SAMPLES / "muye-2023.txt").read_bytes()))
    assert "请核对是不是同一机关" in client.get(place).text
    place = dropped(client, FAULTY, before=file("今天天气很好。".encode(), "信.txt"))
    state = waited(place)
    assert state.stage is Stage.FAULTY
    assert "信.txt：作为上一年度报告给出的这个文件不像年报" in client.get(place).text


def test_neither_name_nor_words_of_a_file_are_logged(client, caplog, capfd, tmp_path):
    caplog.set_level(logging.DEBUG)
    done(client, FAULTY, "密字三号.txt")
    folder = Folder(tmp_path / "broken")
    folder.make()
    folder.put(REPORT, FAULTY)
    folder.tell(ORDER, name="密字三号.txt")  # without what a bug of ours forgot
    working._guarded(folder)
    assert folder.told("fault.json")["why"] == "bug"
    said = caplog.text + "".join(capfd.readouterr())
    assert "bench: KeyError at working.py" in said
    assert "密字" not in said
    assert "资阳" not in said


def test_a_process_takes_no_more_than_its_limits():
    """In a process of its own, or the limits would be those of all tests."""
    words = "from mingtang_web.bench.working import _limit; _limit(); bytearray(5 * 2**30)"
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", words],
        check=False,
        env={"PYTHONPATH": path},
        stderr=subprocess.PIPE,
    )
    assert b"MemoryError" in done.stderr


def test_every_rule_has_its_page_and_what_is_none_has_not(client):
    page = client.get("/check/rules/S303/").text
    for words in ("查什么", "依据", "怎么改", "六类申请人之和不等于本行总计"):
        assert words in page
    assert client.get("/check/rules/S999/").status_code == 404
    assert client.get("/check/look/page.py").status_code == 404
    assert client.get("/check/look/page.css")["Cache-Control"].startswith("public")


def test_twice_at_once_again_is_once(client, monkeypatch):
    place = done(client, FAULTY)
    check = Check.objects.get()
    monkeypatch.setattr(running, "is_alive", lambda _folder: False)  # both looked first
    with (folder_at(place).path / LOCK).open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        monkeypatch.setattr(running, "PATIENCE", 0.1)
        actions.again(check)
