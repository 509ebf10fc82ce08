"""A letter put right goes through the hands that signed it, and decides what it decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import reissuing
from mingtang_web.cases.actions import SignOffError, do
from mingtang_web.cases.lettering import matter_of
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve, review
from mingtang_web.letters.actions import LetterError, Undoing, order_of
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import Doing, at
from tests.web.letters.ways import LATER, LetterOffice
from tests.web.people import appointed

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - both databases
    with at(LATER):
        yield LetterOffice()


@pytest.fixture
def refusal(office: LetterOffice) -> Letter:
    return office.came("refused_process")


def proposed(row: Letter, by: object, **more: object) -> Proposal:
    order = order_of(row)
    told = {**order.particulars, "refusal_reason": "尚在会签，未形成正式意见。", **more}
    order = replace(order, particulars=told, day=LATER)
    matter = matter_of(Case.objects.get(pk=row.case_id), order)
    return reissuing.propose(row, order, matter, Undoing(by, "理由写错"))


def test_a_refusal_put_right_is_signed_by_the_same_hands(office, refusal) -> None:
    made = proposed(refusal, office.handler)
    assert made.stage == Proposal.Stage.LEGAL
    version = made.version
    refusal.refresh_from_db()
    assert refusal.stands
    case = approve(review(made, office.lawyer, "可以", agrees=True), office.approver)
    fresh = Letter.objects.latest("id")
    refusal.refresh_from_db()
    assert (refusal.status, refusal.voided_by) == ("void", office.approver)
    assert (fresh.replaces, fresh.issued_by, fresh.stands) == (
        refusal,
        office.handler,
        True,
    )
    assert fresh.number != refusal.number
    assert (case.version, case.ground) == (version, "N6")


def test_nobody_puts_a_refusal_right_alone(office, refusal) -> None:
    order = order_of(refusal)
    matter = matter_of(Case.objects.get(pk=refusal.case_id), order)
    with pytest.raises(SignOffError, match="送审"):
        reissuing.reissue(refusal, order, matter, Undoing(office.approver, "试"))
    with pytest.raises(NotAllowedError):
        proposed(refusal, office.approver)
    for role in (Role.LEGAL_REVIEWER, Role.APPROVER):
        appointed(office.handler, office.housing, role)
    made = proposed(refusal, office.handler)
    with pytest.raises(SignOffError, match="另一人"):
        review(made, office.handler, "", agrees=True)


def test_who_wrote_the_first_letter_does_not_sign_the_second(office, refusal) -> None:
    for role in (Role.LEGAL_REVIEWER, Role.APPROVER):
        appointed(office.handler, office.housing, role)
    appointed(office.clerk, office.housing, Role.HANDLER)
    made = proposed(refusal, office.clerk)
    with pytest.raises(SignOffError, match="原文书的出具人"):
        review(made, office.handler, "", agrees=True)


def test_a_role_lent_does_not_make_one_person_of_two(office, refusal) -> None:
    made = proposed(refusal, office.handler)
    lend(
        Delegation(
            lender=office.approver, borrower=office.lawyer, body=office.housing,
            since=LATER, until=LATER, reason="出差",
        )
    )  # fmt: skip
    passed = review(made, office.lawyer, "", agrees=True)
    with pytest.raises(SignOffError, match="另一人"):
        approve(passed, office.lawyer)
    assert approve(passed, office.approver)


def test_another_ground_is_another_decision(office) -> None:
    row = office.came("refused_process")
    with pytest.raises(LetterError, match="重新处理"):
        proposed(row, office.handler, process_kind="draft")


def test_what_reaches_the_case_lets_a_proposed_letter_lapse(office, refusal) -> None:
    made = proposed(refusal, office.handler)
    with pytest.raises(LetterError, match="送审"):
        reissuing.void(refusal, Undoing(office.approver, "试"))
    office.delivered(Case.objects.get(pk=refusal.case_id), LATER)
    made.refresh_from_db()
    assert made.is_waiting  # 发出 is the body's own and waits; the record stands
    case = Case.objects.get(pk=refusal.case_id)
    do(case, e.Withdrawn(on=LATER), Doing(office.clerk, case.version, note="当面书面撤回"))
    made.refresh_from_db()
    assert made.stage == Proposal.Stage.OVERTAKEN


def test_an_answer_that_went_out_is_not_made_void(office) -> None:
    row = office.came("disclosure")
    office.delivered(Case.objects.get(pk=row.case_id), LATER)
    with pytest.raises(LetterError, match="改正后重新出具"):
        reissuing.void(row, Undoing(office.approver, "试"))
    row.refresh_from_db()
    assert row.stands


def test_a_case_without_a_valid_answer_is_not_archived(office) -> None:
    row = office.came("disclosure")
    reissuing.void(row, Undoing(office.approver, "试"))
    case = Case.objects.get(pk=row.case_id)
    out = e.Dispatched(on=LATER, mode="post")
    case = do(case, out, Doing(office.clerk, case.version))
    case = do(case, e.Delivered(on=LATER), Doing(office.clerk, case.version))
    with pytest.raises(NotPermittedError, match="有效的答复文书"):
        do(case, e.Archived(on=LATER), Doing(office.clerk, case.version))
