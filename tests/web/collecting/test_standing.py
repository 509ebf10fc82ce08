"""What stands in a district's totals: nothing withdrawn, nothing twice, nothing unsaid."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mingtang.case import events as e
from mingtang.combining import as_object, combine, read_bodies
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.models import Adjustment
from mingtang_web.annual.waiving import waive
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.collecting import deciding, handing, opening, reports, status
from mingtang_web.collecting.models import Delivery, Season, State
from mingtang_web.collecting.reading import folder_of, read_now, start, trouble_of
from mingtang_web.collecting.recording import OutOfTurnError
from mingtang_web.collecting.status import Status
from mingtang_web.files.actions import content
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Kind, Notice
from tests.builders import SECTIONS
from tests.web.annual.reports import JANUARY, Bureau
from tests.web.annual.reports import by as at_desk
from tests.web.cases.requests import at
from tests.web.collecting.seasons import (
    ASKED,
    GOVERNMENT,
    SURE,
    Collection,
    D,
    asked,
    by,
    paper,
    upload,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mingtang_web.annual.models import Annual

HOUSING, WATER = "西山区住房和城乡建设局", "西山区水务局"
TOWN, OFFICE = "西山区清河镇人民政府", "西山区人民政府办公室"
WITHDRAWN = "表三漏计一件，撤回更正"
WRONG = asked(3, requests__received__total="5")


class Desk(Collection, Bureau):
    """The district whose housing bureau makes its report at its own desk."""

    def __init__(self) -> None:
        Collection.__init__(self)
        self.chief = self.handler

    def line(self, body) -> status.Line:
        return status.line_of(self.member(body), JANUARY)

    def arrived(self) -> Delivery:
        """The version that came last, read and accepted."""
        row = read_now(Delivery.objects.latest("pk"))
        assert row.state == State.READ, trouble_of(row)
        deciding.accept(row, by(self.supervisor, row.member, SURE))
        row.refresh_from_db()
        return row

    def bulletin(self) -> str:
        place = reverse("season_file", args=[self.season.pk, "bulletin.html"])
        return seat(self.supervisor).get(place).content.decode()


@pytest.fixture
def world(tmp_path: Path, settings, db: None) -> Iterator[Desk]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(JANUARY):
        yield Desk()


def seat(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def verified() -> None:
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def issued_anew(world: Desk, annual: Annual) -> Annual:
    doing = at_desk(world.approver, annual, "表三一行漏计，更正")
    again = reviewing.correct(annual, doing)
    return world.published(waived(world, again))


def test_a_withdrawn_report_leaves_the_totals_and_its_correction_comes_anew(world):
    annual = world.published(adjusted_and_waived(world))
    first = world.arrived()
    assert first.fees == {"notices": "1", "asked": "380", "collected": "0"}
    what_stands_behind_it_is_seen(world)
    assert reports.combined(world.season).totals[ASKED].value == 5
    before = Entry.objects.count()
    reviewing.withdraw(annual, at_desk(world.approver, annual, WITHDRAWN))
    made = Entry.objects.order_by("-pk")[: Entry.objects.count() - before]
    assert {each.kind for each in made} == {"annual.withdrawn", "collecting.recalled"}
    it_is_gone_and_everybody_sees_why(world)
    annual.refresh_from_db()
    again = issued_anew(world, annual)
    second = Delivery.objects.latest("pk")
    assert (second.number, second.annual, second.state) == (2, again, State.READING)
    assert reports.combined(world.season) is None
    world.arrived()
    assert world.line(world.housing).status is Status.PUBLISHED
    verified()


def adjusted_and_waived(world: Desk) -> Annual:
    """A report with a fee in its ledger, an adjustment, and what that breaks waived."""
    case = world.registered(subject="一号楼备案表")
    world.done(case, e.FeeNotified(on=D(2026, 3, 3), basis="pages", pieces=68, yuan=380))
    annual = world.finished()
    for cell in ("requests/received/person", "requests/carried_out/person"):
        change = Adjustment(cell=cell, change="1", reason="窗口漏登一件纸质申请")
        annual = actions.adjust(annual, change, at_desk(world.clerk, annual))
        annual = actions.sign_adjustment(change, at_desk(world.approver, annual))
    return waived(world, world.worded(annual))


def waived(world: Desk, annual: Annual) -> Annual:
    """One doubt left for a reason: a number that is not filled in."""
    last = annual.wordings.filter(section=5).last()
    text = f"{last.text}主动公开信息  条，其中附件另列。"
    actions.word(annual, 5, text, last.number, at_desk(world.clerk, annual))
    annual.refresh_from_db()
    found = {each.rule.code: each for each in draft(annual, JANUARY).findings}["F310"]
    doing = at_desk(world.clerk, annual)
    return waive(annual, found.fingerprint, "附件的条数正在核对补录", doing)


def it_is_gone_and_everybody_sees_why(world: Desk) -> None:
    assert world.line(world.housing).status is Status.RECALLED
    assert reports.combined(world.season) is None
    board = seat(world.supervisor).get(reverse("season", args=[world.season.pk])).text
    assert "机关已撤回报告" in board
    assert WITHDRAWN in board
    assert WITHDRAWN in world.bulletin()
    told = Notice.objects.filter(kind=Kind.REPORT_RECALLED)
    assert [each.user for each in told] == [world.supervisor]


def what_stands_behind_it_is_seen(world: Desk) -> None:
    place = reverse("report_line", args=[world.member(world.housing).pk])
    for who in (world.supervisor, world.handler):
        page = seat(who).get(place).text
        assert "窗口漏登一件纸质申请" in page
        assert "附件的条数正在核对补录" in page
        assert "F310" in page
    assert seat(world.waterer).get(place).status_code == 404


def test_a_correction_takes_the_place_of_what_was_accepted_or_is_being_read(
    world, django_capture_on_commit_callbacks
):
    annual = world.published(world.finished())
    accepted = world.arrived()
    second = issued_anew(world, annual)
    accepted.refresh_from_db()
    assert accepted.state == State.REPLACED
    assert reports.combined(world.season) is None
    assert Notice.objects.filter(kind=Kind.REPORT_RECALLED).exists()
    row = Delivery.objects.latest("pk")
    start(row)
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.withdraw(second, at_desk(world.approver, second, "还有一处要改"))
    row.refresh_from_db()
    assert row.state == State.RECALLED
    assert not folder_of(row).is_there()


def test_broken_sums_are_accepted_for_a_reason_and_everybody_is_told(world):
    row = world.handed(world.water, paper(WATER, **WRONG))
    office, member = seat(world.supervisor), row.member
    place = reverse("report_line", args=[member.pk])
    assert "S303" in office.get(place).text
    for words in ("", "同意", "好好好好好好好", "1234567890"):
        with pytest.raises(ValidationError):
            deciding.accept(row, by(world.supervisor, member, words))
    sent = {"key": "k", "version": str(world.member(world.water).version), "note": ""}
    assert (
        office.post(reverse("version_do", args=[row.pk, "accept"]), sent).status_code == 422
    )
    assert Delivery.objects.get().state == State.READ
    deciding.accept(row, by(world.supervisor, member, SURE))
    entry = Entry.objects.get(kind="collecting.accepted")
    assert json.loads(entry.payload)["open"] == reports.blocking(row)
    assert "S303" in reports.blocking(row)
    for name in ("season", "season_totals", "season_bulletin"):
        page = office.get(reverse(name, args=[world.season.pk])).text
        assert WATER in page
        assert "没有改" in page, name
        assert (SURE in page) == (name != "season")
    totals = reverse("season_file", args=[world.season.pk, "totals.html"])
    assert f"{WATER}（" in office.get(totals).content.decode()
    export = office.get(reverse("season_csv", args=[world.season.pk]))
    assert "S303:" in export.content.decode("utf-8-sig")


def test_a_typed_day_before_the_reports_own_is_held_and_cannot_be_confirmed(world):
    member = world.member(world.water)
    found = handing.examined(upload(paper(WATER)))  # of 15 January
    with at(D(2027, 2, 20)):
        doing = by(world.supervisor, member)
        row = read_now(handing.hand_in(member, found, doing, JANUARY, "收文簿第7号"))
        assert row.state == State.HELD
        assert "早于报告自己的日期2027-01-15" in trouble_of(row)
        assert world.line(world.water).handed_on is None
        with pytest.raises(OutOfTurnError, match="早于报告自己的日期"):
            handing.confirm(row, by(world.supervisor, member, SURE))
        handing.withdraw(row, by(world.supervisor, member, "日期写错"))
        row = handing.hand_in(
            member, found, by(world.supervisor, member), D(2027, 1, 15), "同"
        )
        assert read_now(row).state == State.READ
        assert world.line(world.water).is_late  # until another person has looked


def test_fees_are_added_where_they_are_known_and_a_blank_is_no_zero(world):
    silent = (*SECTIONS[:5], "六、其他需要报告的事项\n无。")
    said = (
        *SECTIONS[:5],
        "六、其他需要报告的事项\n发出收费通知2件，总金额80元，实际收取40元。",
    )
    world.accepted(world.water, paper(WATER, sections=said))
    world.accepted(world.township, paper(TOWN, sections=silent))
    world.accepted(world.office, paper(OFFICE, **asked(1)))
    totals = reports.fees_of(world.season, reports.combined(world.season))
    assert [(each.value, each.given, each.reports) for each in totals.values()] == [
        (2, 2, 3), (80, 2, 3), (40, 2, 3),
    ]  # fmt: skip
    page = seat(world.supervisor).get(reverse("season_totals", args=[world.season.pk])).text
    assert "80*" in page
    assert f"没有写明、没有读到的：{TOWN}" in page
    assert "80*" in world.bulletin()


def test_a_report_that_sums_up_those_below_is_marked_and_they_are_not_added_again(world):
    world.accepted(world.office, paper(OFFICE, **asked(10)))
    world.accepted(world.water, paper(WATER, **asked(3)))
    member = world.member(world.office)
    line = seat(world.supervisor).get(reverse("report_line", args=[member.pk])).text
    assert "标明报告是否含下级" in line
    with pytest.raises(NotAllowedError):
        opening.mark_sums(member, by(world.secretary, member, SURE), sums=True)
    water = world.member(world.water)
    with pytest.raises(OutOfTurnError):
        opening.mark_sums(water, by(world.supervisor, water, SURE), sums=True)
    version = str(world.member(world.office).version)
    sent = {"key": "s", "version": version, "sums": "on", "note": SURE}
    place = reverse("line_sums", args=[member.pk])
    assert seat(world.secretary).post(place, sent).status_code == 403
    assert seat(world.supervisor).post(place, sent).status_code == 302
    found = reports.combined(world.season)
    assert found.totals[ASKED].value == 10
    assert [(each.body, each.why) for each in found.coverage.left_out] == [
        (WATER, f"已含在“{OFFICE}”的汇总里")
    ]
    assert found.coverage.missing == ()
    for name in ("season", "season_totals", "season_bulletin"):
        page = seat(world.supervisor).get(reverse(name, args=[world.season.pk])).text
        assert "下级机关的数" in page, name
    told = read_bodies(reports.as_csv(reports.bodies_of(world.season)).decode("utf-8-sig"))
    same = combine(map(reports.report_of, reports.accepted(world.season)), told)
    assert as_object(same) == as_object(found)
    verified()


def test_a_government_that_registers_for_itself_may_sum_up_too(world):
    own = world.member(world.office)
    type(world.office).objects.filter(pk=world.office.pk).update(name=GOVERNMENT)
    world.accepted(world.office, paper(GOVERNMENT, **asked(10)))
    world.accepted(world.water, paper(WATER, **asked(3)))
    season = Season.objects.get()
    assert reports.combined(season).totals[ASKED].value == 13
    own.refresh_from_db()
    opening.mark_sums(own, by(world.supervisor, own, SURE), sums=True)
    found = reports.combined(season)
    assert (found.totals[ASKED].value, found.coverage.counted) == (10, (GOVERNMENT,))


def test_a_report_without_a_name_waits_until_somebody_says_whose_it_is(world):
    data = content(world.handed(world.water, paper(WATER)).file)
    assert world.line(world.water).status is Status.HANDED
    nameless = data.decode().replace(WATER, "").replace("西山区", "")
    row = world.handed(world.water, nameless.encode())
    assert row.state == State.HELD, row.named
    handing.confirm(row, by(world.waterer, row.member, "排版时漏了落款，确是本局的"))
    page = seat(world.supervisor).get(reverse("report_line", args=[row.member_id])).text
    assert "经核对仍是本机关的" in page
