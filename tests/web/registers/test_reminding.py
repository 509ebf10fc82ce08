"""What a body promised to whoever asked or complained is told to whoever must keep it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang_web.applicants.models import Kind
from mingtang_web.cases.actions import Doing
from mingtang_web.notices import jobs, running
from mingtang_web.notices.models import Notice
from mingtang_web.notices.wording import text_of
from mingtang_web.registers import actions
from mingtang_web.registers.actions import Answer, Arrival
from mingtang_web.registers.rules import Outcome, Register
from tests.web.cases.requests import ASKER, Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 4, 3)):
        yield Office()


def arrival(office: Office, register: Register, promised: date | None) -> Arrival:
    return Arrival(
        *(office.housing, register, ASKER, Kind.PERSON, "in_person", D(2026, 3, 9)),
        *("登记面积有误", "产权登记簿", "登记面积与实测不符，请更正。", promised),
    )


def told_on(*days: date) -> list[tuple[str, str, str]]:
    for on in days:
        with at(on):
            running.run(jobs.JOBS["provided"], on)
    rows = Notice.objects.order_by("id").select_related("user")
    return [(each.user.username, each.kind, f"{each.day:%m-%d}") for each in rows]


@pytest.mark.parametrize("register", list(Register))
def test_a_promise_is_told_ahead_and_each_working_day_after(office, register) -> None:
    matter = actions.register(arrival(office, register, D(2026, 3, 30)), office.clerk)
    days = (D(2026, 3, 20), D(2026, 3, 27), D(2026, 3, 31), D(2026, 4, 5))
    assert told_on(*days) == [
        ("clerk", "matter", "03-30"),
        ("clerk", "matter_late", "03-31"),
    ]
    assert Notice.objects.first().matter == f"matter/{matter.pk}"
    said = text_of(Notice.objects.last())
    assert said.startswith(matter.number)
    assert "张" not in said


def test_whoever_handles_it_is_told_and_nobody_once_it_is_answered(office) -> None:
    came = arrival(office, Register.CORRECTION, D(2026, 3, 30))
    matter = actions.register(came, office.clerk)
    doing = Doing(office.handler, matter.version)
    matter = actions.handle(matter, D(2026, 3, 23), "已调卷核对", doing)
    assert told_on(D(2026, 3, 30)) == [("handler", "matter", "03-30")]
    given = Answer(Outcome.CORRECTED, D(2026, 3, 30))
    unsent = Doing(office.handler, matter.version, no_letter="当面告知")
    actions.answer(matter, given, unsent)
    assert len(told_on(D(2026, 3, 31))) == 1


def test_the_law_sets_no_term_and_nothing_promised_is_told_of_nothing(office) -> None:
    actions.register(arrival(office, Register.COMPLAINT, None), office.clerk)
    assert told_on(D(2026, 3, 20), D(2026, 4, 3)) == []
