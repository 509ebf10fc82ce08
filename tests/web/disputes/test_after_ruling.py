"""After a ruling: the same answer again, and a ruling that nobody registered, are asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import propose
from mingtang_web.disputes import actions
from mingtang_web.disputes.actions import Order
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Doing, Office, at
from tests.web.disputes.test_disputes import TODAY, answered, filed

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
REASON = "补充调查后查明涉及第三方商业秘密"
AGAIN = e.Reopened(on=TODAY, cause="review")


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def ruled(office: Office, outcome: str = "review_revoked", **order: object) -> Case:
    case = answered(office)
    dispute = filed(office, cases=[case])
    event = d.Ruled(on=D(2026, 6, 26), outcome=outcome, final=True)
    told = Order([case], None, "西政复〔2026〕12号") if order.get("opens") else Order()
    actions.rule(dispute, event, told, Doing(office.lawyer, dispute.version))
    return Case.objects.get(pk=case.pk)


def page(person: object, case: Case, end: str, **typed: str) -> str:
    client = Client()
    client.force_login(person)
    place = f"/cases/{case.pk}/{end}"
    if not typed:
        return client.get(place).text
    told = {"key": "key-0001", "version": str(case.version), "step": "check"}
    return client.post(place, told | {"letter-no_letter": "试办"} | typed).text


def test_the_answer_set_aside_is_not_given_again_without_a_word(office: Office) -> None:
    case = ruled(office, opens=True)
    same, other = (e.Decided(on=TODAY, ground=code) for code in ("N6", "N5"))
    with pytest.raises(NotPermittedError, match="第六十四条第二款"):
        propose(case, same, Doing(office.handler, case.version))
    made = propose(case, same, Doing(office.handler, case.version, note=REASON))
    assert "不能凭同一的事实和理由" in page(office.approver, case, f"proposals/{made.pk}/")
    assert made.reason == REASON
    second = ruled(office, opens=True)
    assert propose(second, other, Doing(office.handler, second.version)).reason == ""


def test_whoever_decides_is_asked_on_the_form_and_warned_before(office: Office) -> None:
    case = ruled(office, opens=True)
    form = page(office.handler, case, "decide/N6/")
    assert "这次有哪些新的事实、理由" in form
    assert "第六十四条第二款" in form
    assert "第六十四条第二款" not in page(office.handler, case, "decide/N5/")
    blank = page(office.handler, case, "decide/N6/", note="")
    assert 'href="#id_note"' in blank
    checked = page(office.handler, case, "decide/N6/", note=REASON)
    assert 'class="told warning"' in checked
    assert "不能凭同一的事实和理由" in checked


def test_what_the_body_corrects_itself_is_not_asked(office: Office) -> None:
    own = e.Reopened(on=TODAY, cause="own")
    case = office.done(answered(office), own)
    propose(case, e.Decided(on=TODAY, ground="N6"), Doing(office.handler, case.version))
    assert Proposal.objects.get().reason == ""


@pytest.mark.parametrize("outcome", [None, "review_upheld"])
def test_a_new_round_without_a_ruling_on_record_is_asked(
    office: Office, outcome: str | None
) -> None:
    case = ruled(office, outcome) if outcome else answered(office)
    form = page(office.handler, case, "do/reopen/")
    assert "没有关联本件、责令重新处理的行政复议决定" in form
    with pytest.raises(NotPermittedError, match="没有关联本件"):
        propose(case, AGAIN, Doing(office.handler, case.version))
    told = Doing(office.handler, case.version, note="西政复〔2026〕12号，尚未录入")
    made = propose(case, AGAIN, told)
    assert "没有关联本件" in page(office.approver, case, f"proposals/{made.pk}/")


def test_a_new_round_with_its_ruling_is_not_asked(office: Office) -> None:
    case = ruled(office)
    form = page(office.handler, case, "do/reopen/")
    assert "责令重新处理的行政复议决定" not in form
    assert "责令重新处理的行政判决" in form
    made = propose(case, AGAIN, Doing(office.handler, case.version))
    assert made.reason == ""
    assert Entry.objects.filter(case_id=case.pk, kind="case.proposed").exists()
