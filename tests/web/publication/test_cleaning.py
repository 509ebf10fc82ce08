"""Clean-ups: the worklist, conclusions by one, signed by another, all at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from mingtang.publication.effective import Kind as Line
from mingtang.publication.effective import Why
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.publication import cleaning, counting, norming
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.cleanups import CleanUp
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent, Validity
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.norms import NORM, after, entered, happen, stock
from tests.web.publication.offices import TODAY

if TYPE_CHECKING:
    from tests.web.publication.offices import Newsroom

PLAN = Plan("2026年规范性文件清理", TODAY, "区政府办公室关于开展清理的通知")
CONCLUSIONS = ("keep", "amend", "repeal", "void")


def opened(room: Newsroom, plan: Plan = PLAN) -> CleanUp:
    return cleaning.open_clean_up(room.housing, plan, room.doing(room.writer))


def four(room: Newsroom) -> list[Document]:
    return [stock(room, date(2019, 1, day), title=f"第{day}号办法") for day in range(1, 5)]


def concluded(room: Newsroom, campaign: CleanUp, left: int = 0) -> CleanUp:
    items = list(campaign.items.order_by("document_id"))
    said = dict(zip(items, CONCLUSIONS, strict=False))
    for item, conclusion in list(said.items())[: len(items) - left]:
        what = {item.pk: Concluded(conclusion, "评估意见")}
        campaign = cleaning.conclude(campaign, what, room.doing(room.writer, campaign))
    return campaign


def sign(room: Newsroom, campaign: CleanUp) -> CleanUp:
    return cleaning.sign(campaign, room.doing(room.approver, campaign))


def test_the_worklist_is_what_was_in_force_on_the_day(room):
    held = stock(room, date(2019, 1, 1))
    stock(room, date(2018, 1, 1), expires=date(2023, 1, 1))
    gone = stock(room, date(2017, 1, 1))
    happen(room, gone, Happened(ForceEvent.Kind.DECLARED_VOID, TODAY, "完成"))
    entered(room, room.drafted(**NORM), Happened("issued", date(2026, 3, 2), "待确认"))
    room.drafted(**NORM)
    assert [item.document for item in opened(room).items.all()] == [held]
    before = Plan("以前的清理", date(2026, 3, 4), "通知")
    assert {item.document for item in opened(room, before).items.all()} == {held, gone}


def test_signed_it_becomes_of_each_what_was_concluded(room):
    documents = four(room)
    campaign = sign(room, concluded(room, opened(room)))
    assert (campaign.stage, campaign.signed_by) == ("closed", room.approver)
    assert [after(each).validity for each in documents] == [
        Validity.IN_FORCE, Validity.IN_FORCE, Validity.REPEALED, Validity.LAPSED,
    ]  # fmt: skip
    rows = campaign.events.order_by("document_id")
    assert [row.kind for row in rows] == ["kept", "repealed", "declared_void"]
    assert {(row.by, row.confirmed_by) for row in rows} == {(room.writer, room.approver)}
    line = counting.counts(room.housing, 2026)[Line.NORMATIVE]
    assert (line.repealed.number, line.in_force.number) == (1, 2)
    assert [(move.why, move.by, move.campaign) for move in line.moves] == [
        (Why.DECLARED_VOID, -1, PLAN.name)
    ]


def test_one_without_a_conclusion_holds_all_of_it(room):
    documents = four(room)
    campaign = concluded(room, opened(room), left=1)
    with pytest.raises(ValidationError, match="还没有结论"):
        sign(room, campaign)
    assert {after(each).validity for each in documents} == {Validity.IN_FORCE}
    assert not campaign.events.exists()
    assert CleanUp.objects.get().is_open


def test_what_ended_meanwhile_is_left_as_it_is(room):
    documents = four(room)
    campaign = concluded(room, opened(room), left=1)
    happen(room, documents[3], Happened("repealed", TODAY, "另行废止", by_name="某号"))
    campaign = sign(room, campaign)
    assert campaign.items.get(moot=True).document == documents[3]
    cleaned = counting.cleaned(room.housing, 2026)
    assert cleaned == (4, 1, 1, 0, 1), "one of four was over, and is told as such"
    assert documents[3].forceevents.filter(kind="declared_void").count() == 0


def test_what_was_concluded_of_one_that_ended_is_counted_nowhere(room):
    documents = four(room)
    campaign = concluded(room, opened(room))
    happen(room, documents[0], Happened("repealed", TODAY, "另行废止", by_name="某号"))
    campaign = sign(room, campaign)
    assert campaign.items.get(moot=True).conclusion == "keep"
    assert counting.cleaned(room.housing, 2026) == (4, 0, 1, 1, 1)
    assert CleanUp.objects.count() == 1
    for each in campaign.items.exclude(moot=True):
        assert each.conclusion != "keep"


def test_kept_it_has_the_end_it_is_given(room):
    document = stock(room, date(2019, 1, 1), expires=date(2026, 12, 31))
    campaign = opened(room)
    said = {campaign.items.get().pk: Concluded("keep", "仍需执行", date(2031, 12, 31))}
    campaign = cleaning.conclude(campaign, said, room.doing(room.writer, campaign))
    sign(room, campaign)
    assert after(document).expires_on == date(2031, 12, 31)


def test_a_new_term_that_is_over_already_is_refused(room):
    stock(room, date(2019, 1, 1))
    campaign = opened(room)
    said = {campaign.items.get().pk: Concluded("keep", "仍需执行", date(2020, 1, 1))}
    with pytest.raises(ValidationError, match="已经过了"):
        cleaning.conclude(campaign, said, room.doing(room.writer, campaign))


def test_who_concluded_does_not_sign(room):
    four(room)
    appointed(room.writer, room.housing, Role.APPROVER)
    campaign = concluded(room, opened(room))
    with pytest.raises(OutOfTurnError, match="另一人"):
        cleaning.sign(campaign, room.doing(room.writer, campaign))
    for who in (room.section, room.publisher, room.stranger):
        with pytest.raises(NotAllowedError):
            cleaning.sign(campaign, room.doing(who, campaign))


def test_what_is_signed_is_what_was_seen(room):
    four(room)
    campaign = concluded(room, opened(room))
    seen = room.doing(room.approver, campaign)
    item = campaign.items.first()
    again = {item.pk: Concluded("void", "改变意见")}
    cleaning.conclude(campaign, again, room.doing(room.section, campaign))
    with pytest.raises(OutOfTurnError, match="没有签发"):
        cleaning.sign(campaign, seen)


def test_an_ended_clean_up_takes_nothing_more(room):
    four(room)
    campaign = concluded(room, opened(room))
    campaign = cleaning.abandon(
        campaign, room.doing(room.approver, campaign, "与上级部署合并进行")
    )
    item = campaign.items.first()
    doing = room.doing(room.writer, campaign)
    for act in (
        lambda: cleaning.take_up(campaign, doing),
        lambda: cleaning.conclude(campaign, {item.pk: Concluded("void", "完成")}, doing),
        lambda: sign(room, campaign),
        lambda: cleaning.abandon(campaign, room.doing(room.approver, campaign, "再次")),
    ):
        with pytest.raises(OutOfTurnError, match="已中止"):
            act()
    assert not campaign.events.exists()


def test_what_is_registered_later_is_taken_up(room):
    four(room)
    campaign = opened(room)
    stock(room, date(2015, 6, 1), title="补登的办法")
    campaign = cleaning.take_up(campaign, room.doing(room.writer, campaign))
    assert campaign.items.count() == 5


def test_bodies_below_are_cleaned_up_with_it(room):
    appointed(room.writer, room.office, Role.HANDLER)
    appointed(room.approver, room.office, Role.APPROVER)
    document = stock(room, date(2019, 1, 1))
    plan = Plan("全区清理", TODAY, "通知", below=True)
    campaign = cleaning.open_clean_up(room.office, plan, room.doing(room.writer))
    said = {campaign.items.get().pk: Concluded("void", "任务完成")}
    campaign = cleaning.conclude(campaign, said, room.doing(room.section, campaign))
    with pytest.raises(NotAllowedError):
        cleaning.conclude(campaign, said, room.doing(room.clerk, campaign))
    sign(room, campaign)
    assert after(document).validity == Validity.LAPSED


def test_the_law_is_asked_of_each(room):
    stock(room, date(2019, 1, 1), expires=date(2026, 12, 31))
    campaign = opened(room)
    soon = TODAY + timedelta(days=5)
    said = {campaign.items.get().pk: Concluded("keep", "仍需执行", soon)}
    campaign = cleaning.conclude(campaign, said, room.doing(room.writer, campaign))
    with (
        at(soon + timedelta(days=1)),
        pytest.raises(ValidationError, match="有效期止于"),
    ):
        sign(room, campaign)


def test_a_clean_up_signed_next_year_changes_nothing_of_this_one(room):
    four(room)
    campaign = concluded(room, opened(room))
    with at(date(2027, 1, 8)):
        sign(room, campaign)
        line = counting.counts(room.housing, 2026)[Line.NORMATIVE]
    assert (line.repealed.number, line.in_force.number) == (0, 4)


def test_a_struck_conclusion_of_a_clean_up_is_undone(room):
    documents = four(room)
    sign(room, concluded(room, opened(room)))
    document = after(documents[3])
    row = document.forceevents.get(kind="declared_void")
    appointed(room.secrecy, room.housing, Role.APPROVER)
    document = norming.strike(document, row.pk, room.doing(room.secrecy, document, "误"))
    assert document.validity == Validity.IN_FORCE
