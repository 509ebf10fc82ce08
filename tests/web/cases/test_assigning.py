"""Cases are given to sections and people of their own body, and the ledger says so."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang_web.bodies.models import Role, Section
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import assigning, exchanging
from mingtang_web.cases.assigning import (
    ASSIGNED,
    AssignmentError,
    Outcome,
    Target,
    assign,
    assign_each,
)
from mingtang_web.cases.exchanging import WordsError
from mingtang_web.cases.models import Case, Comment
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import ASKER, Office
from tests.web.people import appointed, person

D = date


def test_an_assignment_is_in_the_case_and_in_the_ledger(office: Office) -> None:
    section = Section.objects.create(body=office.housing, name="业务股")
    case = office.registered()
    after = assign(case, Target(section, office.handler, "本周内先检索"), office.clerk)
    assert (after.section, after.handler, after.version) == (section, office.handler, 1)
    entry = Entry.objects.get(kind=ASSIGNED)
    assert entry.content == {
        "section": [None, section.pk],
        "handler": [None, office.handler.pk],
        "note": "本周内先检索",
    }


def test_what_is_not_chosen_stays(office: Office) -> None:
    section = Section.objects.create(body=office.housing, name="业务股")
    case = assign(office.registered(), Target(section, office.handler), office.clerk)
    other = person("other", "刘承办")
    appointed(other, office.housing, Role.HANDLER)
    after = assign(case, Target(handler=other), office.approver)
    assert (after.section, after.handler) == (section, other)


def test_the_same_again_changes_nothing(office: Office) -> None:
    case = office.registered()
    for key in ("k1", "k1", "k2"):
        case = assign(case, Target(handler=office.handler), office.clerk, key)
    assert Entry.objects.filter(kind=ASSIGNED).count() == 1


def test_who_may_not_and_who_cannot(office: Office) -> None:
    case = office.registered()
    for somebody in (office.handler, office.stranger, office.supervisor):
        with pytest.raises(NotAllowedError):
            assign(case, Target(handler=office.handler), somebody)
    with pytest.raises(AssignmentError, match="没有承办的角色"):
        assign(case, Target(handler=office.clerk), office.clerk)
    foreign = Section.objects.create(body=office.water, name="水政股")
    with pytest.raises(AssignmentError, match="不属于"):
        assign(case, Target(section=foreign), office.clerk)
    with pytest.raises(AssignmentError, match="没有选择"):
        assign(case, Target(), office.clerk)
    with pytest.raises(WordsError, match="姓名"):
        assign(case, Target(handler=office.handler, note=f"{ASKER.name}的件"), office.clerk)
    assert Case.objects.get(pk=case.pk).handler is None


def given(case: Case, office: Office) -> None:
    assign(case, Target(handler=office.handler), office.clerk)


def noted(case: Case, office: Office) -> None:
    exchanging.comment(case, exchanging.Saying("已阅", office.approver))


@pytest.mark.parametrize(("room", "act"), [(assigning, given), (exchanging, noted)])
def test_a_crash_in_the_middle_leaves_nothing(office, room, act, monkeypatch) -> None:
    case = office.registered()

    def crash(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(room, "append", crash)
    with pytest.raises(RuntimeError):
        act(case, office)
    assert Case.objects.get(pk=case.pk).handler is None
    assert (Comment.objects.count(), Entry.objects.count()) == (0, 1)


def test_many_are_told_one_by_one_and_a_second_time_goes_on(office: Office) -> None:
    first, closed, last = (office.registered() for _ in range(3))
    office.done(closed, e.Withdrawn(on=D(2026, 3, 9)))
    to = Target(handler=office.handler)
    assert [t.outcome for t in assign_each([first, closed], to, office.clerk, "k")] == [
        Outcome.DONE,
        Outcome.REFUSED,
    ]
    again = assign_each([first, closed, last], to, office.clerk, "k")
    assert [t.outcome for t in again] == [Outcome.BEFORE, Outcome.REFUSED, Outcome.DONE]
    assert "已经办结" in again[1].why
