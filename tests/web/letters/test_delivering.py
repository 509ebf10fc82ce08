"""A delivery is recorded with both its days and what proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang_web.applicants.actions import ErasedError, erase
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.files.actions import RefusedFileError, content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError, Undoing, void
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.letters.models import DeliveryRecord
from tests.web.letters.ways import LetterOffice

D = date
SENT, CAME = D(2026, 3, 13), D(2026, 3, 16)
POSTED = Delivered("post", SENT, CAME, "post", "XA123456789", "k", again=True)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


def proof(name: str = "回证.png", data: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_proof_is_kept_sealed_and_goes_with_the_reader(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    record = record_delivery(made, POSTED, office.clerk, proof())
    assert record.file is not None
    [file] = [each for each in settings.MEDIA_ROOT.glob("*/*") if each.is_file()]
    assert PNG not in file.read_bytes()
    assert content(record.file) == PNG
    said = Entry.objects.latest("id").content
    assert (said["dispatched"], said["received"]) == ("2026-03-13", "2026-03-16")
    assert said["file_sha256"] == record.file.sha256
    erase(made.reader, office.administrator, "保存期满")
    with pytest.raises(ErasedError):
        content(StoredFile.objects.get())


def test_a_record_sent_twice_is_one(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    before = DeliveryRecord.objects.count()
    first = record_delivery(made, POSTED, office.clerk)
    assert record_delivery(made, POSTED, office.clerk) == first
    assert DeliveryRecord.objects.count() == before + 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"dispatched": D(2026, 3, 4)}, "早于文书日期"),
        ({"dispatched": D(2026, 7, 1), "received": None}, "还没有到"),
        ({"received": D(2026, 3, 12)}, "签收日期早于"),
        ({"received": D(2026, 7, 1)}, "签收日期还没有到"),
        ({"mode": "on_the_spot", "proof": "receipt"}, "同一日"),
        ({"mode": "pigeon"}, "送达方式"),
        ({"proof": "hearsay"}, "凭证"),
        ({"mode": "direct", "proof": "post"}, "证明不了"),
        ({"proof": "system"}, "证明不了"),
        ({"mode": "direct", "proof": "receipt", "received": None}, "须填写签收日期"),
        ({"reference": "回执 13800138001"}, "只写编号"),
        ({"reference": "张三丰本人签收"}, "只写编号"),
    ],
)
def test_what_does_not_fit_is_refused(office: LetterOffice, change, why) -> None:
    made = office.came("correction_notice")
    with pytest.raises(LetterError, match=why):
        record_delivery(made, replace(POSTED, **change), office.clerk)


def test_a_void_letter_is_not_delivered(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    gone = void(made, Undoing(office.approver, "写错"))
    with pytest.raises(LetterError, match="没有作废"):
        record_delivery(gone, POSTED, office.clerk)
    with pytest.raises(NotAllowedError):
        record_delivery(made, POSTED, office.stranger)


def test_a_bad_proof_is_put_aside_and_nothing_recorded(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    before = DeliveryRecord.objects.count()
    with pytest.raises(RefusedFileError, match="扩展名"):
        record_delivery(made, POSTED, office.clerk, proof("回证.pdf"))
    assert DeliveryRecord.objects.count() == before
    assert StoredFile.objects.get().state == "quarantined"


def test_one_delivery_is_recorded_once_whatever_the_form(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    record_delivery(made, replace(POSTED, key="first"), office.clerk)
    before = DeliveryRecord.objects.count()
    with pytest.raises(LetterError, match="已经登记过"):
        record_delivery(made, replace(POSTED, key="second"), office.clerk)
    again = replace(POSTED, key="third", reference="XA2", again=False)
    with pytest.raises(LetterError, match="2026-03-13以“邮寄") as asked:
        record_delivery(made, again, office.clerk)
    assert asked.value.field == "again"
    record_delivery(made, replace(again, again=True), office.clerk)
    assert DeliveryRecord.objects.count() == before + 1
