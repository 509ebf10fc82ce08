"""Last days that move are told to whoever must keep them, once, wherever it is cut off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from mingtang.case import events as e
from mingtang_web.cases.models import Case, Choice
from mingtang_web.cases.recounting import RECOUNTED
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.notices import jobs, recounting, running
from mingtang_web.notices.models import Notice, Run
from mingtang_web.notices.wording import text_of
from tests.web.cases.requests import Office, at
from tests.web.notices.test_killed import command, finished, killed_after, leases_ran_out

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TODAY = D(2026, 3, 16)
CASES = 20
JOB = jobs.JOBS["recount"]


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def included(office: Office) -> None:
    Choice.objects.create(body=office.office, option="start_day", choice="included")


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind="recounted").select_related("user", "case")
    return sorted((notice.user.username, notice.case.number) for notice in rows)


def test_a_day_that_moved_is_told_with_both_days_and_once(office) -> None:
    office.registered()
    office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 12), ground="G1"),
        e.Dispatched(on=D(2026, 3, 12), mode="post"),
        e.Delivered(on=D(2026, 3, 13)),
    )
    Case.objects.update(handler=office.handler)
    assert running.run(JOB, TODAY).done == 0
    included(office)
    for _ in range(2):
        running.run(JOB, TODAY)
    assert told() == [("approver", "2026-0001"), ("handler", "2026-0001")]
    said = text_of(Notice.objects.last())
    assert "2026-0001号案件的答复期限已重新计算：2026-03-30 → 2026-03-27" in said
    assert Entry.objects.filter(kind=RECOUNTED).count() == 2
    assert list(faults(office.housing)) == []


def test_one_case_that_cannot_be_counted_keeps_no_other_from_it(office) -> None:
    broken = office.registered()
    office.registered()
    again = Entry.objects.get(case_id=broken.pk).content  # two beginnings
    append(Record(office.housing, "event.submitted", again, case_id=broken.pk))
    included(office)
    done = running.run(JOB, TODAY)
    assert (done.done, done.failed) == (1, 1)
    assert done.note == "案件 2026-0001：ImpossibleHistoryError"
    assert {number for _, number in told()} == {"2026-0002"}
    with pytest.raises(CommandError, match="2026-0001"):
        call_command("recount")


@pytest.mark.usefixtures("office")
def test_while_one_counts_another_does_not() -> None:
    running.take(JOB, TODAY)
    with pytest.raises(CommandError, match="另一进程正在重算"):
        call_command("recount")


def test_a_part_that_breaks_leaves_neither_entry_nor_notice(office, monkeypatch) -> None:
    office.registered()
    included(office)
    before = Entry.objects.count()
    monkeypatch.setattr(recounting, "tell", lambda *_: 1 // 0)
    with transaction.atomic():
        assert running.run(JOB, TODAY).failed == 1
    assert (Entry.objects.count(), told()) == (before, [])
    monkeypatch.undo()
    running.run(JOB, TODAY)
    assert len(told()) == 2


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_every_day_that_moved_is_told_once(office, tmp_path) -> None:
    with transaction.atomic():
        for count in range(CASES):
            office.registered(subject=f"第{count}件")
    Case.objects.update(handler=office.handler)
    included(office)
    killed_after(command(tmp_path, "recount", "--at-a-time", "1"), "已重算")
    moved = Entry.objects.filter(kind=RECOUNTED).count()
    assert 0 < moved < CASES
    assert len(told()) == 2 * moved
    leases_ran_out()
    both = [command(tmp_path, "recount") for _ in range(2)]
    assert {each.wait() for each in both} <= {0, 1}  # one may find the other at it
    for each in both:
        each.communicate()
    finished(command(tmp_path, "recount"))
    assert Entry.objects.filter(kind=RECOUNTED).count() == CASES
    assert len(told()) == len(set(told())) == 2 * CASES
    assert Run.objects.filter(ended_at=None).count() == 0
    assert list(faults(office.housing)) == []
