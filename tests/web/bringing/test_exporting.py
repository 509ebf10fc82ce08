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
from mingtang_web.publication.bonds import Bonds, Issuer, issuers_named
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


BONDS = Bonds(
    (Issuer("西山区财政局"), Issuer("西山区住房和城乡建设局")),
    "proactive",
    original_title="省厅的意见",
    original_number="省建〔2026〕3号",
    original_issuer="省住房和城乡建设厅",
    original_attribute="proactive",
)


def bound(bonds: Bonds) -> Bonds:
    """The bonds with this body's code, as typing its full name gives."""
    names = [each.name for each in bonds.issuers]
    return bonds._replace(issuers=issuers_named(names))


def come_again(room) -> list[Document]:
    """Export everything, and import it as another site would."""
    [data] = exported(room)
    Document.objects.update(index_number=Concat(Value("旧"), F("index_number")))
    assert room.whole(data, "导出.zip").found["refused"] == 0
    rows = Document.objects.exclude(index_number__startswith="旧").order_by("pk")
    return list(rows.select_related("published__forwards"))


def test_joint_and_forwarded_documents_come_in_again_as_they_were(room):
    document = room.published(bonds=bound(BONDS))
    [again] = come_again(room)
    assert Bonds.of(again.published) == Bonds.of(document.published)
    assert again.published.content == document.published.content
    assert again.published.issuer == "西山区财政局、西山区住房和城乡建设局"
    assert again.due is None


def test_a_public_original_comes_in_by_its_words_and_is_linked_where_it_is(room):
    original = room.published(title="原来的通知")
    room.published(title="转发通知", bonds=Bonds(forwards=original))
    first, second = come_again(room)
    assert first.published.title == "原来的通知"
    assert second.published.original_title == "原来的通知"  # in one and the same part
    Document.objects.filter(pk=original.pk).update(index_number="XS/1")
    data = row(1, 原件索引号="XS/1", 原件名称="原来的通知", 原件发文机关="某局")
    room.whole(as_csv([data]))
    linked = Document.objects.select_related("published__forwards").first()
    assert linked.published.forwards == original
    assert linked.published.original_title == ""


def test_nothing_of_an_original_that_is_not_out_is_exported(room):
    original = room.drafted(title="还在起草的原件")
    room.published(title="转发通知", bonds=Bonds(forwards=original))
    [data] = exported(room)
    whole = b"".join(opened(data).values()).decode()
    assert original.title not in whole
    assert original.index_number not in whole


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"联合发文机关": "甲局；乙局"}, "没有本机关"),
        ({"联合发文机关": "甲局；西山区住房和城乡建设局", "发布机构": "丙局"}, "不同"),
        (
            {
                "联合发文机关": "甲局；西山区住房和城乡建设局",
                "发布机构": "",
                "牵头机关公开方式": "依申请公开",
            },
            "随牵头机关",
        ),
        ({"原件名称": "省厅的意见"}, "发文机关"),
        ({"原件索引号": "没有这个号"}, "没有公开"),
        (
            {"原件名称": "意见", "原件发文机关": "厅", "原件公开方式": "不予公开"},
            "随原件",
        ),
    ],
)
def test_a_row_whose_bonds_cannot_be_is_refused(room, more, why):
    catalogue = room.tried(room.uploaded(as_csv([row(1, **more)])))
    assert catalogue.trial["refused"] == 1
    assert any(why in each.reason for each in catalogue.remarks.all())
