"""Asking page by page, without scripts: nothing lost, one case, one code."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang_web.accounts.models import User
from mingtang_web.applicants.actions import for_letters, open_text
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.proving import UNIFIED_CODE
from mingtang_web.asking.models import Draft, Hold, Spent
from mingtang_web.bodies.models import Body, Role
from mingtang_web.bodies.queries import called
from mingtang_web.cases.attaching import look
from mingtang_web.cases.models import Attachment, Case
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import at
from tests.web.people import appointed, person
from tests.web.portal.citizens import HOW, PAGES, WHAT, WHO, Citizen, faults, typed

TODAY = date(2026, 3, 20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def citizen(settings, tmp_path) -> Citizen:
    settings.MEDIA_ROOT = tmp_path / "files"
    return Citizen()


def test_a_request_becomes_a_case_that_waits_for_confirmation(office, citizen):
    case, code = citizen.asks(office.housing)
    assert (case.channel, case.phase, case.applicant_kind) == (
        "online", "submitted", "person",
    )  # fmt: skip
    assert case.subject == WHAT["subject"]
    person = for_letters(case.applicant)
    assert (person.name, person.email) == ("何小满", "he@example.cn")
    words = open_text(case.applicant, bytes(case.description))
    assert words == WHAT["description"]
    assert case.form == "electronic"
    assert len(code.replace("-", "")) == 20
    assert citizen.opens(case.number, code).status_code == 302


def test_the_receipt_tells_the_last_day_and_its_working(office, citizen):
    citizen.asks(office.housing)
    text = citizen.client.get("/ask/receipt/").text
    assert "如果今天就确认，最迟 <strong>2026-04-20</strong> 答复" in text
    assert "清明节" in text
    assert "13700137000" not in text


def test_nothing_typed_is_lost(office, citizen):
    citizen.chooses(office.housing)
    citizen.client.post("/ask/kind/", {"kind": "person"})
    wrong = citizen.client.post("/ask/who/", {**WHO, "identity_number": "123"})
    assert "身份证号码应为18位" in str(faults(wrong))
    assert 'href="#id_identity_number"' in wrong.text
    assert 'value="何小满"' in wrong.text
    citizen.client.post("/ask/who/", WHO)
    assert 'value="何小满"' in citizen.client.get("/ask/who/").text
    checked = citizen.client.post("/ask/kind/?change=1", {"kind": "company"})
    assert checked["Location"] == "/ask/who/"


def test_one_thing_changed_leads_back_to_the_last_page(office, citizen):
    citizen.fills(office.housing)
    changed = citizen.client.post("/ask/what/?change=1", {**WHAT, "subject": "别的表"})
    assert changed["Location"] == "/ask/check/"
    assert "别的表" in citizen.client.get("/ask/check/").text


def test_another_body_is_chosen_and_all_else_stays(office, citizen):
    citizen.fills(office.housing)
    upload = SimpleUploadedFile("a.png", PNG)
    citizen.client.post("/ask/papers/", {"what": "identity", "file": upload})
    assert citizen.chooses(office.water)["Location"] == "/ask/check/"
    citizen.sends()
    case, _code = citizen.receives()
    assert case.body == office.water
    assert look(case.attachments.get(), people_of_water(office)) == PNG


def test_what_another_window_changed_is_not_sent_unseen(office, citizen):
    seen = typed(citizen.fills(office.housing), "seen")
    citizen.chooses(office.water)
    refused = citizen.sends(seen=seen)
    assert "在别的窗口里改过，没有提交" in refused.text
    assert office.water.name in refused.text
    upload = SimpleUploadedFile("a.png", PNG)
    citizen.client.post("/ask/papers/", {"what": "identity", "file": upload})
    assert "改过" in citizen.sends(seen=typed(refused, "seen")).text
    assert not Case.objects.exists()
    citizen.sends()
    assert citizen.receives()[0].body == office.water
    assert Spent.objects.get(what="asked").count == 1


def people_of_water(office) -> User:
    handler = person("shuiwu", "孙水务")
    appointed(handler, office.water, Role.HANDLER)
    return handler


def test_a_browser_that_is_closed_forgets(office, citizen):
    case, code = citizen.asks(office.housing)
    citizen.opens(case.number, code)
    for name in ("draft_ask", "following"):
        cookie = citizen.client.cookies[name]
        assert (cookie["max-age"], cookie["expires"]) == ("", ""), name


@pytest.mark.parametrize("page", ["who", "papers", "what", "how", "check"])
def test_a_page_opened_too_early_leads_to_the_first_that_lacks(office, citizen, page):
    assert citizen.client.get(f"/ask/{page}/")["Location"] == "/ask/"
    citizen.chooses(office.housing)
    assert citizen.client.get(f"/ask/{page}/")["Location"] == "/ask/kind/"


def test_sent_twice_it_is_one_case_and_one_code(office, citizen):
    citizen.fills(office.housing)
    citizen.sends()
    first = citizen.receives()
    again = citizen.sends()
    assert again["Location"] == "/ask/receipt/"
    assert citizen.receives() == first
    assert Case.objects.count() == Hold.objects.count() == 1


def test_the_code_is_shown_no_more_once_the_receipt_is_closed(office, citizen):
    case, code = citizen.asks(office.housing)
    citizen.client.post("/ask/receipt/leave/")
    assert citizen.client.get("/ask/receipt/")["Location"] == "/ask/"
    assert not Draft.objects.exists()
    plain = code.replace("-", "")
    rows = str(list(Hold.objects.values())) + str(list(Entry.objects.values("payload")))
    assert plain not in rows
    assert citizen.opens(case.number, plain.lower()).status_code == 302


def test_a_receipt_is_not_shown_for_longer_than_an_hour(office, citizen):
    citizen.asks(office.housing)
    with at(TODAY, 12):
        assert citizen.client.get("/ask/receipt/")["Location"] == "/ask/"


def test_a_draft_is_readable_by_its_browser_alone(office, citizen):
    citizen.fills(office.housing)
    row = Draft.objects.get()
    assert b"137" not in bytes(row.sealed)
    assert "何小满".encode() not in bytes(row.sealed)
    assert citizen.client.cookies["draft_ask"].value not in row.name
    assert citizen.client.cookies["draft_ask"]["httponly"]
    assert Citizen().client.get("/ask/check/")["Location"] == "/ask/"


def test_a_draft_of_the_counter_opens_for_its_clerk_alone(office, citizen):
    citizen.fills(office.housing)
    other = Client()
    other.force_login(office.clerk)
    other.cookies["draft_counter"] = citizen.client.cookies["draft_ask"].value
    assert other.get("/counter/check/")["Location"] == "/counter/"


def test_a_draft_that_is_cleared_leaves_nothing(office, citizen):
    citizen.fills(office.housing)
    upload = SimpleUploadedFile("证件.png", PNG)
    citizen.client.post("/ask/papers/", {"what": "identity", "file": upload})
    assert Attachment.objects.count() == 1
    citizen.client.post("/ask/clear/")
    assert not Attachment.objects.exists()
    assert not Draft.objects.exists()
    assert citizen.client.get("/ask/check/")["Location"] == "/ask/"


def test_files_go_through_the_guard_and_into_the_case(office, citizen):
    citizen.fills(office.housing)
    upload = SimpleUploadedFile("证件.png", PNG)
    citizen.client.post("/ask/papers/", {"what": "identity", "file": upload})
    program = SimpleUploadedFile("a.exe", b"MZ" + bytes(100))
    refused = citizen.client.post("/ask/papers/", {"what": "other", "file": program})
    assert "没有收下这个文件，原因：是可以运行的程序" in str(faults(refused))
    assert "没有保存" not in refused.text
    citizen.sends()
    case, _code = citizen.receives()
    paper = Attachment.objects.get(case=case)
    assert paper.what == "identity"
    assert look(paper, office.handler) == PNG


def test_a_file_can_be_taken_out_again_and_there_are_five_at_most(office, citizen):
    citizen.fills(office.housing)
    for _file in range(5):
        upload = SimpleUploadedFile("a.png", PNG)
        citizen.client.post("/ask/papers/", {"what": "other", "file": upload})
    page = citizen.client.get("/ask/papers/").text
    assert "已经到5个" in page
    first = Attachment.objects.first()
    citizen.client.post("/ask/papers/", {"remove": first.pk})
    assert Attachment.objects.count() == 4


def test_nobody_takes_files_out_of_anothers_draft(office, citizen):
    citizen.fills(office.housing)
    upload = SimpleUploadedFile("a.png", PNG)
    citizen.client.post("/ask/papers/", {"what": "other", "file": upload})
    other = Citizen()
    other.fills(office.housing)
    other.client.post("/ask/papers/", {"remove": Attachment.objects.get().pk})
    assert Attachment.objects.count() == 1


def test_a_line_for_lists_tells_nobody_who_asks(office, citizen):
    citizen.chooses(office.housing)
    for page in ("kind", "who"):
        citizen.client.post(f"/ask/{page}/", PAGES[page])
    for subject in ("何小满家的备案表", "电话13700137000的登记"):
        answer = citizen.client.post("/ask/what/", {**WHAT, "subject": subject})
        assert "请删去" in str(faults(answer)), subject


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"delivery": "electronic"}, "请填写邮箱"),
        ({"delivery": "post"}, "请填写通信地址"),
        ({}, "请填写或者选择"),
    ],
)
def test_the_way_of_delivery_asks_for_what_it_needs(office, citizen, said, why):
    citizen.chooses(office.housing)
    for page in ("kind", "who", "what"):
        citizen.client.post(f"/ask/{page}/", PAGES[page])
    assert why in str(faults(citizen.client.post("/ask/how/", said)))


def test_somebody_who_left_no_way_to_be_reached_is_told(office, citizen):
    citizen.chooses(office.housing)
    said = {**PAGES, "who": {**WHO, "phone": ""}}
    for page in ("kind", "who", "what"):
        citizen.client.post(f"/ask/{page}/", said[page])
    answer = citizen.client.post("/ask/how/", {"delivery": "direct"})
    assert "没有留任何联系方式" in str(faults(answer))


@pytest.mark.parametrize("kind", sorted(set(Kind) - {"person"}))
def test_each_kind_of_organisation_stands_in_its_own_column(office, citizen, kind):
    case, _code = citizen.asks(office.housing, kind={"kind": kind})
    assert case.applicant_kind == kind


def test_a_body_that_is_no_more_is_not_asked(office, citizen):
    citizen.fills(office.housing)
    office.housing.closed_on = TODAY
    office.housing.save()
    assert citizen.client.get(f"/ask/bodies/{office.housing.code}/").status_code == 404
    assert "撤销" in citizen.sends().text
    assert not Case.objects.exists()


def test_few_words_find_one_of_many_bodies(office, citizen):
    page = citizen.client.get("/ask/?q=住房").text
    assert office.housing.name in page
    assert office.water.name not in page
    for meant in ("住建局", "区住建", "住 建"):
        page = citizen.client.get(f"/ask/?q={meant}").text
        assert office.housing.name in page, meant
        assert office.water.name not in page, meant
    none = citizen.client.get("/ask/?q=天文台").text
    assert "名称里没有这几个字" in none
    assert office.water.name in none


def test_a_nearer_name_of_a_body_comes_first(office):
    assert called(Body.objects.all(), "住建局", 9) == [office.housing]
    office.water.short_name = "住建局"
    office.water.save()
    assert called(Body.objects.all(), "住建局", 9) == [office.water, office.housing]
    assert called(Body.objects.all(), "住建局", 1) == [office.water]


def test_an_organisation_proves_itself_by_its_code_first_and_a_person_has_none(
    office, citizen
):
    citizen.chooses(office.housing)
    papers = {}
    for kind in ("person", "company"):
        citizen.client.post("/ask/kind/", {"kind": kind})
        field = citizen.client.get("/ask/who/").context["form"].fields["identity_kind"]
        papers[kind] = [value for value, _words in field.choices]
    assert UNIFIED_CODE not in papers["person"]
    assert papers["company"][:2] == ["", UNIFIED_CODE]


def test_of_few_answers_no_median_is_told(office, citizen):
    page = citizen.client.get(f"/ask/bodies/{office.housing.code}/").text
    assert "说不出一般要几天" in page


def test_where_nothing_is_public_the_page_says_so(office, citizen):
    citizen.chooses(office.housing)
    page = citizen.client.get("/ask/look/").text
    assert f"还没有收录{office.housing.name}公开的内容" in page


AGENT = {
    "agent": "宋江平",
    "agent_phone": "13900139001",
    "authority": "2026-03-18出具，代为申请",
}


def test_an_agent_is_asked_for_only_where_there_is_one(office, citizen):
    citizen.fills(office.housing)
    assert "/ask/agent/" not in citizen.client.get("/ask/papers/").text
    citizen.client.post("/ask/who/", {**WHO, "by_agent": "on"})
    assert citizen.client.get("/ask/check/").headers["Location"] == "/ask/agent/"
    answer = citizen.client.post("/ask/agent/", {})
    assert "请填写或者选择这一项" in answer.text
    answer = citizen.client.post("/ask/agent/", AGENT)
    assert answer.headers["Location"] == "/ask/papers/"
    assert "/ask/agent/" in citizen.client.get("/ask/papers/").text
    page = citizen.client.get("/ask/check/").text
    assert "宋江平" in page
    assert "还没有：代理人的授权委托书" not in page
    citizen.sends()
    case, _code = citizen.receives()
    person = for_letters(case.applicant)
    assert (person.name, person.agent) == ("何小满", "宋江平")
    assert person.authority == AGENT["authority"]


def test_an_agent_who_is_none_after_all_leaves_nothing(office, citizen):
    citizen.fills(office.housing, who={**WHO, "by_agent": "on"}, agent=AGENT)
    citizen.client.post("/ask/who/?change=1", WHO)
    assert "宋江平" not in citizen.client.get("/ask/check/").text
    citizen.sends()
    case, _code = citizen.receives()
    assert for_letters(case.applicant).agent == ""


def test_an_agent_without_authority_may_ask_and_is_told_what_is_missing(office, citizen):
    bare = {"agent": "宋江平"}
    page = citizen.fills(office.housing, who={**WHO, "by_agent": "on"}, agent=bare).text
    assert "还没有：代理人的授权委托书" in page
    upload = {"what": "authority", "file": SimpleUploadedFile("委托.png", PNG)}
    citizen.client.post("/ask/papers/", upload)
    assert "还没有：" not in citizen.client.get("/ask/check/").text


def test_an_answer_by_fax_asks_for_its_number(office, citizen):
    citizen.fills(office.housing)
    how = {"form": "any", "delivery": "fax"}
    assert "选择了传真" in citizen.client.post("/ask/how/", how).text
    citizen.client.post("/ask/how/", {**how, "fax": "010-87654321"})
    citizen.sends()
    case, _code = citizen.receives()
    assert (case.delivery, for_letters(case.applicant).fax) == ("fax", "010-87654321")


def test_pages_of_asking_ask_little_of_the_database(office, django_assert_max_num_queries):
    citizen = Citizen()
    with django_assert_max_num_queries(1):
        citizen.client.get("/ask/")
    citizen.fills(office.housing)
    with django_assert_max_num_queries(1):
        citizen.client.get("/ask/what/")
    assert not HOW.keys() - {"delivery", "email", "form"}
