"""Two requests that are one: joined by two persons, into the one that came first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.models import Role
from mingtang_web.cases import merging
from mingtang_web.cases.actions import SignOffError, do
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve, propose, send_back
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.notices.models import Kind, Notice
from tests.web.cases.requests import ASKER, Doing, Office, at
from tests.web.people import appointed

D = date
WHY = "同一申请人当日分别当面、网上提交，内容相同"
TODAY = D(2026, 3, 20)


def into(case: Case, on: date = TODAY) -> e.Merged:
    return e.Merged(on=on, into=case.number)


def sent(office: Office, case: Case, first: Case, note: str = WHY) -> Proposal:
    doing = Doing(office.handler, case.version, note=note)
    return propose(case, into(first), doing)


def test_one_person_alone_merges_nothing(office: Office) -> None:
    first, again = office.registered(), office.registered()
    with pytest.raises(SignOffError, match="须经另一人审批"):
        do(again, into(first), Doing(office.handler, 1, note=WHY))
    made = sent(office, again, first)
    assert Case.objects.get(pk=again.pk).phase == "in_hand"
    appointed(office.handler, office.housing, Role.APPROVER)
    with pytest.raises(SignOffError, match="自己的送审"):
        approve(made, office.handler)
    with at(D(2026, 3, 23)):
        after = approve(made, office.approver)
    assert (after.phase, after.decided) == ("closed", D(2026, 3, 23))
    entry = Entry.objects.get(kind="event.merged")
    assert (entry.actor, entry.approver) == (office.handler, office.approver)
    assert entry.content["note"] == WHY
    assert "differs" not in entry.content
    assert [each.pk for each in merging.joined(first)] == [again.pk]
    call_command("verify")


def test_how_the_two_differ_stays_in_the_ledger_and_the_reason_is_asked(
    office: Office,
) -> None:
    first = office.registered()
    again = office.registered(subject="同小区备案表（二）", description="另要一份。")
    with pytest.raises(NotPermittedError, match="为什么这两件是同一申请"):
        sent(office, again, first, note=" ")
    found = merging.beside(again, first.number)
    assert found is not None
    assert found.differs == ("subject", "description")
    assert (found.own.words, found.other.words is None) == ("另要一份。", False)
    approve(sent(office, again, first), office.approver)
    entry = Entry.objects.get(kind="event.merged")
    assert entry.content["differs"] == ["subject", "description"]


@pytest.mark.parametrize("came", [D(2026, 3, 2), D(2026, 3, 5)])
def test_only_into_the_earlier_receipt_and_the_refusal_says_which(
    office: Office, came: date
) -> None:
    first = office.registered()
    again = office.registered(arrived=came)
    said = f"请到{again.number}办理，把它并入{first.number}"
    with pytest.raises(NotPermittedError, match=said):
        sent(office, first, again)
    approve(sent(office, again, first), office.approver)
    first.refresh_from_db()
    assert (first.phase, first.due) == ("in_hand", D(2026, 3, 30))


def test_what_is_not_received_goes_into_what_is(office: Office) -> None:
    online = office.registered(channel="online")
    got = office.registered(arrived=D(2026, 3, 18))
    with pytest.raises(NotPermittedError, match="收到在后"):
        sent(office, got, online)
    approve(sent(office, online, got), office.approver)
    assert Case.objects.get(pk=online.pk).phase == "closed"


def test_only_the_same_applicants_open_cases_are_joined(office: Office) -> None:
    first, again = office.registered(), office.registered()
    other = office.registered(person=Person(name="李四"))
    with pytest.raises(NotPermittedError, match="没有该申请人编号为2026-0003"):
        sent(office, again, other)
    approve(sent(office, again, first), office.approver)
    with pytest.raises(NotPermittedError, match="2026-0002"):
        sent(office, first, again)


BY_POST = Person(name="张 三丰", phone="13800138000", address="西山区柳林路七号")


def test_who_gave_no_number_is_known_by_name_and_telephone(office: Office) -> None:
    first, again = office.registered(), office.registered(person=BY_POST)
    third = office.registered(person=BY_POST)
    for other in (replace(BY_POST, name="李四"), replace(BY_POST, phone="13900139000")):
        stranger = office.registered(person=other)
        with pytest.raises(NotPermittedError, match="姓名和联系电话都相同"):
            sent(office, stranger, first)
    assert merging.candidates(again) == [first]
    assert merging.candidates(third) == [first, again]
    assert "identity" in merging.compared(third, again).differs
    approve(sent(office, again, first), office.approver)
    entry = Entry.objects.get(kind="event.merged")
    assert entry.content["differs"] == ["identity"]
    assert [each.pk for each in merging.joined(first)] == [again.pk]
    another = replace(ASKER, identity_number="110101199003070150")
    numbered = office.registered(person=another)
    assert first not in merging.candidates(numbered)


def test_what_is_late_is_answered_late_and_does_not_vanish(office: Office) -> None:
    """A merged request counts nowhere, so that its lateness would be told nowhere."""
    first = office.registered()
    again = office.registered(arrived=D(2026, 3, 4))
    office.done(first, e.Extended(on=D(2026, 3, 5), days=20))
    made = sent(office, again, first)
    with at(D(2026, 4, 2)):
        with pytest.raises(NotPermittedError, match="2026-04-01届满而没有答复"):
            approve(made, office.approver)
        send_back(made, office.approver, "已逾期，请答复")
        with pytest.raises(NotPermittedError, match="逾期照记"):
            propose(again, into(first, D(2026, 4, 2)), Doing(office.handler, 1, note=WHY))
    assert Case.objects.get(pk=again.pk).is_open


def test_what_has_its_answer_takes_no_other_in(office: Office) -> None:
    first = office.registered()
    again = office.registered(arrived=D(2026, 3, 4))
    office.done(first, e.Decided(on=D(2026, 3, 9), ground="G2"))
    with pytest.raises(NotPermittedError, match="已经作出决定，不能再并入"):
        sent(office, again, first)


ENDINGS = {
    "withdrawn": (e.Withdrawn(on=TODAY),),
    "decided": (e.Decided(on=TODAY, ground="G2"),),
    "transferred": (e.Transferred(on=TODAY, to="91350100M000100Y43"),),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_a_merging_that_waits_lapses_when_the_other_end_ends(
    office: Office, how: str
) -> None:
    first = office.registered()
    again, third = office.registered(), office.registered()
    made, by_it = sent(office, again, first), sent(office, third, again)
    office.done(first, *ENDINGS[how])
    made.refresh_from_db()
    by_it.refresh_from_db()
    assert (made.stage, by_it.stage) == ("overtaken", "approval")
    assert first.number in made.answer
    [told] = Notice.objects.filter(kind=Kind.LAPSED)
    assert (told.user, told.case_id) == (office.handler, again.pk)
    with pytest.raises(SignOffError, match="已失效"):
        approve(made, office.approver)
    assert Case.objects.get(pk=again.pk).version == 1
    call_command("verify")


def test_a_merging_that_waits_lapses_with_its_own_case(office: Office) -> None:
    first, again = office.registered(), office.registered()
    made = sent(office, again, first)
    do(again, e.Withdrawn(on=TODAY), Doing(office.clerk, 1, note="来函撤回"))
    made.refresh_from_db()
    assert made.stage == "overtaken"


def test_where_the_term_that_goes_on_is_longer_that_is_said(office: Office) -> None:
    first = office.registered()
    again = office.registered(arrived=D(2026, 3, 4))
    office.done(first, e.Extended(on=D(2026, 3, 5), days=20))
    first.refresh_from_db()
    assert "比本件的2026-04-01晚" in merging.compared(again, first).longer
    office.done(first, e.CorrectionAsked(on=D(2026, 3, 6), until=D(2026, 3, 27)))
    first.refresh_from_db()
    assert "停止计算" in merging.compared(again, first).longer


@pytest.mark.django_db(transaction=True)
def test_of_a_merging_and_an_ending_at_once_one_comes_first(office: Office) -> None:
    """Both ends are locked: nothing is merged into what has ended meanwhile."""
    first, again = office.registered(), office.registered()
    made, start, said = sent(office, again, first), Barrier(2), list[str]()

    def run(act: object) -> None:
        start.wait()
        try:
            with at(TODAY), transaction.atomic():
                act()  # type: ignore[operator]
        except (SignOffError, NotPermittedError) as why:
            said.append(str(why))
        connection.close()

    acts = [
        lambda: approve(made, office.approver),
        lambda: do(first, e.Withdrawn(on=TODAY), Doing(office.clerk, 1, note="来函撤回")),
    ]
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.refresh_from_db()
    merged = Case.objects.get(pk=again.pk).phase == "closed"
    assert (made.stage, len(said)) == (("approved", 0) if merged else ("overtaken", 1))
    assert Case.objects.get(pk=first.pk).phase == "closed"
    assert list(faults(office.housing)) == []
