"""Inspections, orders, bulletins and scores: what is found, decided, kept and told."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mingtang.supervising import draw
from mingtang_web import clock
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.stepping import MovedOnError
from mingtang_web.mistakes import actions as mistakes
from mingtang_web.mistakes.actions import Told
from mingtang_web.notices import jobs
from mingtang_web.notices.models import Kind, Notice
from mingtang_web.notices.running import run
from mingtang_web.publication.models import Document, Revision
from mingtang_web.supervision import (
    assessing,
    bulletin,
    indicators,
    inspecting,
    ordering,
    queries,
)
from mingtang_web.supervision.assessing import Which
from mingtang_web.supervision.bulletin import Quarter
from mingtang_web.supervision.examining import Found, columns_for, examine
from mingtang_web.supervision.inspecting import Asked
from mingtang_web.supervision.models import Finding, Inspection, Order
from mingtang_web.verifying.active import ACTIVE
from mingtang_web.verifying.told import told
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY

LATER = TODAY + timedelta(days=20)


def doing(room, version: int = 0, note: str = "", who=None) -> Doing:
    return Doing(who or room.supervisor, version, secrets.token_hex(8), note=note)


def inspected(room, **asked) -> Inspection:
    """Begin an inspection and let the background look at everybody."""
    made = inspecting.begin(room.office, Asked(**({"kind": "whole"} | asked)), doing(room))
    run(jobs.JOBS["inspections"], clock.today())
    made.refresh_from_db()
    return made


def of(room, body=None, when=None) -> set[tuple[str, str]]:
    found = examine(body or room.housing, when or clock.today())
    return {(each.check, each.place) for each in found}


def out_of_step(room) -> list[str]:
    bodies = (room.office, room.housing, room.water)
    return [said for body in bodies for check in ACTIVE for said in check(body, told(body))]


EMPTY = {
    ("column_empty", "政府信息公开指南"), ("column_empty", "政府信息公开制度"),
    ("column_empty", "政府信息公开年报"),
}  # fmt: skip


def test_it_finds_what_is_wrong_and_nothing_else(room) -> None:
    document = room.published()
    assert of(room) == EMPTY
    assert ("column_empty", "法定主动公开内容") in of(room, room.water)
    number, shown = document.index_number, Revision.objects.filter(pk=document.published_id)
    shown.update(html='<p><a href="/info/none/">见</a></p>', abstract="")
    assert of(room) - EMPTY == {
        ("link_dead", f"{number} /info/none/"),
        ("metadata_lacking", number),
    }
    Document.objects.filter(pk=document.pk).update(due=TODAY - timedelta(days=1))
    assert ("published_late", number) in of(room)


def test_a_column_gets_stale_by_the_limit_of_the_nearest_office(room) -> None:
    room.published()
    stale = ("column_stale", "法定主动公开内容")
    last = date(2026, 4, 5)
    assert stale not in of(room, when=last)
    assert stale in of(room, when=last + timedelta(days=1))
    inspecting.watch(room.office, {"statutory": ""}, monthly=False, doing=doing(room))
    assert stale not in of(room, when=date(2026, 6, 1))
    inspecting.watch(
        room.office,
        {"statutory": "news", "a20_11": "news"},
        monthly=False,
        doing=doing(room),
    )
    found = of(room, when=TODAY + timedelta(days=15))
    assert {stale, ("column_stale", "扶贫、教育、医疗、社保、就业")} <= found
    assert {each.id: each.limit for each in columns_for(room.township)}[
        "statutory"
    ].days == 14
    with pytest.raises(ValidationError):
        inspecting.watch(room.office, {"x": ""}, monthly=False, doing=doing(room))
    assert out_of_step(room) == []


def test_what_waits_too_long_is_told_by_how_many(room) -> None:
    mistakes.tell(room.housing, Told("/", "word", "错"))
    late = ("mistakes_late", "网站找错")
    assert late not in of(room)
    with at(LATER):
        assert late in of(room)


def test_an_inspection_goes_body_by_body_and_ends_once(room) -> None:
    made = inspected(room)
    bodies = [room.office, room.housing, room.township, room.water]
    assert made.drawn == [each.pk for each in bodies]
    assert (made.done, made.of, len(made.found)) == (4, 4, 64)
    assert not Finding.objects.filter(body=room.elsewhere).exists()
    before = made.findings.count()
    assert before == 4 * 4
    assert inspecting.take(made, room.housing, [Found("seen", "甲", "乙")]) == 0
    assert made.findings.count() == before
    assert out_of_step(room) == []


def test_one_that_was_cut_off_goes_on_where_it_was(room, monkeypatch) -> None:
    from mingtang_web.supervision import waiting  # noqa: PLC0415

    made = inspecting.begin(room.office, Asked("whole"), doing(room))
    real, seen = waiting.examine, []

    def breaks(body, on):
        seen.append(body.pk)
        if len(seen) == 3:
            raise OSError
        return real(body, on)

    monkeypatch.setattr(waiting, "examine", breaks)
    for _time in range(2):
        run(jobs.JOBS["inspections"], TODAY)
    made.refresh_from_db()
    assert seen == [*made.drawn[:3], *made.drawn[2:]]
    assert (made.done, made.findings.count()) == (4, 16)
    assert made.is_through


def test_a_sample_can_be_drawn_again_by_anybody(room) -> None:
    made = inspected(room, kind="sampled", size=2, seed="公证抽签 3 7 11")
    codes = {each.code: each.pk for each in inspecting.inspected_by(room.office)}
    drawn = draw("公证抽签 3 7 11", codes, 2).drawn
    assert sorted(made.drawn) == sorted(codes[each] for each in drawn)
    assert set(made.findings.values_list("body", flat=True)) == set(made.drawn)
    blank = inspecting.begin(room.office, Asked("sampled", 1), doing(room))
    assert blank.number in blank.seed
    assert len(blank.seed) > len(blank.number) + 10
    for size in (None, 0, 5):
        with pytest.raises(ValidationError):
            inspecting.begin(room.office, Asked("sampled", size), doing(room))


def test_each_month_is_inspected_once_where_the_office_wants_it(room) -> None:
    job = jobs.JOBS["inspections"]
    assert not job.waits(clock.now())
    inspecting.watch(room.office, {}, monthly=True, doing=doing(room))
    assert job.waits(clock.now())
    run(job, TODAY)
    run(job, TODAY)
    with at(date(2026, 4, 2)):
        run(job, clock.today())
    rows = Inspection.objects.order_by("pk")
    assert [(each.kind, each.on, each.is_through) for each in rows] == [
        ("monthly", TODAY, True),
        ("monthly", date(2026, 4, 2), True),
    ]
    assert out_of_step(room) == []


def test_people_note_and_drop_and_nothing_is_lost(room) -> None:
    made = inspected(room)
    seen = inspecting.note(
        made, room.housing, Found("seen", "大厅", "没有查阅设施"), doing(room, made.version)
    )
    made.refresh_from_db()
    assert queries.tally(made.findings.all()) == (17, 17, 0, 0)
    with pytest.raises(MovedOnError):
        inspecting.drop(seen, doing(room, 1, "已设"))
    with pytest.raises(ValidationError):
        inspecting.drop(seen, doing(room, made.version))
    inspecting.drop(seen, doing(room, made.version, "在一楼，已设"))
    made.refresh_from_db()
    assert queries.tally(made.findings.all()) == (17, 16, 0, 1)
    with pytest.raises(ValidationError):
        inspecting.drop(seen, doing(room, made.version, "又一次"))
    with pytest.raises(ValidationError):
        inspecting.note(
            made, room.elsewhere, Found("seen", "甲", "乙"), doing(room, made.version)
        )
    assert out_of_step(room) == []
    Finding.objects.filter(pk=seen.pk).update(dropped=False)
    assert out_of_step(room) == [
        f"检查{made.number}的问题（内部编号{seen.pk}）是否成立与台账不符"
    ]


def test_a_changed_or_lost_finding_shows(room) -> None:
    made = inspected(room)
    first = made.findings.first()
    Finding.objects.filter(pk=first.pk).update(said="没有问题")
    assert f"检查{made.number}发现的问题与台账不符" in out_of_step(room)


def ordered(room, made: Inspection, **more) -> Order:
    chosen = list(made.findings.filter(body=room.housing).values_list("pk", flat=True))
    said = {"chosen": chosen, "due": LATER} | more
    made.refresh_from_db()
    return ordering.issue(made, room.housing, **said, doing=doing(room, made.version))


def test_an_order_is_answered_looked_at_again_and_passed(room) -> None:
    document = room.published()
    Revision.objects.filter(pk=document.published_id).update(abstract="")
    made = inspected(room)
    order = ordered(room, made)
    assert [each[0] for each in order.asked] == ["column_empty"] * 3 + ["metadata_lacking"]
    notices = Notice.objects.filter(user=room.approver, title=order.number)
    assert set(notices.values_list("kind", flat=True)) == {Kind.ORDER_ISSUED}
    with pytest.raises(ValidationError, match="还没有报告"):
        ordering.passed(order, doing(room, order.version))
    told_by = room.approver
    with pytest.raises(NotAllowedError):
        ordering.answer(order, "已改", doing(room, order.version, who=room.clerk))
    order = ordering.answer(order, "要素已补", doing(room, order.version, who=told_by))
    assert len(ordering.still_there(order)) == 4
    with pytest.raises(ValidationError):
        ordering.passed(order, doing(room, order.version))
    again = LATER + timedelta(days=10)
    order = ordering.fail(order, again, doing(room, order.version, "概述没有补"))
    assert (order.due, order.answered_on, order.is_open) == (again, None, True)
    Revision.objects.filter(pk=document.published_id).update(abstract="补上的概述。")
    order = ordering.answer(order, "概述已补", doing(room, order.version, who=told_by))
    assert {each.check_id for each in ordering.still_there(order)} == {"column_empty"}
    order = ordering.passed(order, doing(room, order.version, "栏目下月建好，另行检查"))
    assert order.passed_on == clock.today()
    with pytest.raises(ValidationError, match="通过"):
        ordering.strike(order, doing(room, order.version, "不"))
    assert queries.mended(Order.objects.all(), TODAY) == (1, 1, 1, 1, 0, 0)
    assert out_of_step(room) == []
    second = ordered(room, inspected(room))
    assert queries.mended(Order.objects.all(), TODAY).again == len(second.asked) == 3


def test_an_order_asks_only_for_what_is_open_and_is_late_by_its_day(room) -> None:
    made = inspected(room)
    order = ordered(room, made)
    with pytest.raises(ValidationError):
        ordered(room, made)
    with pytest.raises(ValidationError):
        ordered(room, made, chosen=[])
    with pytest.raises(ValidationError):
        ordered(room, made, due=TODAY)
    with pytest.raises(NotAllowedError):
        ordering.move(order, LATER, doing(room, order.version, "甲", who=room.approver))
    assert not order.is_late(LATER)
    assert order.is_late(LATER + timedelta(days=1))
    assert queries.mended(Order.objects.all(), LATER + timedelta(days=1)).late == 1
    order = ordering.strike(order, doing(room, order.version, "发错了"))
    assert queries.tally(made.findings.all()).ordered == 0
    assert ordered(room, made).number != order.number
    assert out_of_step(room) == []
    made.refresh_from_db()
    with pytest.raises(ValidationError):
        inspecting.strike(made, doing(room, made.version, "不"))


def test_an_office_orders_itself_too(room) -> None:
    made = inspected(room)
    chosen = made.findings.filter(body=room.office).values_list("pk", flat=True)
    order = ordering.issue(
        made, room.office, list(chosen), LATER, doing(room, made.version)
    )
    assert (order.body, len(order.asked)) == (room.office, 4)
    assert out_of_step(room) == []


def test_those_who_mend_are_reminded(room) -> None:
    ordered(room, inspected(room))
    Notice.objects.all().delete()
    for day, kind in (
        (LATER, Kind.ORDER_DUE),
        (LATER + timedelta(days=1), Kind.ORDER_LATE),
    ):
        with at(day):
            run(jobs.JOBS["provided"], day)
        told_of = Notice.objects.filter(user=room.approver, kind__startswith="order")
        assert kind in {each.kind for each in told_of}


def test_a_bulletin_is_kept_as_it_was_issued(room) -> None:
    made = inspected(room, kind="sampled", size=4, seed="种子一")
    ordered(room, made)
    quarter = Quarter(2026, 1)
    said = "\n".join(bulletin.manuscript(room.office, quarter, TODAY).texts())
    assert "关于2026年第一季度政府信息公开检查情况的通报" in said
    assert "从4个机关中抽取4个，抽样种子“种子一”" in said
    assert "共发现问题16处，涉及4个机关" in said
    assert "本季度发出整改通知1份，已到期或者已报告0份" in said
    assert "%" not in said
    row = bulletin.issue(room.office, quarter, doing(room))
    with pytest.raises(ValidationError, match="已经印发"):
        bulletin.issue(room.office, quarter, doing(room))
    with pytest.raises(ValidationError, match="还没有开始"):
        bulletin.issue(room.office, Quarter(2026, 2), doing(room))
    with pytest.raises(NotAllowedError):
        bulletin.issue(room.office, quarter, doing(room, who=room.approver))
    row = bulletin.strike(row, doing(room, row.version, "漏了一个机关"))
    assert bulletin.issue(room.office, quarter, doing(room)).number == "TB2026-02"
    assert out_of_step(room) == []


def test_a_score_needs_every_item_looked_at(room) -> None:
    which = Which("licheng_2020", 2026, "self")
    by = assessing.scheme(which.scheme)
    every = {f"{p.id}/{d.id}": 0 for p in by.parts for d in p.deductions}
    one = {"documents/metadata": 3}
    row = assessing.say(room.housing, which, one, {}, doing(room, who=room.approver))
    assert assessing.scored(row).total is None
    with pytest.raises(ValidationError):
        assessing.say(room.housing, which, {}, {}, doing(room, 1, "改", room.approver))
    row = assessing.say(
        room.housing, which, every | one, {}, doing(room, 1, "补全", room.approver)
    )
    assert assessing.scored(row).total == 34
    with pytest.raises(NotAllowedError):
        assessing.say(room.housing, which._replace(by="office"), one, {},
                      doing(room, who=room.approver))  # fmt: skip
    with pytest.raises(NotAllowedError):
        assessing.say(room.water, which, one, {}, doing(room, who=room.approver))
    assert out_of_step(room) == []


def test_the_site_counts_beside_and_takes_nothing_over(room) -> None:
    document = room.published()
    Revision.objects.filter(pk=document.published_id).update(abstract="")
    inspected(room)
    inspected(room)
    which = Which("licheng_2020", 2026, "office")
    assert assessing.counted(room.housing, which) == {
        "documents/metadata": 1, "column/not_updated": 0,
    }  # fmt: skip
    assert assessing.counted(room.elsewhere, which) == {}
    assert assessing.counted(room.housing, which._replace(year=2025)) == {}


def test_few_are_never_ranked(room) -> None:
    room.published()
    bodies = inspecting.inspected_by(room.office)
    of_it, lines = indicators.told("I14", bodies, TODAY)
    assert of_it.label == "公开及时率"
    shares = {line.body.pk: line.standing.measured[1:] for line in lines}
    assert shares[room.housing.pk] == (1, 1)
    assert {line.standing.place for line in lines} == {None}
    with pytest.raises(KeyError):
        indicators.told("I2", bodies, TODAY)
