"""Catalogues made to bring in what nobody agreed to, or to harm, and exports that leak."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from mingtang_web import clock
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bringing import packages, queries, running, signing, staging, trying
from mingtang_web.bringing import reading as tables
from mingtang_web.bringing import rows as preparing
from mingtang_web.bringing.models import Catalogue, Remark, StagedRow, State
from mingtang_web.bringing.recording import OutOfTurnError
from mingtang_web.files.models import StoredFile
from mingtang_web.importing.tables import TableError
from mingtang_web.publication import drafting, releasing, reviewing
from mingtang_web.publication.models import Document
from mingtang_web.spreadsheets import harmless
from tests.web.bringing.catalogues import as_csv, as_json, as_zip, row
from tests.web.bringing.test_bringing import PHONE, told
from tests.web.bringing.test_exporting import exported, opened
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.offices import TODAY

NUL = chr(0)
RIGHT_TO_LEFT = chr(0x202E)
ZERO_WIDTH = chr(0x200B)


def test_what_is_not_said_to_be_public_does_not_come_in_by_leaving_it_out(room):
    """A way of disclosure that is mapped to nothing is none: nothing is public by it."""
    rows = [row(1, 公开方式="主动公开"), row(2, 公开方式="不予公开")]
    catalogue = room.uploaded(as_csv(rows))
    said = catalogue.mapping | {"values": {"attribute": {"不予公开": "-"}}}
    trying.set_mapping(catalogue, said, room.publisher)
    catalogue.refresh_from_db()
    catalogue = room.tried(catalogue)
    assert told(catalogue) == [(3, "refused", "公开方式", "不是主动公开的，不能由导入公开")]
    room.brought(room.agreed(catalogue))
    assert Document.objects.get().index_number == "XS/2024-00001"


def test_a_file_that_is_changed_while_it_runs_brings_in_nothing_else(room, monkeypatch):
    monkeypatch.setattr(trying, "AT_A_TIME", 1)
    rows = [row(n, 正文="", 正文文件=f"{n}.txt") for n in (1, 2)]
    texts = {f"{n}.txt": f"第{n}号公告。".encode() for n in (1, 2)}
    data = as_zip({"目录.csv": as_csv(rows)} | texts)
    catalogue = room.agreed(room.tried(room.uploaded(data, "旧站.zip")))
    catalogue = running.step(running.begin(catalogue, room.publisher))
    swapped = {**texts, "2.txt": "没有人批准过的话。".encode()}
    staging.place_of(catalogue).write_bytes(as_zip({"目录.csv": as_csv(rows)} | swapped))
    catalogue = room.brought(catalogue)
    assert (catalogue.found["public"], catalogue.found["refused"]) == (1, 1)
    [remark] = Remark.objects.filter(catalogue=catalogue, weight="refused")
    assert (remark.row, remark.reason) == (3, "正文、附件或者各项与试算、批准时的不同")
    assert not Document.objects.filter(current__html__contains="没有人批准").exists()


def test_rows_that_are_changed_after_the_trial_do_not_come_in(room):
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1)]))))
    staged = StagedRow.objects.get()
    staged.cells["正文"] = "<p>另一段话。</p>"
    staged.save()
    catalogue = room.brought(catalogue)
    assert catalogue.found["refused"] == 1
    assert not Document.objects.exists()


def test_a_part_tried_by_another_mapping_is_in_no_trial(room):
    catalogue = trying.begin(room.uploaded(as_csv([row(1)])), room.publisher)
    with trying.opened(catalogue) as package:
        stale = trying.looked_at(catalogue, package)
    said = json.loads(json.dumps(catalogue.mapping))
    said["columns"]["keywords"] = "标题"
    trying.set_mapping(catalogue, said, room.publisher)
    catalogue.refresh_from_db()
    catalogue = trying.begin(catalogue, room.publisher)
    assert trying._kept(catalogue, stale).cursor == 0
    assert not StagedRow.objects.exclude(outcome="").exists()


def test_nobody_agrees_in_the_stead_of_who_sent_it(room):
    """The one who sends it has both roles, and lends one: that is no second person."""
    appointed(room.publisher, room.housing, Role.APPROVER)
    catalogue = room.tried(room.uploaded(as_csv([row(1)])))
    catalogue = signing.propose(catalogue, "旧站导出，已抽查", room.publisher)
    lend(
        Delegation(
            body=room.housing, lender=room.publisher, borrower=room.stranger,
            since=TODAY, until=TODAY, reason="外出",
        )
    )  # fmt: skip
    with pytest.raises(OutOfTurnError, match="不能代其批准"):
        signing.agree(catalogue, signing.hash_of(catalogue), room.stranger)
    assert Catalogue.objects.get().state == State.PROPOSED


def test_nothing_comes_in_to_a_body_that_was_closed(room):
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1)]))))
    body = catalogue.body
    body.closed_on = TODAY
    body.save()
    with pytest.raises(ClosedBodyError):
        running.begin(catalogue, room.publisher)


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"索引号": f"XS/{ZERO_WIDTH}2024-00002"}, "索引号"),
        ({"标题": f"公告{RIGHT_TO_LEFT}fdp.exe"}, "标题"),
        ({"发文字号": f"西住建{ZERO_WIDTH}1号"}, "发文字号"),
    ],
)
def test_what_nobody_sees_is_in_no_number_and_no_title(room, more, column):
    catalogue = room.tried(room.uploaded(as_csv([row(1), row(2, **more)])))
    [(number, weight, where, why)] = told(catalogue)
    assert (number, weight, where) == (3, "refused", column)
    assert "看不见的字符" in why


def test_files_of_one_row_lie_in_memory_only_so_far(room, monkeypatch):
    monkeypatch.setattr(preparing, "MOST_ENCLOSED", 100)
    rows = [row(1, 附件="甲.txt"), row(2, 附件="甲.txt|乙.txt")]
    files = {"甲.txt": b"a" * 60, "乙.txt": b"b" * 60}
    catalogue = room.tried(
        room.uploaded(as_zip({"目录.csv": as_csv(rows)} | files), "包.zip")
    )
    assert [each[:2] for each in told(catalogue) if each[1] == "refused"] == [
        (3, "refused")
    ]


HOSTILE = {
    "deep": (b"[" * 200_000, "太深"),
    "deep single": (as_zip({"1.json": b"[" * 200_000}), "不是读得出的 JSON|太深"),
    "many columns": (
        as_json([{f"列{n}": "x"} for n in range(201)]), "超过200列",
    ),
    "a null in a name": (as_json([{f"标题{NUL}": "x"}]), "读不出"),
    "half a pair in a name": (b'[{"\\ud800": "x"}]', "读不出"),
    "a long name": (as_json([{"长" * 101: "x"}]), "读不出"),
    "a list cut off": (as_json([row(1), row(2)]).rstrip()[:-1], "没有传完"),
    "two lists": (as_json([row(1)]) + as_json([row(2)]), "还有内容"),
    "a long heading": (as_csv([{"索引号": "1", "长" * 101: "x"}]), "超过100字"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_table_is_refused_in_words_and_leaves_nothing(room, kind):
    data, why = HOSTILE[kind]
    with pytest.raises(TableError, match=why):
        room.uploaded(data)
    assert not Catalogue.objects.exists()
    assert not StagedRow.objects.exists()


def test_whatever_breaks_an_upload_nothing_is_left_of_it(room, monkeypatch):
    def breaks(_file):
        yield tables.Row(2, {"索引号": "1"})
        raise MemoryError

    monkeypatch.setattr(staging, "rows_of_csv", breaks)
    monkeypatch.setattr(staging, "AT_A_TIME", 1)
    with pytest.raises(MemoryError):
        room.uploaded(as_csv([row(1)]))
    assert not Catalogue.objects.exists()


def workbook(cells: bytes) -> bytes:
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    sheet += b"<sheetData><row r='1'>" + cells + b"</row></sheetData></worksheet>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    linked = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = b"<workbook xmlns='%s' xmlns:r='%s'><sheets><sheet name='a' r:id='rId1'/>" % (
        main, linked,
    )  # fmt: skip
    relation = b"<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
    return as_zip(
        {
            "xl/workbook.xml": book + b"</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relation + b"</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


@pytest.mark.parametrize(
    ("cells", "why"),
    [(b"<c/>" * 60_000, "异常地多"), (b" " * 20 * 1024**2, "异常地大")],
)
def test_a_workbook_that_unfolds_without_end_is_refused(room, cells, why):
    with pytest.raises(TableError, match=why):
        room.uploaded(workbook(cells), "目录.xlsx")


def test_json_is_read_in_time_that_grows_with_its_length(tmp_path, monkeypatch):
    """After one long object what is short is not copied with the long one's room."""
    file = tmp_path / "目录.json"
    long = {"正文": "长" * 1_000_000}
    file.write_bytes(as_json([long, *({"索引号": str(n)} for n in range(20_000))]))
    copied = 0
    whole = tables._Held.grow

    def counting(self):
        nonlocal copied
        copied += len(self.text)
        return whole(self)

    monkeypatch.setattr(tables._Held, "grow", counting)
    assert sum(1 for _row in tables.rows_of_json(file)) == 20_001
    assert copied < 4_000_000


def test_headings_of_any_sort_are_asked_for_their_words(room):
    rows = [row(n, 主题分类="", 分__类="房屋管理") for n in (1, 2)]
    catalogue = room.uploaded(as_csv(rows))
    said = json.loads(json.dumps(catalogue.mapping))
    said["columns"]["topic"] = "分__类"
    trying.set_mapping(catalogue, said, room.publisher)
    catalogue.refresh_from_db()
    assert queries.open_words(catalogue) == {"topic": ["房屋管理"]}


def test_an_upload_under_way_is_not_ended_and_one_cut_off_is(room):
    catalogue = room.uploaded(as_csv([row(1)]))
    Catalogue.objects.update(state=State.READING)
    with pytest.raises(OutOfTurnError):
        running.clear(catalogue, room.publisher)
    Catalogue.objects.update(uploaded_at=clock.now() - timedelta(hours=2))
    catalogue.refresh_from_db()
    assert running.clear(catalogue, room.publisher).state == State.CLEARED


def test_a_file_from_before_zips_is_packed_all_the_same(tmp_path):
    folder = tmp_path / "旧站"
    folder.mkdir()
    (folder / "目录.csv").write_bytes(as_csv([row(1)]))
    os.utime(folder / "目录.csv", (0, 0))
    packages.packed(folder, tmp_path / "包.zip")
    assert zipfile.ZipFile(tmp_path / "包.zip").namelist() == ["目录.csv"]


def masked(room, document: Document) -> Document:
    """A draft that came in with somebody's number is cleaned, reviewed and published."""
    draft = drafting.as_draft(document.current)
    draft = replace(
        draft, html="<p>联系人见办事大厅。</p>", genre="notice", matter="a20_11",
        abstract="办事大厅的联系方式。",
    )  # fmt: skip
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = room.reviewed(reviewing.send(document, room.doing(room.writer, document)))
    return releasing.publish(document, room.doing(room.publisher, document))


def test_an_export_holds_nothing_that_came_in_as_a_draft_alone(room):
    room.whole(as_csv([row(1, 正文=PHONE)]))
    document = Document.objects.select_related("body", "current").get()
    assert not document.is_out
    masked(room, document)
    [data] = exported(room)
    files = opened(data)
    assert b"13812345678" not in b"".join(files.values())
    assert "earlier" not in json.loads(files["documents.json"])[0]


def test_an_export_holds_nothing_that_was_taken_down(room):
    document = room.published(html="<p>写错的内容。</p>")
    document = releasing.withdraw(document, room.doing(room.approver, document, "泄露"))
    document = drafting.reopen(document, room.doing(room.writer, document, "改正"))
    with at(TODAY + timedelta(days=1)):
        masked(room, document)
    [data] = exported(room)
    words = b"".join(opened(data).values()).decode()
    assert "写错的内容" not in words
    assert "见办事大厅" in words


def test_wide_signs_run_no_formula_either():
    for sign in "=+-@" + "".join(map(chr, (0xFF1D, 0xFF0B, 0xFF0D, 0xFF20))):
        assert harmless(f"{sign}CMD|' /C calc'!A0").startswith("'")


def test_files_of_a_refused_row_are_not_kept(room):
    rows = [row(1, 附件="甲.txt", 发布日期="无")]
    room.tried(room.uploaded(as_zip({"目录.csv": as_csv(rows), "甲.txt": b"a"}), "包.zip"))
    assert not StoredFile.objects.exists()
