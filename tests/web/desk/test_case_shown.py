"""What a case's page and the list show of letters, disputes, origins and evidence."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang.case.events import Extended
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.attaching import attach
from mingtang_web.cases.delivering import record_delivery
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import propose, review
from mingtang_web.disputes import actions as disputes
from mingtang_web.importing import actions as importing
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.delivering import Delivered
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import ASKER, at
from tests.web.cases.requests import Doing as Quiet
from tests.web.disputes.test_disputes import filing
from tests.web.files.test_files import PDF
from tests.web.importing.ledgers import run, written
from tests.web.importing.test_importing import ROWS
from tests.web.letters.ways import ASKED, LetterOffice, decided

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TODAY = D(2026, 3, 20)


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield LetterOffice()


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: object, case: Case, place: str = "") -> str:
    return signed_in(person).get(f"/cases/{case.pk}/{place}").text


def timeline(text: str) -> str:
    return text.partition('id="line-head"')[2].partition("</section>")[0]


def test_the_timeline_names_the_letter_that_went_out(office):
    case = office.registered()
    row = office.walked(case, ASKED)
    said = timeline(page(office.handler, case))
    assert f'href="/letters/{row.pk}/"' in said
    assert row.number in said


def test_the_timeline_says_why_no_letter_went_out_and_names_none(office):
    case = office.act(office.registered(), ASKED, None, no_letter="当面已经告知")
    said = timeline(page(office.handler, case))
    assert "没有发文书：当面已经告知" in said
    assert "补正告知书" not in said


@pytest.mark.parametrize(("agrees", "said"), [(True, "同意"), (False, "退回")])
def test_the_timeline_tells_agreement_from_return(office, agrees, said):
    case, refusal = office.registered(), decided("N6")
    order = office.order("refused_process")
    made = propose(case, refusal, Doing(office.handler, case.version, letter=order))
    review(made, office.lawyer, "依据已看", agrees=agrees)
    assert f"法制审核{said}：" in timeline(page(office.handler, case))


def test_an_imported_case_shows_its_origin_and_no_letter_that_never_was(office):
    source = importing.upload(
        office.housing, "2026年台账.csv", written(ROWS), office.administrator
    )
    with at(D(2026, 6, 30)):
        run(source, office)
        case = Case.objects.get(number="2026-0001")
        shown = page(office.handler, case)
    assert "旧台账“2026年台账.csv”第2行" in shown
    assert "西住公开〔2026〕1号" in shown
    assert "告知书" not in timeline(shown)


def test_the_approver_sees_the_draft_dated_today_before_signing(office):
    case, refusal = office.registered(), decided("N6")
    order = office.order("refused_process")
    made = propose(case, refusal, Doing(office.handler, case.version, letter=order))
    review(made, office.lawyer, "依据充分", agrees=True)
    shown = page(office.approver, case, f"proposals/{made.pk}/")
    assert "将发出的文书" in shown
    assert "张*：" in shown
    assert ASKER.name not in shown
    assert "2026年3月20日" in shown.partition('class="paper"')[2]
    assert "以批准之日为作出之日" in shown
    assert Letter.objects.get().status == "draft"


def test_the_banner_of_a_proposal_names_the_act_before_its_note(office):
    case = office.registered()
    untold = Quiet(office.handler, case.version, note="凭据：拆分审批单")
    propose(case, Extended(on=TODAY, days=15), untold)
    shown = page(office.approver, case)
    banner = shown.partition('role="status"')[2].partition("</div>")[0]
    act, _, rest = banner.partition("说明：凭据：拆分审批单")
    assert rest
    for words in (
        "“告知申请人延期答复”待审批",
        "王承办 2026-03-20 的送审",
        "延长：15个工作日",
    ):
        assert words in act


def test_the_approver_is_told_when_the_law_forbids_it_by_now(office):
    case, order = office.registered(), office.order("extension_notice")

    doing = Doing(office.handler, case.version, letter=order)
    made = propose(case, Extended(on=TODAY, days=20), doing)
    with at(D(2026, 3, 31)):
        shown = page(office.approver, case, f"proposals/{made.pk}/")
        assert "今天已不能批准" in shown
        answer = signed_in(office.approver).post(
            f"/cases/{case.pk}/proposals/{made.pk}/",
            {"key": "k", "version": case.version, "answer": "agree", "opinion": ""},
        )
    assert answer.status_code == 409
    assert Proposal.objects.get().stage == "approval"


@pytest.mark.parametrize("step", ["check", "do"])
def test_what_a_letter_lacks_stands_at_its_field(office, step):
    case = office.registered()
    typed = {"key": "k", "version": case.version, "on": "2026-03-20", "step": step,
             "until": "2026-04-10", "note": ""}  # fmt: skip
    here = f"/cases/{case.pk}/do/ask_correction/"
    shown = signed_in(office.handler).post(here, typed).text
    assert 'href="#id_letter-correction_items"' in shown
    assert 'value="2026-04-10"' in shown
    body = office.housing
    body.telephone = ""
    body.save()
    filled = {"correction_items": "写明哪一幢", "request_summary": "备案表"}
    whole = typed | {f"letter-{name}": words for name, words in filled.items()}
    shown = signed_in(office.handler).post(here, whole).text
    assert "联系电话”没有登记" in shown.replace("&quot;", '"')
    assert "写明哪一幢" in shown
    assert Case.objects.get().version == 1


def test_a_case_is_found_by_the_number_of_its_letter(office):
    office.registered(subject="别的事")
    row = office.walked(office.registered(subject="要找的这件"), ASKED)
    assert row.number == "西政公开程〔2026〕第1号"
    shown = signed_in(office.clerk).get("/cases/", {"q": "公开程〔2026〕第1号"}).text
    assert "要找的这件" in shown
    assert "别的事" not in shown


def test_a_dispute_stands_on_its_cases_page_and_its_answer_in_the_list(office):
    case = office.done(office.registered(), decided("N6"))
    with at(D(2026, 6, 30)):
        filed = disputes.file(
            filing(office, cases=(case,), learnt="来电得知"), office.clerk
        )
        copy = d.CopyReceived(on=D(2026, 6, 22))
        disputes.do(filed, copy, Doing(office.lawyer, filed.version))
        shown = page(office.handler, case)
        listed = signed_in(office.clerk).get("/cases/").text
    assert f'href="/disputes/{filed.pk}/"' in shown
    assert filed.number in shown
    assert "1 件复议、诉讼待提交答复" in listed


def test_does_not_exist_waits_for_the_record_of_the_search(office):
    case = office.registered()
    handler = signed_in(office.handler)
    answer = handler.get(f"/cases/{case.pk}/decide/U1a/", follow=True)
    assert answer.redirect_chain == [(f"/cases/{case.pk}/search/", 302)]
    assert "须先登记检索记录" in answer.text
    office.searched(case)
    assert handler.get(f"/cases/{case.pk}/decide/U1a/").status_code == 200


def test_the_evidence_of_a_result_is_listed_and_packed(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    case = office.registered()
    office.searched(case)
    attach(case, SimpleUploadedFile("申请书.pdf", PDF), "request", office.clerk)
    assert "归档证据" not in page(office.handler, case)
    row = office.walked(case, decided("U1a"))
    office.delivered(case, row.day)
    shown = page(office.handler, case).partition('id="evidence-head"')[2]
    assert shown.count("✓") == 2
    assert "系统中没有" not in shown
    place = f"/cases/{case.pk}/pack/"
    taken = signed_in(office.handler).post(place)
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        names = archive.namelist()
        assert "检索记录（范围、方式、时间、人员）：有" in archive.read(names[0]).decode()
        assert archive.read(names[1]).startswith(b"%PDF")
    assert [name.partition("/")[0] for name in names] == [
        "目录.txt", "文书", "附件", "检索记录"
    ]  # fmt: skip
    assert row.number in names[1]
    looked = Entry.objects.filter(kind__in=("letter.opened", "case.attachment_opened"))
    assert looked.count() == 2
    for person, status in (("supervisor", 403), ("stranger", 404), ("approver", 200)):
        assert signed_in(getattr(office, person)).post(place).status_code == status


WITNESSED = frozenset({"意见书、送达凭证", "仍然公开的理由", "告知第三方的文书"})


def missing(shown: str) -> set[str]:
    """Which of what an objection asks for is not ticked."""
    return {each for each in WITNESSED if "✓" not in shown.partition(each)[0][-40:]}


def test_the_evidence_of_what_is_disclosed_over_an_objection(office):
    case = Case.objects.get(pk=office.consulted("third_party").case_id)
    case = office.done(
        case,
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
        e.OpinionReceived(on=D(2026, 3, 10), party="1", stance="objects"),
        decided("P1", withheld=("N1",), overrides="public_interest"),
    )
    shown = page(office.handler, case).partition('id="evidence-head"')[2]
    assert "为公共利益公开的" in shown
    assert "告知第三方的文书" in shown
    assert "密级标识" in shown
    assert missing(shown) == WITNESSED
    asked = office.consulted("third_party")
    told = Delivered("post", asked.day, D(2026, 3, 6), "post", "XA1")
    record_delivery(asked, told, office.clerk)
    case = Case.objects.get(pk=asked.case_id)
    said = e.OpinionReceived(on=D(2026, 3, 10), party="1", stance="objects")
    case = office.act(case, said, None)
    to_objector = (office.order("third_party_disclosure", party="1"),)
    given = decided("G2", overrides="unsound")
    office.act(case, given, office.order("disclosure"), further=to_objector)
    shown = page(office.handler, case).partition('id="evidence-head"')[2]
    assert missing(shown) == set()
    heeded = office.done(office.registered(), decided("P1", withheld=("N6",)))
    assert "为公共利益公开的" not in page(office.handler, heeded)


def test_what_the_law_permits_is_shown_in_english_and_its_basis_as_it_is(office):
    reader = signed_in(office.handler)
    reader.cookies["language"] = "en"
    case = office.registered()
    shown = reader.get(f"/cases/{case.pk}/").text
    asking = reader.get(f"/cases/{case.pk}/decide/").text
    assert "Extend the answer term" in shown
    assert "May be extended only once" in shown
    assert "政府信息公开条例（2019年修订）第三十三条第二款" in shown
    assert "What does the applicant want?" in asking
    assert shown.count("Legal citations and letters are in Chinese only") == 1
    refused = reader.get(f"/cases/{case.pk}/do/record_delivery/", follow=True).text
    assert "The case is “In hand”; this can only be done while it is “Sent”" in refused
