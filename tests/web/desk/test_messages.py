"""What is refused is said at its field, in whole sentences, in officers' words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError, admit
from mingtang.case.replaying import follow, replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.steps import ImpossibleHistoryError
from mingtang_web.cases.lettering import previewed
from mingtang_web.desk.wording import told
from mingtang_web.disputes.actions import file
from mingtang_web.letters.orders import Order
from tests.web.cases.requests import Office, at
from tests.web.desk.test_case import signed_in
from tests.web.disputes.test_disputes import filing
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 20)):
        yield Office()


def test_a_past_day_is_told_at_the_day(office: Office) -> None:
    case = office.registered()
    sent = {"urge-words": "请抓紧", "urge-until": "2026-03-01", "urge-key": "k"}
    here = f"/cases/{case.pk}/exchanges/urge/"
    page = signed_in(office.supervisor).post(here, sent).text
    assert '<a href="#urge-until">请于何日前答复：答复期限2026-03-01已经过去' in page
    assert '<a href="#urge-words">' not in page


def test_parts_that_do_not_match_name_their_line(office: Office) -> None:
    case = office.registered()
    event = e.Decided(on=D(2026, 3, 20), ground="P1", withheld=("N5", "N6"))
    lines = [
        {"what": "会签意见", "reason": "讨论过程", "ground": "N6"},
        {"what": "行政处罚材料", "reason": "案卷", "ground": "N7"},
    ]
    order = Order("partial_disclosure", {"withheld": lines})
    first, second = previewed(case, event, order).problems
    assert first.id == "withheld-1-ground"
    assert "第2项写的依据是“属于行政执法案卷信息，不予公开”，而决定选的依据是" in first.what
    assert second.id == "withheld"
    assert "却没有一项以它为依据" in second.what


def test_events_are_named_by_what_they_record() -> None:
    submitted = e.Submitted(on=D(2026, 3, 2), channel="in_person", applicant="person")
    case = replay([submitted])
    with pytest.raises(ImpossibleHistoryError, match="不能接着登记“收到补正”"):
        follow(case, e.Corrected(on=D(2026, 3, 9)))
    history = (
        submitted,
        e.CorrectionAsked(on=D(2026, 3, 3), until=D(2026, 3, 20)),
        e.Corrected(on=D(2026, 3, 9)),
    )
    with pytest.raises(NotPermittedError) as refused:
        admit(history, e.Struck(on=D(2026, 3, 10), entry=1), Rulebook())
    assert "收到补正" in refused.value.why
    assert "corrected" not in str(refused.value)


@pytest.mark.parametrize(
    ("basis", "pieces", "said"),
    [
        ("pages", 250, [("页数", "250页")]),
        ("items", 12, [("该申请人当月申请的第几件", "第12件")]),
    ],
)
def test_a_fee_says_what_its_number_counts(
    basis: str, pieces: int, said: list[tuple[str, str]]
) -> None:
    fee = e.FeeNotified(on=D(2026, 3, 9), basis=basis, pieces=pieces, yuan=100)
    found = [(each.label, each.words) for each in told(fee)]
    assert set(said) < set(found)
    assert ("金额", "100元") in found


def test_what_others_do_is_told_with_their_roles(office: Office) -> None:
    case = office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 10), ground="G2"),
        e.Dispatched(on=D(2026, 3, 11), mode="post"),
    )
    mine, theirs = (
        signed_in(person).get(f"/cases/{case.pk}/").text
        for person in (office.handler, office.lawyer)
    )
    assert "由别人办理的" in mine
    assert "由审批人员办理" in mine
    assert "由法制审核、审批人员办理；责令重新答复的，本件随之重新办理" in mine
    assert "由承办人员办理" in theirs
    assert "重新作出处理" in theirs
    above = signed_in(office.supervisor).get(f"/cases/{case.pk}/").text
    assert "由承办人员办理" not in above
    review = file(filing(office, cases=[case], filed=D(2026, 3, 18)), office.clerk)
    here = f"/disputes/{review.pk}/"
    assert "由法制审核、审批人员登记" in signed_in(office.handler).get(here).text
    assert "由别人登记的" not in signed_in(office.lawyer).get(here).text


def test_an_extension_into_a_year_without_holidays_names_no_day(db: None) -> None:  # noqa: ARG001
    with at(D(2026, 12, 1)):
        office = LetterOffice()
        case = office.registered(arrived=D(2026, 12, 1))
    with at(D(2026, 12, 24)):
        event = e.Extended(on=D(2026, 12, 24), days=20)
        filled = {"extension_reason": "逐件核对", "request_summary": "备案表"}
        order = Order("extension_notice", filled)
        seen = previewed(case, event, order)
        assert seen.problems == ()
        words = "".join(clause.text for clause in seen.letter.clauses)
        assert "延长20个工作日" in words
        assert "2027年" not in words
        assert "届满之日待其确定，您可以向本机关查询" in words
        here = f"/cases/{case.pk}/do/extend/"
        typed = {"key": "k", "version": case.version, "on": "2026-12-24", "days": "20",
                 "note": "逐件核对", "letter-extension_reason": "需要逐件核对",
                 "letter-request_summary": "备案表"}  # fmt: skip
        check = signed_in(office.handler).post(here, typed).text
        assert "待定" in check
        assert "届满之日待其确定" in check
