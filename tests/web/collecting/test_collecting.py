"""A season from its opening to its totals: handed in, read, returned, accepted, added."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from mingtang.cli import main
from mingtang.combining import as_object, changes, uncarried
from mingtang_web import clock
from mingtang_web.annual import actions as annuals
from mingtang_web.annual import reviewing
from mingtang_web.annual.models import Adjustment, Annual
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.collecting import deciding, handing, opening, reports, status
from mingtang_web.collecting.models import Delivery, Member, Season, State, Step
from mingtang_web.collecting.reading import (
    folder_of,
    progress,
    settled,
    start,
    trouble_of,
)
from mingtang_web.collecting.recording import OutOfTurnError
from mingtang_web.collecting.status import Status
from mingtang_web.files.actions import RefusedFileError, content
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Kind, Notice
from tests.web.annual.reports import JANUARY, Bureau
from tests.web.annual.reports import by as at_desk
from tests.web.cases.requests import at
from tests.web.collecting.seasons import (
    ASKED,
    GOVERNMENT,
    IN,
    OUT,
    TOTAL,
    Collection,
    D,
    asked,
    by,
    paper,
    upload,
    waited,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSING, WATER = "西山区住房和城乡建设局", "西山区水务局"
TOWN, OFFICE = "西山区清河镇人民政府", "西山区人民政府办公室"


@pytest.fixture
def world(tmp_path: Path, settings, db: None) -> Iterator[Collection]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(JANUARY):
        yield Collection()


def lines(world: Collection, on=JANUARY) -> dict[str, status.Line]:
    return {each.member.body.name: each for each in status.board(world.season, on)}


def test_a_season_asks_every_body_below_by_the_laws_day_and_tells_them(world):
    assert {each.member.body.name for each in lines(world).values()} == {
        HOUSING, WATER, TOWN, OFFICE,
    }  # fmt: skip
    season = world.season
    assert (season.due, season.whole_due) == (D(2027, 1, 31), D(2027, 3, 31))
    told = Notice.objects.filter(kind=Kind.REPORT_ASKED)
    assert set(told.values_list("user__username", flat=True)) == {
        "handler", "approver", "waterer", "townsman", "secretary",
    }  # fmt: skip
    assert all(each.status is Status.MISSING for each in lines(world).values())
    assert lines(world)[WATER].days == 19
    assert lines(world, D(2027, 2, 3))[WATER].late_by == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"year": 2026}, "year"),
        ({"year": 2028}, "year"),
        ({"year": 2007}, "year"),
        ({"year": 2025, "due": D(2026, 2, 1)}, "due"),
        ({"year": 2025, "due": D(2026, 1, 20)}, "notice"),
    ],
)
def test_a_season_that_cannot_be_is_refused_at_its_field(world, more, field):
    with pytest.raises(ValidationError) as problem:
        world.opened(**more)
    assert list(problem.value.message_dict) == [field]
    assert Season.objects.count() == 1


def test_an_office_may_set_an_earlier_day_by_its_own_notice(world):
    earlier = {"due": D(2026, 1, 20), "notice": "西政办函〔2026〕1号"}
    assert world.opened(2025, **earlier).members.filter(due=D(2026, 1, 20)).count() == 4


def test_only_supervisors_and_administrators_of_the_office_open_one(world):
    terms = opening.Terms(2025, D(2026, 1, 31), GOVERNMENT, world.office, set())
    for who in (world.handler, world.secretary, world.administrator, world.stranger):
        with pytest.raises(NotAllowedError):
            opening.open_season(world.office, terms, by(who, world.member(world.water)))


def test_a_file_is_read_checked_returned_with_marks_and_handed_in_anew(world):
    wrong = paper(WATER, **asked(3) | {"requests__received__total": "5"})
    first = world.handed(world.water, wrong)
    assert (first.state, first.named, first.year) == (State.READ, WATER, 2026)
    assert "S303" in first.found
    assert first.facts[TOTAL][:2] == ["number", "5"]
    assert {each.what for each in first.products.all()} == {
        "paper",
        "json",
        "xlsx",
        "marked",
    }
    line = lines(world)[WATER]
    assert (line.status, line.handed_on, line.is_late) == (Status.HANDED, JANUARY, False)
    deciding.give_back(first, by(world.supervisor, first.member, "合计不等，请核对"))
    assert lines(world)[WATER].status is Status.RETURNED
    [told] = Notice.objects.filter(kind=Kind.REPORT_RETURNED)
    assert told.user == world.waterer
    with at(D(2027, 2, 2)):
        second = world.handed(world.water, paper(WATER, **asked(3)))
        assert second.number == 2
        line = lines(world, D(2027, 2, 2))[WATER]
        assert (line.first_on, line.handed_on) == (JANUARY, D(2027, 2, 2))
        assert (line.late_by, line.is_late_again) == (2, True)
    first.refresh_from_db()
    assert first.facts[TOTAL][1] == "5"  # never repaired
    assert content(first.file) == wrong
    deciding.accept(second, by(world.supervisor, second.member))
    assert lines(world)[WATER].status is Status.ACCEPTED
    handing.note_published(second.member, JANUARY, by(world.waterer, second.member))
    assert lines(world)[WATER].status is Status.PUBLISHED
    verdicts = list(second.member.steps.values_list("verdict", flat=True))
    assert verdicts == [
        "asked", "handed", "read", "returned", "handed", "read", "accepted", "published",
    ]  # fmt: skip


def test_what_is_another_bodys_or_years_is_told_and_handed_in_only_where_it_may_be(world):
    other = world.handed(world.water, paper("东岭区水务局"))
    assert other.state == State.HELD
    assert "东岭区水务局" in trouble_of(other)
    assert lines(world)[WATER].handed_on is None
    with pytest.raises(OutOfTurnError):
        deciding.accept(other, by(world.supervisor, other.member))
    with pytest.raises(ValidationError):
        handing.confirm(other, by(world.waterer, other.member))
    handing.confirm(other, by(world.waterer, other.member, "落款用了旧名"))
    assert Delivery.objects.get(pk=other.pk).state == State.READ
    last = world.handed(world.township, paper(TOWN, 2025))
    assert "2025年度" in trouble_of(last)
    with pytest.raises(OutOfTurnError, match="2025年度的报告"):
        handing.confirm(last, by(world.townsman, last.member, "核对过就是它没有错"))
    right = world.handed(world.township, paper(TOWN))
    assert right.state == State.READ
    assert Delivery.objects.get(pk=last.pk).state == State.WITHDRAWN
    letter = "今天天气很好。".encode()
    assert world.handed(world.housing, letter).trouble == "foreign"


def test_the_same_file_twice_is_refused_before_anything_happens(world):
    data = paper(WATER)
    first = world.handed(world.water, data)
    before = Entry.objects.count()
    with pytest.raises(RefusedFileError, match="第1次报送"):
        world.handed(world.water, data)
    with pytest.raises(RefusedFileError, match="另一机关"):
        world.handed(world.housing, data)
    assert Entry.objects.count() == before
    handing.withdraw(first, by(world.waterer, first.member, "报早了"))
    assert lines(world)[WATER].status is Status.MISSING
    assert world.handed(world.water, data).state == State.READ


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "空的"), (b"MZ" + bytes(99), "程序"), (b"x" * 99, "上限")]
)
def test_what_may_not_come_in_is_told(monkeypatch, data, words):
    monkeypatch.setattr(handing, "LARGEST", 101 if words == "程序" else 50)
    with pytest.raises(RefusedFileError, match=words):
        handing.examined(upload(data))


def test_a_replaced_version_is_kept_and_an_accepted_one_is_taken_back_first(world):
    first = world.handed(world.water, paper(WATER))
    second = world.handed(world.water, paper(WATER, **asked(1)), who=world.supervisor)
    assert second.way == Delivery.Way.BEHALF
    assert Delivery.objects.get(pk=first.pk).state == State.REPLACED
    with pytest.raises(OutOfTurnError, match="新的一版"):
        deciding.accept(first, by(world.supervisor, first.member))
    deciding.accept(second, by(world.supervisor, second.member))
    with pytest.raises(OutOfTurnError, match="已经接受"):
        world.handed(world.water, paper(WATER, **asked(2)))
    with pytest.raises(ValidationError):
        deciding.take_back(second, by(world.supervisor, second.member))
    deciding.take_back(second, by(world.supervisor, second.member, "发现漏页"))
    assert lines(world)[WATER].status is Status.HANDED


def test_who_may_not_is_refused_and_who_comes_late_does_nothing(world):
    row = world.handed(world.water, paper(WATER))
    member, before = row.member, Entry.objects.count()
    for who in (world.waterer, world.clerk, world.administrator, world.stranger):
        with pytest.raises(NotAllowedError):
            deciding.accept(row, by(who, member))
    for who in (world.handler, world.clerk, world.stranger):
        with pytest.raises(NotAllowedError):
            handing.withdraw(row, by(who, member, "不是我的"))
    stale = by(world.supervisor, member)
    handing.withdraw(row, by(world.waterer, member, "报错"))
    with pytest.raises(OutOfTurnError, match="已有变化"):
        deciding.accept(row, stale)
    assert Entry.objects.count() == before + 1


def test_the_same_submission_twice_is_done_once(world):
    member = world.member(world.water)
    found, doing = (
        handing.examined(upload(paper(WATER))),
        by(world.waterer, member, key="k"),
    )
    first = handing.hand_in(member, found, doing)
    assert handing.hand_in(member, found, doing) == first
    season = world.season
    again = by(world.supervisor, member, key="u")
    assert opening.urge(season, [member], again) == 1
    assert opening.urge(season, [member], again) == 0
    assert Step.objects.filter(verdict="urged").count() == 1


def test_a_published_report_arrives_from_the_desk_and_stands_as_published(
    world, client, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(Bureau, "__init__", lambda *_: None)
    bureau = Bureau()
    bureau.__dict__ |= world.__dict__
    bureau.chief = world.handler
    assert lines(world)[HOUSING].status is Status.MISSING
    annual = bureau.finished()
    for cell in ("requests/received/person", "requests/granted/person"):
        one = Adjustment(cell=cell, change="1", reason="一件纸质申请没有登记")
        annual = annuals.adjust(annual, one, at_desk(world.clerk, annual))
        annual = annuals.sign_adjustment(one, at_desk(world.approver, annual))
    annual = bureau.worded(annual)
    assert lines(world)[HOUSING].status is Status.DRAFT
    annual = bureau.signed(annual)
    assert lines(world)[HOUSING].status is Status.SIGNED
    reviewing.publish(annual, at_desk(world.clerk, annual))
    row = Delivery.objects.get()
    assert (row.way, row.annual, row.state) == ("desk", annual, State.READING)
    client.force_login(world.supervisor)
    page = client.get(f"/collecting/lines/{row.member_id}/").content.decode()
    assert page.count("一件纸质申请没有登记") == 2
    assert page.count("赵审批于") == 2
    assert lines(world)[HOUSING].status is Status.READING
    with django_capture_on_commit_callbacks(execute=True):
        start(row)
    row = waited(row)
    assert row.state == State.READ, trouble_of(row)
    deciding.accept(row, by(world.supervisor, row.member))
    assert lines(world)[HOUSING].status is Status.PUBLISHED
    assert Annual.objects.get().state == "published"


def test_reading_goes_on_in_a_process_of_its_own_and_is_begun_where_it_never_was(world):
    member = world.member(world.water)
    wrong = paper(WATER, to="docx", requests__received__total="5")
    found = handing.examined(upload(wrong, "年报.docx"))
    row = handing.hand_in(member, found, by(world.waterer, member))
    other = handing.examined(upload(paper(WATER, **asked(1))))
    with pytest.raises(OutOfTurnError, match="还在读"):
        handing.hand_in(member, other, by(world.waterer, member))
    assert settled(row).state == State.READING  # begun only now
    assert progress(row).stage in {"waiting", "working", "done"}
    row = waited(row)
    assert row.state == State.READ
    assert not folder_of(row).is_there()
    assert b"word/comments" in content(row.products.get(what="marked").file)


def test_what_has_been_read_when_all_is_written_down_is_not_read_again(
    world, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as begun:
        row = world.handed(world.water, paper(WATER))
    assert len(begun) == 1
    assert not folder_of(row).is_there()


def test_totals_hold_the_accepted_ones_and_name_whose_are_missing(world):
    world.accepted(world.water, paper(WATER, **asked(3)))
    world.accepted(
        world.office, paper(OFFICE, **asked(4) | {"requests__granted__person": ""})
    )
    world.handed(world.housing, paper(HOUSING, **asked(9)))
    found = reports.combined(world.season)
    assert found.totals[ASKED].value == 7
    assert found.coverage.counted == tuple(sorted((WATER, OFFICE)))
    assert set(found.coverage.missing) == {HOUSING, TOWN}
    [lacking] = found.totals["requests/granted/person"].lacking
    assert (lacking.body, lacking.state) == (OFFICE, "blank")
    assert found.totals["requests/granted/person"].value == 3


def test_the_governments_own_report_is_not_added_and_the_offices_counts_once(world):
    world.accepted(world.office, paper(OFFICE, **asked(4)))
    row = world.handed(world.water, paper(GOVERNMENT, **asked(40)))
    assert row.state == State.HELD
    known = {each.name: each for each in reports.bodies_of(world.season).every}
    assert known[GOVERNMENT].scope == "whole"
    assert not known[GOVERNMENT].expected
    assert known[OFFICE].parent == GOVERNMENT
    assert reports.combined(world.season).totals[ASKED].value == 4
    Body.objects.filter(pk=world.water.pk).update(name=GOVERNMENT)  # itself in the tree
    known = {each.name: each for each in reports.bodies_of(world.season).every}
    assert (known[GOVERNMENT].scope, known[GOVERNMENT].expected) == ("whole", False)


def test_the_command_gives_the_same_numbers_as_the_site(world, tmp_path, capsys):
    for body, number in ((world.water, 3), (world.office, 4), (world.housing, 11)):
        cells = asked(number, requests__carried_in__person="" if number == 4 else "2")
        world.accepted(body, paper(body.name, **cells))
    folder = tmp_path / "年报"
    folder.mkdir()
    for row in reports.accepted(world.season):
        (folder / f"{row.member.body.name}.html").write_bytes(content(row.file))
    bodies = tmp_path / "机关.csv"
    bodies.write_bytes(reports.as_csv(reports.bodies_of(world.season)))
    words = ["combine", str(folder), "--year", "2026", "--bodies", str(bodies), "--json"]
    assert main(words) == 1  # one is missing
    said = json.loads(capsys.readouterr().out)
    assert said == as_object(reports.combined(world.season))
    assert said["cells"][ASKED]["value"] == "18"


def test_last_year_is_compared_body_by_body_and_what_was_carried_is_held_against_it(world):
    last = world.opened(2025)
    world.accepted(world.water, paper(WATER, 2025, **asked(8, **cell(OUT, "3"))), last)
    assert reports.combined_before(last) is None
    world.accepted(world.water, paper(WATER, **asked(9, **cell(IN, "2"))))
    world.accepted(world.office, paper(OFFICE, **asked(5)))
    now, before = reports.combined(world.season), reports.combined_before(world.season)
    change = changes(now, before)[ASKED]
    assert (change.now.value, change.before.value) == (14, 8)
    assert (change.both, change.difference, change.percent) == (1, 1, Decimal("12.5"))
    [found] = uncarried(now, before)
    assert (found.body, found.before.value, found.now.value) == (WATER, 3, 2)


def cell(name: str, text: str) -> dict[str, str]:
    return {name.replace("/", "__"): text}


def test_reminders_come_before_the_day_and_after_it_until_it_is_handed_in(world):
    from mingtang_web.collecting.reminding import due  # noqa: PLC0415

    world.handed(world.water, paper(WATER))
    kinds = {}
    for on in (D(2027, 1, 29), D(2027, 2, 2), D(2027, 6, 1)):
        kinds[on] = {(each.kind, each.body_id) for each in due(on)}
    others = (world.housing, world.township, world.office)
    assert kinds[D(2027, 1, 29)] == {(Kind.REPORT_DUE, each.pk) for each in others}
    assert kinds[D(2027, 2, 2)] == {(Kind.REPORT_LATE, each.pk) for each in others}
    assert kinds[D(2027, 6, 1)] == set()


def verified() -> str:
    said = io.StringIO()
    try:
        call_command("verify", stdout=io.StringIO(), stderr=said)
    except CommandError as fault:
        return said.getvalue() + str(fault)
    return ""


def test_verify_holds_every_row_of_a_season(world):
    row = world.handed(world.water, paper(WATER))
    deciding.accept(row, by(world.supervisor, row.member))
    member = world.member(world.housing)
    opening.ask(
        member, D(2027, 1, 20), by(world.supervisor, member, "另行通知"), expected=True
    )
    assert verified() == ""
    facts = {**row.facts, ASKED: ["number", "1", None, "1"]}
    for model, change in (
        (Season, {"due": D(2027, 1, 1)}), (Member, {"expected": False}),
        (Member, {"published_on": JANUARY}), (Delivery, {"facts": facts}),
        (Delivery, {"state": "returned"}), (Step, {"reason": "没有这回事"}),
    ):  # fmt: skip
        with transaction.atomic():
            model.objects.all().update(**change)
            assert "与台账不符" in verified(), change
            transaction.set_rollback(True)
    with transaction.atomic():
        row.products.filter(what="marked").delete()
        assert "已不在" in verified()
        transaction.set_rollback(True)


def test_the_job_takes_down_what_was_read(world):
    from mingtang_web.notices.jobs import JOBS  # noqa: PLC0415
    from mingtang_web.notices.running import run  # noqa: PLC0415

    job = JOBS["collecting"]
    assert not job.waits(clock.now())
    member = world.member(world.water)
    found = handing.examined(upload(paper(WATER)))
    row = handing.hand_in(member, found, by(world.waterer, member))
    assert job.waits(clock.now())
    assert run(job, clock.today()).done == 0
    waited(row)
    assert not job.waits(clock.now() + timedelta(minutes=1))
