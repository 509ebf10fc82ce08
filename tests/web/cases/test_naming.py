"""Nothing that is kept of a case names its people: page, channel and action alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from mingtang.case import events as e
from mingtang.case.disputes import Suspended
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import actions, consulting, signing
from mingtang_web.cases.exchanging import Saying, WordsError, comment
from mingtang_web.cases.models import Case, Consultation
from mingtang_web.cases.naming import NamedError
from mingtang_web.disputes.actions import Followed, do, file, note
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Doing, Office, at
from tests.web.desk.test_case import send, signed_in
from tests.web.disputes.test_disputes import filing

if TYPE_CHECKING:
    from django.test import Client

D = date
OTHER = Person(name="李远山", phone="13900139001")
THIRD = (D(2026, 3, 9), "third_party")


def asked(office: Office, case: Case, note: str, kind: Kind = Kind.PERSON) -> Case:
    doing = Doing(office.handler, case.version, note=note, approver=office.approver)
    return consulting.consult(case, THIRD, OTHER, kind, doing)


def test_no_note_names_who_asked_or_was_consulted(office: Office) -> None:
    case = office.registered()
    with pytest.raises(NamedError, match="被征求意见者的姓名"):
        asked(office, case, "第三方李远山不同意")
    assert not Consultation.objects.exists()
    case = asked(office, case, "第三方不同意")
    arrived = e.OpinionReceived(on=D(2026, 3, 10), party="1", stance="objects")
    for words in ("李远山来信不同意", "已电话告知张三丰"):
        doing = Doing(office.handler, case.version, note=words)
        with pytest.raises(NamedError, match="长期留存"):
            actions.do(case, arrived, doing)
    untold = actions.Doing(office.handler, case.version, no_letter="张三丰已看过")
    with pytest.raises(NamedError):
        signing.propose(case, e.Extended(on=D(2026, 3, 12), days=5), untold)
    with pytest.raises(WordsError, match="李\\*"):
        comment(case, Saying("请与李远山再联系", office.approver))
    assert not any("李远山" in each.payload for each in Entry.objects.all())


def test_a_return_names_nobody(office: Office) -> None:
    case = office.registered()
    extended = e.Extended(on=D(2026, 3, 12), days=5)
    made = signing.propose(case, extended, Doing(office.handler, case.version))
    with pytest.raises(NamedError, match="申请人的姓名"):
        signing.send_back(made, office.approver, "请先与张三丰联系")


def test_what_is_no_persons_name_may_be_told(office: Office) -> None:
    """A company's name is its own; a name in the summary was said to be no person's."""
    asked(office, office.registered(), "李远山为字号", Kind.COMPANY)
    case = office.registered(subject="张三丰故居修缮方案")
    again = asked(office, case, "张三丰故居的设计单位")
    assert again.version == case.version + 1


def test_page_and_channel_refuse_a_name_at_its_field(office: Office) -> None:
    case = office.registered()
    client = signed_in(office.handler)
    typed = {"name": OTHER.name, "kind": "person", "note": "第三方李远山须征求"}
    shown = send(client, case, "do/consult_third_party", **typed)
    assert "被征求意见者的姓名" in shown.text
    assert 'aria-describedby="id_note' in shown.text
    shown = send(client, case, "do/ask_correction", on="2026-03-19", until="2026-04-10",
                 **{"letter-no_letter": "已电话告知张三丰"})  # fmt: skip
    assert "申请人的姓名" in shown.text
    sent = {"version": case.version, "no_letter": "试办", "note": "已告知张三丰"}
    sent["event"] = {"on": "2026-03-19", "until": "2026-04-10"}
    there, key = (
        f"/api/cases/{case.pk}/acts/ask_correction",
        {"Idempotency-Key": "key-0001"},
    )
    told = client.post(there, sent, "application/json", headers=key)
    assert told.status_code == 422
    assert told.json()["errors"][0]["at"] == "note"
    case.refresh_from_db()
    assert case.version == 1


def test_a_number_refused_is_not_a_reason_missing(office: Office) -> None:
    case = office.registered()
    extended = e.Extended(on=D(2026, 3, 12), days=5)
    made = signing.propose(case, extended, Doing(office.handler, case.version))
    client = signed_in(office.approver)
    for words, both in (("请联系13800138000", False), (" ", True)):
        shown = send(client, case, f"proposals/{made.pk}", answer="return", opinion=words)
        errors = shown.context["form"].errors["opinion"]
        assert ("退回须写明理由" in errors) is both
        assert len(errors) == 1


@pytest.mark.parametrize("field", ["scope", "method", "result"])
def test_a_search_record_names_nobody(office: Office, client: Client, field: str) -> None:
    """It goes word for word to the applicant, and into the file that a court reads."""
    case = asked(office, office.registered(), "")
    told = {"scope": "全部档案", "method": "系统检索", "result": "没有查到"}
    told[field] = "李远山的来信"
    record = actions.SearchRecord(on=D(2026, 3, 9), **told)
    with pytest.raises(NamedError, match="被征求意见者的姓名") as refused:
        actions.search(case, record, office.handler)
    assert refused.value.field == field
    client.force_login(office.handler)
    page = send(client, case, "search", on="2026-03-09", **told)
    assert "被征求意见者的姓名" in page.text
    assert "李远山的来信" in page.text
    assert not case.searches.exists()


def test_nothing_that_is_kept_of_a_dispute_names_the_people_of_its_cases(
    office: Office,
) -> None:
    case = asked(office, office.registered(), "")
    came = e.OpinionReceived(on=D(2026, 3, 10), party="1", stance="objects")
    decided = e.Decided(on=D(2026, 3, 12), ground="N6")
    case = office.done(case, came, decided)
    with at(D(2026, 5, 8)):
        for field, more in {
            "learnt": {"learnt": "李远山告知"},
            "organ_known": {"organ": "西山复议总社", "organ_known": "张三丰提供的决定书"},
            "organ": {"organ": "张三丰行政公署"},
        }.items():
            asked_for = filing(office, cases=[case], **({"learnt": "来电得知"} | more))
            with pytest.raises(ValidationError) as refused:
                file(asked_for, office.lawyer)
            assert list(refused.value.message_dict) == [field]
        made = file(filing(office, cases=[case], learnt="来电得知"), office.lawyer)
        with pytest.raises(ValidationError) as refused:
            note(made, Followed(made.filed, "已告知张三丰"), office.lawyer)
        assert list(refused.value.message_dict) == ["text"]
        doing = actions.Doing(office.lawyer, made.version, note="张三丰来电")
        with pytest.raises(ValidationError):
            do(made, Suspended(on=made.filed), doing)
        assert not any("张三丰" in each.payload for each in Entry.objects.all())
