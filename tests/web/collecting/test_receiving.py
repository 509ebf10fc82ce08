"""A day of receipt entered afterwards: honest paper comes in, nobody is made in time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.collecting import deciding, handing, receiving, status
from mingtang_web.collecting.models import Delivery, Receipt, State
from mingtang_web.collecting.reading import read_now, trouble_of
from mingtang_web.collecting.recording import OutOfTurnError
from tests.web.cases.requests import at
from tests.web.collecting.seasons import (
    SURE,
    Collection,
    D,
    asked,
    by,
    paper,
    upload,
    waited,
)
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WATER = "西山区水务局"
BOOK = "区政府办收文登记簿2027年第31号"
LATE = D(2027, 2, 20)
CAME = D(2027, 1, 18)
LOOKED = "对照收文登记簿第31号，确为一月十八日收文"


class Late(Collection):
    """A season opened on 20 February, by an office with two who may vouch."""

    def __init__(self) -> None:
        super().__init__()
        self.other = person("other", "孙主任")
        appointed(self.other, self.office, Role.SUPERVISOR)

    def entered(self, on=CAME, source: str = BOOK) -> Delivery:
        """A paper report of the water bureau, of 15 January, entered by the office."""
        member = self.member(self.water)
        found = handing.examined(upload(paper(WATER, **asked(3))))
        return read_now(
            handing.hand_in(member, found, by(self.supervisor, member), on, source)
        )

    @property
    def line(self) -> status.Line:
        return status.line_of(self.member(self.water), LATE)


@pytest.fixture
def late(tmp_path: Path, settings, db: None) -> Iterator[Late]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(LATE):
        yield Late()


def seat(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(world: Late, name: str, *more: object) -> str:
    place = reverse(name, args=[world.season.pk, *more])
    return seat(world.supervisor).get(place).content.decode()


def test_paper_of_january_is_in_time_once_another_person_has_looked(late):
    row = late.entered()
    assert (row.state, row.handed_on) == (State.READ, LATE)
    assert (late.line.is_late, late.line.receipt.is_pending) == (True, True)
    assert "2027-01-18 待核实" in told(late, "season")
    assert "还没有核实的，暂按录入的日期计：西山区水务局" in told(
        late, "season_file", "bulletin.html"
    )
    deciding.accept(row, by(late.supervisor, row.member, SURE))
    receiving.vouch(row, by(late.other, row.member, LOOKED))
    row.refresh_from_db()
    assert row.handed_on == CAME
    assert (late.line.is_late, late.line.first_on) == (False, CAME)
    text = told(late, "season_file", "bulletin.html")
    assert "其中按期1个、逾期0个" in text
    assert (
        "经另一人对照收文登记核实的：西山区水务局（2027年1月18日收到，2027年2月20日补录"
        in text
    )
    assert BOOK in text
    assert "2027-02-20 补录，孙主任核实" in told(late, "season")
    assert "2027-01-18,是" in told(late, "season_csv")
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_nobody_vouches_for_what_they_entered_themselves(late):
    row = late.entered()
    with pytest.raises(OutOfTurnError, match="您自己补录的"):
        receiving.vouch(row, by(late.supervisor, row.member, LOOKED))
    for who in (late.waterer, late.secretary, late.handler):
        for act in (receiving.vouch, receiving.deny):
            with pytest.raises(NotAllowedError):
                act(row, by(who, row.member, LOOKED))
    for words in ("", "同意", "好好好好好好好"):
        with pytest.raises(ValidationError):
            receiving.vouch(row, by(late.other, row.member, words))
    assert Receipt.objects.get().is_pending
    page = seat(late.supervisor).get(reverse("report_line", args=[row.member_id])).text
    assert "do/deny/" in page
    assert "do/vouch/" not in page


def test_a_day_that_is_not_so_counts_for_nothing(late):
    row = late.entered()
    receiving.deny(row, by(late.other, row.member, "登记簿第31号是另一机关的来文"))
    row.refresh_from_db()
    assert (row.handed_on, late.line.is_late) == (LATE, True)
    with pytest.raises(OutOfTurnError, match="没有待核实"):
        receiving.vouch(row, by(late.other, row.member, LOOKED))
    assert "不实，按录入的日期计" in told(late, "season")
    assert "补录" not in told(late, "season_file", "bulletin.html")
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.parametrize(
    ("on", "source", "said"),
    [
        (D(2026, 12, 31), BOOK, "2026年度还没有过完"),
        (D(2027, 2, 21), BOOK, "不能晚于今天"),
        (CAME, " ", "请填写这一项"),
    ],
)
def test_a_day_that_cannot_be_or_that_nothing_shows_is_refused(late, on, source, said):
    with pytest.raises(ValidationError, match=said):
        late.entered(on, source)
    assert not Delivery.objects.exists()


def test_a_day_before_the_reports_own_is_still_held(late):
    row = late.entered(D(2027, 1, 10))
    assert row.state == State.HELD
    assert "收到日期2027-01-10早于报告自己的日期2027-01-15" in trouble_of(row)
    receiving.deny(row, by(late.other, row.member, LOOKED))
    assert "2027-01-10" not in trouble_of(Delivery.objects.get())


def test_a_day_within_the_season_that_changes_nothing_needs_nobody_else(late):
    row = late.entered(D(2027, 2, 20))
    assert (row.handed_on, Receipt.objects.count()) == (LATE, 0)


def test_in_an_open_season_a_day_that_makes_it_in_time_afterwards_waits_too(
    tmp_path,
    settings,
    db,  # noqa: ARG001 - asked for
):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(D(2027, 1, 12)):
        world = Late()
    with at(D(2027, 1, 29)):
        early = world.entered(D(2027, 1, 20))
        assert (early.handed_on, Receipt.objects.count()) == (D(2027, 1, 20), 0)
        handing.withdraw(early, by(world.supervisor, early.member, "扫描不全，重新上传"))
    with at(LATE):
        again = world.entered(D(2027, 1, 30))
        assert (again.handed_on, again.receipt.is_pending) == (LATE, True)


def test_what_was_taken_back_needs_nobody_to_look_any_more(late):
    row = late.entered()
    handing.withdraw(row, by(late.supervisor, row.member, "扫描不全，重新上传"))
    assert late.line.receipt is None
    assert "待核实" not in told(late, "season")
    with pytest.raises(OutOfTurnError, match="没有待核实"):
        receiving.vouch(row, by(late.other, row.member, LOOKED))


def test_no_report_is_public_before_its_year_is_over(late):
    row = late.entered()
    with pytest.raises(ValidationError, match="公布日期不能早于2027-01-01"):
        handing.note_published(row.member, D(2026, 12, 31), by(late.waterer, row.member))
    handing.note_published(row.member, D(2027, 1, 1), by(late.waterer, row.member))


def test_on_the_screen_the_other_one_looks_and_says_so(late):
    member = late.member(late.water)
    place = reverse("report_line", args=[member.pk])
    sent = {"key": "k", "version": str(member.version), "on": "2027-01-18"}
    office = seat(late.supervisor)
    file = upload(paper(WATER, **asked(3)))
    answer = office.post(f"{place}hand/", sent | {"source": BOOK, "file": file})
    assert answer.status_code == 302
    row = waited(Delivery.objects.get())
    page = seat(late.other).get(place).text
    assert BOOK in page
    assert "核实以前按录入的日期 2027-02-20 计" in page
    act = reverse("version_do", args=[row.pk, "vouch"])
    version = str(late.member(late.water).version)
    said = {"key": "v", "version": version, "note": "看过"}
    assert seat(late.other).post(act, said).status_code == 422
    assert seat(late.other).post(act, said | {"note": LOOKED}).status_code == 302
    assert "按期报送" in seat(late.other).get(place).text
