"""Two persons stand behind an extension and a refusal."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web import clock
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.actions import SignOffError, do
from mingtang_web.cases.branching import split
from mingtang_web.cases.models import Proposal
from mingtang_web.cases.queries import waiting_for
from mingtang_web.cases.signing import approve, propose, review, send_back, take_back
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Doing, Office, at
from tests.web.people import appointed

D = date
EXTENSION = e.Extended(on=D(2026, 3, 19), days=20)
REFUSAL = e.Decided(on=D(2026, 3, 19), ground="N6")


def test_an_extension_is_proposed_and_approved(office: Office) -> None:
    case = office.registered()
    made = propose(case, EXTENSION, Doing(office.handler, 1, note="资料分散，尚在查找"))
    assert made.stage == Proposal.Stage.APPROVAL
    after = approve(made, office.approver, "同意")
    assert (after.phase, after.due) == ("in_hand", D(2026, 4, 28))
    entry = Entry.objects.get(kind="event.extended")
    assert (entry.actor, entry.approver) == (office.handler, office.approver)


def test_a_refusal_is_read_by_the_lawyer_first(office: Office) -> None:
    made = propose(office.registered(), REFUSAL, Doing(office.handler, 1))
    assert made.stage == Proposal.Stage.LEGAL
    with pytest.raises(SignOffError, match="待法制审核"):
        approve(made, office.approver)
    with pytest.raises(NotAllowedError):
        review(made, office.approver, "", agrees=True)
    passed = review(made, office.lawyer, "依据充分", agrees=True)
    assert approve(passed, office.approver).ground == "N6"


def test_an_act_is_of_the_day_it_is_signed(office: Office) -> None:
    case = office.registered()
    made = propose(case, EXTENSION, Doing(office.handler, 1))
    with at(D(2026, 3, 23)):
        approve(made, office.approver)
    told = Entry.objects.get(kind="event.extended").content["event"]
    asked = Entry.objects.get(kind="case.proposed").content["event"]
    assert (asked["on"], told["on"]) == ("2026-03-19", "2026-03-23")


def test_the_term_is_asked_on_the_day_of_signing(office: Office) -> None:
    case = office.registered()
    made = propose(case, EXTENSION, Doing(office.handler, 1))
    with at(D(2026, 3, 31)), pytest.raises(NotPermittedError, match="已于2026-03-30届满"):
        approve(made, office.approver)
    made.refresh_from_db()
    assert made.stage == Proposal.Stage.APPROVAL
    refusal = propose(office.registered(), REFUSAL, Doing(office.handler, 1))
    review(refusal, office.lawyer, "可以", agrees=True)
    with at(D(2026, 3, 31)):
        after = approve(refusal, office.approver)
    assert (after.decided, after.kept) == (D(2026, 3, 31), "overdue")


def test_nobody_consents_to_their_own(office: Office) -> None:
    appointed(office.handler, office.housing, Role.APPROVER)
    appointed(office.handler, office.housing, Role.LEGAL_REVIEWER)
    made = propose(office.registered(), EXTENSION, Doing(office.handler, 1))
    with pytest.raises(SignOffError, match="另一人"):
        approve(made, office.handler)
    second = propose(office.registered(), REFUSAL, Doing(office.handler, 1))
    with pytest.raises(SignOffError, match="另一人"):
        review(second, office.handler, "", agrees=True)


def test_a_delegate_approves_in_the_approvers_stead(office: Office) -> None:
    made = propose(office.registered(), EXTENSION, Doing(office.handler, 1))
    lend(
        Delegation(
            lender=office.approver, borrower=office.clerk, body=office.housing,
            since=D(2026, 3, 18), until=D(2026, 3, 25), reason="出差",
        )
    )  # fmt: skip
    assert approve(made, office.clerk).due == D(2026, 4, 28)


def test_a_return_says_why_and_the_case_stays(office: Office) -> None:
    case = office.registered()
    made = propose(case, EXTENSION, Doing(office.handler, 1))
    with pytest.raises(SignOffError, match="理由"):
        send_back(made, office.approver, " ")
    back = send_back(made, office.approver, "期限还够，先抓紧查找")
    assert back.stage == Proposal.Stage.RETURNED
    case.refresh_from_db()
    assert case.version == 1
    again = propose(case, EXTENSION, Doing(office.handler, 1))
    assert take_back(again, office.handler).stage == Proposal.Stage.WITHDRAWN


def test_only_one_proposal_waits(office: Office) -> None:
    case = office.registered()
    propose(case, EXTENSION, Doing(office.handler, 1))
    with pytest.raises(SignOffError, match="尚未办结"):
        propose(case, REFUSAL, Doing(office.handler, 1))


def test_reasons_too_long_to_keep_are_refused_whole(office: Office) -> None:
    case, reasons = office.registered(), "；".join(["三家都在电话里说已知晓"] * 20)
    doing = Doing(office.handler, case.version, no_letter=reasons)
    with pytest.raises(SignOffError, match="超过200字"):
        propose(case, REFUSAL, doing)
    assert not case.proposals.exists()


def test_what_is_unlawful_is_not_even_proposed(office: Office) -> None:
    case = office.registered()
    refusal = e.Decided(on=D(2026, 3, 19), ground="N4")
    with pytest.raises(NotPermittedError, match="第三方"):
        propose(case, refusal, Doing(office.handler, 1))


def test_it_waits_before_whoever_may_consent(office: Office) -> None:
    made = propose(office.registered(), REFUSAL, Doing(office.handler, 1))

    def desk(person: object) -> list[Proposal]:
        held = standing(person, D(2026, 3, 20))
        return list(waiting_for(held, person.pk))

    assert desk(office.lawyer) == [made]
    assert desk(office.approver) == desk(office.stranger) == []
    review(made, office.lawyer, "可以", agrees=True)
    assert desk(office.approver) == [made]
    assert desk(office.lawyer) == []


def test_what_the_body_chooses_waits_for_the_proposal(office: Office) -> None:
    case = office.registered()
    made = propose(case, REFUSAL, Doing(office.handler, 1))
    consult = e.Consulted(on=D(2026, 3, 19), party="1", role="third_party")
    grant = e.Decided(on=D(2026, 3, 19), ground="G1")
    for event in (consult, grant):
        with pytest.raises(SignOffError, match="待法制审核"):
            do(case, event, Doing(office.handler, 1))
    with pytest.raises(SignOffError, match="拆分"):
        split(case, D(2026, 3, 19), ("甲项", "乙项"), Doing(office.handler, 1))
    review(made, office.lawyer, "可以", agrees=True)
    assert approve(made, office.approver).ground == "N6"


def test_what_comes_from_outside_overtakes_the_proposal(office: Office) -> None:
    case = office.registered()
    made = propose(case, EXTENSION, Doing(office.handler, 1))
    do(case, e.Withdrawn(on=clock.today()), Doing(office.clerk, 1, note="来函撤回"))
    made.refresh_from_db()
    assert (made.stage, made.closed_by) == (Proposal.Stage.OVERTAKEN, office.clerk)
    assert "申请人撤回" in made.answer
    told = Entry.objects.get(kind="case.overtaken").content
    assert (told["proposal"], told["stage"]) == (made.pk, "overtaken")
    with pytest.raises(SignOffError, match="已失效"):
        approve(made, office.approver)
    call_command("verify")
