"""What the public tells of a page: kept once, answered in the open, verified."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.ledger.stepping import MovedOnError
from mingtang_web.mistakes import actions
from mingtang_web.mistakes.actions import Told
from mingtang_web.mistakes.models import Mistake
from mingtang_web.mistakes.queries import narrowed, standings
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.models import Kind, Notice
from mingtang_web.notices.running import run
from tests.web.cases.requests import Office, at
from tests.web.verifying.test_verify import told_when_changed, verified

TODAY = date(2026, 9, 30)
"""The day before a week of holidays."""
PAGE = Told("/open/", "word", "“公开”写成了“公幵”")


def told(office: Office, key: str | None = None, **more: str) -> Mistake:
    return actions.tell(office.housing, PAGE._replace(**more), key)


def test_what_is_told_is_kept_once_without_a_name_and_due_in_working_days(office) -> None:
    with at(TODAY):
        first, again = (told(office, "k") for _twice in range(2))
    assert first == again
    assert first.number == "2026-0001"
    assert first.due == date(2026, 10, 10), "a week of holidays, then a Saturday at work"
    [entry] = Entry.objects.filter(kind="mistake.recorded")
    assert entry.actor is None
    assert verified() == ""


def test_those_who_answer_are_told_once_and_again_when_it_is_late(office) -> None:
    mine = Notice.objects.filter(user=office.clerk, kind__startswith="mistake")
    row = told(office)
    run(JOBS["provided"], TODAY)
    assert list(mine.values_list("kind", flat=True)) == [Kind.MISTAKE]
    late = date(2026, 10, 12)
    with at(late):
        run(JOBS["provided"], late)
        kinds = set(mine.values_list("kind", flat=True))
        assert kinds == {Kind.MISTAKE, Kind.MISTAKE_LATE}
        actions.answer(row, "mended", "已改", Doing(office.clerk, 1))
    assert all(each.read_at for each in mine)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"said": " "}, "请填写"),
        ({"said": "王某13800138000说错了"}, "手机号"),
        ({"wrong": "other-kind"}, "哪一类"),
        ({"place": "https://elsewhere.example/"}, "不是本站"),
        ({"place": "/" + "x" * 300}, "不是本站"),
    ],
)
def test_what_tells_nothing_or_of_a_person_is_refused(office, more, why) -> None:
    with pytest.raises(ValidationError, match=why):
        told(office, **more)
    assert not Mistake.objects.exists()


def test_nobody_is_late_where_the_holidays_are_not_known(office) -> None:
    with at(date(2031, 3, 3)):
        row = told(office)
        assert row.due is None
        assert not row.is_late(date(2032, 1, 1))


def test_an_answer_stands_and_its_change_takes_a_reason_but_no_new_day(office) -> None:
    with at(TODAY):
        row = told(office)
    with at(date(2026, 10, 10)):
        row = actions.answer(row, "mended", "已改。", Doing(office.clerk, 1, "a"))
        assert row == actions.answer(row, "mended", "已改。", Doing(office.clerk, 1, "a"))
    assert not row.is_late(date(2026, 12, 1)), "answered on its last day"
    with at(date(2026, 11, 2)):
        with pytest.raises(ValidationError, match="请填写"):
            actions.answer(row, "right", "没有错。", Doing(office.clerk, row.version))
        with pytest.raises(ValidationError, match="没有改动"):
            actions.answer(row, "mended", "已改。 ", Doing(office.clerk, row.version))
        doing = Doing(office.handler, row.version, note="看错了页")
        row = actions.answer(row, "right", "没有错。", doing)
    assert row.answered_on == date(2026, 10, 10)
    with pytest.raises(MovedOnError):
        actions.answer(row, "mended", "再改。", Doing(office.clerk, 1, note="旧页"))
    with pytest.raises(NotAllowedError):
        actions.answer(row, "mended", "再改。", Doing(office.approver, row.version))
    assert [step.held.get("answer") for step in row.steps.all()] == [
        None, "已改。", "没有错。",
    ]  # fmt: skip
    assert not list(faults(office.housing))
    assert verified() == ""


def test_how_a_body_stands_is_counted_by_the_day(office) -> None:
    with at(TODAY):
        waiting, late, junk = told(office), told(office), told(office)
        actions.strike(junk, Doing(office.approver, 1, note="广告"))
    with at(date(2026, 10, 11)):
        actions.answer(late, "mended", "已改。", Doing(office.clerk, 1))
    rows = Mistake.objects.all()
    assert standings(rows, date(2026, 10, 10)) == (1, 1, 1)
    assert standings(rows, date(2026, 10, 11)) == (1, 2, 1)
    assert list(narrowed(rows, "open", TODAY)) == [waiting]
    assert list(narrowed(rows, "struck", TODAY)) == [junk]
    assert narrowed(rows, "nothing of the sort", TODAY).count() == 3


def test_every_changed_column_is_told(office) -> None:
    with at(TODAY):
        row = told(office)
        actions.answer(row, "mended", "已改。", Doing(office.clerk, 1))
    fields = [f for f in Mistake._meta.concrete_fields if not f.primary_key]
    missed = [f.name for f in fields if not told_when_changed(Mistake, f)]
    assert not missed, missed
