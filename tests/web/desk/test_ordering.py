"""The letter of an act is ordered beside it; a person fills in what the case cannot."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from mingtang.case import events as e
from mingtang.case.disputes import Ruled
from mingtang_web.applicants.actions import sealed
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import signing
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.models import Case, Choice
from mingtang_web.cases.particulars import completed
from mingtang_web.desk.ordering import OrderForm, Repeating
from mingtang_web.disputes import actions as disputes
from mingtang_web.letters.actions import glance, opened, order_of
from mingtang_web.letters.models import Letter
from mingtang_web.letters.orders import Order
from tests.web.cases.requests import ASKER, at
from tests.web.disputes.test_disputes import filing
from tests.web.letters.ways import ARRIVED, ASKED, LATER, SENT, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(LATER):
        yield LetterOffice()


def typed(**fields: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update({f"letter-{name}": value for name, value in fields.items()})
    return made


def test_only_what_the_case_cannot_know_is_asked(office: LetterOffice) -> None:
    form = OrderForm(office.registered(), "correction_notice", None)
    names = [
        "request_summary",
        "correction_items",
        "correction_guidance",
    ]
    assert [*form.fields] == [*names, "no_letter"]
    shown = render_to_string("desk/letters/of_act.html", {"order": form})
    assert 'name="letter-correction_items"' in shown
    assert "青云小区竣工验收备案表" in shown


def test_what_was_ordered_goes_out_as_it_was_shown(office: LetterOffice) -> None:
    case = office.registered()
    data = typed(
        request_summary="青云小区竣工验收备案表",
        correction_items="写明哪一幢\n写明用途",
    )
    form = OrderForm(case, "correction_notice", ASKED, data)
    assert form.is_valid()
    with at(ASKED.on):
        words = [line.text for line in form.shown(ASKED)]
    assert "2. 写明用途" in words
    assert "张*：" in words
    assert any("请在2026年" in each and "前（含当日）" in each for each in words)
    with at(ASKED.on):
        do(case, ASKED, Doing(office.handler, case.version, letter=form.order()))
    made = opened(Letter.objects.get())
    assert [c.text for c in made.clauses if c.passage == "items"] == words[5:7]


def test_what_lacks_stands_at_its_field(office: LetterOffice) -> None:
    case = office.registered()
    form = OrderForm(case, "correction_notice", ASKED, typed())
    assert not form.is_valid()
    assert "correction_items" in form.errors
    none = OrderForm(case, "correction_notice", ASKED, typed(no_letter="当面已经告知"))
    assert none.is_valid()
    assert none.order() is None
    assert none.shown(ASKED) == ()


def test_what_the_case_should_know_and_does_not_is_asked_for(office: LetterOffice) -> None:
    case = office.done(office.registered(), ASKED, e.Corrected(on=D(2026, 3, 11)))
    event = e.Decided(on=D(2026, 3, 12), ground="U3")
    form = OrderForm(case, "still_unclear", event)
    assert {"correction_number", "correction_delivered_on"} <= set(form.fields)
    assert "corrected_on" not in form.fields


def test_an_answer_by_mail_names_mailbox_and_online_review(office: LetterOffice) -> None:
    person = Person(name=ASKER.name, email="zhang@example.cn")
    case = office.registered(person=person, delivery="electronic")
    event = e.Decided(on=D(2026, 3, 12), ground="G2")
    case = office.act(case, event, office.order("disclosure"))
    text = "".join(opened(Letter.objects.get()).manuscript().texts())
    assert "到达您提供的zhang@example.cn之日起" in text
    assert "https://fy.example.gov.cn" in text
    seen = "".join(glance(Letter.objects.get(), office.handler).manuscript().texts())
    assert "到达您提供的z***@example.cn之日起" in seen


def test_an_answer_given_anew_names_the_ruling(office: LetterOffice) -> None:
    case = Case.objects.get(pk=office.came("refused_process").case_id)
    case = office.done(case, SENT, ARRIVED)
    first = OrderForm(case, "disclosure", None)
    assert not {"ruling_organ", "ruled_on", "ruling_number"} & set(first.fields)
    asked = filing(office, cases=(case,), organ_number="")
    dispute = disputes.file(asked, office.clerk)
    ruled = Ruled(on=D(2026, 6, 26), outcome="review_revoked", final=True)
    doing = Doing(office.lawyer, dispute.version)
    disputes.rule(dispute, ruled, disputes.Order([case], None, "西政复〔2026〕3号"), doing)
    case.refresh_from_db()
    again = e.Decided(on=LATER, ground="G2")
    form = OrderForm(case, "disclosure", again)
    assert form["ruling_organ"].value() == "西山区人民政府"
    assert form["ruled_on"].value() == D(2026, 6, 26)
    data = {"request_summary": "备案表", "provide_way": "邮寄复印件"}
    assert form["ruling_number"].value() == "行政复议决定书（西政复〔2026〕3号）"
    data |= {"ruling_organ": "西山区人民政府", "ruled_on": "2026-06-26"}
    whole = typed(**data, ruling_number="西政复〔2026〕3号行政复议决定")
    named = OrderForm(case, "disclosure", again, whole)
    assert named.is_valid()
    text = "".join(line.text for line in named.shown(again))
    assert "2026年6月26日，西山区人民政府就该申请的处理作出西政复〔2026〕3号" in text
    other = Case.objects.get(pk=office.came("refused_process").case_id)
    anew = e.Reopened(on=D(2026, 6, 26), cause="review")
    office.done(other, SENT, ARRIVED, anew)
    lacking = OrderForm(other, "disclosure", again, typed(**data))
    assert lacking.is_valid()
    assert lacking.shown(again) == ()
    assert "须写明所依照的裁决" in str(lacking.errors["ruling_number"])


def test_an_extension_during_a_consultation_asks_for_no_day(office: LetterOffice) -> None:
    waits = {"option": "other_body_pause", "choice": "until_reply"}
    Choice.objects.create(body=office.housing, **waits)
    asked = e.Consulted(on=D(2026, 3, 11), party="1", role="other_body")
    came = e.ConsultationDelivered(on=D(2026, 3, 11), party="1")
    case = office.done(office.registered(), asked, came)
    event = e.Extended(on=D(2026, 3, 12), days=20)
    data = typed(request_summary="备案表", extension_reason="资料分散两处，尚需核对")
    form = OrderForm(case, "extension_notice", event, data)
    assert form.is_valid(), form.errors
    assert "new_due" not in form.fields
    words = "".join(line.text for line in form.shown(event))
    assert "延长20个工作日" in words
    assert "届满之日待其确定" in words
    assert "期限至" not in words


def test_who_objected_is_told_with_the_answer(client, office: LetterOffice) -> None:
    asked = office.consulted("third_party")
    case = Case.objects.get(pk=asked.case_id)
    for event in (
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
        e.OpinionReceived(on=D(2026, 3, 11), party="1", stance="objects"),
    ):
        case = office.act(case, event, None)
    client.force_login(office.handler)
    assert (
        "第三方不同意公开的内容，决定公开的也须如此"
        in client.get(f"/cases/{case.pk}/").text
    )
    here = f"/cases/{case.pk}/decide/G2/"
    page = client.get(here).text
    assert "决定公开政府信息第三方告知书" in page
    assert 'name="letter-1-disclosed_content"' in page
    assert 'name="letter-1-consult_sent_on"' not in page
    assert 'name="letter-1-opinion_received_on"' not in page
    told = order_of(asked).particulars["concerned_information"]
    assert (
        str(told) in re.search(r'name="letter-1-concerned_information".*?</', page, re.S)[0]
    )
    typed = {
        "key": "objected", "version": case.version, "on": "2026-03-12",
        "letter-request_summary": "立项批复", "letter-provide_way": "邮寄",
        "overrides": "unsound", "note": "报价明细已在公开的合同里",
    }  # fmt: skip
    page = client.post(here, typed).text
    assert "有内容需要改正" in page
    typed |= {
        "letter-1-concerned_information": "报价明细", "letter-1-disclosed_content": "总价",
        "letter-1-disclosure_reason": "关系公共资金的使用",
        "letter-1-opinion_received_on": "2025-01-01",
    }  # fmt: skip
    page = client.post(here, typed).text
    assert "关系公共资金的使用。" in page
    assert "本机关认为不同意公开的理由不合理。" in page
    assert "本机关已于2026年3月11日收到" in page  # the ledger's day, whatever is typed
    lie = {"opinion_received_on": D(2025, 1, 1), "consult_sent_on": D(2025, 1, 1)}
    said = completed(case, None, Order("third_party_disclosure", lie, party="1"))
    assert said["opinion_received_on"] == D(2026, 3, 11)
    assert said["consult_sent_on"] == D(2026, 3, 5)
    assert "opinion_received_on" not in completed(
        case, None, Order("third_party_disclosure", lie)
    )
    assert 'name="letter-1-disclosed_content" value="总价"' in page


def test_what_would_betray_the_applicant_stands_at_its_field(office: LetterOffice) -> None:
    case = office.registered()
    event = e.Consulted(on=LATER, party="1", role="third_party")
    told = office.order("third_party_consultation").particulars
    data = {name: str(value) for name, value in told.items()}
    data["concerned_information"] = f"{ASKER.name}所要的图纸"
    form = OrderForm(case, "third_party_consultation", event, typed(**data))
    assert form.is_valid(), form.errors
    asked = sealed(Person(name="李四", address="柳林路"), Kind.PERSON, case.body, uuid4())
    assert form.shown(event, asked) == ()
    [why] = form.errors["concerned_information"]
    assert "“征求意见的信息”写出了申请人的身份" in why


def test_a_repeat_names_an_answer_of_the_ledger_or_is_asked_about(office) -> None:
    first = office.came("disclosure")
    case = office.registered(arrived=date(2026, 3, 13))
    event = e.Decided(on=LATER, ground="X2")
    words = {"request_summary": case.subject}
    key = f"{first.day} {first.number}"
    blank = Repeating(case, "repeated", event)
    assert first.number in str(blank["earlier"])
    lacking = Repeating(case, "repeated", event, typed(**words))
    assert {"earlier_number", "earlier_day"} <= set(lacking.errors)
    chosen = Repeating(case, "repeated", event, typed(**words, earlier=key))
    assert chosen.is_valid(), chosen.errors
    assert chosen.warnings() == ()
    text = "".join(line.text for line in chosen.shown(event))
    assert f"2026年3月12日以{first.number}作出答复" in text
    strange = {"earlier_number": "西住建公开告〔2026〕第99号", "earlier_day": "2026-03-14"}
    typed_in = Repeating(case, "repeated", event, typed(**words, **strange))
    assert typed_in.is_valid(), typed_in.errors
    unknown, rest = typed_in.warnings()
    assert "台账中没有2026-03-14" in unknown
    assert "不是工作日" in rest
    assert typed_in.shown(event) == ()
    assert "不早于收到本件之日2026-03-13" in typed_in.errors["earlier_day"][0]
    strange = {"earlier_number": "西住建公开告〔2024〕第9号", "earlier_day": "2025-01-10"}
    old = Repeating(case, "repeated", event, typed(**words, **strange))
    assert old.is_valid(), old.errors
    assert "是2024年的，日期却是2025-01-10" in old.warnings()[1]


def test_a_letter_that_says_otherwise_than_its_case_is_asked_about(office, client) -> None:
    case = office.registered()
    event = e.Decided(on=LATER, ground="G2")
    for way, told in (
        ("邮寄纸质复印件", ()),
        ("发送至您的电子邮箱", ("登记的获取方式是“邮寄”", "没有登记电子邮箱")),
        ("传真", ("登记的获取方式是“邮寄”", "没有登记传真号码")),
    ):
        data = typed(request_summary=case.subject, provide_way=way)
        form = OrderForm(case, "disclosure", event, data)
        form.is_valid()
        found = form.warnings()
        assert len(found) == len(told), found
        assert all(part in why for part, why in zip(told, found, strict=True))
    data = typed(request_summary="别的事", provide_way="邮寄纸质复印件")
    other = OrderForm(case, "disclosure", event, data)
    other.is_valid()
    assert "“别的事”，案件登记的是“青云小区竣工验收备案表”" in other.warnings()[0]
    order = office.order("repeated")
    doing = Doing(office.handler, case.version, note="重复", letter=order)
    made = signing.propose(case, e.Decided(on=LATER, ground="X2"), doing)
    client.force_login(office.lawyer)
    reviewed = client.get(f"/cases/{case.pk}/proposals/{made.pk}/").text
    assert "台账中没有2025-11-06" in reviewed
    assert "案件登记的是“青云小区竣工验收备案表”" in reviewed


def test_the_parts_of_a_partial_answer_are_chosen_once_and_may_grow(client, office) -> None:
    case = office.registered()
    client.force_login(office.handler)
    here = f"/cases/{case.pk}/decide/P1/"
    blank = client.get(here).text
    assert "N1 " not in blank
    assert "办理结果代码" not in blank
    assert 'name="withheld"' not in blank
    data = {
        "key": "k", "version": case.version, "note": "部分涉及内部事务",
        "letter-request_summary": "备案表", "letter-withheld-0-what": "人员名单",
        "letter-withheld-0-reason": "属于内部事务信息", "letter-withheld-0-ground": "N5",
        "letter-provide_way": "邮寄复印件",
    }  # fmt: skip
    data |= {f"letter-withheld-{row}-what": "" for row in (1, 2)}
    more = client.post(here, data | {"add": "1"}).text
    assert 'name="letter-withheld-3-ground"' in more
    assert "人员名单" in more
    assert "error-text" not in more
    checked = client.post(here, data | {"step": "check"}).text
    assert "核对：" in checked
    assert "剔除部分的依据" in checked
    nine = {f"letter-withheld-{row}-what": "一处" for row in range(1, 10)}
    full = client.post(here, data | nine | {"add": "1"}).text
    assert 'name="letter-withheld-9-ground"' in full
    assert 'name="letter-withheld-10-ground"' not in full
