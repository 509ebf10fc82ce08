"""What is struck and entered anew: by two persons where it puts the answer off."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from mingtang.case import events as e
from mingtang_web.bodies.models import Role
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve, propose
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Notice
from tests.web.cases.requests import Office, at
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.accounts.models import User

D = date
TODAY = D(2026, 4, 15)
ASKED = e.CorrectionAsked(on=D(2026, 3, 4), until=D(2026, 3, 27))
CORRECTED = e.Corrected(on=D(2026, 3, 10))
WHY = "收件章为4月1日，原登记看错"


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        made = Office()
        appointed(made.handler, made.housing, Role.APPROVER)  # lent
        yield made


def late(office: Office) -> Case:
    """An overdue case whose correction the handler entered."""
    with at(CORRECTED.on):
        case = office.done(office.registered(), ASKED)
        return do(case, CORRECTED, Doing(office.handler, case.version))


def strike(case: Case, place: int, who: User) -> Proposal:
    struck = e.Struck(on=TODAY, entry=place)
    return propose(case, struck, Doing(who, case.version, note=WHY))


def test_nobody_strikes_alone_what_makes_a_late_case_timely(office: Office) -> None:
    case, struck = late(office), e.Struck(on=TODAY, entry=2)
    for who in (office.handler, office.approver):
        with pytest.raises(SignOffError, match="更正登记使答复期限推后"):
            do(case, struck, Doing(who, case.version, note=WHY))
    after = approve(strike(case, 2, office.handler), office.approver)
    assert bridge.history(case.pk)[-1] == struck
    told = Entry.objects.get(kind="case.belated")
    assert told.content["struck"] == {"kind": "corrected", "on": "2026-03-10"}
    assert (told.actor, told.approver) == (office.handler, office.approver)
    assert Notice.objects.filter(kind="belated").exists()
    page = Client()
    page.force_login(office.supervisor)
    assert "更正登记，划去：2026-03-10 收到补正材料" in page.get(reverse("overview")).text

    again = e.Corrected(on=D(2026, 3, 27))
    with pytest.raises(SignOffError, match="代替已经更正的登记"):
        do(after, again, Doing(office.clerk, after.version))
    doing = Doing(office.clerk, after.version, note=WHY)
    timely = approve(propose(after, again, doing), office.approver)
    assert (timely.kept, timely.due) == ("open", D(2026, 4, 27))
    assert Entry.objects.filter(kind="case.belated").count() == 2


def test_the_same_day_or_an_earlier_one_is_entered_anew_alone(office: Office) -> None:
    case = approve(strike(late(office), 2, office.handler), office.approver)
    after = do(case, e.Corrected(on=D(2026, 3, 9)), Doing(office.clerk, case.version))
    assert after.kept == "overdue"
    assert Entry.objects.filter(kind="case.belated").count() == 1


def test_whoever_entered_it_does_not_consent_to_its_striking(office: Office) -> None:
    proposed = strike(late(office), 2, office.approver)
    with pytest.raises(SignOffError, match="您登记的"):
        approve(proposed, office.handler)
    other = person("deputy", "孙副局")
    appointed(other, office.housing, Role.APPROVER)
    assert approve(proposed, other).running == "stopped"


def test_the_day_of_receipt_is_not_moved_by_one(office: Office) -> None:
    case = office.registered(channel="online")
    case = do(case, e.Confirmed(on=D(2026, 3, 3)), Doing(office.clerk, 1))
    struck, late_day = e.Struck(on=TODAY, entry=1), e.Confirmed(on=D(2026, 4, 14))
    with pytest.raises(SignOffError, match="更正登记使答复期限推后"):
        do(case, struck, Doing(office.approver, case.version, note=WHY))
    case = approve(strike(case, 1, office.handler), office.approver)
    with pytest.raises(SignOffError, match="代替已经更正的登记"):
        do(case, late_day, Doing(office.clerk, case.version, note=WHY))
    same = e.Confirmed(on=D(2026, 3, 3))
    assert do(case, same, Doing(office.clerk, case.version)).kept == "overdue"


def test_what_hastens_the_answer_is_struck_by_one(office: Office) -> None:
    with at(ASKED.on):
        case = office.done(office.registered(), ASKED)
    struck = e.Struck(on=TODAY, entry=1)
    after = do(case, struck, Doing(office.approver, case.version, note=WHY))
    assert after.kept == "overdue"
    assert not Entry.objects.filter(kind="case.belated").exists()


FEE = e.FeeNotified(on=D(2026, 3, 12), basis="pages", pieces=68, yuan=380)


def test_a_fee_notice_sent_in_time_is_entered_after_the_term_by_two(
    office: Office,
) -> None:
    case = office.registered()
    with pytest.raises(SignOffError, match="补记2026-03-12"):
        do(case, FEE, Doing(office.handler, case.version, note=WHY, no_letter=WHY))
    client = Client()
    client.force_login(office.handler)
    assert "只能补记" in client.get(f"/cases/{case.pk}/").text
    typed = {
        "key": "k", "version": case.version, "step": "do", "on": "2026-03-12",
        "basis": "pages", "pages": "68", "note": WHY,
        "letter-no_letter": "通知书已于3月12日以收〔2026〕5号发出",
    }  # fmt: skip
    assert client.post(f"/cases/{case.pk}/do/notify_fee/", typed).status_code == 302
    after = approve(Proposal.objects.get(), office.approver)
    assert bridge.history(case.pk)[-1] == FEE
    assert (after.running, after.due) == ("paused", D(2026, 4, 28))


def test_that_a_fee_notice_arrived_undoes_no_lateness_by_one(office: Office) -> None:
    with at(FEE.on):
        case = office.done(office.registered(), FEE)
    told = e.FeeNoticeDelivered(on=D(2026, 3, 13))
    with at(D(2026, 5, 8)), pytest.raises(SignOffError, match="补记2026-03-13"):
        do(case, told, Doing(office.clerk, case.version, note=WHY))
    assert do(case, told, Doing(office.clerk, case.version)).running == "stopped"


@pytest.mark.parametrize("channel", ["page", "api"])
def test_page_and_channel_propose_it(office: Office, channel: str) -> None:
    case, client = late(office), Client()
    client.force_login(office.approver)
    if channel == "page":
        place = f"/cases/{case.pk}/strike/2/"
        assert "此事须经另一人批准" in client.get(place).text
        typed = {"key": "k", "version": case.version, "why": WHY}
        assert client.post(place, typed).status_code == 302
    else:
        sent = {"version": case.version, "place": 2, "why": WHY}
        answer = client.post(
            *(f"/api/cases/{case.pk}/strikes", json.dumps(sent), "application/json"),
            headers={"Idempotency-Key": "k" * 8},
        )
        assert answer.json()["outcome"] == "proposed"
    made = Proposal.objects.get()
    reader = Client()
    reader.force_login(office.handler)
    page = reader.get(f"/cases/{case.pk}/proposals/{made.pk}/").text
    assert "2026-03-10 收到补正材料" in page
    assert "不能由您批准更正" in page
    assert Case.objects.get(pk=case.pk).version == case.version
