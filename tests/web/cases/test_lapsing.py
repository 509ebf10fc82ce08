"""What an ending leaves behind unsent is void with it, its number kept, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.cases import lapsing, reissuing
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.lettering import issue_alone, matter_of
from mingtang_web.cases.models import Case
from mingtang_web.cases.signing import approve, propose
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError, Undoing, lapsed, order_of
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import at
from tests.web.letters.ways import ASKED, GRANTED, SENT, LetterOffice

pytestmark = pytest.mark.django_db
D = date
DAY = D(2026, 3, 13)
GONE = e.Withdrawn(on=DAY)
WHY = "申请人来函撤回"


@pytest.fixture
def office(db) -> LetterOffice:  # noqa: ARG001 - asked for
    with at(DAY):
        yield LetterOffice()


def answered(office: LetterOffice) -> tuple[Case, Letter]:
    case = office.registered()
    order = office.order("disclosure")
    case = office.act(case, GRANTED, order)
    return case, Letter.objects.get(case_id=case.pk)


def withdrawn(office: LetterOffice, case: Case) -> Case:
    return do(case, GONE, Doing(office.clerk, case.version, note=WHY))


def test_an_answer_that_never_left_is_void_with_the_withdrawal(office: LetterOffice):
    case, letter = answered(office)
    assert [each.pk for each in lapsing.unsent(case)] == [letter.pk]
    withdrawn(office, case)
    number = letter.number
    letter.refresh_from_db()
    assert (letter.status, letter.number) == ("void", number)
    assert letter.void_reason == "申请人撤回，案件终结；没有登记发出"
    assert (letter.voided_by, lapsed(letter)) == (office.clerk, True)
    entry = Entry.objects.get(kind="letter.voided")
    assert (entry.content["letter"], entry.content["ended"]) == (letter.pk, 2)
    call_command("verify")
    _case, following = answered(office)
    assert following.sequence == letter.sequence + 1


def test_a_case_whose_answer_never_left_is_archived_all_the_same(office: LetterOffice):
    case, _letter = answered(office)
    case = withdrawn(office, case)
    done = do(case, e.Archived(on=DAY), Doing(office.clerk, case.version))
    assert done.phase == "archived"


def test_a_refusal_is_made_anew_by_the_hands_that_signed_it(office: LetterOffice):
    refused = e.Decided(on=DAY, ground="N5")
    case = office.act(office.registered(), refused, office.order("refused_internal"))
    letter = Letter.objects.get(case_id=case.pk)
    case = withdrawn(office, case)
    struck = e.Struck(on=DAY, entry=2)
    case = do(case, struck, Doing(office.approver, case.version, note="登错案件"))
    with pytest.raises(SignOffError):
        _anew(office, letter)
    found = Letter.objects.select_related("body", "reader").get(pk=letter.pk)
    undoing = Undoing(office.handler, "撤回登错，重新出具")
    made = reissuing.propose(
        found, order_of(found), matter_of(case, order_of(found)), undoing
    )
    office.consented(made)
    fresh = Letter.objects.get(replaces=letter)
    assert (fresh.status, lapsing.owed(case)) == ("issued", [])
    call_command("verify")


def test_what_went_out_stays(office: LetterOffice):
    """A notice goes out with its act, which tells the day it was told."""
    case = office.act(office.registered(), ASKED, office.order("correction_notice"))
    withdrawn(office, case)
    posted = office.walked(office.registered(), GRANTED)
    office.delivered(Case.objects.get(pk=posted.case_id), DAY)
    assert lapsing.unsent(Case.objects.get(pk=posted.case_id)) == []
    case, _letter = answered(office)
    sent = do(case, SENT, Doing(office.clerk, case.version))
    assert lapsing.unsent(sent) == []
    assert not Letter.objects.filter(status="void").exists()


def test_a_notice_issued_by_itself_and_not_sent_is_void_a_receipt_is_not(
    office: LetterOffice,
):
    asked = office.consulted("third_party")
    case = Case.objects.get(pk=asked.case_id)
    for kind in ("registration_receipt", "consultation_notice"):
        issue_alone(case, office.order(kind), office.handler)
    withdrawn(office, case)
    [void] = Letter.objects.filter(case_id=case.pk, status="void")
    assert void.kind == "consultation_notice"


def test_a_merging_and_a_transfer_leave_nothing_behind_but_their_own(
    office: LetterOffice,
):
    first, again = office.registered(), office.registered()
    away = e.Transferred(on=DAY, to="91350100M000100Y43")
    letter = office.order("otherwise_handled")
    moved = office.act(first, away, letter)
    assert moved.phase == "closed"
    assert Letter.objects.get(case_id=first.pk).stands
    third = office.registered()
    doing = Doing(office.handler, third.version, note="同一申请")
    approve(propose(third, e.Merged(on=DAY, into=again.number), doing), office.approver)
    assert not Letter.objects.filter(status="void").exists()


def test_an_ending_that_fails_voids_nothing(office: LetterOffice, monkeypatch):
    case, letter = answered(office)
    monkeypatch.setattr("mingtang_web.cases.actions.keep_count", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        withdrawn(office, case)
    letter.refresh_from_db()
    assert letter.stands


def test_the_pages_list_them_before_and_say_so_after(office: LetterOffice):
    case, letter = answered(office)
    client = Client()
    client.force_login(office.handler)
    here = f"/cases/{case.pk}/"
    asked = client.get(f"{here}do/withdraw/").text
    assert "随之作废" in asked
    assert letter.number in asked
    withdrawn(office, case)
    text = client.get(here).text
    assert "文书作废，没有发出" in text
    assert "没有登记发出" in text
    assert "须重新出具" not in text
    assert "重新出具" not in client.get(f"/letters/{letter.pk}/").text


def test_a_withdrawal_struck_says_which_letters_are_to_be_made_anew(office: LetterOffice):
    case, letter = answered(office)
    client = Client()
    client.force_login(office.handler)
    withdrawn(office, case)
    struck = e.Struck(on=DAY, entry=2)
    case = do(case, struck, Doing(office.approver, 3, note="登错案件"))
    assert case.phase == "decided"
    text = client.get(f"/cases/{case.pk}/").text
    assert "以下文书已随它作废，须重新出具" in text
    assert "须重新出具" in client.get(f"/letters/{letter.pk}/").text
    with pytest.raises(NotPermittedError, match="请先在原文书页重新出具"):
        do(case, SENT, Doing(office.clerk, case.version))
    fresh = _anew(office, letter)
    letter.refresh_from_db()
    assert (letter.status, fresh.replaces_id) == ("void", letter.pk)
    assert fresh.sequence == letter.sequence + 1
    assert "已随它作废" not in client.get(f"/cases/{case.pk}/").text
    with pytest.raises(LetterError):
        _anew(office, letter)
    sent = do(case, SENT, Doing(office.clerk, case.version))
    assert sent.phase == "dispatched"
    call_command("verify")


def test_a_letter_void_for_an_ending_that_stands_is_not_made_anew(office: LetterOffice):
    case, letter = answered(office)
    withdrawn(office, case)
    letter.refresh_from_db()
    with pytest.raises(LetterError, match="已不在有效状态"):
        _anew(office, letter)


def _anew(office: LetterOffice, letter: Letter) -> Letter:
    found = Letter.objects.select_related("body", "reader").get(pk=letter.pk)
    order = replace(order_of(found), day=DAY)
    matter = matter_of(Case.objects.get(pk=letter.case_id), order)
    return reissuing.reissue(found, order, matter, Undoing(office.handler, "撤回登错"))
