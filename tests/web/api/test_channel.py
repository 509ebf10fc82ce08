"""The JSON channel does what the desk does, and refuses what the desk refuses, in words."""

from __future__ import annotations

import json
from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import ASKER, Office, at
from tests.web.letters.ways import THIRD, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

D = date
TODAY = D(2026, 3, 18)
DAY = TODAY.isoformat()


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def signed_in(person: object, **more: bool) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def post(client: Client, place: str, sent: object, key: str = "key-0001") -> HttpResponse:
    headers = {"Idempotency-Key": key}
    return client.post(
        f"/api/{place}", json.dumps(sent), "application/json", headers=headers
    )


SEEN = "核对了营业执照"


def act(client: Client, case: Case, name: str, event: dict, **more: object) -> HttpResponse:
    key = str(more.pop("key", "key-0001"))
    sent = {"version": case.version, "event": {"on": DAY, **event}, "no_letter": "试办"}
    return post(client, f"cases/{case.pk}/acts/{name}", sent | more, key)


def test_a_case_is_told_without_whose_it_is(office):
    case = office.registered()
    client = signed_in(office.handler)
    listed = client.get("/api/cases?size=1").json()
    assert (listed["count"], listed["pages"]) == (1, 1)
    assert listed["cases"][0]["due"] == "2026-03-30"
    whole = client.get(f"/api/cases/{case.pk}")
    told = whole.json()
    assert [each["kind"] for each in told["history"]] == ["submitted"]
    assert {"kind": "answer", "day": "2026-03-30"} in told["deadlines"]
    for secret in (ASKER.name, ASKER.identity_number, ASKER.phone, ASKER.address):
        assert secret not in whole.text
    assert "no-store" in whole["Cache-Control"]
    offered = {each["id"]: each for each in client.get(f"/api/cases/{case.pk}/acts").json()}
    assert "第三十条" in offered["ask_correction"]["article"]
    assert [each["name"] for each in offered["extend"]["asks"]] == ["on", "days"]
    assert "confirm" not in offered


def test_a_list_costs_the_same_however_long(office, django_assert_num_queries):
    client = signed_in(office.handler)
    office.registered()
    client.get("/api/cases")
    for _ in range(3):
        office.registered()
        with django_assert_num_queries(7):
            client.get("/api/cases")


def test_an_extension_is_proposed_by_one_and_agreed_by_another(office):
    case = office.registered()
    handler, approver = signed_in(office.handler), signed_in(office.approver)
    sent = act(handler, case, "extend", {"days": 20}).json()
    assert (sent["outcome"], sent["version"]) == ("proposed", 1)
    place = f"cases/{case.pk}/proposals/{sent['proposal']}"
    own = post(handler, place, {"answer": "agree"})
    assert (own.status_code, own.json()["title"]) == (403, "没有权限")
    blank = post(approver, place, {"answer": "return"})
    assert (blank.status_code, "理由" in blank.text) == (409, True)
    other = office.registered()
    elsewhere = f"cases/{other.pk}/proposals/{sent['proposal']}"
    assert post(approver, elsewhere, {"answer": "agree"}).status_code == 404
    assert post(approver, place, {"answer": "agree"}).json()["outcome"] == "done"
    assert post(approver, place, {"answer": "agree"}).status_code == 409
    assert Case.objects.get(pk=case.pk).due == D(2026, 4, 28)


def test_what_is_sent_again_is_done_once_and_another_thing_is_refused(office):
    case = office.registered()
    client = signed_in(office.handler)
    for _ in range(2):
        answer = act(client, case, "reclassify", {"applicant": "company"}, note=SEEN)
        assert (answer.status_code, answer.json()["version"]) == (200, 2)
    other = act(client, case, "reclassify", {"applicant": "charity"}, note=SEEN)
    assert (other.status_code, "没有改动" in other.json()["detail"]) == (409, True)
    elsewhere = office.registered()
    taken = act(client, elsewhere, "reclassify", {"applicant": "company"}, note=SEEN)
    assert taken.status_code == 409
    assert Case.objects.get(pk=elsewhere.pk).version == 1


def test_what_the_law_or_the_form_forbids_changes_nothing(office):
    case = office.registered()
    client = signed_in(office.handler)
    archive = act(client, case, "archive", {})
    assert archive.status_code == 409
    assert archive["Content-Type"] == "application/problem+json"
    assert "条例" in archive.json()["article"]
    wrong = {
        "strange": act(client, case, "withdraw", {"case": "x"}),
        "foreign field": act(client, case, "withdraw", {}, whose="x"),
        "no day": act(client, case, "ask_correction", {"until": "明天"}),
        "a number": act(client, case, "withdraw", {}, note=f"电话{ASKER.phone}"),
        "no key": act(client, case, "withdraw", {}, key="k"),
        "future": act(client, case, "withdraw", {"on": "2026-12-01"}),
        "other kind": act(client, case, "withdraw", {"kind": "decided"}),
        "letter": act(client, case, "withdraw", {}, letter={"kind": "x"}),
        "party": act(client, case, "consult_third_party", {}),
    }
    for what, answer in wrong.items():
        assert answer.status_code == 422, what
        assert answer.json()["title"] == "内容须更正", what
    stale = act(client, case, "withdraw", {}, version=9)
    assert (stale.status_code, "新的办理记录" in stale.text) == (409, True)
    torn = client.post(f"/api/cases/{case.pk}/acts/withdraw", "{", "application/json",
                       headers={"Idempotency-Key": "key-0002"})  # fmt: skip
    assert torn.status_code in {400, 422}
    short = act(client, case, "withdraw", {}, key="k1")
    assert "至少要8个字符" in short.text
    assert Entry.objects.filter(case_id=case.pk).count() == 1


@pytest.mark.parametrize(
    "particulars",
    [{"missing": 7}, {"missing": {"a": []}}, {"missing": {"$pages": "x"}}, {"$day": 1}, {}],
)
def test_a_letter_of_nonsense_is_refused_in_words(office, particulars):
    case = office.registered()
    client = signed_in(office.handler)
    letter = {"kind": "correction_notice", "particulars": particulars}
    answer = act(client, case, "ask_correction", {"until": "2026-04-20"}, letter=letter)
    assert answer.status_code == 422
    assert Letter.objects.count() == 0


def test_a_letter_that_contradicts_its_case_is_answered_with_a_warning(db):  # noqa: ARG001
    with at(TODAY):
        office = LetterOffice()
        case, client = office.registered(), signed_in(office.handler)
        order = office.order("correction_notice")
        told = order.particulars.items()
        plain = {name: said for name, said in told if not isinstance(said, date)}
        letter = {"kind": order.kind, "particulars": plain}
        letter["particulars"]["request_summary"] = "红云小区规划许可证"
        done = act(client, case, "ask_correction", {"until": "2026-04-10"}, letter=letter,
                   no_letter="")  # fmt: skip
        assert done.status_code == 200, done.text
        [warning] = done.json()["warnings"]
        assert "红云小区规划许可证" in warning
        other = office.registered()
        letter["particulars"]["request_summary"] = other.subject
        done = act(client, other, "ask_correction", {"until": "2026-04-10"}, letter=letter,
                   no_letter="", key="key-0002")  # fmt: skip
        assert done.json()["warnings"] == []


def test_whom_it_asks_is_sealed(office):
    case = office.registered()
    client = signed_in(office.handler)
    person = {"name": THIRD.name, "kind": "company", "phone": THIRD.phone}
    alone = act(client, case, "consult_third_party", {}, person=person)
    assert (alone.status_code, "须写明理由" in alone.text) == (409, True)
    told = {"person": person, "note": "征求意见函已当面送交", "key": "key-0009"}
    sent = act(client, case, "consult_third_party", {}, **told).json()
    assert (sent["outcome"], sent["version"]) == ("proposed", 1)
    answer = approve(case.proposals.get(), office.approver)
    assert answer.phase == "consulting"
    whole = client.get(f"/api/cases/{case.pk}").text
    assert THIRD.name not in whole
    assert THIRD.phone not in whole


def test_a_change_carries_the_token_of_its_session(office):
    case = office.registered()
    client = signed_in(office.handler, enforce_csrf_checks=True)
    refused = act(client, case, "withdraw", {})
    assert (refused.status_code, "X-CSRFToken" in refused.text) == (403, True)
    token = client.get("/api/session").json()["csrf"]
    sent = {"version": 1, "event": {"on": DAY}, "note": "来函撤回"}
    headers = {"Idempotency-Key": "key-0001", "X-CSRFToken": token}
    place = f"/api/cases/{case.pk}/acts/withdraw"
    done = client.post(place, json.dumps(sent), "application/json", headers=headers)
    assert done.json()["phase"] == "closed"


def test_its_description_names_every_address_and_fetches_nothing(office):
    assert Client().get("/api/openapi.json").status_code == 302
    told = signed_in(office.handler).get("/api/openapi.json").json()
    assert "/api/cases/{pk}/acts/{name}" in told["paths"]
    assert signed_in(office.handler).get("/api/docs").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_by_page_and_channel_one_goes_through(office):
    case = office.registered()
    page, api = signed_in(office.handler), signed_in(office.handler)
    typed = {"key": "kp", "version": 1, "step": "do", "on": DAY, "letter-no_letter": "试办"}
    asked, until = f"/cases/{case.pk}/do/ask_correction/", {"until": "2026-04-10"}
    got = at_once(
        lambda: page.post(asked, typed | until).status_code,
        lambda: act(api, case, "ask_reason", until).status_code,
    )
    assert sorted(got) in ([200, 409], [302, 409])
    assert len(bridge.history(case.pk)) == Case.objects.get(pk=case.pk).version == 2
    assert list(faults(office.housing)) == []


@pytest.mark.django_db(transaction=True)
def test_one_submission_sent_twice_at_once_is_one(office):
    case = office.registered()
    clients = [signed_in(office.handler) for _ in range(2)]
    got = at_once(*(
        lambda client=client: act(client, case, "extend", {"days": 20}).status_code
        for client in clients
    ))  # fmt: skip
    assert sorted(got) in ([200, 200], [200, 409])
    assert Proposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_consents_at_once_one_goes_through(office):
    case = office.registered()
    made = act(signed_in(office.handler), case, "extend", {"days": 20}).json()["proposal"]
    approver = [signed_in(office.approver) for _ in range(2)]
    place = f"cases/{case.pk}/proposals/{made}"
    got = at_once(
        lambda: post(approver[0], place, {"answer": "agree"}).status_code,
        lambda: (
            post(approver[1], place, {"answer": "return", "opinion": "不必"}).status_code
        ),
    )
    assert sorted(got) == [200, 409]
    version = Case.objects.get(pk=case.pk).version
    assert version == (2 if Proposal.objects.get().stage == "approved" else 1)
    assert list(faults(office.housing)) == []


def at_once(*deeds) -> list[int]:
    start, got = Barrier(len(deeds)), []

    def work(deed) -> None:
        start.wait()
        try:
            got.append(deed())
        finally:
            connection.close()

    threads = [Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_a_waiting_proposal_holds_up_the_channel_too(office):
    case, handler = office.registered(), signed_in(office.handler)
    act(handler, case, "extend", {"days": 20})
    offered = handler.get(f"/api/cases/{case.pk}/acts").json()
    assert [each["id"] for each in offered] == ["withdraw"]
    refused = act(handler, case, "ask_reason", {"until": "2026-04-20"}, key="key-0002")
    assert refused.status_code == 409
    assert "待审批" in refused.json()["detail"]
