"""Following: number and code open one case and nothing else; wrong ones tell nothing."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang_web import clock
from mingtang_web.asking import following, remedies
from mingtang_web.asking.following import found
from mingtang_web.asking.models import Hold, Spent
from mingtang_web.cases import backing, branching, bridge
from mingtang_web.cases.lettering import kind_for
from mingtang_web.cases.models import Case, Choice
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.models import Letter
from mingtang_web.notices.models import Kind, Notice
from mingtang_web.notices.wording import text_of
from mingtang_web.portal.telling import next_step
from tests.web.asking.test_gate import answer_of
from tests.web.cases.requests import Doing, at
from tests.web.letters.ways import FEE, LetterOffice
from tests.web.portal.citizens import Citizen, faults

TODAY = date(2026, 3, 2)
D = date
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def office(settings, tmp_path, db: None):  # noqa: ARG001 - asked for, not used
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(TODAY):
        yield LetterOffice()


@pytest.fixture
def citizen(office) -> Citizen:
    made = Citizen()
    made.case, made.code = made.asks(office.housing)
    made.opens(made.case.number, made.code)
    return made


def page(citizen: Citizen) -> str:
    answer = citizen.client.get("/follow/case/")
    assert answer.status_code == 200
    return answer.text


def confirmed(office: LetterOffice, case: Case) -> Case:
    case.refresh_from_db()
    return office.act(case, e.Confirmed(on=TODAY), office.order("registration_receipt"))


def decided(office: LetterOffice, case: Case, ground: str = "N6") -> Case:
    event = e.Decided(on=D(2026, 3, 12), ground=ground)
    with at(event.on):
        return office.act(case, event, office.order(kind_for(event)))


def dispatched(office: LetterOffice, case: Case) -> Case:
    sent = e.Dispatched(on=D(2026, 3, 13), mode="electronic")
    with at(sent.on):
        return office.act(case, sent, None)


def hashes_and_queries(citizen: Citizen, number: str, code: str) -> tuple[Counter, int]:
    """Every call of a keyed hash or comparison while a code is tried, and the queries."""
    calls: Counter = Counter()
    counted = {"digest", "compare_digest", "hmac_digest"}

    def seen(_frame: object, event: str, called: object) -> None:
        name = getattr(called, "__name__", "")
        if event == "c_call" and name in counted:
            calls[name] += 1

    with CaptureQueriesContext(
        connection,
    ) as queries:
        sys.setprofile(seen)
        try:
            assert found(number, code) is None
        finally:
            sys.setprofile(None)
    del citizen
    return calls, len(queries)


def test_a_wrong_number_and_a_wrong_code_cost_the_same_and_say_the_same(citizen):
    number, code = citizen.case.number, citizen.code
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    tries = [("2026-9999", code), (number, other), ("2026-9999", other), ("x", "")]
    work = [hashes_and_queries(citizen, *each) for each in tries]
    assert len({str(sorted(calls.items())) for calls, _queries in work}) == 1
    assert {queries for _calls, queries in work} == {1}
    assert sum(work[0][0].values()) >= 2
    told = [
        faults(Citizen(f"192.0.2.{n}").opens(*each)) for n, each in enumerate(tries[:3])
    ]
    assert told[0] == told[1] == told[2]
    assert "对不上" in str(told[0])


def answers(page) -> dict[str, str]:
    """What a page's question wants to be sent with it."""
    form = page.context["form"]
    from mingtang_web.asking.questions import Question  # noqa: PLC0415 - read off the form

    token = form.data["token"] if form.is_bound else form.initial["token"]
    shown = Question(str(form.fields["answer"].label), token)
    assert shown.words in page.text
    return {"token": shown.token, "answer": answer_of(shown)}


def test_after_some_wrong_codes_a_question_is_asked_first(citizen):
    stranger = Citizen("192.0.2.200")
    number = citizen.case.number
    for _time in range(3):
        answer = stranger.opens(number, "2222-2222-2222-2222-2222")
    assert 'name="answer"' in answer.text
    right = stranger.opens(number, citizen.code)
    assert right.status_code == 200
    assert "请再回答一个问题" in right.text
    assert citizen.code in right.text  # what was typed is still there
    wrong = stranger.opens(number, citizen.code, token="", answer="五")
    assert "回答不对" in str(faults(wrong))
    assert str(wrong.context["form"].fields["answer"].label) in wrong.text
    assert stranger.opens(number, citizen.code, **answers(wrong)).status_code == 302


def test_a_question_that_will_be_asked_stands_on_the_page_and_is_no_fault(citizen):
    stranger = Citizen("192.0.2.201")
    assert 'name="answer"' not in stranger.client.get("/follow/").text
    before = Spent.objects.count()
    for _time in range(4):
        stranger.client.get("/follow/")
    assert Spent.objects.count() == before  # a page that is opened costs no try
    for _time in range(3):
        stranger.opens("2026-9999", "2" * 20)
    spent = list(Spent.objects.order_by("pk").values())
    opened = stranger.client.get("/follow/")
    assert 'name="answer"' in opened.text
    assert "请再回答一个问题" in opened.text
    assert list(Spent.objects.order_by("pk").values()) == spent
    number, code = citizen.case.number, citizen.code
    unseen = stranger.opens(number, code)  # of a page that was opened before
    for shown in (opened, unseen):
        assert not faults(shown)
        assert "有内容需要改正" not in shown.text
        assert "请填写" not in shown.text
    assert stranger.opens(number, code, **answers(unseen)).status_code == 302


def test_a_number_that_others_tried_is_not_locked_for_its_applicant(citizen):
    for n in range(8):
        Citizen(f"192.0.2.{100 + n}").opens(citizen.case.number, "2" * 20)
    mine = citizen.opens(citizen.case.number, citizen.code)
    assert 'name="answer"' in mine.text
    assert "稍后再试" not in mine.text


def test_one_address_cannot_try_for_ever(office):
    stranger = Citizen("192.0.2.66")
    from mingtang_web.asking.limiting import MISSED, spend  # noqa: PLC0415 - told beside

    for _time in range(MISSED.most):
        spend(MISSED, "192.0.2.66")
    answer = stranger.opens("2026-0001", "2" * 20)
    assert answer.status_code == 429
    assert "不得拒收" in answer.text
    assert "请过一小时再来" in answer.text
    del office


def test_a_ticket_opens_for_a_while_only_and_not_when_altered(citizen):
    kept = citizen.client.cookies["following"]
    assert kept["httponly"]
    assert kept["path"] == "/follow/"
    assert citizen.code.replace("-", "") not in kept.value
    other = Citizen()
    other.client.cookies["following"] = kept.value[:-1] + "x"
    assert other.client.get("/follow/case/")["Location"] == "/follow/"
    citizen.client.post("/follow/leave/")
    assert citizen.client.get("/follow/case/")["Location"] == "/follow/"


def test_a_ticket_is_good_for_half_an_hour(citizen, monkeypatch):
    assert following.OPEN_FOR == 30 * 60
    assert citizen.client.get("/follow/case/").status_code == 200
    monkeypatch.setattr(following, "OPEN_FOR", -1)
    assert citizen.client.get("/follow/case/")["Location"] == "/follow/"


def test_a_ticket_of_another_hold_is_not_made_by_counting_up(citizen, office):
    other = Citizen("192.0.2.8")
    other.asks(office.housing, who={"name": "赵丰年", "phone": "0990-1000001"})
    theirs = Hold.objects.exclude(case=citizen.case).get()
    mine = Hold.objects.get(case=citizen.case)
    theirs.digest = mine.digest  # all that whoever holds one ticket could know
    citizen.client.cookies["following"] = following.ticket(theirs)
    assert citizen.client.get("/follow/case/")["Location"] == "/follow/"


def test_another_case_of_the_same_body_stays_shut(citizen, office):
    other = Citizen("192.0.2.8")
    case, code = other.asks(office.housing, who={"name": "赵丰年", "phone": "0990-1000001"})
    assert citizen.opens(case.number, citizen.code).status_code == 200
    assert citizen.opens(citizen.case.number, code).status_code == 200
    assert case.number not in page(citizen)


def test_a_reader_leaves_no_session_and_asks_little(citizen, django_assert_num_queries):
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - counted here

    with django_assert_num_queries(3):  # hold, entries, choices
        page(citizen)
    assert not Session.objects.exists()
    assert "sessionid" not in citizen.client.cookies


def test_a_decision_in_the_house_is_not_told(citizen, office):
    case = decided(office, confirmed(office, citizen.case))
    text = page(citizen)
    assert "机关与您确认收到" in text
    assert "过程性信息" not in text
    assert "不予公开" not in text
    assert citizen.client.get("/follow/letters/2/").status_code == 404
    assert citizen.client.get("/follow/remedy/").status_code == 302
    dispatched(office, case)
    with at(D(2026, 3, 16)):
        assert "属于四类过程性信息" in page(citizen)
        assert citizen.client.get("/follow/letters/2/").status_code == 200


@pytest.mark.parametrize(("ground", "first"), [("N6", "remedy"), ("G2", "letters")])
def test_of_an_answer_that_came_no_receipt_is_asked_again(citizen, office, ground, first):
    case = dispatched(office, decided(office, confirmed(office, citizen.case), ground))
    with at(D(2026, 3, 16)):
        assert "请确认收到" in page(citizen)
        citizen.does("received", sure="on")
        case.refresh_from_db()
        office.act(case, e.Archived(on=D(2026, 3, 16)), None)
        shown = citizen.client.get("/follow/case/")
        assert shown.context["next"].page == first
        assert "确认" not in shown.context["next"].why


@pytest.mark.parametrize("ground", ["N6", "G2"])
def test_without_a_copy_online_the_remedy_is_what_is_left(citizen, office, ground):
    case = dispatched(office, decided(office, confirmed(office, citizen.case), ground))
    with at(D(2026, 3, 16)):
        citizen.does("received", sure="on")
        case.refresh_from_db()
        office.act(case, e.Archived(on=D(2026, 3, 16)), None)
        seen = following.Followed(case, D(2026, 3, 16))
        vars(seen)["letters"] = ()
        step = next_step(seen)
    assert (step.title, step.page) == ("对答复不满意怎么办", "remedy")
    assert "答复在下面" not in step.why


def test_the_answer_reaches_its_applicant_alone(citizen, office):
    dispatched(office, decided(office, confirmed(office, citizen.case)))
    stranger = Citizen("192.0.2.9")
    stranger.opens(*stranger.asks(office.housing))
    with at(D(2026, 3, 16)):
        assert "何小满" in citizen.client.get("/follow/letters/2/").text
        taken = citizen.client.post("/follow/letters/2/pdf/")
        assert taken.getvalue().startswith(b"%PDF")
        assert taken["Content-Disposition"].startswith("attachment")
        assert "no-store" in taken["Cache-Control"]
        for place in (0, 1, 2, 3, 10**9):
            assert stranger.client.get(f"/follow/letters/{place}/").status_code == 404
            assert stranger.client.post(f"/follow/letters/{place}/pdf/").status_code == 404
    opened = Entry.objects.filter(kind="letter.opened", case_id=citizen.case.pk)
    assert opened.count() == 2
    assert {entry.actor_id for entry in opened} == {None}


def test_a_letter_to_somebody_else_in_the_case_is_not_the_applicants(citizen, office):
    from mingtang_web.applicants.models import Kind  # noqa: PLC0415 - told beside
    from mingtang_web.cases import consulting  # noqa: PLC0415 - told beside
    from tests.web.letters.ways import THIRD  # noqa: PLC0415 - told beside

    case = confirmed(office, citizen.case)
    order = office.order("third_party_consultation")
    doing = Doing(office.handler, case.version, letter=order)
    with at(D(2026, 3, 5)):
        consulting.consult(case, (D(2026, 3, 5), "third_party"), THIRD, Kind.COMPANY, doing)
        text = page(citizen)
    assert "机关去征求别人的意见" in text
    assert THIRD.name not in text
    assert Letter.objects.filter(case_id=case.pk).count() == 2
    assert citizen.client.get("/follow/letters/2/").status_code == 404


def test_a_correction_goes_in_sealed_and_begins_the_term_anew(citizen, office):
    case = confirmed(office, citizen.case)
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    with at(D(2026, 3, 9)):
        office.act(case, asked, office.order("correction_notice"))
        file = SimpleUploadedFile("a.png", PNG)
        page_of_correction = citizen.client.get("/follow/correct/").text
        assert "/follow/letters/2/" in page_of_correction  # what the body asks for
        assert "1. " in page_of_correction.partition("机关要您补充的")[2]
        assert "答复期限从今天起重新计算" in page_of_correction
        citizen.does("correct", words="是一号楼，我电话13700137000", file=file)
        case.refresh_from_db()
        assert case.phase == "in_hand"
        assert {row.what for row in case.attachments.all()} == {"correction"}
        assert "13700137000" not in str(list(Entry.objects.values("payload")))
        entry = Entry.objects.get(kind="event.corrected")
        assert entry.actor is None
        assert "查询码" in entry.content["note"]
        assert "最迟 2026-04-07" in page(citizen)


def test_an_act_sent_twice_is_done_once(citizen, office):
    case = confirmed(office, citizen.case)
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    with at(D(2026, 3, 9)):
        office.act(case, asked, office.order("correction_notice"))
        form = citizen.client.get("/follow/correct/").context["form"]
        said = {
            "key": form["key"].value(),
            "version": form["version"].value(),
            "words": "一号楼",
        }
        for _time in range(2):
            assert citizen.client.post("/follow/correct/", said).status_code == 302
    assert Entry.objects.filter(kind="event.corrected").count() == 1
    assert case.attachments.count() == 1
    told = Notice.objects.get(kind=Kind.BY_APPLICANT)
    assert told.user == office.clerk
    assert f"{case.number}号案件的申请人在网上提交了补正" in text_of(told)


def test_a_reason_is_given_and_a_request_withdrawn(citizen, office):
    case = confirmed(office, citizen.case)
    with at(D(2026, 3, 4)):
        asked = e.ReasonAsked(on=D(2026, 3, 4), until=D(2026, 3, 25))
        office.act(case, asked, office.order("reason_notice"))
        assert "/follow/reason/" in page(citizen)
        citizen.does("reason", words="写论文，需要分年度的数据")
        assert "机关收到您的理由" in page(citizen)
        assert citizen.client.post("/follow/withdraw/", {"key": "k"}).status_code == 200
        citizen.does("withdraw", sure="on")
        assert "您撤回了申请" in page(citizen)
    case.refresh_from_db()
    assert case.phase == "closed"


def test_what_the_law_does_not_permit_now_is_not_there(citizen):
    for act in ("correct", "reason", "received", "fee", "remedy"):
        assert citizen.client.get(f"/follow/{act}/")["Location"] == "/follow/case/", act
    sent = {"key": "k" * 8, "version": 1, "words": "x", "sure": "on", "on": "2026-03-02"}
    refused = citizen.client.post("/follow/received/", sent)
    assert "不能“登记送达”" in refused.text


def test_whoever_looked_at_an_older_state_is_told(citizen, office):
    form = citizen.client.get("/follow/withdraw/").context["form"]
    old = {"key": form["key"].value(), "version": form["version"].value(), "sure": "on"}
    confirmed(office, citizen.case)
    assert "已有新的办理记录" in citizen.client.post("/follow/withdraw/", old).text


def test_a_fee_is_explained_and_its_proof_taken_in_once(citizen, office):
    case = confirmed(office, citizen.case)
    with at(FEE.on):
        office.act(case, FEE, office.order("fee_notice"))
        text = citizen.client.get("/follow/fee/").text
        assert "380 元" in text
        assert "第 31 至 68 页，每页 10 元，共 380 元" in text
        assert "第 1 至 30 页，不收费" in text
        assert "当天收到的，缴到 2026-04-07" in text
        assert "/follow/objection/" in text
        form = citizen.client.get("/follow/fee/").context["form"]
        said = {"key": form["key"].value(), "version": form["version"].value()}
        for _time in range(2):
            file = SimpleUploadedFile("a.png", PNG)
            citizen.client.post("/follow/fee/", {**said, "file": file})
    assert [row.what for row in case.attachments.all()] == ["payment"]


def test_whoever_objects_to_a_fee_is_heard_and_pays_by_the_same_day(citizen, office):
    case = confirmed(office, citizen.case)
    assert citizen.client.get("/follow/objection/")["Location"] == "/follow/case/"
    with at(FEE.on):
        case = office.act(case, FEE, office.order("fee_notice"))
        before = case.due, case.phase, case.version
        text = citizen.client.get("/follow/objection/").text
        assert "不能单独申请行政复议" in text
        assert "期限照旧" in text
        assert "请填写" in citizen.does("objection", words="").text
        words = "通知写68页，实际只有40页，电话13700137000"
        assert citizen.does("objection", words=words).status_code == 302
        case.refresh_from_db()
        assert (case.due, case.phase, case.version) == before
        assert [row.what for row in case.attachments.all()] == ["objection"]
        text = page(citizen)
        assert "您对收费提出异议" in text
        assert text.count("您对收费提出异议") == 1
        assert "您的异议机关正在核对。" in text
        assert "13700137000" not in str(list(Entry.objects.values("payload")))
        assert "提出了收费异议" in text_of(Notice.objects.get(kind=Kind.BY_APPLICANT))
        office_page = Citizen().client
        office_page.force_login(office.handler)
        assert "对收费的异议" in office_page.get(f"/cases/{case.pk}/").text


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        ("N6", "要先申请行政复议"),
        ("G2", "也可以直接向法院起诉"),
        ("U2", "也可以直接向法院起诉"),
    ],
)
def test_the_remedy_is_that_of_the_very_answer(citizen, office, ground, told):
    dispatched(office, decided(office, confirmed(office, citizen.case), ground))
    with at(D(2026, 3, 16)):
        citizen.does("received", sure="on")
        text = citizen.client.get("/follow/remedy/").text
    assert told in text
    assert "2026-05-15" in text
    assert ("2026-09-16" in text) == (ground != "N6")


@pytest.mark.parametrize(
    ("case", "told", "passed"),
    [
        (("G2", D(2026, 5, 15)), "也可以直接向法院起诉，任选一条路", 0),
        (("G2", D(2026, 5, 16)), "复议的期限已经过了，还可以直接向法院起诉", 1),
        (("G2", D(2026, 9, 16)), "复议的期限已经过了，还可以直接向法院起诉", 1),
        (("G2", D(2026, 9, 17)), "直接起诉的期限都已经过了", 2),
        (("N6", D(2026, 9, 17)), "而申请复议的期限已经过了", 1),
    ],
)
def test_each_term_that_is_over_is_told_so(citizen, office, case, told, passed):
    ground, day = case
    dispatched(office, decided(office, confirmed(office, citizen.case), ground))
    with at(D(2026, 3, 16)):
        citizen.does("received", sure="on")
    with at(day):
        citizen.opens(citizen.case.number, citizen.code)
        text = citizen.client.get("/follow/remedy/").text
    lead = text.partition('class="lead">')[2].partition("</p>")[0]
    assert told in lead
    assert text.count("（已经过了") == passed
    assert ("任选一条路" in lead) == (not passed)


def test_the_terms_against_silence_are_over_too(citizen, office):
    confirmed(office, citizen.case)
    with at(D(2026, 10, 1)):
        citizen.opens(citizen.case.number, citizen.code)
        text = citizen.client.get("/follow/remedy/").text
    assert "直接起诉的期限都已经过了" in text
    assert text.count("（已经过了") == 2
    assert "任选一条路" not in text


def test_a_day_that_may_still_move_is_not_said_to_be_over():
    way = remedies.Way(None, review=remedies.Last(D(2099, 1, 22), open=True))
    assert remedies.gone(way, D(2099, 1, 25)) == (False, False, False)
    way = way._replace(suit=remedies.Last(D(2099, 1, 22)))
    assert remedies.gone(way, D(2099, 1, 22)) == (False, False, False)
    assert remedies.gone(way, D(2099, 1, 23)) == (False, True, False)


def test_a_last_day_in_a_year_without_its_holidays_is_told_as_open(citizen, office):
    last = remedies._last(D(2098, 11, 23), "review_application")
    assert last == remedies.Last(D(2099, 1, 22), open=True)
    assert remedies._last(D(2026, 3, 16), "review_application").open is False
    dispatched(office, decided(office, confirmed(office, citizen.case)))
    with at(D(2026, 3, 16)):
        citizen.does("received", sure="on")
        assert "放假安排还没有公布" not in citizen.client.get("/follow/remedy/").text


def test_silence_is_told_once_the_last_day_has_passed(citizen, office):
    confirmed(office, citizen.case)
    with at(D(2026, 4, 2)):
        assert "机关逾期没有答复" in page(citizen)
        text = citizen.client.get("/follow/remedy/").text
        assert "机关到期没有答复" in text
        assert "请法制机构确认" not in text
        for told in (
            office.housing.review_organ,
            office.housing.court,
            office.housing.review_online,
            "最迟应在 2026-03-30 答复",
            "<strong>2026-05-29</strong>",
            "<strong>2026-09-30</strong>",
            office.housing.parent.name,
            "第五十一条",
        ):
            assert told in text


def test_an_objection_to_a_fee_is_answered_and_the_course_says_so(citizen, office):
    case = confirmed(office, citizen.case)
    desk = Citizen().client
    desk.force_login(office.handler)
    where = f"/cases/{case.pk}/objection/"
    found = {"result": "corrected", "words": "实际只有40页，改为100元，另发通知。"}
    with at(FEE.on):
        office.act(case, FEE, office.order("fee_notice"))
        refused = desk.post(where, {"key": "k" * 32, **found})
        assert "没有等待核对的收费异议" in refused.text
        citizen.does("objection", words="通知写68页，实际只有40页")
        assert where in desk.get(f"/cases/{case.pk}/").text
    with at(FEE.on + timedelta(days=1)):
        named = {**found, "words": "何小满的异议成立"}
        assert desk.post(where, {"key": "n" * 32, **named}).status_code == 200
        for _time in range(2):
            assert desk.post(where, {"key": "m" * 32, **found}).status_code == 302
        assert Entry.objects.filter(kind="case.objection_checked").count() == 1
        text = page(citizen)
        assert "机关核对了您的收费异议" in text
        assert found["words"] in text
        assert "您的异议机关正在核对" not in text
        assert "由机关核对，缴费期限照旧" not in text
        text = desk.get(f"/cases/{case.pk}/").text
        assert where not in text
        assert found["words"] in text
        citizen.does("objection", words="还是不对")
        assert "您的异议机关正在核对" in page(citizen)
    clerk = Citizen().client
    clerk.force_login(office.clerk)
    assert clerk.get(where).status_code == 403


def test_of_one_day_the_course_tells_what_was_recorded_first_first(citizen, office):
    case = confirmed(office, citizen.case)
    with at(FEE.on):
        case = office.act(case, FEE, office.order("fee_notice"))
        citizen.does("objection", words="通知写68页，实际只有40页")
        office.act(case, e.FeeNoticeDelivered(on=FEE.on), None)
        text = page(citizen)
    first, then = text.index("您对收费提出异议"), text.index("收费通知送到您手里")
    assert text.index("机关发出收费通知") < first < then


def test_the_terms_run_from_the_mailbox_and_not_from_the_confirmation(citizen, office):
    dispatched(office, decided(office, confirmed(office, citizen.case)))
    with at(D(2026, 3, 16)):
        text = citizen.client.get("/follow/received/").text
        assert "答复 2026-03-13 发到您的邮箱" in text
        assert "从它到达邮箱之日起算" in text
        assert "从今天起算" not in text
        citizen.does("received", sure="on")
        text = citizen.client.get("/follow/remedy/").text
    assert "2026-03-13 发出当天就到的，最后一天是 2026-05-12" in text


def test_the_day_of_arrival_is_asked_and_not_before_the_answer_went_out(citizen, office):
    case = dispatched(office, decided(office, confirmed(office, citizen.case)))
    with at(D(2026, 3, 20)):
        form = citizen.client.get("/follow/received/").context["form"]
        sent = {"key": form["key"].value(), "version": form["version"].value()}
        sent["sure"] = "on"
        for day, why in (
            ("2026-03-12", "早于发出答复"),
            ("2026-03-21", "还没有到"),
            ("", "哪天收到的"),
        ):
            refused = citizen.client.post("/follow/received/", sent | {"on": day})
            assert why in " ".join(faults(refused)), day
        citizen.client.post("/follow/received/", sent | {"on": "2026-03-16"})
    case.refresh_from_db()
    assert case.phase == "delivered"
    assert bridge.history(case.pk)[-1] == e.Delivered(on=D(2026, 3, 16))


def test_an_answer_that_its_applicant_saw_is_not_struck(citizen, office):
    case = dispatched(office, decided(office, confirmed(office, citizen.case)))
    place = len(bridge.history(case.pk)) - 1
    with at(D(2026, 3, 20)):
        struck = e.Struck(on=D(2026, 3, 20), entry=place)
        assert backing.lack(struck, case) is None
        shown = citizen.client.get("/follow/case/").context["letters"]
        [answer] = [place for place, row in shown if "不告" in row.number]
        citizen.client.get(f"/follow/letters/{answer}/")
        for entry in (place, place - 1):
            why, _ = backing.lack(e.Struck(on=D(2026, 3, 20), entry=entry), case)
            assert "2026-03-20已在网上打开" in why
        assert backing.lack(e.Struck(on=D(2026, 3, 20), entry=1), case) is None


def test_an_arrival_that_its_applicant_confirmed_is_not_struck(citizen, office):
    case = dispatched(office, decided(office, confirmed(office, citizen.case)))
    with at(D(2026, 3, 20)):
        citizen.does("received", sure="on", on="2026-03-16")
        for entry in range(2, 5):
            struck = e.Struck(on=D(2026, 3, 20), entry=entry)
            assert (backing.lack(struck, case) or [""])[0].startswith("申请人2026-03-20")


def test_a_last_day_in_december_waits_for_the_next_notice(office):
    late = Citizen()
    with at(D(2026, 12, 1)):
        case, code = late.asks(office.housing)
        assert "待确认：下一年的放假通知" in late.client.get("/ask/receipt/").text
        late.opens(case.number, code)
        asked = e.Confirmed(on=D(2026, 12, 1))
        office.act(case, asked, office.order("registration_receipt"))
        for where in ("case", "working"):
            assert "待确认：下一年的放假通知" in late.client.get(f"/follow/{where}/").text
    with at(TODAY):
        early = Citizen("192.0.2.9")
        case, code = early.asks(office.housing)
        assert "待确认：下一年" not in early.client.get("/ask/receipt/").text
        early.opens(case.number, code)
        confirmed(office, case)
        for where in ("case", "working"):
            assert "待确认：下一年" not in early.client.get(f"/follow/{where}/").text


def of_the_term(citizen: Citizen) -> str:
    """What the page of a case says of the answer's term."""
    return page(citizen).partition('class="term"')[2].partition("</section>")[0]


def test_a_term_into_a_year_without_holidays_is_told_in_an_applicants_words(office):
    late = Citizen()
    with at(D(2026, 12, 8)):
        late.case, late.code = late.asks(office.housing)
        late.opens(late.case.number, late.code)
        late.case.refresh_from_db()
        office.act(late.case, e.Confirmed(on=D(2026, 12, 8)), None)
        told = of_the_term(late)
        assert told.count("最后一天现在还算不出来") == 1
        assert "算到2027年" in told
        assert "一般在2026年11月公布" in told
        for of_officers in ("待定", "系统管理员", "不得据此判定"):
            assert of_officers not in told


def test_whoever_owes_a_fee_is_told_when_the_term_begins_anew(citizen, office):
    case = confirmed(office, citizen.case)
    with at(FEE.on):
        case = office.act(case, FEE, office.order("fee_notice"))
        told = of_the_term(citizen)  # nobody says that the notice came: the clock runs on
        assert "从缴费的次日起，重新计算20个工作日" in told
        assert told.count("最迟 ") == 1
        office.act(case, e.FeeNoticeDelivered(on=FEE.on), None)
        told = of_the_term(citizen)
    assert "<strong>等您缴费</strong>" in told
    assert "从缴费的次日起，重新计算20个工作日" in told
    assert "停止计时" not in told


def test_a_fee_notice_late_in_the_year_names_the_notice_that_is_missing(office):
    late, on = Citizen(), D(2026, 11, 20)
    with at(on):
        late.case, late.code = late.asks(office.housing)
        late.opens(late.case.number, late.code)
        late.case.refresh_from_db()
        case = office.act(late.case, e.Confirmed(on=on), None)
        notice = office.order("fee_notice")
        arrives = {**notice.particulars, "expected_receipt": on}
        office.act(case, replace(FEE, on=on), replace(notice, particulars=arrives))
        told = of_the_term(late)
    assert told.index("等您缴费") < told.index("重新计算20个工作日") < told.index("2027年")
    assert "待定" not in told


def test_where_a_body_holds_a_review_to_come_first_silence_says_so(citizen, office):
    confirmed(office, citizen.case)
    Choice.objects.create(
        body=office.housing, option="silence_remedy", choice="review_first"
    )
    cache.clear()
    with at(D(2026, 4, 2)):
        text = citizen.client.get("/follow/remedy/").text
    assert "要先申请行政复议" in text
    assert "2026-05-29" in text
    assert "2026-09-30" not in text


def test_the_parts_of_a_request_are_followed_with_its_code(citizen, office):
    case = confirmed(office, citizen.case)
    doing = Doing(office.handler, case.version)
    branching.split(case, TODAY, ("一号楼备案表", "二号楼备案表"), doing)
    assert "2026-0002 一号楼备案表" in page(citizen)
    citizen.client.post("/follow/part/", {"part": "2"})
    assert '<h1 class="number">2026-0003</h1>' in page(citizen)
    citizen.client.post("/follow/part/", {"part": "9"})
    assert citizen.client.get("/follow/case/")["Location"] == "/follow/"


def test_of_an_erased_applicant_no_letter_opens(citizen, office):
    from mingtang_web.applicants.actions import erase  # noqa: PLC0415 - told beside

    dispatched(office, decided(office, confirmed(office, citizen.case)))
    erase(citizen.case.applicant, office.administrator, "申请人要求")
    with at(D(2026, 3, 16)):
        assert "已按规定销毁" in citizen.client.get("/follow/letters/2/").text


def test_a_hold_that_was_exchanged_behind_the_ledger_shows(citizen):
    import io  # noqa: PLC0415 - told beside

    from django.core.management import CommandError, call_command  # noqa: PLC0415 - beside

    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())
    Hold.objects.update(digest="0" * 64)
    told = io.StringIO()
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify", stdout=told, stderr=told)
    assert "查询码" in told.getvalue()
    assert citizen.client.get("/follow/case/")["Location"] == "/follow/"


def test_too_many_acts_within_an_hour_are_refused(citizen):
    from mingtang_web.asking.limiting import DONE, spend  # noqa: PLC0415 - told beside

    for _time in range(DONE.most):
        spend(DONE, f"case/{citizen.case.pk}")
    answer = citizen.does("withdraw", sure="on")
    assert "次数太多" in answer.text
    assert clock.today() == TODAY
    assert timedelta(hours=1) == DONE.within
