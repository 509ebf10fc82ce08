"""A delivery is entered once: letter and case say the same, or one of them is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang.case.replaying import replay
from mingtang_web.cases import bridge, renaming
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.amending import Amendment
from mingtang_web.cases.delivering import record_delivery
from mingtang_web.cases.lettering import matter_of
from mingtang_web.cases.models import Case
from mingtang_web.cases.unmaking import unmade
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError, Undoing, reissue
from mingtang_web.letters.delivering import Delivered
from mingtang_web.letters.models import DeliveryRecord
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import ARRIVED, SENT, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.letters.models import Letter

D = date
LATER = D(2026, 3, 30)
POSTED = Delivered("post", SENT.on, ARRIVED.on, "post", "XA123456789", "k")


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(LATER):
        yield LetterOffice()


def case_of(letter: Letter) -> Case:
    return Case.objects.get(pk=letter.case_id)


def entered(letter: Letter) -> tuple[e.Event, ...]:
    return bridge.history(letter.case_id)


def strike(office: LetterOffice, letter: Letter, place: int) -> None:
    case = case_of(letter)
    doing = Doing(
        office.approver, case.version, approver=office.lawyer, note="日期登记错误"
    )
    do(case, e.Struck(on=LATER, entry=place), doing)


def test_the_case_is_told_of_an_answer_sent_and_arrived(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    made = record_delivery(letter, POSTED, office.clerk)
    assert made.events == (SENT, ARRIVED)
    assert entered(letter)[-2:] == (SENT, ARRIVED)
    assert case_of(letter).phase == "delivered"
    entry = Entry.objects.get(case_id=letter.case_id, kind="event.delivered")
    assert entry.actor == office.clerk


def test_what_has_not_arrived_yet_is_told_when_it_has(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    record_delivery(letter, replace(POSTED, received=None), office.clerk)
    assert case_of(letter).phase == "dispatched"
    made = record_delivery(letter, replace(POSTED, key="k2", again=True), office.clerk)
    assert made.events == (ARRIVED,)


def test_a_fee_notice_and_a_consultation_arrive_in_the_case(office: LetterOffice) -> None:
    for letter in (office.came("fee_notice"), office.consulted("third_party")):
        record_delivery(letter, replace(POSTED, key=f"k{letter.pk}"), office.clerk)
    present = replay(entered(letter)).round.open_opinions
    assert [each.delivered for each in present] == [ARRIVED.on]
    fee = Entry.objects.get(kind="event.fee_notice_delivered").content["event"]
    assert fee["on"] == ARRIVED.on.isoformat()


def test_other_letters_leave_the_case_alone(office: LetterOffice) -> None:
    letter = office.came("extension_notice")
    before = entered(letter)
    told = replace(POSTED, reference="XA2", again=True)
    assert record_delivery(letter, told, office.clerk).events == ()
    assert entered(letter) == before


def test_the_same_submission_again_writes_nothing(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    first = record_delivery(letter, POSTED, office.clerk)
    again = record_delivery(letter, POSTED, office.clerk)
    assert again.record == first.record
    assert len(entered(letter)) == 4
    assert DeliveryRecord.objects.filter(letter=letter).count() == 1


def test_a_record_that_the_case_contradicts_is_refused(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    office.act(office.act(case_of(letter), SENT, None), ARRIVED, None)
    for told in (
        replace(POSTED, dispatched=D(2026, 3, 14)),
        replace(POSTED, mode="direct", proof="receipt"),
        replace(POSTED, received=D(2026, 3, 17)),
    ):
        with pytest.raises(LetterError, match="与此不同"):
            record_delivery(letter, told, office.clerk)
    assert not letter.deliveries.exists()
    assert record_delivery(letter, POSTED, office.clerk).events == ()


def test_a_letter_sent_again_has_days_of_its_own(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    record_delivery(letter, replace(POSTED, received=None), office.clerk)
    again = Delivered("post", D(2026, 3, 20), D(2026, 3, 23), "post", "XA2", "k2")
    with pytest.raises(LetterError, match="已有送达记录"):
        record_delivery(letter, again, office.clerk)
    again = replace(again, again=True)
    assert record_delivery(letter, again, office.clerk).events == (
        e.Delivered(on=D(2026, 3, 23)),
    )


@pytest.mark.parametrize(
    "event",
    [e.Dispatched(on=D(2026, 3, 14), mode="post"), e.Dispatched(on=SENT.on, mode="direct")],
)
def test_the_case_does_not_say_otherwise_than_the_record(
    office: LetterOffice, event: e.Event
) -> None:
    letter = office.came("disclosure")
    record_delivery(letter, POSTED, office.clerk)
    strike(office, letter, 3)
    strike(office, letter, 2)
    with pytest.raises(NotPermittedError, match="送达记录是2026-03-13"):
        office.act(case_of(letter), event, None)
    case = office.act(case_of(letter), SENT, None)
    with pytest.raises(NotPermittedError, match="送达记录是2026-03-16签收"):
        office.act(case, e.Delivered(on=D(2026, 3, 18)), None)
    assert office.act(case, ARRIVED, None).phase == "delivered"


def test_an_answer_that_went_out_is_not_unmade_by_one(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    record_delivery(letter, POSTED, office.clerk)
    case = case_of(letter)
    doing = Doing(office.approver, case.version, note="看错了")
    case = do(case, e.Struck(on=LATER, entry=3), doing)
    told = unmade(case, bridge.history(case.pk), e.Struck(on=LATER, entry=2))
    assert any("2026-03-13发出，邮件回执" in each for each in told)
    for place in (2, 1):
        doing = replace(doing, version=case.version)
        with pytest.raises(SignOffError, match="已经发出的答复"):
            do(case, e.Struck(on=LATER, entry=place), doing)
        both = replace(doing, approver=office.lawyer)
        case = do(case, e.Struck(on=LATER, entry=place), both)
    letter.refresh_from_db()
    assert (letter.stands, "更正撤去" in letter.void_reason) == (False, True)
    assert Entry.objects.filter(kind="case.belated", case_id=case.pk).count() == 2
    call_command("verify")


def test_what_was_struck_is_told_anew_by_the_right_record(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    wrong = replace(POSTED, received=D(2026, 3, 15))
    record_delivery(letter, wrong, office.clerk)
    strike(office, letter, 3)
    made = record_delivery(letter, replace(POSTED, key="k2", again=True), office.clerk)
    assert made.events == (ARRIVED,)


def test_what_became_void_with_the_case_is_not_delivered(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    office.act(case_of(letter), e.Withdrawn(on=D(2026, 3, 13)), None, note="来函撤回")
    letter.refresh_from_db()
    with pytest.raises(LetterError, match="没有作废"):
        record_delivery(letter, POSTED, office.clerk)


def test_where_the_case_must_wait_it_keeps_and_the_record_stands(
    office: LetterOffice,
) -> None:
    letter = office.came("disclosure")
    named = Amendment(replace(ASKER, name="李四海"), "post", "抄错", 0, "核对了原件")
    renaming.propose(case_of(letter), named, office.clerk)
    before = entered(letter)
    made = record_delivery(letter, POSTED, office.clerk)
    assert made.events == ()
    assert "不能办“发出答复”" in made.why_not
    assert entered(letter) == before
    assert letter.deliveries.count() == 1


def test_a_letter_issued_in_anothers_place_has_its_own_days(office: LetterOffice) -> None:
    letter = office.came("disclosure")
    record_delivery(letter, POSTED, office.clerk)
    order = office.order("disclosure", day=D(2026, 3, 30))
    matter = matter_of(case_of(letter), order)
    fresh = reissue(letter, order, matter, Undoing(office.approver, "提供方式写错"))
    told = Delivered("post", D(2026, 3, 30), None, "post", "XA3", "k3")
    assert record_delivery(fresh, told, office.clerk).events == ()
    assert fresh.deliveries.count() == 1


def test_a_letter_written_for_another_way_goes_out_anew_first(office: LetterOffice) -> None:
    row = office.came("refused_process")
    by_mail = replace(POSTED, mode="electronic", proof="system")
    with pytest.raises(LetterError, match="改正后重新出具"):
        record_delivery(row, by_mail, office.clerk)
    case = case_of(row)
    out = e.Dispatched(on=D(2026, 3, 30), mode="electronic")
    with pytest.raises(NotPermittedError, match="改正后重新出具"):
        do(case, out, Doing(office.clerk, case.version))
    by_hand = Delivered("on_the_spot", row.day, row.day, "receipt")
    assert len(record_delivery(row, by_hand, office.clerk).events) == 2
