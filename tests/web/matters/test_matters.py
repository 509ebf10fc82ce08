"""公开事项标准目录: additions and retirements on record, as of a day, what nobody did."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from mingtang.publication.matters import matter, matters
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.desk.matter_choices import level_of, matter_choices
from mingtang_web.ledger.models import Entry
from mingtang_web.matters import actions, queries
from mingtang_web.matters.actions import Line
from mingtang_web.matters.models import Event, Fulfilment, Item
from mingtang_web.publication import releasing
from tests.web.people import appointed
from tests.web.publication.offices import TODAY

KEY = "k" * 32
LATER = TODAY + timedelta(days=10)
LINE = Line(
    "保障性住房", "配租管理", "申请条件、程序、结果", "政府信息公开条例", "20个工作日内",
    "西山区住房和城乡建设局、水务局", "政府网站", "全社会", "主动", "县级",
)  # fmt: skip
OTHER = LINE._replace(second="资格审核", publisher="某指挥部")
HEADS = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
]
ROWS = [HEADS, ["1", *LINE[:6]], ["2", "", *OTHER[1:6]]]


@pytest.fixture
def district(room):
    """The district's office keeps the catalogue for those below."""
    appointed(room.lawyer, room.office, Role.LEGAL_REVIEWER)
    return room.office


def doing(room, who=None, note="按省里的目录增加"):
    return room.doing(who or room.lawyer, None, note)


def item(room, line=LINE, on=TODAY) -> Item:
    actions.add(room.office, [line], on, doing(room))
    return Item.objects.get(second=line.second)


def test_an_item_is_added_with_day_reason_and_person(room, district):
    assert actions.add(district, [LINE, OTHER, LINE], TODAY, doing(room)) == 2
    events = Event.objects.values_list("kind", "on", "reason", "by")
    assert set(events) == {("added", TODAY, "按省里的目录增加", room.lawyer.pk)}
    entry = Entry.objects.get(kind="matters.added")
    made = list(Item.objects.order_by("pk"))
    assert entry.content["items"] == [each.pk for each in made]
    assert entry.content["digest"] == actions.digest(made)
    assert actions.add(district, [LINE], TODAY, doing(room)) == 0


def test_the_bodies_that_are_named_are_responsible(room, district):
    found = item(room, LINE._replace(publisher="西山区住房和城乡建设局、水务局、某公司"))
    assert set(found.responsible.all()) == {room.housing}
    assert not item(room, OTHER).responsible.exists()
    assert district


def test_the_catalogue_of_a_day_is_what_stood_on_it(room, district):
    found = item(room)
    actions.retire(found, LATER, doing(room, note="机构职能划出"))
    stood = [
        queries.as_of(Item.objects.all(), TODAY + timedelta(days=n)).exists()
        for n in (-1, 0, 9, 10)
    ]
    assert stood == [False, True, True, False]
    kinds = Event.objects.values_list("kind", "reason")
    assert list(kinds)[-1] == ("retired", "机构职能划出")
    assert Entry.objects.filter(kind="matters.retired", body=district).count() == 1


def test_what_is_retired_is_not_retired_again_nor_before_it_began(room, district):
    found = item(room)
    with pytest.raises(ValidationError, match="早于"):
        actions.retire(found, date(2020, 1, 1), doing(room))
    with pytest.raises(ValidationError):
        actions.retire(found, TODAY, doing(room, note=" "))
    actions.retire(found, TODAY, doing(room))
    with pytest.raises(ValidationError, match="已经取消"):
        actions.retire(found, TODAY, doing(room))
    assert actions.add(district, [LINE], TODAY, doing(room)) == 1


def test_an_item_is_fulfilled_by_what_is_public_alone(room, district):
    found, document = item(room), room.drafted()

    def fulfilled() -> bool:
        return queries.with_documents(Item.objects.all()).get(pk=found.pk).fulfilled

    actions.link(found, document, doing(room, room.writer))
    assert not fulfilled()
    document = room.reviewed(room.sent(document))
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert fulfilled()
    with pytest.raises(ValidationError, match="已经对应"):
        actions.link(found, document, doing(room, room.writer))
    actions.unlink(Fulfilment.objects.get(), doing(room, room.writer))
    assert not fulfilled()
    actions.link(found, document, doing(room, room.writer))
    releasing.withdraw(document, room.doing(room.publisher, document, "有误"))
    assert not fulfilled()
    kinds = Entry.objects.filter(kind__startswith="matters.", body=room.housing)
    assert [each.kind for each in kinds] == [
        "matters.linked", "matters.unlinked", "matters.linked",
    ]  # fmt: skip
    assert district


@pytest.mark.parametrize("who", ["writer", "clerk", "approver", "supervisor", "stranger"])
def test_the_catalogue_is_changed_by_those_who_may(room, district, who):
    found, user = item(room), getattr(room, who)
    for act in (
        lambda: actions.add(district, [OTHER], TODAY, doing(room, user)),
        lambda: actions.retire(found, TODAY, doing(room, user)),
    ):
        with pytest.raises(NotAllowedError):
            act()
    if who not in {"writer", "clerk"}:
        with pytest.raises(NotAllowedError):
            actions.link(found, room.drafted(), doing(room, user))


def sheet(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def upload(room, district, client):
    client.force_login(room.lawyer)

    def sent(data, name="目录.xlsx", **more):
        said = {"key": KEY, "version": 0, "on": "2026-03-05", "note": "首次建立"}
        said |= {"body": district.pk, "file": SimpleUploadedFile(name, data)}
        return client.post("/matters/add/file/", said | more)

    return sent


def test_a_file_is_tried_before_it_comes_in(room, upload, client):
    tried = upload(sheet(ROWS), dry="on")
    assert "新的 2 项，原来就有 0 项，不能导入 0 行" in tried.text
    assert not Item.objects.exists()
    assert upload(sheet(ROWS)).status_code == 302
    assert set(Item.objects.values_list("first", "second")) == {
        (LINE.first, LINE.second), (LINE.first, OTHER.second),
    }  # fmt: skip
    again = upload("\n".join(",".join(row) for row in ROWS).encode(), "a.csv", dry="on")
    assert "新的 0 项，原来就有 2 项" in again.text
    csv = client.get("/matters/catalogue.csv").content.decode("utf-8-sig")
    assert csv.count(LINE.first) == 2
    assert room


def test_a_faulty_row_is_named_and_nothing_comes_in(upload):
    rows = [*ROWS, ["3", "甲", "乙", "", "依据", "时限", "主体"]]
    said = upload(sheet(rows))
    assert "第 4 行：没有填公开内容（要素）" in said.text
    assert "没有：" in upload(sheet([["一级事项"], ["甲"]])).text.replace("里没有", "没有")
    assert not Item.objects.exists()


def test_screens_show_what_nobody_published_and_let_it_be_done(room, district, client):
    found = item(room)
    client.force_login(room.writer)
    for address, there in (
        ("", True), ("?stand=bare", True), ("?stand=mine", True), ("?stand=retired", False),
        ("?day=2026-03-04", False), ("?q=配租", True), ("?q=别的", False),
    ):  # fmt: skip
        assert ("配租管理" in client.get(f"/matters/{address}").text) is there
    place = f"/matters/{found.pk}/"
    document = room.published()
    sent = {"key": KEY, "version": 0, "number": "没有"}
    assert client.post(f"{place}link/", sent).status_code == 422
    sent["number"] = document.index_number
    assert client.post(f"{place}link/", sent | {"key": "a" * 32}).status_code == 302
    assert document.title in client.get(place).text
    assert "配租管理" not in client.get("/matters/?stand=bare").text
    row = {"key": "b" * 32, "version": 0, "row": Fulfilment.objects.get().pk}
    assert client.post(f"{place}unlink/", row).status_code == 302
    assert client.post(f"{place}retire/", row).status_code in {403, 422}
    client.force_login(room.lawyer)
    gone = {"key": "c" * 32, "version": 0, "on": "2026-03-05", "note": "职能划出"}
    assert client.post(f"{place}retire/", gone).status_code == 302
    assert "职能划出" in client.get(place).text
    assert "配租管理" in client.get("/matters/?stand=retired").text
    client.force_login(room.stranger)
    assert client.get(place).status_code == 404
    assert district


def test_one_item_is_added_by_a_form(room, district, client):
    client.force_login(room.lawyer)
    sent = LINE._asdict() | {
        "key": KEY, "version": 0, "on": "2026-03-05", "note": "新增", "body": district.pk,
    }  # fmt: skip
    assert client.post("/matters/add/item/", sent | {"first": ""}).status_code == 422
    assert client.post("/matters/add/item/", sent).status_code == 302
    assert Item.objects.get().since == TODAY
    client.force_login(room.clerk)
    assert client.get("/matters/add/item/").status_code == 403


LEVELS = {
    "县级": {"county"},
    "省级、设区的市级": {"province", "city"},
    "市、县": {"city", "county"},
    "区级": {"county"},
    "县级市": {"county"},
    "自治区": {"province"},
    "直辖市": {"province"},
    "乡级": {"township"},
    "镇、街道": {"township"},
    "各级": {"province", "city", "county", "township"},
    "": {"none"},
}


@pytest.mark.parametrize("words", LEVELS)
def test_an_item_stands_in_the_levels_that_it_states(room, district, words):
    actions.add(district, [LINE._replace(level=words)], TODAY, doing(room))
    found = {
        level
        for level in queries.Stated.values
        if queries.at_level(Item.objects.all(), level).exists()
    }
    assert found == LEVELS[words]


def test_the_catalogue_is_filtered_by_level_and_shown_whole_again(room, district, client):
    lines = [LINE, OTHER._replace(level="乡级"), OTHER._replace(second="摇号", level="")]
    actions.add(district, lines, TODAY, doing(room))
    client.force_login(room.lawyer)
    page = client.get("/matters/?level=township").content.decode()
    assert "资格审核" in page
    assert "配租管理" not in page
    assert "显示全部" in page
    assert "摇号" in client.get("/matters/?level=none").content.decode()
    whole = client.get("/matters/?level=nonsense").content.decode()
    assert all(each.second in whole for each in lines)
    csv = client.get("/matters/catalogue.csv?level=township").content.decode("utf-8-sig")
    assert csv.count("\r\n") == 2


@pytest.mark.parametrize(
    ("region", "kind", "name", "own"),
    [
        ("530102", "department", "西山区住房和城乡建设局", "a21_municipal_works"),
        ("530100", "office", "清河市人民政府办公室", "a21_municipal_works"),
        ("530102003000", "township", "西山镇人民政府", "a21_rural_policy"),
        ("530000", "office", "某省人民政府办公厅", None),
    ],
)
def test_drafting_offers_the_matters_of_ones_level_first_and_all_others(
    room, region, kind, name, own
):
    body = room.housing
    body.region, body.kind, body.name = region, kind, name
    groups = [row for row in matter_choices([body]) if isinstance(row[1], list)]
    offered = [each for _label, rows in groups for each, _name in rows]
    assert sorted(offered) == sorted(each.id for each in matters())
    by_label = {str(label): [each for each, _name in rows] for label, rows in groups}
    owed = by_label.get("本级机关还要公开的（第二十一条）", [])
    assert (own in owed) if own else not owed
    level = level_of(body)
    assert all(matter(each).owed_by(level) for each in owed)


def test_offices_sent_out_and_several_levels_are_offered_everything_alike(room):
    body = room.housing
    body.name = "西山街道办事处"
    assert level_of(body) is None
    labels = [str(label) for label, _rows in matter_choices([body])[1:]]
    assert labels[1:] == ["第二十一条：市、县、乡各自公开的"]


def test_a_new_document_is_asked_for_its_matter_by_level(room, client):
    client.force_login(room.writer)
    page = client.get("/documents/new/").content.decode()
    assert '<optgroup label="本级机关还要公开的（第二十一条）">' in page
    assert '<optgroup label="其他层级机关公开的（第二十一条）">' in page
