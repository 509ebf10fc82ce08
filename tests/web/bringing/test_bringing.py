"""Documents of an old site: tried, agreed to by another, brought in as they were."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bringing import (
    mapping,
    queries,
    running,
    signing,
    staging,
    trying,
    waiting,
)
from mingtang_web.bringing.models import Catalogue, Origin, Remark, StagedRow, State
from mingtang_web.bringing.recording import OutOfTurnError
from mingtang_web.files.models import StoredFile
from mingtang_web.importing.tables import TableError
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.contents import intact
from mingtang_web.publication.models import Document, Revision, Step
from mingtang_web.publication.models import State as Standing
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.queries import public
from mingtang_web.publication.recording import NOW, ROWS
from mingtang_web.verifying.brought import catalogues
from mingtang_web.verifying.published import PUBLISHED, documents
from mingtang_web.verifying.told import told as told_by
from tests.web.bringing.catalogues import as_csv, as_json, as_zip, row
from tests.web.people import appointed
from tests.web.publication.offices import TODAY

PHONE = "<p>联系人张某某，手机13812345678。</p>"


def told(catalogue: Catalogue) -> list[tuple[int, str, str, str]]:
    found = catalogue.remarks.values_list("row", "weight", "column", "reason")
    return list(found)


def test_what_was_public_comes_in_as_it_was(room):
    catalogue = room.whole(as_csv([row(1), row(2)]))
    assert catalogue.state == State.FINISHED
    assert (catalogue.found["public"], catalogue.found["refused"]) == (2, 0)
    document = Document.objects.get(index_number="XS/2024-00001")
    assert document.is_out
    assert document.state == Standing.PUBLISHED
    assert document.first_published_on == document.published_on == date(2024, 3, 11)
    assert document.published.formed_on == date(2024, 3, 4)
    assert document.published.topic == "construction"
    assert document.published.html == "<p>第1号小区加装电梯的方案公示如下。</p>"
    assert intact(document.published)
    step = document.steps.get()
    assert step.verdict == Step.Verdict.IMPORTED
    assert step.reason == "旧站目录《目录.csv》第2行，李发布送审、赵审批批准"
    assert document.origin.row == 2
    assert public().count() == 2


def test_the_ledger_holds_every_document_and_its_rows(room):
    room.whole(as_csv([row(1), row(2)]))
    entries = Entry.objects.filter(body=room.housing, kind=running.IMPORTED)
    assert entries.count() == 2
    for entry in entries:
        assert (entry.actor, entry.approver) == (room.publisher, room.approver)
        document = Document.objects.get(pk=entry.content["document"])
        assert entry.content["now"] == fingerprint(document, *NOW)
        for name, pk, made in entry.content["rows"]:
            model, columns = ROWS[name]
            assert made == fingerprint(model.objects.get(pk=pk), *columns)
    assert list(faults(room.housing)) == []
    found = told_by(room.housing)
    assert [each for look in PUBLISHED for each in look(room.housing, found)] == []
    Document.objects.filter(pk=document.pk).update(first_published_on=date(2024, 3, 1))
    found = told_by(room.housing)
    assert any(document.index_number in each for each in documents(room.housing, found))


def test_every_step_of_a_catalogue_stands_in_the_ledger(room):
    catalogue = room.tried(room.uploaded(as_csv([row(1)])))
    assert not [*catalogues(room.housing, None)]
    signing.propose(catalogue, "旧站数据库导出", room.publisher)
    signing.send_back(catalogue, room.approver, "请抽查二十件")
    assert not [*catalogues(room.housing, None)]
    catalogue = room.tried(catalogue)
    assert not [*catalogues(room.housing, None)]
    catalogue = running.clear(room.brought(room.agreed(catalogue)), room.publisher)
    assert not [*catalogues(room.housing, None)]
    Catalogue.objects.update(approver=room.publisher)
    assert [*catalogues(room.housing, None)]


def test_a_normative_document_stands_in_the_register_of_validity(room):
    good = {"规范性文件": "是", "施行日期": "2024-04-01"}
    catalogue = room.whole(as_csv([row(1, **good), row(2, 规范性文件="", 施行日期="")]))
    assert catalogue.found["normative"] == 1
    [event] = ForceEvent.objects.all()
    assert event.document.index_number == "XS/2024-00001"
    assert event.on == date(2024, 3, 4)
    found = told_by(room.housing)
    assert [each for look in PUBLISHED for each in look(room.housing, found)] == []


def test_who_approved_does_not_bring_in(room):
    appointed(room.approver, room.housing, Role.PUBLISHER)
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1)]))))
    with pytest.raises(OutOfTurnError, match="批准的人不办理导入"):
        running.begin(catalogue, room.approver)


def test_the_background_goes_on_with_what_was_begun(room):
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1)]))))
    assert not waiting.waits(clock.now())
    running.begin(catalogue, room.publisher)
    assert waiting.waits(clock.now())
    assert run(JOBS["bringing"], TODAY).failed == 0
    assert not waiting.waits(clock.now())
    assert Document.objects.filter(published__isnull=False).count() == 1


def test_a_trial_writes_nothing(room):
    catalogue = room.uploaded(as_csv([row(1), row(2), row(3, 成文日期="无")]))
    before = Entry.objects.count()
    catalogue = room.tried(catalogue)
    assert catalogue.state == State.TRIED
    assert catalogue.trial["public"] == 2
    assert catalogue.trial["refused"] == 1
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("more", "column", "reason"),
    [
        ({"成文日期": "2024-02-30"}, "成文日期", "日期有误：2024年2月没有30日"),
        (
            {"成文日期": "0001-01-01"},
            "成文日期", "0001-01-01不在1949-10-01至2099-12-31之间，请核对年份",
        ),
        ({"成文日期": "去年三月"}, "成文日期", "“去年三月”读不成日期"),
        ({"发布日期": "2024-01-02"}, "发布日期", "发布日期早于成文日期"),
        ({"发布日期": "2030-01-02"}, "发布日期", "发布日期还没有到"),
        ({"发布日期": ""}, "发布日期", "没有填"),
        ({"索引号": ""}, "索引号", "没有填"),
        ({"主题分类": "房屋管理"}, "主题分类", "“房屋管理”不知道对应哪一项"),
        ({"正文": ""}, "正文", "没有正文，也没有附件"),
        ({"标题": "长" * 201}, "标题", "有201字，最多200字"),
        ({"有效性": "废止"}, "有效性", "写明已失效，却没有已过的失效日期"),
        (
            {"有效性": "有效", "失效日期": "2025-01-01"},
            "有效性", "写明有效，失效日期却已经过了",
        ),
        ({"公开方式": "依申请公开"}, "公开方式", "不是主动公开的，不能由导入公开"),
        ({"附件": "一.pdf"}, "附件", "写了文件“一.pdf”，却只交来一个表"),
        (
            {"施行日期": "2024-05-01", "失效日期": "2024-04-01"},
            "失效日期", "失效日期早于施行日期",
        ),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_refused_with_row_column_and_why(
    room, more, column, reason
):
    good = dict.fromkeys(("有效性", "失效日期", "施行日期", "附件"), "")
    ways = {"公开方式": "主动公开"}
    rows = [row(1, **good, **ways), row(2, **{**good, **ways, **more})]
    catalogue = room.tried(room.uploaded(as_csv(rows)))
    assert told(catalogue) == [(3, "refused", column, reason)]
    assert catalogue.trial["public"] == 1


def test_a_number_that_is_taken_is_refused_and_never_given_anew(room):
    own = room.published()
    rows = [row(1), row(2, 索引号=own.index_number), row(1, 标题="又一份")]
    catalogue = room.tried(room.uploaded(as_csv(rows)))
    assert told(catalogue) == [
        (3, "refused", "索引号", "本站已有这个索引号（西山区住房和城乡建设局）"),
        (4, "refused", "索引号", "与第2行的索引号相同"),
    ]
    room.brought(room.agreed(catalogue))
    assert set(Document.objects.values_list("index_number", flat=True)) == {
        own.index_number, "XS/2024-00001",
    }  # fmt: skip


def test_a_number_that_was_taken_since_the_trial_is_refused_in_the_run(room):
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1), row(2)]))))
    own = room.drafted()
    Document.objects.filter(pk=own.pk).update(index_number="XS/2024-00002")
    catalogue = room.brought(catalogue)
    assert (catalogue.found["public"], catalogue.found["refused"]) == (1, 1)
    assert Origin.objects.count() == 1


def test_what_tells_of_a_person_comes_in_as_a_draft_alone(room):
    catalogue = room.whole(as_csv([row(1), row(2, 正文=PHONE)]))
    assert (catalogue.found["public"], catalogue.found["draft"]) == (1, 1)
    draft = Document.objects.get(index_number="XS/2024-00002")
    assert draft.state == Standing.DRAFTING
    assert not draft.is_out
    assert draft.published is None
    assert draft.first_published_on is None
    [remark] = catalogue.remarks.filter(row=3)
    assert remark.weight == Remark.Weight.DRAFT
    assert "138****5678" in remark.reason
    assert "13812345678" not in remark.reason
    [step] = draft.steps.all()
    with pytest.raises(Exception, match="起草中"):
        releasing.publish(draft, room.doing(room.publisher, draft))
    assert step.verdict == Step.Verdict.IMPORTED


def test_an_import_takes_two_persons(room):
    appointed(room.publisher, room.housing, Role.APPROVER)
    catalogue = room.tried(room.uploaded(as_csv([row(1)])))
    with pytest.raises(OutOfTurnError):
        running.begin(catalogue, room.publisher)
    signing.propose(catalogue, "旧站数据库导出", room.publisher)
    catalogue.refresh_from_db()
    seen = signing.hash_of(catalogue)
    with pytest.raises(OutOfTurnError, match="不能自己批准"):
        signing.agree(catalogue, seen, room.publisher)
    with pytest.raises(OutOfTurnError, match="情况有变"):
        signing.agree(catalogue, "0" * 64, room.approver)
    assert running.step(catalogue).state == State.PROPOSED
    assert not Document.objects.exists()
    signing.agree(catalogue, seen, room.approver)
    assert room.brought(catalogue).found["public"] == 1


def test_who_uploaded_does_not_agree_either(room):
    appointed(room.administrator, room.housing, Role.APPROVER)
    catalogue = room.uploaded(as_csv([row(1)]), who=room.administrator)
    catalogue = room.tried(catalogue)
    signing.propose(catalogue, "旧站数据库导出", room.publisher)
    catalogue.refresh_from_db()
    with pytest.raises(OutOfTurnError, match="不能自己批准"):
        signing.agree(catalogue, signing.hash_of(catalogue), room.administrator)


def test_another_mapping_lets_consent_lapse(room):
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(1)]))))
    trying.set_mapping(catalogue, catalogue.mapping, room.publisher)
    assert catalogue.state == State.UNTRIED
    with pytest.raises(OutOfTurnError):
        running.begin(catalogue, room.publisher)
    assert Entry.objects.filter(kind="bringing.lapsed").count() == 1


@pytest.mark.parametrize("who", ["writer", "section", "secrecy", "stranger", "supervisor"])
def test_others_bring_nothing_in_and_agree_to_nothing(room, who):
    person = getattr(room, who)
    with pytest.raises(NotAllowedError):
        room.uploaded(as_csv([row(1)]), who=person)
    catalogue = room.tried(room.uploaded(as_csv([row(1)])))
    signing.propose(catalogue, "旧站数据库导出", room.publisher)
    catalogue.refresh_from_db()
    acts = (
        lambda: trying.begin(catalogue, person),
        lambda: trying.set_mapping(catalogue, catalogue.mapping, person),
        lambda: signing.propose(catalogue, "理由", person),
        lambda: signing.agree(catalogue, signing.hash_of(catalogue), person),
        lambda: signing.send_back(catalogue, person, "理由"),
        lambda: running.begin(catalogue, person),
        lambda: running.stop(catalogue, person),
        lambda: running.clear(catalogue, person),
    )
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()


def test_an_import_is_stopped_and_goes_on(room, monkeypatch):
    monkeypatch.setattr(trying, "AT_A_TIME", 2)
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(n) for n in range(5)]))))
    catalogue = running.step(running.begin(catalogue, room.publisher))
    assert Document.objects.count() == 2
    catalogue = running.stop(catalogue, room.publisher)
    assert running.step(catalogue).cursor == catalogue.cursor
    assert Document.objects.count() == 2
    assert room.brought(catalogue).found["public"] == 5
    assert Document.objects.count() == 5


def test_a_part_that_breaks_leaves_nothing_and_two_at_once_bring_nothing_twice(
    room, monkeypatch
):
    monkeypatch.setattr(trying, "AT_A_TIME", 2)
    catalogue = room.agreed(room.tried(room.uploaded(as_csv([row(n) for n in range(4)]))))
    catalogue = running.begin(catalogue, room.publisher)
    running.ON_BRINGING["breaks"] = lambda _rows: 1 / 0
    try:
        with pytest.raises(ZeroDivisionError):
            running.step(catalogue)
    finally:
        del running.ON_BRINGING["breaks"]
    assert not Document.objects.exists()
    assert not Revision.objects.exists()
    with trying.opened(catalogue) as package:
        stale = trying.looked_at(catalogue, package)
    catalogue = running.step(catalogue)
    running._written(catalogue, stale)
    assert Document.objects.count() == 2
    assert room.brought(catalogue).found["public"] == 4
    assert list(faults(room.housing)) == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_tables_of_every_encoding_are_read(room, encoding):
    catalogue = room.uploaded(as_csv([row(1)], encoding))
    assert catalogue.headers[0] == "索引号"
    assert StagedRow.objects.get().cells["标题"] == "关于第1号小区加装电梯的公告"


def test_no_row_is_lost_however_long_the_table(room):
    catalogue = room.uploaded(as_csv([row(n) for n in range(60)]))
    assert catalogue.rows == 60
    numbers = catalogue.staged.values_list("number", flat=True)
    assert list(numbers) == list(range(2, 62))


def test_a_workbook_is_read_with_its_days_and_its_shared_texts(room):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        page = book.add_worksheet("目录")
        book.add_worksheet("空")
        page.write_row(0, 0, ["政府信息公开目录"])
        cells = row(1)
        page.write_row(2, 0, list(cells))
        page.write_row(3, 0, list(cells.values()))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_datetime(3, 4, date(2024, 3, 4), day)
    catalogue = room.tried(room.uploaded(held.getvalue(), "目录.xlsx"))
    assert catalogue.trial["public"] == 1
    assert StagedRow.objects.get().number == 4
    assert StagedRow.objects.get().cells["成文日期"] == "2024-03-04"


def test_json_is_read_as_a_list_or_line_by_line(room):
    rows = [row(1), row(2)]
    first = room.uploaded(as_json(rows), "目录.json")
    lines = b"\n".join(as_json([each])[1:-1].strip().replace(b"\n", b"") for each in rows)
    second = room.uploaded(lines, "目录.jsonl")
    held = [list(each.staged.values_list("cells", flat=True)) for each in (first, second)]
    assert held[0] == held[1] == rows


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "没有内容"), ("索引号,标题\n".encode(), "没有一行内容"),
        (b'[{"a": 1}, {"b": ', "JSON 读不出"), (b'[1]', "不是一份文件"),
        ("索引号,索引号\n1,2\n".encode(), "同名"), (b"\x00\x01\x02", "另存为"),
        ("标题\n甲,乙\n".encode(), "多出内容"), (b"PK\x03\x04torn", "打不开"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_says_so_and_leaves_nothing(room, data, why):
    with pytest.raises(TableError, match=why):
        room.uploaded(data)
    assert not Catalogue.objects.exists()
    assert not StagedRow.objects.exists()


def test_the_same_file_goes_on_where_it_stands(room):
    catalogue = room.uploaded(as_csv([row(1)]))
    with pytest.raises(staging.UnfinishedError) as problem:
        room.uploaded(as_csv([row(1)]))
    assert problem.value.catalogue == catalogue


def test_headings_of_sites_are_guessed_and_what_was_chosen_is_kept(room):
    headers = [
        "索引号",
        "发文日期",
        "成文日期",
        "组配分类",
        "信息名称",
        "公开时间",
        "栏目名",
    ]
    guessed = mapping.guess(headers).columns
    assert guessed["formed_on"] == "成文日期"
    assert guessed["title"] == "信息名称"
    assert guessed["attribute"] == "=proactive"
    assert "genre" not in guessed
    catalogue = room.uploaded(as_csv([row(1, 主题分类="房屋管理", 备注="旧")]))
    said = catalogue.mapping | {"values": {"topic": {"房屋管理": "construction"}}}
    said["columns"]["keywords"] = "备注"
    trying.set_mapping(catalogue, said, room.publisher)
    again = room.uploaded(as_csv([row(2, 主题分类="房屋管理", 备注="旧")]), "又.csv")
    assert again.mapping["columns"]["keywords"] == "备注"
    assert room.tried(again).trial["public"] == 1
    assert queries.open_words(again) == {}


def test_the_report_is_a_table_that_runs_nothing(room):
    rows = [row(1, 成文日期="=cmd|' /c calc'!A1"), row(2, 发布日期="无")]
    catalogue = room.tried(room.uploaded(as_csv(rows)))
    text = b"".join(queries.as_csv(catalogue.remarks.all())).decode("utf-8-sig")
    assert "3,不导入,发布日期,“无”读不成日期" in text
    book = openpyxl.load_workbook(io.BytesIO(queries.as_xlsx(catalogue.remarks.all())))
    assert book.active.cell(3, 1).value == 3
    assert book.active.max_row == 3


def test_texts_and_attachments_come_out_of_the_package(room):
    table = as_csv([
        row(1, 正文="", 正文文件="正文/1.html", 附件="附件/说明.txt；附件/清单.txt"),
        row(2, 正文="", 正文文件="正文/2.txt", 附件=""),
        row(3, 正文="", 正文文件="正文/没有.html", 附件=""),
        row(4, 附件="附件/程序.exe", 正文文件=""),
    ])  # fmt: skip
    data = as_zip({
        "目录/目录.csv": table,
        "目录/正文/1.html": "<html><body><p>正文一。</p></body></html>".encode("gb18030"),
        "目录/正文/2.txt": "第一段\n第二段".encode(),
        "目录/附件/说明.txt": "说明".encode(),
        "目录/附件/清单.txt": "清单".encode(),
        "目录/附件/程序.exe": b"MZ" + bytes(100),
    })  # fmt: skip
    catalogue = room.whole(data, "旧站.zip")
    first, second = Document.objects.order_by("index_number")
    assert "正文一。" in first.published.html
    assert [each.name for each in first.published.attachments.all()] == [
        "说明.txt",
        "清单.txt",
    ]
    assert intact(first.published)
    assert second.published.html == "<p>第一段</p><p>第二段</p>"
    said = {(each[0], each[2]) for each in told(catalogue) if each[1] == "refused"}
    assert said == {(4, "正文文件"), (4, "正文"), (5, "附件")}
    place = staging.place_of(catalogue)
    assert place.exists()
    running.clear(catalogue, room.publisher)
    assert not catalogue.staged.exists()
    assert catalogue.remarks.exists()


def test_what_tells_of_a_person_in_an_attachment_keeps_the_row_a_draft(room):
    data = as_zip({
        "目录.csv": as_csv([row(1, 附件="一.txt"), row(2, 附件="二.png")]),
        "一.txt": "联系人手机13812345678".encode(),
        "二.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    })  # fmt: skip
    catalogue = room.tried(room.uploaded(data, "旧站.zip"))
    assert (catalogue.trial["draft"], catalogue.trial["public"]) == (1, 1)
    assert catalogue.trial["unlooked"] == 1
    [first, second] = catalogue.remarks.all()
    assert (first.weight, second.weight) == ("draft", "told")
    assert "一.txt" in first.column
    assert "13812345678" not in first.reason
    assert "没有查" in second.reason


def test_one_json_for_each_document(room):
    data = as_zip({f"{n}.json": as_json([row(n)])[1:-1] for n in range(3)})
    assert room.whole(data, "逐份.zip").found["public"] == 3


def test_a_package_that_was_altered_is_not_brought_in(room):
    data = as_zip({"目录.csv": as_csv([row(1)])})
    catalogue = room.agreed(room.tried(room.uploaded(data, "旧站.zip")))
    staging.place_of(catalogue).write_bytes(data + b"x")
    with pytest.raises(OutOfTurnError, match="指纹不符"):
        running.begin(catalogue, room.publisher)


def test_an_imported_document_goes_on_as_any_other(room):
    room.whole(as_csv([row(1)]))
    document = Document.objects.get()
    document = releasing.withdraw(document, room.doing(room.approver, document, "信息有误"))
    assert not document.is_out
    document = drafting.reopen(document, room.doing(room.writer, document, "改正"))
    assert document.state == Standing.DRAFTING
