"""What a body has made public goes out as files, and comes in again as it was."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bringing import exporting
from mingtang_web.files.examining import examine
from mingtang_web.ledger.models import Entry
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.contents import SHOWN
from mingtang_web.publication.drafting import Enclosed
from mingtang_web.publication.models import Document
from tests.web.bringing.catalogues import as_csv, row

PAPER = "补助标准：每台二十万元。".encode()


def exported(room) -> list[bytes]:
    parts = exporting.slices(room.housing)
    return [
        b"".join(exporting.export(room.housing, part, room.publisher)) for part in parts
    ]


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert held.testzip() is None
        return {name: held.read(name) for name in held.namelist()}


def with_attachment(room) -> Document:
    file = Enclosed("补助/标准.txt", examine("标准.txt", PAPER))
    return room.published(enclosed=(file,), keywords="电梯;补助")


def test_an_export_holds_what_is_public_with_its_files_and_hashes(room):
    document = with_attachment(room)
    room.drafted(title="还没有公开的文件")
    down = room.published(title="撤下的文件")
    releasing.withdraw(down, room.doing(room.approver, down, "内容有误"))
    [data] = exported(room)
    files = opened(data)
    [said] = json.loads(files["documents.json"])
    assert said["index_number"] == document.index_number
    assert said["html"] == document.published.html
    [enclosed] = said["attachments"]
    assert files[enclosed["path"]] == PAPER
    assert enclosed["name"] == "补助/标准.txt"
    manifest = json.loads(files["manifest.json"])
    assert manifest["documents"] == 1
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    [_headings, line] = csv.reader(io.StringIO(files["documents.csv"].decode("utf-8-sig")))
    assert document.index_number in line
    assert "还没有公开" not in data.decode("latin1")
    whole = b"".join(files.values()).decode()
    assert "撤下的文件" not in whole
    assert down.index_number in files["withdrawn.csv"].decode()
    entry = Entry.objects.get(kind="bringing.exported")
    assert entry.content["documents"] == 1


def test_an_export_that_comes_in_again_is_the_same_documents(room, monkeypatch):
    monkeypatch.setattr(exporting, "A_PART", 2)
    with_attachment(room)
    room.whole(as_csv([row(1, 施行日期="2024-04-01", 失效日期="2025-04-01"), row(2)]))
    before = list(Document.objects.order_by("index_number"))
    away = Concat(Value("旧"), F("index_number"))
    parts = exported(room)
    assert len(parts) == 2
    Document.objects.update(index_number=away)  # as if this were another site
    for number, data in enumerate(parts):
        catalogue = room.whole(data, f"导出{number}.zip")
        assert catalogue.found["refused"] == 0
    after = Document.objects.exclude(index_number__startswith="旧").order_by("index_number")
    assert [each.index_number for each in after] == [each.index_number for each in before]
    for old, new in zip(before, after, strict=True):
        assert new.first_published_on == old.first_published_on
        assert new.column == old.column
        same = [(getattr(old.published, n), getattr(new.published, n)) for n in SHOWN]
        assert all(first == second for first, second in same)
        files = [
            [(row_.name, row_.file.sha256) for row_ in each.published.attachments.all()]
            for each in (old, new)
        ]
        assert files[0] == files[1]
        assert new.published.content == old.published.content


def test_earlier_public_versions_are_in_the_export(room):
    document = room.published()
    document = drafting.reopen(document, room.doing(room.writer, document, "补充"))
    draft = drafting.as_draft(document.current)
    draft = replace(draft, html="<p>补充一段。</p>")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = room.reviewed(room.sent(document))
    releasing.publish(document, room.doing(room.publisher, document))
    [data] = exported(room)
    [said] = json.loads(opened(data)["documents.json"])
    assert said["html"] == "<p>补充一段。</p>"
    [earlier] = json.loads(said["earlier"])
    assert "二十万元" in earlier["html"]


@pytest.mark.parametrize("who", ["writer", "secrecy", "approver", "stranger"])
def test_others_export_nothing(room, who):
    room.published()
    [part] = exporting.slices(room.housing)
    with pytest.raises(NotAllowedError):
        exporting.export(room.housing, part, getattr(room, who))
