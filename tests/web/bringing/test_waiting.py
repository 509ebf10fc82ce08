"""Catalogues that break in the background stop alone, and say where, why and what next."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from mingtang_web.bringing import running, staging, trying, waiting
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.bringing.recording import OutOfTurnError
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from mingtang_web.publication.models import Document
from tests.web.bringing.catalogues import as_csv, as_zip, row
from tests.web.publication.offices import TODAY


@pytest.fixture
def two(room) -> tuple[Catalogue, Catalogue]:
    """A package whose file on the store breaks once it runs, and a sound catalogue."""
    data = as_zip({"目录.csv": as_csv([row(n) for n in range(4)])})
    broken = room.agreed(room.tried(room.uploaded(data, "坏的.zip")))
    sound = room.agreed(room.tried(room.uploaded(as_csv([row(9)]), "好的.csv")))
    broken = running.begin(broken, room.publisher)
    running.begin(sound, room.publisher)
    staging.place_of(broken).write_bytes(data[:100])
    return broken, sound


def test_a_broken_catalogue_stops_alone_and_the_others_come_in(two, caplog):
    done = run(JOBS["bringing"], TODAY)
    broken, sound = (Catalogue.objects.get(pk=each.pk) for each in two)
    assert (done.failed, done.done) == (1, 2)
    assert "坏的.zip" in done.note
    assert sound.state == State.FINISHED
    assert (broken.state, broken.cursor) == (State.STOPPED, 0)
    assert broken.fault == (
        "没有处理一行就中断：压缩包打不开，可能已损坏；请重新打包。"
        "请管理员从备份恢复上传的内容以后再继续；恢复不了的，结束这次导入，重新上传。"
    )
    assert "broke off" in caplog.text
    assert not waiting.waits(None)
    assert list(Document.objects.values_list("index_number", flat=True)) == [
        "XS/2024-00009"
    ]


def test_a_broken_catalogue_goes_on_once_its_file_is_back(room, two):
    broken, _sound = two
    place = staging.place_of(broken)
    torn, whole = place.read_bytes(), (room.folder / "坏的.zip").read_bytes()
    run(JOBS["bringing"], TODAY)
    broken.refresh_from_db()
    with pytest.raises(OutOfTurnError, match="指纹不符"):
        running.begin(broken, room.publisher)
    assert place.read_bytes() == torn
    place.unlink()
    with pytest.raises(OutOfTurnError, match="读不到了"):
        running.begin(broken, room.publisher)
    place.write_bytes(whole)
    broken = running.begin(broken, room.publisher)
    assert broken.fault == ""
    assert run(JOBS["bringing"], TODAY).failed == 0
    broken.refresh_from_db()
    assert (broken.state, broken.found["public"]) == (State.FINISHED, 4)


def test_what_nobody_foresaw_is_logged_and_told_with_its_row(room, monkeypatch, caplog):
    """A row that breaks the program stops its catalogue, in the trial and in the run."""
    catalogue = room.uploaded(as_csv([row(n) for n in range(4)]))
    catalogue = trying.begin(catalogue, room.publisher)
    whole = trying.Preparing.prepared

    def breaking(self, held):
        if held.number == 4:
            raise RecursionError
        return whole(self, held)

    monkeypatch.setattr(trying.Preparing, "prepared", breaking)
    assert run(JOBS["bringing"], TODAY).failed == 1
    catalogue.refresh_from_db()
    assert (catalogue.state, catalogue.found) == (State.UNTRIED, {})
    assert catalogue.fault.startswith("在第4行中断：程序没有料到的情况（RecursionError）")
    assert "RecursionError" in caplog.text
    monkeypatch.undo()
    catalogue = room.agreed(room.tried(catalogue))
    assert catalogue.fault == ""
    catalogue = running.begin(catalogue, room.publisher)
    running.ON_BRINGING["breaks"] = lambda _rows: 1 / 0
    try:
        assert run(JOBS["bringing"], TODAY).failed == 1
    finally:
        del running.ON_BRINGING["breaks"]
    catalogue.refresh_from_db()
    assert (catalogue.state, Document.objects.count()) == (State.STOPPED, 0)
    assert "ZeroDivisionError" in catalogue.fault
    assert room.brought(catalogue).found["public"] == 4


def test_a_database_that_is_not_there_is_no_fault_of_a_catalogue(room, monkeypatch):
    catalogue = trying.begin(room.uploaded(as_csv([row(1)])), room.publisher)

    def away(_catalogue):
        raise OperationalError

    monkeypatch.setattr(trying, "step", away)
    with pytest.raises(OperationalError):
        waiting.further(catalogue)
    catalogue.refresh_from_db()
    assert (catalogue.state, catalogue.fault) == (State.TRYING, "")


def test_the_page_of_a_broken_catalogue_says_so(room, two, client):
    run(JOBS["bringing"], TODAY)
    client.force_login(room.publisher)
    page = client.get(f"/documents/import/{two[0].pk}/").content.decode()
    assert "压缩包打不开" in page
    assert "继续导入" in page
    listed = client.get("/documents/import/").content.decode()
    assert listed.count("没有处理完") == 1


def test_why_an_upload_was_refused_is_told_once(room, client):
    client.force_login(room.publisher)
    file = SimpleUploadedFile("目录.csv", b"\x00\x01", content_type="text/csv")
    said = {"key": "k" * 32, "body": str(room.housing.pk), "file": file}
    page = client.post("/documents/import/", said).content.decode()
    assert page.count("有内容需要改正") == 1
    assert page.count("既不是 XLSX") == 1
