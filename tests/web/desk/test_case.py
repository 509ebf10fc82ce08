"""The page of a case and what is done on it: shown, asked, refused, recorded."""

from __future__ import annotations

import re
from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang.law.grounds import grounds
from mingtang_web.applicants.actions import erase
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve, propose
from mingtang_web.desk.deciding import walk
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.web.cases.requests import ASKER, Office, at
from tests.web.cases.requests import Doing as Quiet

if TYPE_CHECKING:
    from django.http import HttpResponse

D = date
TODAY = D(2026, 3, 20)
CORRECTION = {"on": "2026-03-19", "until": "2026-04-10", "note": ""}


@pytest.fixture
def handler(office: Office) -> Client:
    return signed_in(office.handler)


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, case: Case, place: str, **typed: object) -> HttpResponse:
    given = {
        "key": "k", "version": case.version, "step": "do", "on": TODAY.isoformat(),
        "letter-no_letter": "试办，不发文书",
    }  # fmt: skip
    return client.post(f"/cases/{case.pk}/{place}/", given | typed)


def page(client: Client, case: Case, place: str = "") -> str:
    return client.get(f"/cases/{case.pk}/{place}").text


def test_the_page_says_what_there_is_and_what_comes_next(office, handler):
    case = office.done(
        office.registered(),
        e.Consulted(on=D(2026, 3, 6), party="1", role="third_party"),
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
    )
    text = page(handler, case)
    for words in ("2026-0001", "青云小区竣工验收备案表", "征求意见中", "张*", "138****8000",
                  "请提供青云小区一号楼的竣工验收备案表复印件。", "征求第三方意见",
                  "第三方答复意见", "收到意见", "第三十三条第三款", "须送负责人审批",
                  "按对方用足期限预计"):  # fmt: skip
        assert words in text, words
    assert ASKER.name not in text
    assert ASKER.phone not in text
    assert "decide/" not in text
    assert "do/record_payment/" not in text


def test_the_working_of_an_extended_term_tells_law_and_extension_open_or_not(office):
    with at(D(2026, 11, 20)):
        case = office.registered(arrived=D(2026, 11, 9))
        office.done(case, e.Extended(on=D(2026, 11, 20), days=20))
        text = page(signed_in(office.handler), case, "working/")
    assert "尚未录入" in text
    assert "共 40 个工作日（法定 20 个，延长 20 个）。" in text
    early = office.registered(arrived=D(2026, 3, 16))
    office.done(early, e.Extended(on=TODAY, days=5))
    text = page(signed_in(office.handler), early, "working/")
    assert "共 25 个工作日（法定 20 个，延长 5 个），到" in text
    plain = page(signed_in(office.handler), office.registered(), "working/")
    assert "共 20 个工作日，到" in plain


def test_each_sees_what_their_role_may_do(office):
    case = office.registered()
    shown = {
        person: page(signed_in(getattr(office, person)), case)
        for person in ("clerk", "lawyer", "supervisor")
    }
    assert "do/withdraw/" in shown["clerk"]
    assert "do/extend/" not in shown["clerk"]
    assert "按您的角色，现在没有要您办的" in shown["lawyer"]
    assert "竣工验收备案表复印件" in shown["lawyer"]
    assert "竣工验收备案表复印件" not in shown["supervisor"]
    assert "applicant/" not in shown["supervisor"]


def test_a_long_case_costs_no_more_queries_than_a_short_one(office, handler):
    short = office.registered()
    long = office.registered()
    for party in map(str, range(1, 9)):
        long = office.done(
            long,
            e.Consulted(on=D(2026, 3, 6), party=party, role="third_party"),
            e.ConsultationRecalled(on=D(2026, 3, 9), party=party),
        )
    page(handler, short)
    counts = []
    for case in (short, long):
        with CaptureQueriesContext(connection) as asked:
            page(handler, case)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 21


def test_no_holiday_notice_no_last_day(office):
    with at(D(2026, 12, 21)):
        case = office.registered(arrived=D(2026, 12, 21))
        text = page(signed_in(office.handler), case)
        assert "待定" in text
        assert 'class="case-clock mark-unsettled"' in text
        assert 'class="past"' not in text
        assert "待定" in page(signed_in(office.handler), case, "working/")


def test_the_working_shows_every_day(office, handler):
    text = page(handler, office.registered(), "working/")
    assert text.count('<th scope="row">') == 29
    assert "共 20 个工作日" in text


def test_the_applicant_is_shown_for_a_reason_only(office, handler):
    case = office.registered()
    assert ASKER.phone not in page(handler, case, "applicant/")
    refused = handler.post(f"/cases/{case.pk}/applicant/", {"key": "k", "version": 1})
    assert ASKER.phone not in refused.text
    shown = send(handler, case, "applicant", why="核对寄送地址")
    assert ASKER.phone in shown.text
    assert ASKER.identity_number in shown.text
    entry = Entry.objects.get(kind="applicants.unmasked")
    assert (entry.case_id, entry.actor) == (case.pk, office.handler)
    assert "核对寄送地址" in page(handler, case)
    erase(case.applicant, office.administrator, "保存期满")
    assert "销毁" in page(handler, case)
    assert send(handler, case, "applicant", why="再看").status_code == 409


def test_an_act_is_shown_before_it_is_done(office, handler):
    case = office.registered()
    asked = CORRECTION | {"on": "2026-03-11", "note": "当日已当面告知"}
    shown = send(handler, case, "do/ask_correction", **asked, step="check").text
    assert "剩余 6 个工作日（2026-03-30）" in shown
    assert "停止计时" in shown
    late = send(handler, case, "do/ask_correction", **CORRECTION, step="check").text
    assert "不变（2026-03-30）" in late
    assert "不发文书：试办" in shown
    assert Case.objects.get(pk=case.pk).version == 1
    again = send(handler, case, "do/ask_correction", **CORRECTION, step="edit").text
    assert 'value="2026-04-10"' in again
    assert send(handler, case, "do/ask_correction", **CORRECTION).status_code == 302
    assert Case.objects.get(pk=case.pk).phase == "correction"


@pytest.mark.parametrize(
    ("typed", "at_field", "words"),
    [
        ({"on": "2026-03-21"}, "on", "还没有到"),
        ({"on": "2026-03-01"}, "on", "早于收到申请"),
        ({"on": "三月"}, "on", ""),
        ({"until": "2026-03-18"}, "until", "须晚于告知之日"),
        ({"until": ""}, "until", ""),
        ({"note": "电话13800138000"}, "note", "138****8000"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    office, handler, typed, at_field, words
):
    case = office.registered()
    answer = send(handler, case, "do/ask_correction", **(CORRECTION | typed))
    assert answer.status_code == 200
    assert f'href="#id_{at_field}"' in answer.text
    assert f'id="id_{at_field}_error"' in answer.text
    assert words in answer.text
    for value in typed.values():
        assert value in answer.text
    assert Entry.objects.filter(case_id=case.pk).count() == 1


def test_the_act_and_its_letter_tell_their_faults_in_one_place(office, handler):
    case = office.registered()
    typed = CORRECTION | {"until": "", "letter-no_letter": ""}
    text = send(handler, case, "do/ask_correction", **typed).text
    assert text.count('class="summary"') == 1
    for field in ("until", "letter-correction_items"):
        assert f'<li><a href="#id_{field}">' in text
        assert f'id="id_{field}"' in text


def test_what_was_overtaken_is_asked_again_with_everything_typed(office, handler):
    case = office.registered()
    do(case, e.Reclassified(on=TODAY, applicant="company"),
       Doing(office.clerk, 1, note="核对了营业执照"))  # fmt: skip
    answer = send(handler, case, "do/ask_correction", **CORRECTION)
    assert answer.status_code == 409
    assert "已有新的办理记录" in answer.text
    assert 'value="2026-04-10"' in answer.text
    assert 'name="version" value="2"' in answer.text


def test_a_submission_sent_twice_is_done_once(office, handler):
    case = office.registered()
    for _ in range(2):
        assert send(handler, case, "do/ask_correction", **CORRECTION).status_code == 302
        assert send(handler, case, "search", key="s", scope="全部档案",
                    method="逐卷翻查", result="没有").status_code == 302  # fmt: skip
    case.refresh_from_db()
    assert (case.version, case.searches.count()) == (2, 1)
    tampered = send(handler, case, "do/receive_correction", key="other", version=99)
    assert tampered.status_code == 409
    other = office.registered()
    for place in ("do/ask_correction", "search", "do/extend"):
        reused = send(handler, other, place, **CORRECTION, days="20")
        assert "已经提交过别的内容" in reused.text
    assert len(bridge.history(other.pk)) == 1


def test_a_proposal_sent_twice_is_one(office, handler):
    case = office.registered()
    for _ in range(2):
        send(handler, case, "do/extend", days="20", note="尚在查找")
    assert Proposal.objects.count() == 1
    second = send(handler, case, "do/extend", days="10", note="再送", key="k2")
    assert second.status_code == 409
    assert "批准、退回或者撤回之前不能办" in second.text


@pytest.mark.parametrize(
    "place",
    ["", "working/", "do/extend/", "decide/", "decide/all/", "decide/G2/", "search/",
     "strike/1/", "applicant/", "applicant/1/", "proposals/1/"],
)  # fmt: skip
def test_another_bodys_case_is_not_there(office, place):
    case = office.registered()
    client = signed_in(office.stranger)
    assert client.get(f"/cases/{case.pk}/{place}").status_code == 404
    assert client.post(f"/cases/{case.pk}/{place}").status_code in {404, 405}


def test_addresses_that_lead_nowhere(office, handler):
    case = office.registered()
    for place in ("do/nothing/", "decide/Z9/", "decide/?said=9", "decide/?said=0.x",
                  "strike/7/", "proposals/7/", "applicant/7/"):  # fmt: skip
        person = signed_in(office.approver) if place.startswith("strike") else handler
        assert person.get(f"/cases/{case.pk}/{place}").status_code == 404, place


def test_the_questions_reach_every_ground_they_name_and_back(office, handler):
    case, reached, waiting = office.registered(), set(), [""]
    while waiting:
        said = waiting.pop()
        way = walk(said)
        if way.ground:
            reached.add(way.ground)
            continue
        for number, reply in enumerate(way.question.replies):
            shown = reply.say in page(handler, case, f"decide/?said={said}")
            assert shown is (reply.ground != "U3")  # nothing was corrected
            waiting.append(f"{said}.{number}".lstrip("."))
    assert reached == {ground.code for ground in grounds()} - {"O1", "O2", "X4"}
    asked = handler.get(f"/cases/{case.pk}/decide/?said=0.0.0&reply=1")
    assert asked.headers["Location"] == f"/cases/{case.pk}/decide/U1a/"


def test_a_ground_not_open_yet_says_what_to_do_first(office, handler):
    case = office.registered()
    text = page(handler, case, "decide/?said=0.0.0.0.1.2")
    assert "现在不能选：须先书面征求第三方意见" in text
    refused = handler.get(f"/cases/{case.pk}/decide/N4/")
    assert refused.status_code == 409
    assert f"/cases/{case.pk}/do/consult_third_party/" in refused.text
    found = page(handler, case, "decide/all/?word=第三方")
    assert "公开会损害第三方合法权益" in found
    assert "属于国家秘密" not in found


def test_the_search_form_says_what_goes_word_for_word_to_the_applicant(office, handler):
    case = office.registered()
    shown = page(handler, case, "search/")
    assert shown.count("会原样写进给申请人的告知书") == 2
    assert "由谁查找" not in shown
    told = send(
        handler, case, "search", scope="档案室", method="电13800138000", result="无"
    )
    assert "不能写身份证号、手机号" in told.text
    assert not case.searches.exists()


def test_nothing_exists_only_after_a_search(office, handler):
    case = office.registered()
    sent = handler.get(f"/cases/{case.pk}/decide/U1a/")
    assert sent.headers["Location"] == f"/cases/{case.pk}/search/"
    send(handler, case, "search", scope="局档案室", method="逐卷翻查", result="没有",
         key="s")  # fmt: skip
    shown = send(handler, case, "decide/U1a", note="没有", step="check").text
    for words in ("（四）无法提供", "第三十六条第（四）项", "也可以直接提起行政诉讼",
                  "检索记录（范围、方式、时间、人员）"):  # fmt: skip
        assert words in shown, words


def test_parts_left_out_settle_the_remedy(office, handler):
    case = office.registered()
    typed = {"note": "有一页是过程稿", "step": "check"}
    assert "剔除的依据" in page(handler, case, "decide/P1/")
    shown = send(handler, case, "decide/P1", withheld=["N6"], **typed).text
    assert "复议前置" in shown
    assert "复议前置" not in send(handler, case, "decide/P1", withheld=["N8"], **typed).text
    wrong = send(handler, case, "decide/P1", withheld=["U1a"], **typed).text
    assert "须先登记检索记录" in wrong
    assert 'href="#id_letter-withheld-0-ground"' in wrong
    assert 'id="id_letter-withheld-0-ground"' in wrong


def test_the_remedy_left_to_a_person_is_chosen_and_kept(office, handler):
    case = office.registered()
    asked = send(handler, case, "decide/O3", note="属咨询")
    assert 'href="#id_remedy' in asked.text
    assert 'value="RS"' in asked.text
    assert 'value="RF"' not in asked.text
    send(handler, case, "decide/O3", note="属咨询", remedy="NA")
    made = Proposal.objects.get()
    assert (made.reason, made.event["remedy"]) == ("属咨询", "NA")
    assert "不单独告知救济途径" in page(
        signed_in(office.lawyer), case, f"proposals/{made.pk}/"
    )


def test_a_fee_shows_its_lines(office, handler):
    case = office.registered()
    typed = {"basis": "pages", "pages": "68", "step": "check", "note": "当面交付"}
    shown = send(handler, case, "do/notify_fee", **typed).text
    rows = re.findall(r"<td[^>]*>(\d+)</td>", shown)
    assert rows == ["1", "30", "0", "0", "31", "68", "10", "380"]
    free = send(handler, case, "do/notify_fee", basis="items").text
    assert "不收费" in free
    assert "按量计收须填页数" in send(handler, case, "do/notify_fee", basis="pages").text


def test_a_refusal_passes_two_others_and_nobody_twice(office, handler):
    case = office.registered()
    send(handler, case, "decide/N6", note="属过程稿")
    made = Proposal.objects.get()
    place = f"proposals/{made.pk}"
    assert "须由另一人" in page(handler, case, f"{place}/")
    approver, lawyer = signed_in(office.approver), signed_in(office.lawyer)
    assert send(approver, case, place, answer="agree").status_code == 403
    assert "退回须写明理由" in send(lawyer, case, place, answer="return").text
    assert send(lawyer, case, place, answer="perhaps").status_code == 409
    assert send(lawyer, case, place, answer="agree", opinion="可以").status_code == 302
    again = send(lawyer, case, place, answer="agree")
    assert again.status_code == 409
    assert "已由您同意" in again.text
    assert send(handler, case, place, answer="agree").status_code == 403
    assert send(approver, case, place, answer="agree").status_code == 302
    assert send(approver, case, place, answer="agree").status_code == 409
    text = page(handler, case)
    for words in ("王承办", "钱法制", "赵审批批准", "属过程稿"):
        assert words in text, words
    assert Case.objects.get(pk=case.pk).ground == "N6"


def test_a_delegate_is_named_as_such(office, handler):
    case = office.registered()
    send(handler, case, "do/extend", days="20", note="资料分散")
    lend(
        Delegation(
            lender=office.approver, borrower=office.clerk, body=office.housing,
            since=D(2026, 3, 18), until=D(2026, 3, 25), reason="出差",
        )
    )  # fmt: skip
    place = f"proposals/{Proposal.objects.get().pk}"
    delegate = signed_in(office.clerk)
    assert "您受赵审批委托办理" in page(delegate, case, f"{place}/")
    assert send(delegate, case, place, answer="agree").status_code == 302
    assert "（受赵审批委托）" in page(handler, case)


def test_who_reviewed_in_anothers_stead_is_not_offered_consent(office, handler):
    case = office.registered()
    place = f"/cases/{case.pk}/decide/N6/"
    typed = {"key": "n6", "version": "1", "step": "do", "note": "属过程稿"}
    handler.post(place, typed | {"letter-no_letter": "试办，不发文书"})
    made = Proposal.objects.get()
    lend(
        Delegation(
            lender=office.lawyer, borrower=office.approver, body=office.housing,
            since=D(2026, 3, 18), until=D(2026, 3, 25), reason="出差",
        )
    )  # fmt: skip
    place, approver = f"proposals/{made.pk}", signed_in(office.approver)
    send(approver, case, place, key="k1", answer="agree")
    shown = page(approver, case, f"{place}/")
    assert 'value="agree"' not in shown
    assert "须由另一人审批；请机关内另一位审批人打开本页批准" in shown
    assert "赵审批（受钱法制委托）" in shown
    assert send(approver, case, place, key="k2", answer="agree").status_code == 409


def test_an_overtaken_proposal_has_lapsed(office, handler):
    case = office.registered()
    send(handler, case, "do/extend", days="20", note="资料分散")
    place = f"proposals/{Proposal.objects.get().pk}"
    do(case, e.Withdrawn(on=TODAY), Doing(office.clerk, 1, note="来函撤回"))
    approver = signed_in(office.approver)
    assert "这项送审失效" in page(approver, case, f"{place}/")
    for person, answer in ((approver, "agree"), (handler, "take_back")):
        refused = send(person, case, place, answer=answer)
        assert (refused.status_code, "已失效" in refused.text) == (409, True)
    assert Proposal.objects.get().stage == "overtaken"


def test_no_strike_is_offered_while_a_proposal_waits(office, handler):
    case = office.registered()
    send(handler, case, "do/ask_correction", **CORRECTION)
    do(case, e.Corrected(on=TODAY), Doing(office.clerk, 2))
    approver = signed_in(office.approver)
    assert "strike/" in page(approver, case)
    case.refresh_from_db()
    send(handler, case, "do/extend", key="k2", days="20", note="资料分散")
    shown = page(approver, case)
    assert Proposal.objects.get().is_waiting
    assert "strike/" not in shown


def test_what_may_be_done_and_need_not_is_not_waited_for(office, handler):
    shown = page(handler, office.registered())
    waited = shown.partition("正在等待")[2].partition("</section>")[0]
    assert "答复" in waited
    assert "告知补正" not in waited
    assert "告知补正" in shown.partition('id="next"')[2]


def test_a_struck_entry_stays_and_counts_no_more(office, handler):
    case = office.registered()
    send(handler, case, "do/ask_correction", **CORRECTION)
    approver = signed_in(office.approver)
    case.refresh_from_db()
    assert "strike/1/" in page(approver, case)
    assert "strike/" not in page(handler, case)
    assert "剩余 6 个工作日" in page(approver, case, "strike/1/")
    assert 'href="#id_why"' in send(approver, case, "strike/1", key="s").text
    stale = send(approver, case, "strike/1", key="s", why="登错案件", version=1)
    assert (stale.status_code, "登错案件" in stale.text) == (409, True)
    assert 'name="version" value="2"' in stale.text
    assert send(approver, case, "strike/1", key="s", why="登错案件").status_code == 302
    text = page(handler, case)
    assert "<s>请申请人补正</s>" in text
    assert "更正理由：登错案件" in text
    case.refresh_from_db()
    assert (case.phase, case.due) == ("in_hand", D(2026, 3, 30))
    assert send(approver, case, "strike/0", key="t", why="不要了").status_code == 409


def test_a_split_shows_its_parts(office, handler):
    case = office.registered()
    long = "一号楼的备案表\n" + "长" * 201
    assert "第2件有201字" in send(handler, case, "do/split", subjects=long).text
    subjects = "一号楼的备案表\n\n二号楼的备案表"
    shown = send(handler, case, "do/split", subjects=subjects, step="check").text
    assert shown.count("<dt>子件</dt>") == 2
    one = send(handler, case, "do/split", subjects="只有一件").text
    assert 'href="#id_subjects"' in one
    assert send(handler, case, "do/split", subjects=subjects).status_code == 302
    assert "2026-0003" in page(handler, case)
    part = Case.objects.get(number="2026-0003")
    assert "由 2026-0001 拆分" in page(handler, part)


def test_a_merging_lays_two_cases_side_by_side_and_waits_for_another(office, handler):
    first, again = office.registered(subject="一号楼的备案表"), office.registered()
    late = office.registered(subject="又一件")
    wrong = send(handler, again, "do/merge", into=late.number, key="w", note="同一").text
    assert f"请到{late.number}办理，把它并入{again.number}" in wrong
    asked = page(handler, again, "do/merge/")
    assert "2026-0001对照" in asked
    assert "2026-0003 又一件（收到在后，应由它并入本件）" in asked
    typed = {"into": "2026-0001", "key": "m", "note": "同一申请重复收到"}
    shown = send(handler, again, "do/merge", **typed, step="check").text
    assert "申请人原话相同" in shown
    assert "一号楼的备案表" in shown
    assert send(handler, again, "do/merge", **typed).status_code == 302
    made = again.proposals.get()
    assert Case.objects.get(pk=again.pk).phase == "in_hand"
    read = page(signed_in(office.approver), again, f"proposals/{made.pk}/")
    assert "与2026-0001对照" in read
    approve(made, office.approver)
    assert Case.objects.get(pk=again.pk).phase == "closed"
    assert "两件不同之处：内容摘要" in page(handler, again)
    assert "并入本件的" in page(handler, first)


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_at_once_one_is_refused_and_nothing_is_lost(office):
    case, start, got = office.registered(), Barrier(2), []
    clients = [signed_in(office.handler) for _ in range(2)]
    acts, phases = ("ask_correction", "reclassify"), ("correction", "in_hand")
    typed = CORRECTION | {"applicant": "company", "note": "核对了营业执照"}

    def ask(number: int) -> None:
        start.wait()
        where, key = f"do/{acts[number]}", f"k{number}"
        answer = send(clients[number], case, where, **(typed | {"key": key}))
        got.append((answer.status_code, number))
        connection.close()

    threads = [Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in got) == [302, 409]
    winner = next(number for status, number in got if status == 302)
    case.refresh_from_db()
    assert (case.version, case.phase) == (2, phases[winner])
    assert len(bridge.history(case.pk)) == 2
    assert list(faults(office.housing)) == []


def test_a_waiting_proposal_holds_up_page_and_list_alike(office, handler):
    case = office.registered()
    made = propose(case, e.Extended(on=TODAY, days=20), Quiet(office.handler, 1))
    shown = page(handler, case)
    assert "do/split/" not in shown
    assert "decide/" not in shown
    assert "do/withdraw/" in shown
    for place in ("do/split/", "decide/", "decide/G1/"):
        answer = handler.get(f"/cases/{case.pk}/{place}")
        assert answer.status_code == 409
        assert "待审批，批准、退回或者撤回之前不能办" in answer.text
        assert "decide/" not in answer.text.split("现在可以办的")[1].split("</section>")[0]
    said = {"note": "申请人来函撤回"}
    asked = send(handler, case, "do/withdraw", step="check", **said).text
    assert "随之失效" in asked
    assert "怎样撤回" in send(handler, case, "do/withdraw").text
    done = send(handler, case, "do/withdraw", **said)
    assert done.status_code == 302
    made.refresh_from_db()
    assert made.stage == Proposal.Stage.OVERTAKEN
    assert "送审失效：" in page(handler, case)


def test_one_matter_split_off_twice_is_told_at_its_field(office, handler):
    case = office.registered()
    told = send(handler, case, "do/split", subjects="甲项\n甲项", step="check").text
    assert 'href="#id_subjects"' in told
    assert "“甲项”写了两次" in told
    assert Case.objects.count() == 1


def test_a_transfer_names_whom_it_goes_to_and_promises_no_letter(office, handler):
    case = office.registered()
    asked = page(handler, case, "do/transfer/")
    assert "第三十六条第（五）项答复" in asked
    assert "机构改革后政府信息公开申请办理问题的解释" in asked
    told = {"to": office.water.code, "note": "职能已经划转"}
    shown = send(handler, case, "do/transfer", step="check", **told).text
    assert f"{office.water.name}（{office.water.code}）" in shown
    assert "政府信息公开申请处理告知书" not in shown
    send(handler, case, "do/transfer", **told)
    waits = page(handler, case, f"proposals/{Proposal.objects.get().pk}/")
    assert office.water.name in waits
    assert "政府信息公开申请处理告知书" not in waits


def test_a_second_tab_is_told_that_one_has_answered(office):
    case = office.registered()
    refusal = e.Decided(on=TODAY, ground="N6")
    place = f"proposals/{propose(case, refusal, Quiet(office.handler, 1)).pk}"
    lawyer = signed_in(office.lawyer)
    assert send(lawyer, case, place, answer="agree", opinion="可以").status_code == 302
    second = send(lawyer, case, place, answer="return", opinion="再想想")
    assert second.status_code == 409
    assert "已由您同意，转送审批" in second.text
    assert Proposal.objects.get().stage == "approval"


def test_a_reopening_cites_what_its_cause_rests_on(office, handler):
    case = office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 9), ground="N5"),
        e.Dispatched(on=D(2026, 3, 10), mode="post"),
    )
    typed = {"step": "check", "cause": "own", "note": "答复漏答一项，见复核记录"}
    blank = handler.get(f"/cases/{case.pk}/do/reopen/").text
    assert "政府信息公开条例（2019年修订）第三十六条" in blank
    assert "行政复议法" not in blank
    assert "行政诉讼法" not in blank
    lacking = send(handler, case, "do/reopen", step="check", cause="judgment").text
    assert "行政诉讼法（2017年修正）第七十条" in lacking
    assert "行政复议法" not in lacking
    own = send(handler, case, "do/reopen", **typed).text
    assert "没有专门条文" in own
    assert "本软件的口径" in own
    assert "行政复议法" not in own
    review = send(handler, case, "do/reopen", **(typed | {"cause": "review"})).text
    assert "行政复议法（2023年修订）第六十四条" in review
    assert "行政诉讼法" not in review


def test_a_withdrawal_without_a_proof_is_refused_beside_its_note(office, handler):
    case = office.registered()
    typed = {"key": "k", "version": case.version, "on": str(TODAY), "note": "x"}
    page = handler.post(f"/cases/{case.pk}/do/withdraw/", typed)
    assert "有什么凭据" in page.text
    assert "确认办理" not in page.text
    typed["note"] = "来函撤回，附撤回申请"
    assert "确认办理" in handler.post(f"/cases/{case.pk}/do/withdraw/", typed).text
