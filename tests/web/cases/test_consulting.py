"""Consultations: once asked, always the same party; nobody stops the clock at will."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang_web.applicants.actions import opened_for_comparing
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import bridge, consulting
from mingtang_web.cases.actions import Doing, SignOffError
from mingtang_web.cases.reissuing import void
from mingtang_web.cases.signing import approve
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError, Undoing
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import at
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.cases.models import Case

D = date
TODAY = D(2026, 3, 5)
ASKED = TODAY, "third_party"
THIRD = Person(name="远山建筑有限公司", phone="13900139000", address="西山区柳林路七号")


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield LetterOffice()


def asked(office: LetterOffice, case: Case, person: Person, **more: object) -> Case:
    letter = office.order("third_party_consultation")
    doing = Doing(office.handler, case.version, letter=letter, **more)
    return consulting.consult(case, ASKED, person, Kind.COMPANY, doing)


def test_who_gave_an_opinion_is_asked_again_by_two(office: LetterOffice) -> None:
    case = asked(office, office.registered(), THIRD)
    said = e.OpinionReceived(on=TODAY, party="1", stance="objects")
    case = office.done(case, said)
    moved = replace(THIRD, phone="13900139001", address="")
    with pytest.raises(SignOffError, match="同一方已就本案征求过意见"):
        asked(office, case, moved)
    event = e.Consulted(on=TODAY, party="1", role="third_party")
    letter = office.order("third_party_consultation")
    doing = Doing(office.handler, case.version, letter=letter, note="补充了新的材料")
    made = consulting.propose(case, event, moved, Kind.COMPANY, doing)
    kept = opened_for_comparing(case.consultations.get().person)
    assert (kept.phone, kept.address) == ("13900139001", THIRD.address)
    entry = Entry.objects.get(case_id=case.pk, kind=consulting.AMENDED)
    assert entry.content == {"party": "1", "fields": ["phone"]}
    after = approve(made, office.approver)
    assert (after.phase, after.consultations.count()) == ("consulting", 1)
    assert bridge.history(case.pk)[-1] == event
    other = asked(office, after, replace(THIRD, name="青云置业有限公司"))
    assert bridge.history(other.pk)[-1].party == "2"


def test_a_letter_that_holds_the_clock_is_not_made_void(office: LetterOffice) -> None:
    case = asked(office, office.registered(), THIRD)
    letter = Letter.objects.get(case_id=case.pk)
    with pytest.raises(LetterError, match="征求意见还没有结束"):
        void(letter, Undoing(office.approver, "写错"))
    office.done(case, e.ConsultationRecalled(on=TODAY, party="1"))
    void(letter, Undoing(office.approver, "已经撤回"))
    letter.refresh_from_db()
    assert not letter.stands
