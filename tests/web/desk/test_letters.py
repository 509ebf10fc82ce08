"""Letters on screen: seen masked, taken on record, undone and delivered by whoever may."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from mingtang.case import events as e
from mingtang.drafting import templates
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.lettering import matter_of
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.opening import look
from mingtang_web.desk.offering import arranged, makable
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import Undoing, opened, reissue
from mingtang_web.letters.models import DeliveryRecord, Letter, LetterEdit
from mingtang_web.letters.queries import of_case
from tests.web.cases.requests import ASKER, at
from tests.web.letters.test_golden import REGISTERS
from tests.web.letters.ways import ARRIVED, GRANTED, LATER, SENT, THIRD, LetterOffice
from tests.web.people import appointed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

D = date
POSTED = {
    "key": "k1", "mode": "post", "dispatched": "2026-03-13", "received": "2026-03-16",
    "proof": "post", "reference": "XA1",
}  # fmt: skip


@pytest.fixture
def office(db: None, tmp_path: Path, settings) -> Iterator[LetterOffice]:  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(LATER):
        yield LetterOffice()


@pytest.fixture
def row(office: LetterOffice) -> Letter:
    return office.came("disclosure")


def address(row: Letter, end: str = "") -> str:
    return f"/letters/{row.pk}/{end}"


def test_the_paper_masks_its_reader_and_costs_few_queries(
    client, office, row, django_assert_max_num_queries
) -> None:
    client.force_login(office.handler)
    client.get(address(row))
    before = Entry.objects.count()
    with django_assert_max_num_queries(19):
        page = client.get(address(row)).text
    assert "张*：" in page
    assert ASKER.name not in page
    assert row.number in page
    assert "<title>文书 西政公开告〔2026〕第1号 - 明堂</title>" in page
    assert Entry.objects.count() == before


@pytest.mark.parametrize("to", ["pdf", "docx"])
def test_a_file_is_taken_on_record(client, office, row, to: str) -> None:
    client.force_login(office.clerk)
    assert client.get(address(row, f"file/{to}/")).status_code == 405
    answer = client.post(address(row, f"file/{to}/"))
    assert answer.content[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[to]
    assert ASKER.name not in answer["Content-Disposition"]
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.actor, entry.content["purpose"]) == (
        "letter.opened", office.clerk, to,
    )  # fmt: skip
    assert client.post(address(row, "file/exe/")).status_code == 404


ENDS = ("", "void/", "reissue/", "delivery/")


@pytest.mark.parametrize("end", ENDS)
def test_another_bodys_letter_is_not_there(client, office, row, end: str) -> None:
    client.force_login(office.stranger)
    assert client.get(address(row, end)).status_code == 404
    assert client.post(address(row, end)).status_code in {404, 405}
    client.logout()
    assert client.get(address(row, end)).status_code == 302


@pytest.mark.parametrize(
    ("end", "may"),
    [
        ("", {"clerk", "handler", "lawyer", "approver"}),
        ("void/", {"approver"}),
        ("reissue/", {"approver"}),
        ("delivery/", {"clerk", "handler"}),
    ],
)
def test_only_those_who_may_come_in(client, office, row, end: str, may: set) -> None:
    people = ("clerk", "handler", "lawyer", "approver", "administrator", "supervisor")
    for name in people:
        client.force_login(getattr(office, name))
        expected = 200 if name in may else 403
        assert client.get(address(row, end)).status_code == expected, name


def test_made_void_with_a_reason(client, office, row) -> None:
    client.force_login(office.approver)
    page = client.post(address(row, "void/"), {"key": "k", "why": " "}).text
    assert "有内容需要改正" in page
    page = client.post(address(row, "void/"), {"key": "k", "why": "见13800138000"}).text
    assert "不能写身份证号" in page
    answer = client.post(address(row, "void/"), {"key": "k", "why": "提供方式写错"})
    assert answer.status_code == 302
    assert "本文书已作废" in client.get(address(row)).text
    answer = client.post(address(row, "void/"), {"key": "k", "why": "提供方式写错"})
    assert answer.status_code == 302
    assert Entry.objects.filter(kind="letter.voided").count() == 1


def test_issued_anew_after_a_look(client, office, row) -> None:
    client.force_login(office.approver)
    page = client.get(address(row, "reissue/")).text
    assert 'name="provide_way"' in page
    assert 'name="received_on"' not in page
    typed = {
        "key": "k", "why": "提供方式写错", "provide_way": "当面提供复印件",
        "request_summary": "青云小区竣工验收备案表",
    }  # fmt: skip
    page = client.post(address(row, "reissue/"), typed | {"step": "preview"}).text
    assert "提供方式为：当面提供复印件" in page
    assert "案件登记的获取方式是“邮寄”，请核对" in page
    assert ASKER.name not in page
    assert Letter.objects.count() == 1
    page = client.post(
        address(row, "reissue/"), typed | {"step": "issue", "provide_way": ""}
    )
    assert "提供方式" in page.text
    answer = client.post(address(row, "reissue/"), typed | {"step": "issue"})
    fresh = Letter.objects.latest("id")
    assert answer.url == address(fresh)
    assert "案件登记的获取方式是“邮寄”，请核对" in client.get(answer.url).text
    assert fresh.replaces == row
    assert "当面提供复印件" in "".join(opened(fresh).manuscript().texts())


def test_a_partly_granted_letter_is_issued_anew_row_by_row(client, office) -> None:
    row = office.came("partial_disclosure")
    client.force_login(office.handler)
    page = client.get(address(row, "reissue/")).text
    assert 'name="withheld-1-reason"' in page
    typed = {
        "key": "k", "why": "理由写错", "step": "issue", "request_summary": "立项批复",
        "provide_way": "邮寄", "withheld-0-what": "报价明细",
        "withheld-0-reason": "内部事务",
        "withheld-0-ground": "N5", "withheld-1-what": "会签意见",
        "withheld-1-reason": "过程稿", "withheld-1-ground": "N6",
    }  # fmt: skip
    other = typed | {"withheld-0-ground": "N6"}
    assert "重新出具文书不能改" in client.post(address(row, "reissue/"), other).text
    assert client.post(address(row, "reissue/"), typed).status_code == 302
    assert Letter.objects.get(pk=row.pk).stands
    made = Proposal.objects.get(replaces=row)
    page = client.get(f"/cases/{row.case_id}/proposals/{made.pk}/").text
    assert "拟重新出具的文书" in page
    case = office.consented(made)
    text = "".join(opened(Letter.objects.latest("id")).manuscript().texts())
    assert "2. 内容：会签意见；理由：过程稿" in text
    page = client.get(f"/cases/{case.pk}/").text
    assert "文书作废，重新出具" in page
    assert "第2号" in page


def test_a_delivery_with_its_proof(client, office, row) -> None:
    before = row.deliveries.count()
    client.force_login(office.clerk)
    png = SimpleUploadedFile("回证.png", b"\x89PNG\r\n\x1a\n" + bytes(20))
    exe = SimpleUploadedFile("回证.png", b"MZ\x90\x00")
    page = client.post(address(row, "delivery/"), {**POSTED, "file": exe}).text
    assert "可以运行的程序" in page
    page = client.post(address(row, "delivery/"), POSTED | {"received": "2026-03-01"}).text
    assert "签收日期早于发出日期" in page
    assert 'value="2026-03-01"' in page
    assert (
        client.post(address(row, "delivery/"), {**POSTED, "file": png}).status_code == 302
    )
    assert row.deliveries.count() == before + 1
    record = DeliveryRecord.objects.latest("id")
    answer = client.post(address(row, f"delivery/{record.pk}/"))
    assert answer.content.startswith(b"\x89PNG")
    assert Entry.objects.latest("id").kind == "letter.opened"


def test_a_case_lists_its_letters(office, row, django_assert_num_queries) -> None:
    case = Case.objects.get(pk=row.case_id)
    with django_assert_num_queries(2):
        shown = Template('{% include "desk/letters/of_case.html" %}').render(
            Context({"letters": arranged(of_case(case.pk).order_by("-id"))})
        )
    assert row.number in shown
    assert "已出具" in shown
    empty = office.registered()
    shown = Template('{% include "desk/letters/of_case.html" %}').render(
        Context({"letters": arranged(of_case(empty.pk))})
    )
    assert "还没有文书" in shown


def test_an_administrator_words_what_is_free(client, office) -> None:
    home = f"/wording/{office.housing.pk}/"
    for person in (office.handler, office.supervisor):
        client.force_login(person)
        assert client.get(home).status_code == 403
    client.force_login(office.stranger)
    assert client.get(home).status_code == 404
    client.force_login(office.administrator)
    assert "政府信息不存在告知书" in client.get(home).text
    page = client.get(f"{home}disclosure/").text
    assert "法定文字，已锁定" in page
    assert 'name="text-decision"' not in page
    opening = "本机关于{received_on}收到{you}的申请（{request_number}）：{request_summary}"
    typed = {
        "key": "k", "since": LATER.isoformat(), "text-opening": opening,
        "text-time": "获取时间：{access_time}", "text-closing": "",
    }  # fmt: skip
    page = client.post(f"{home}disclosure/", typed | {"step": "preview"}).text
    assert "本机关于<" in page
    assert LetterEdit.objects.count() == 0
    lost = typed | {"text-opening": "收到申请。", "step": "save"}
    page = client.post(f"{home}disclosure/", lost).text
    assert "少了字段" in page
    assert "收到申请。</textarea>" in page
    assert LetterEdit.objects.count() == 0
    assert client.post(f"{home}disclosure/", typed | {"step": "save"}).status_code == 302
    assert LetterEdit.objects.count() == 2
    assert client.get(f"{home}nothing/").status_code == 404
    made = office.walked(office.registered(), type(GRANTED)(on=LATER, ground="G2"))
    assert "本机关于2026年3月2日收到您的申请" in "".join(opened(made).manuscript().texts())


def test_a_person_with_two_hats_does_not_undo_their_own(client, office, row) -> None:
    appointed(office.handler, office.housing, Role.APPROVER)
    client.force_login(office.handler)
    page = client.post(address(row, "void/"), {"key": "k", "why": "写错"}).text
    assert "另一人" in page


def test_a_receipt_by_itself_is_looked_at_and_issued(client, office) -> None:
    case = office.registered(arrived=LATER)
    here = f"/cases/{case.pk}/letters/registration_receipt/"
    client.force_login(office.stranger)
    assert client.get(here).status_code == 404
    client.force_login(office.approver)
    assert client.get(here).status_code == 403
    client.force_login(office.clerk)
    assert client.get(f"/cases/{case.pk}/letters/disclosure/").status_code == 404
    assert 'name="letter-request_summary"' in client.get(here).text
    typed = {"key": "k", "letter-request_summary": "竣工验收备案表", "step": "preview"}
    page = client.post(here, typed).text
    assert "2026年7月28日届满" in page
    assert Letter.objects.count() == 0
    answer = client.post(here, typed | {"step": "issue"})
    assert answer.url == address(Letter.objects.get())
    assert client.post(here, typed | {"step": "issue"}).url == answer.url
    assert Letter.objects.count() == 1


def test_every_kind_of_letter_has_a_link_of_its_own(client, office):
    client.force_login(office.administrator)
    listed = client.get(f"/wording/{office.housing.pk}/").text
    links = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', listed)
    assert links
    assert len(set(links)) == len(links)


def test_a_third_party_is_nobodys_kind_until_it_is_said(client, office):
    case = office.registered()
    client.force_login(office.handler)
    shown = client.get(f"/cases/{case.pk}/do/consult_third_party/").text
    choice = shown.partition('name="kind"')[2].partition("</select>")[0]
    assert choice.index("请选择") < choice.index("自然人")


def test_an_answers_delivery_is_entered_in_the_case_too_and_proves_when_whole(
    client, office
) -> None:
    row = office.came("partial_disclosure")
    client.force_login(office.clerk)
    day = row.day.isoformat()
    told = POSTED | {"received": "", "reference": "", "dispatched": day}
    with at(row.day):
        assert "同时记入案件，不必" in client.get(address(row, "delivery/")).text
        page = client.post(address(row, "delivery/"), told, follow=True).text
    assert f"同时记入案件：发出 {day}" in page
    assert client.get(f"/cases/{row.case_id}/do/dispatch/").status_code == 409
    client.force_login(office.handler)
    told = client.get(f"/cases/{row.case_id}/").text
    assert "申请人收到答复" not in told
    entry = told.partition("登记文书送达")[2][:900]
    assert all(words in entry for words in ("邮寄送达", day, row.number))
    proof = told.split("文书送达凭证")[0][-60:]
    assert "✓" not in proof
    assert "⚠" in proof


def test_a_delivery_that_the_case_knows_is_shown_and_not_asked_otherwise(
    client, office, row
) -> None:
    case = office.act(Case.objects.get(pk=row.case_id), SENT, None)
    office.act(case, ARRIVED, None)
    client.force_login(office.clerk)
    page = client.get(address(row)).text
    assert "案件已登记：发出 2026-03-13 · 送达 2026-03-16" in page
    assert "送达凭证还没有登记" in page
    assert 'value="2026-03-16"' in client.get(address(row, "delivery/")).text
    other = POSTED | {"received": "2026-03-17"}
    page = client.post(address(row, "delivery/"), other).text
    assert "案件已登记2026-03-16送达，与此不同" in page
    assert 'value="2026-03-17"' in page
    page = client.post(address(row, "delivery/"), POSTED, follow=True).text
    assert "已登记送达" in page
    assert "同时记入案件" not in page


def test_where_the_case_cannot_follow_the_page_says_why(client, office) -> None:
    row = office.came("fee_notice")
    office.act(
        Case.objects.get(pk=row.case_id), e.FeePaid(on=D(2026, 3, 11), yuan=380), None
    )
    client.force_login(office.clerk)
    page = client.post(address(row, "delivery/"), POSTED, follow=True).text
    assert "已登记送达" in page
    assert "案件没有随之登记：" in page
    assert row.deliveries.count() == 1


def test_a_body_that_is_asked_is_named_and_a_person_is_not(client, office) -> None:
    body, company = office.consulted("co_author"), office.consulted("third_party")
    client.force_login(office.handler)
    shown = client.get(f"/cases/{company.case_id}/").text
    assert THIRD.name in shown
    assert THIRD.phone not in shown
    assert f"{THIRD.name}：" in client.get(address(company)).text
    Applicant.objects.filter(pk=body.reader_id).update(kind="person")
    assert THIRD.name not in client.get(f"/cases/{body.case_id}/").text
    assert THIRD.name not in client.get(address(body)).text


def test_a_replaced_letter_stands_folded_and_leads_to_its_successor(
    client, office, row
) -> None:
    office.act(office.act(Case.objects.get(pk=row.case_id), SENT, None), ARRIVED, None)
    order = office.order("disclosure", day=LATER)
    matter = matter_of(Case.objects.get(pk=row.case_id), order)
    fresh = reissue(row, order, matter, Undoing(office.approver, "提供方式写错"))
    client.force_login(office.handler)
    assert "案件已登记" not in client.get(address(fresh)).text
    assert "案件登记的是原文书的送达" in client.get(address(fresh, "delivery/")).text
    shown = client.get(f"/cases/{row.case_id}/").text
    listed = shown.partition('id="letters-of-case"')[2].partition("</section>")[0]
    present, _fold, replaced = listed.partition("<details")
    assert row.number not in present.partition("代替")[0]
    assert fresh.number in present
    assert f'<a href="{address(row)}">' in replaced
    assert f'<a href="{address(fresh)}">由{fresh.number}代替</a>' in replaced


STATES: dict[str, tuple[e.Event, ...]] = {
    "submitted": (),
    "in hand": (),
    "reason given": (
        e.ReasonAsked(on=D(2026, 3, 4), until=D(2026, 3, 25)),
        e.ReasonGiven(on=D(2026, 3, 10)),
    ),
    "not corrected": (e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25)),),
    "corrected": (
        e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25)),
        e.Corrected(on=D(2026, 3, 11)),
    ),
    "not paid": (
        e.FeeNotified(on=D(2026, 3, 9), basis="pages", pieces=68, yuan=380),
        e.FeeNoticeDelivered(on=D(2026, 3, 11)),
    ),
    "asked": (e.Consulted(on=D(2026, 3, 6), party="1", role="third_party"),),
    "objected": (
        e.Consulted(on=D(2026, 3, 6), party="1", role="third_party"),
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
        e.OpinionReceived(on=D(2026, 3, 9), party="1", stance="objects"),
    ),
    "decided": (e.Decided(on=D(2026, 3, 12), ground="G2"),),
    "told": (e.Decided(on=D(2026, 3, 12), ground="G2"), SENT, ARRIVED),
}


def test_every_kind_of_letter_is_reachable_where_its_conditions_are_met(office) -> None:
    held = standing(office.handler, LATER)

    def offered(case: Case, on: date = LATER) -> set[tuple[str, str]]:
        found = makable(look(office.handler, held, case.pk, on))
        return {(each.kind, each.goes) for each in found}

    cases = {
        name: office.done(
            office.registered(channel="online" if name == "submitted" else "in_person"),
            *events,
        )
        for name, events in STATES.items()
    }
    found = {name: offered(case) for name, case in cases.items()}
    found["early"] = offered(cases["in hand"], D(2026, 3, 10))
    reached = {kind for each in found.values() for kind, _goes in each}
    assert reached == {known.kind for known in templates()} - set(REGISTERS)
    assert ("consultation_notice", "alone") in found["asked"]
    assert ("consultation_notice", "alone") not in found["objected"] | found["in hand"]
    assert ("registration_receipt", "alone") not in found["submitted"] | found["told"]
    assert ("third_party_disclosure", "result") in found["objected"]
    assert not {kind for kind, goes in found["told"] if goes == "result"}


def test_a_correction_notice_has_its_receipt_of_delivery_by_a_link(client, office) -> None:
    case = office.registered()
    asked = STATES["not corrected"][0]
    office.act(case, asked, office.order("correction_notice"))
    row = Letter.objects.get(case_id=case.pk)
    client.force_login(office.handler)
    page = client.get(f"/cases/{case.pk}/").text
    here = f"/cases/{case.pk}/letters/delivery_receipt/?of={row.pk}"
    assert here in page
    form = client.get(here).text
    assert row.title in form
    assert row.number in form
    office.delivered(case, D(2026, 3, 9))
    assert here not in client.get(f"/cases/{case.pk}/").text
    nothing = client.get(f"/cases/{case.pk}/letters/consultation_notice/")
    assert nothing.url == f"/cases/{case.pk}/"
    receipt = client.get(f"/cases/{case.pk}/receipt/").text
    assert f"/cases/{case.pk}/letters/registration_receipt/" in receipt


@pytest.mark.parametrize("role", ["third_party", "co_author", "other_body"])
def test_a_letter_to_somebody_consulted_has_its_receipt_and_they_sign_it(
    client, office, role: str
) -> None:
    row = office.consulted(role)
    case = Case.objects.get(pk=row.case_id)
    client.force_login(office.handler)
    page = client.get(f"/cases/{case.pk}/").text
    here = f"/cases/{case.pk}/letters/delivery_receipt/?of={row.pk}"
    assert here in page
    assert f"{row.number}，送" in page
    filled = {
        "letter-delivered_title": row.title, "letter-delivered_number": row.number,
        "letter-delivery_way": "post", "letter-delivery_place": "清河市远山路1号",
        "letter-deliverer": "王承办", "key": "k1", "step": "issue",
    }  # fmt: skip
    told = filled | {"letter-delivery_place": f"{ASKER.name}家"}
    refused = client.post(here, told).text
    assert "不得出现申请人" in refused or "写出了" in refused
    assert not Letter.objects.filter(kind="delivery_receipt").exists()
    client.post(here, filled)
    receipt = Letter.objects.get(kind="delivery_receipt")
    assert receipt.reader_id == row.reader_id
    rows = dict(pair[:2] for pair in opened(receipt).clauses[0].rows)
    assert rows["受送达人"] == THIRD.name
    assert ASKER.name not in str(rows)
    office.delivered(case, D(2026, 3, 9))
    assert here not in client.get(f"/cases/{case.pk}/").text
