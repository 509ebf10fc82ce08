"""Files that bear figures of periods out: taken in once, held by hash, never lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.files import storing
from mingtang_web.files.actions import RefusedFileError, content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.publication.recording import SentOtherwiseError
from mingtang_web.spells import actions
from mingtang_web.spells.evidence import ATTACHED, MOST, attach
from mingtang_web.spells.models import Evidence, Spell
from tests.web.cases.requests import Office, at
from tests.web.spells.test_spells import HALF
from tests.web.verifying.test_verify import told_when_changed, verified

WORDS = "一季度行政处罚12件".encode()


@pytest.fixture
def office(db, settings, tmp_path):  # noqa: ARG001 - asked for
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(date(2026, 7, 1)):
        yield Office()


@pytest.fixture
def row(office: Office) -> Spell:
    return actions.enter(office.housing, HALF, office.clerk)


def brought(
    office: Office, row: Spell, data: bytes = WORDS, key: str | None = None, **more: str
) -> Evidence:
    upload = SimpleUploadedFile(more.get("file", "甲.txt"), data)
    doing = Doing(office.clerk, row.version, key)
    return attach(row, upload, more.get("name", "一季度处罚统计表"), doing)


def test_a_file_is_kept_as_it_came_and_sent_twice_is_one(office, row) -> None:
    first, again = (brought(office, row, key="k") for _twice in range(2))
    assert first == again
    assert content(first.file) == WORDS
    [entry] = Entry.objects.filter(kind=ATTACHED)
    assert entry.content["files"][0]["sha256"] == first.file.sha256
    for other in ({"name": "另一张表"}, {"data": b"other"}):
        with pytest.raises(SentOtherwiseError, match="与那次不同"):
            brought(office, row, key="k", **other)
    row.refresh_from_db()
    assert row.version == 1, "a file changes nothing that the figure says"
    assert not list(faults(office.housing))
    assert verified() == ""


def test_what_is_no_evidence_is_refused_in_words(office, row) -> None:
    with pytest.raises(RefusedFileError, match="隔离"):
        brought(office, row, b"MZ\x90\x00" + b"\0" * 200, file="甲.exe")
    with pytest.raises(RefusedFileError, match="空的"):
        brought(office, row, b"")
    for name, why in ((" ", "请填写"), ("王某13800138000", "手机号")):
        with pytest.raises(ValidationError, match=why):
            brought(office, row, name=name)
    with pytest.raises(NotAllowedError):
        attach(row, SimpleUploadedFile("甲.txt", WORDS), "表", Doing(office.approver, 1))
    for n in range(MOST):
        brought(office, row, WORDS + b"%d" % n)
    with pytest.raises(ValidationError, match="最多附 10 份"):
        brought(office, row)
    gone = actions.strike(row, Doing(office.clerk, 1, note="重复"))
    with pytest.raises(ValidationError, match="已经作废"):
        brought(office, gone)
    assert Evidence.objects.count() == MOST
    assert verified() == ""


def test_every_changed_column_and_every_lost_file_is_told(office, row) -> None:
    kept = brought(office, row)
    other = actions.enter(
        office.housing, HALF._replace(cell="disclosure/coercion/decisions"), office.clerk
    )
    brought(office, other, b"another")
    fields = [f for f in Evidence._meta.concrete_fields if not f.primary_key]
    missed = [f.name for f in fields if not told_when_changed(Evidence, f)]
    assert not missed, missed
    with transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).delete()
        assert "凭据（内部编号" in verified()
        transaction.set_rollback(True)
    with transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).delete()
        StoredFile.objects.filter(pk=kept.file_id).delete()
        assert f"附件{kept.file_id}已不在" in verified()
        transaction.set_rollback(True)
    storing._place(kept.file.stored).write_bytes(b"another one")
    assert f"附件{kept.file_id}" in verified()
