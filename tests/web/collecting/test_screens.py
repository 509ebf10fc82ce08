"""The screens of a season: who sees what, what is shown, what is given out."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from mingtang import read
from mingtang_web.annual import actions as annuals
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing
from mingtang_web.collecting import deciding, handing, reports
from mingtang_web.collecting.models import Delivery, Season, State
from mingtang_web.files.actions import RefusedFileError
from tests.web.annual.reports import JANUARY
from tests.web.cases.requests import at
from tests.web.collecting.seasons import (
    ASKED,
    Collection,
    asked,
    by,
    paper,
    upload,
    waited,
)
from tests.web.people import appointed, person
from tests.web.people import body as founded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mingtang_web.accounts.models import User

WATER, OFFICE = "西山区水务局", "西山区人民政府办公室"


@pytest.fixture
def world(tmp_path: Path, settings, db: None) -> Iterator[Collection]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(JANUARY):
        yield Collection()


def seat(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_season_is_opened_by_the_office_and_its_administrator_alone(world):
    administrator = person("chief", "郑管理")
    appointed(administrator, world.office, Role.ADMINISTRATOR)
    said = {
        "key": "k", "version": "0", "year": "2025", "due": "2026-01-31", "notice": "",
        "government": "西山区人民政府", "own": str(world.office.pk),
        "expected": [str(world.water.pk), str(world.office.pk)],
    }  # fmt: skip
    for who in (world.handler, world.approver, world.stranger):
        assert seat(who).get("/collecting/new/").status_code == 404
        assert seat(who).post("/collecting/new/", said).status_code == 404
    answer = seat(administrator).post("/collecting/new/", said)
    season = Season.objects.get(year=2025)
    assert answer["Location"] == reverse("season", args=[season.pk])
    assert season.members.filter(expected=True).count() == 2
    page = seat(administrator).get(answer["Location"])
    assert "不要求报送" in page.text
    assert "催报：" not in page.text  # an administrator opens, and does not decide
    line = season.members.get(body=world.water)
    row = world.handed(world.water, paper(WATER, 2025), season)
    place = reverse("version_do", args=[row.pk, "accept"])
    sent = {"key": "a", "version": str(line.version), "note": ""}
    assert seat(administrator).post(place, sent).status_code == 403
    assert seat(world.waterer).post(place, sent).status_code == 403


def test_the_board_has_counts_filters_and_a_harmless_export(
    world, django_assert_max_num_queries
):
    world.accepted(world.water, paper(WATER, **asked(3)))
    place = reverse("season", args=[world.season.pk])
    sits = seat(world.supervisor)
    with django_assert_max_num_queries(22):
        page = sits.get(place)
    assert page.context["awaited"] == 3
    assert len(sits.get(f"{place}?show=accepted").context["lines"]) == 1
    assert len(sits.get(f"{place}?show=nonsense").context["lines"]) == 4
    with at(JANUARY.replace(month=3)):
        late = sits.get(f"{place}?show=late")
        assert {each.member.body.name for each in late.context["lines"]} == {
            "西山区住房和城乡建设局", "西山区清河镇人民政府", OFFICE,
        }  # fmt: skip
        assert "已逾期40天" in late.text
    text = sits.get(f"{place}board.csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert f"{WATER},是,2027-01-31,已接受,2027-01-12,2027-01-12,,,1," in text
    world.season.members.exclude(body=world.water).update(expected=False)
    with at(JANUARY.replace(month=3)):
        text = sits.get(f"{place}board.csv").content.decode("utf-8-sig")
    excused = [row.split(",") for row in text.splitlines() if "不要求报送" in row]
    assert excused
    assert all(row[6:8] == ["", ""] for row in excused)


def test_a_body_founded_since_is_told_of_and_joins(world):
    made = founded(6, "西山区数据局", world.office)
    sits, place = seat(world.supervisor), reverse("season", args=[world.season.pk])
    assert made.name in sits.get(place).text
    for who, status in ((world.waterer, 404), (world.supervisor, 302)):
        assert seat(who).post(f"{place}join/", {"key": "k"}).status_code == status
    assert world.season.members.filter(body=made, expected=True).exists()
    assert "发起以后设立" not in sits.get(place).text


def test_a_file_goes_in_by_the_page_and_a_wrong_step_is_told_with_what_was_typed(world):
    line = world.member(world.water)
    place = reverse("report_line", args=[line.pk])
    sits = seat(world.waterer)
    sent = {"key": "k", "version": str(line.version)}
    empty = sits.post(f"{place}hand/", sent)
    assert empty.status_code == 422
    sent |= {"file": upload(paper(WATER), "年报.html")}
    assert sits.post(f"{place}hand/", sent)["Location"] == place
    row = Delivery.objects.get()
    assert (row.state, row.way) == (State.READING, "file")
    assert "正在读第1次报送" in sits.get(place).text  # begun by looking
    told = sits.get(reverse("version_state", args=[row.pk])).json()
    assert told.keys() == {"moving", "words", "page", "pages"}
    row = waited(row)
    line.refresh_from_db()
    office = seat(world.supervisor)
    back = {"key": "r", "version": str(line.version), "note": "张三 13800138000 来电"}
    answer = office.post(reverse("version_do", args=[row.pk, "return"]), back)
    assert answer.status_code == 422
    assert "13800138000" not in Delivery.objects.get().trouble
    assert "张三 13800138000 来电" in answer.text  # nothing typed is lost
    assert office.post(reverse("version_do", args=[row.pk, "burn"])).status_code == 404
    published = {"key": "p", "version": str(line.version), "on": "2027-01-12"}
    assert sits.post(f"{place}published/", published).status_code == 302
    assert "2027-01-12 公布" in sits.get(place).text
    asked_anew = {
        "key": "q", "version": str(line.version + 1), "due": "2027-02-20", "note": "太忙",
    }  # fmt: skip
    assert office.post(f"{place}ask/", asked_anew).status_code == 422
    assert sits.post(f"{place}ask/", asked_anew | {"due": "2027-01-20"}).status_code == 403


def test_totals_open_into_their_parts_and_go_out_in_every_format(world):
    blank = asked(4) | {ASKED.replace("/", "__"): ""}
    world.accepted(world.water, paper(WATER, **asked(3)))
    world.accepted(world.office, paper(OFFICE, **blank))
    sits, season = seat(world.supervisor), world.season
    page = sits.get(reverse("season_totals", args=[season.pk]))
    assert "合计含2个机关的报告" in page.text
    assert "只计一次" in page.text
    cell = sits.get(reverse("season_cell", args=[season.pk, ASKED]))
    assert "2份报告中1份有数" in cell.text
    assert "空白，不当作零" in cell.text
    assert (
        sits.get(reverse("season_cell", args=[season.pk, "no/such/cell"])).status_code
        == 404
    )
    book = openpyxl.load_workbook(io.BytesIO(given(sits, season, "totals.xlsx")))
    assert book.sheetnames == ["汇总", "各机关", "附记"]
    rows = {row[1:3]: row[3:] for row in book["各机关"].iter_rows(values_only=True)}
    label = ("一、本年新收政府信息公开申请数量", "自然人")
    assert rows[label] == (3, 1, 2, None, 3)
    assert "3*" in given(sits, season, "totals.html").decode()
    said = json.loads(given(sits, season, "totals.json"))
    assert said["cells"][ASKED] == {
        "value": "3", "given": 1, "reports": 2,
        "lacking": [{"body": OFFICE, "state": "blank"}],
    }  # fmt: skip
    assert ASKED in given(sits, season, "totals.csv").decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(given(sits, season, "reports.zip"))) as pack:
        assert set(pack.namelist()) == {
            "机关.csv", "合计.csv", "合计.json", "附记.csv",
            f"年报/{WATER}.html", f"年报/{OFFICE}.html",
        }  # fmt: skip
        assert read(pack.read(f"年报/{WATER}.html")).report.facts[ASKED].value == 3
    for name in ("totals.exe", "nothing.csv", "bulletin.xlsx"):
        place = reverse("season_file", args=[season.pk, name])
        assert sits.get(place).status_code == 404


def test_what_the_office_uploads_for_a_body_bears_the_day_it_came(world):
    line = world.member(world.water)
    place = reverse("report_line", args=[line.pk])
    office, own = seat(world.supervisor), seat(world.waterer)
    assert "收到日期" in office.get(place).text
    assert "收到日期" not in own.get(place).text
    sent = {"key": "k", "version": str(line.version), "source": "收文簿第7号"}
    with at(JANUARY.replace(day=20)):
        for more, said in (
            ({"on": "2027-01-21"}, "收到日期不能晚于今天"),
            ({"on": "2026-12-31"}, "2026年度还没有过完"),
            ({"on": "2027-01-16", "source": " "}, "请填写这一项"),
        ):
            answer = office.post(
                f"{place}hand/", sent | more | {"file": upload(paper(WATER))}
            )
            assert answer.status_code == 422
            assert said in answer.text
        sent |= {"on": "2027-01-16", "file": upload(paper(WATER))}
        assert office.post(f"{place}hand/", sent).status_code == 302
        row = waited(Delivery.objects.get())
        assert (row.way, row.handed_on.isoformat()) == ("behalf", "2027-01-16")
        assert (row.state, row.dated.isoformat()) == (State.READ, "2027-01-15")
        assert "收文簿第7号" in office.get(place).text


def given(sits: Client, season: Season, name: str) -> bytes:
    answer = sits.get(reverse("season_file", args=[season.pk, name]))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def test_without_reports_there_is_nothing_to_add_compare_or_download(world):
    sits, season = seat(world.supervisor), world.season
    assert "还没有合计" in sits.get(reverse("season_totals", args=[season.pk])).text
    assert "还不能比较" in sits.get(reverse("season_compared", args=[season.pk])).text
    place = reverse("season_file", args=[season.pk, "totals.xlsx"])
    assert sits.get(place).status_code == 404
    assert "还没有接受的报告，没有合计" in given(sits, season, "bulletin.html").decode()


def test_the_bulletin_tells_who_was_late_what_was_returned_and_ranks_nobody(world):
    wrong = world.handed(world.water, paper(WATER, requests__received__total="5"))
    deciding.give_back(wrong, by(world.supervisor, wrong.member, "总计不对"))
    with at(JANUARY.replace(month=2)):
        world.accepted(world.office, paper(OFFICE, **asked(1)))
        text = given(seat(world.supervisor), world.season, "bulletin.html").decode()
    for words in (
        "应报4个机关，期限2027年1月31日", "已报1个，其中按期0个、逾期1个",
        "退回、撤回以后没有重报1个；未报2个",
        f"退回、撤回以后没有重报：{WATER}（已退回）",
        f"{OFFICE}（12天）", "共退回1次，涉及1个机关", "S303", "不作排名", "不足30个机关",
    ):  # fmt: skip
        assert words in text, words
    assert "按期率" not in text
    assert reports.combined(world.season).totals[ASKED].value == 1


def test_a_body_sees_its_own_line_alone(world):
    row = world.handed(world.housing, paper("西山区住房和城乡建设局"))
    sits = seat(world.waterer)
    page = sits.get("/collecting/")
    assert "本机关要报的" in page.text
    assert "收集下级机关的" not in page.text
    other = world.member(world.housing)
    for place in (
        reverse("season", args=[world.season.pk]),
        reverse("report_line", args=[other.pk]),
        reverse("version_paper", args=[row.pk]),
        reverse("version_file", args=[row.pk, "original"]),
    ):
        assert sits.get(place).status_code == 404, place
    own = seat(world.clerk)  # of the bureau, who may look and not hand in
    assert "上传并报送" not in own.get(reverse("report_line", args=[other.pk])).text
    sent = {"key": "k", "version": str(other.version), "file": upload(paper(WATER))}
    assert own.post(reverse("line_hand", args=[other.pk]), sent).status_code == 403


def test_what_comes_next_stands_before_whoever_collects(world):
    office = seat(world.supervisor)
    form = office.get(reverse("season_new")).context["form"]
    assert form.initial["year"] == 2027  # 2026 was opened
    member = world.season.members.get(body=world.township)
    page = office.get(reverse("report_line", args=[member.pk])).text
    assert "您可以代它上传" in page
    assert '<details class="card act" open><summary>代这个机关上传' in page
    world.accepted(world.office, paper(OFFICE, **asked(4)))
    world.handed(world.water, paper(WATER, **asked(3, requests__received__total="5")))
    home = office.get("/").text
    board = reverse("season", args=[world.season.pk]) + "?show=handed"
    assert f'href="{board}" class="tile soon"><span>待审的2026年报' in home
    assert "</span> 1</b>" in home.partition("待审的2026年报")[2][:90]
    totals = " ".join(
        office.get(reverse("season_totals", args=[world.season.pk])).text.split()
    )
    assert f"{WATER}</a>（已报送，待审）" in totals
    assert f"{world.township.name}</a>（未报）" in totals
    member = world.season.members.get(body=world.water)
    page = office.get(reverse("report_line", args=[member.pk])).text
    assert '<details class="card act" open><summary>退回修改' in page
    assert '<details class="card act"><summary>接受' in page


def test_what_is_torn_is_refused_in_a_sentence_without_a_doubled_word():
    torn = b"PK\x03\x04" + b"word/document.xml" * 40
    for data in (torn, b"MZ\x90\x00" * 40):
        with pytest.raises(RefusedFileError) as refused:
            handing.examined(upload(data))
        told = str(refused.value)
        assert told.startswith("没有接收这个文件，原因：")
        assert "文件文件" not in told


def test_beside_a_report_stands_that_last_years_is_still_awaited(world):
    annual = annuals.start(world.water, 2026, Doing(world.waterer, 0))
    place = reverse("annual", args=[annual.pk])
    assert "也还没有交齐" not in seat(world.waterer).get(place).text
    last = world.opened(2025)
    page = seat(world.waterer).get(place).text
    assert "2025年度的报告在“年报收集”里也还没有交齐（未报）" in page
    line = reverse("report_line", args=[world.member(world.water, last).pk])
    assert line in page
    assert seat(world.waterer).get(line).status_code == 200
    world.accepted(world.water, paper(WATER, 2025), last)
    assert "也还没有交齐" not in seat(world.waterer).get(place).text
