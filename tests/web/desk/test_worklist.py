"""The worklist: what is due first, each list at a fixed cost, nobody else's cases."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang_web.accounts.models import SavedFilter
from mingtang_web.bodies.models import Role, Section
from mingtang_web.cases import exchanging
from mingtang_web.cases.assigning import ASSIGNED, Target, assign
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.models import Case
from mingtang_web.cases.signing import propose
from mingtang_web.desk import filtering, paging
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import ASKER, Doing
from tests.web.people import appointed, body, person

D = date
TODAY = D(2026, 4, 2)


def subjects(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_what_is_due_comes_first_and_says_how_long_in_words_and_signs(client, office):
    office.registered(arrived=D(2026, 3, 20), subject="还有十几日的")
    office.registered(arrived=D(2026, 3, 2), subject="已经逾期的")
    office.registered(arrived=D(2026, 3, 5), subject="就要到期的")
    waits = office.registered(arrived=D(2026, 3, 3), subject="征求意见的")
    asked = e.Consulted(on=D(2026, 3, 9), party="1", role="third_party")
    office.done(waits, asked, e.ConsultationDelivered(on=D(2026, 3, 20), party="1"))
    client.force_login(office.clerk)
    page = client.get("/cases/").text
    assert subjects(page) == ["已经逾期的", "就要到期的", "还有十几日的", "征求意见的"]
    for words in ("逾期3日", "今天到期", "已停18日"):
        assert words in page
    assert page.count("●") >= 1
    for mark in ("late", "soon", "paused"):
        assert f'class="clock mark-{mark}"' in page
    assert re.search(r"逾期 <b>1</b>", page)
    assert re.search(r"临期 <b>1</b>", page)


def test_a_list_costs_the_same_for_one_and_for_fifty(client, office):
    section = Section.objects.create(body=office.housing, name="业务股")
    office.registered()
    client.force_login(office.clerk)
    client.get("/cases/?tab=all")
    with CaptureQueriesContext(connection) as few:
        client.get("/cases/?tab=all")
    for n in range(55):
        case = office.registered(subject=f"第{n}份合同")
        assign(case, Target(section, office.handler), office.clerk)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/cases/?tab=all").text
    assert len(many) == len(few) <= 17
    assert "第 1 页，共 2 页 56 条" in page
    waits = Case.objects.first()
    office.done(waits, e.Consulted(on=D(2026, 3, 9), party="1", role="third_party"))
    with CaptureQueriesContext(connection) as still:
        client.get("/cases/?tab=all&page=2")
    assert len(still) <= len(many) + 2


def test_each_sees_their_own_and_a_supervisor_all_below(client, office):
    office.registered()
    for somebody, seen in (
        (office.clerk, 1), (office.supervisor, 1), (office.stranger, 0),
    ):  # fmt: skip
        client.force_login(somebody)
        assert len(subjects(client.get("/cases/?tab=all").text)) == seen
    client.force_login(office.supervisor)
    page = client.get(f"/cases/?tab=all&body={office.housing.pk}").text
    offered = re.findall(r'<option value="(\w+)">[^<]*</option></select><button', page)
    assert offered == ["urge"]
    assert '<option value="assign">' not in page


def test_tabs_of_work(client, office):
    case = assign(office.registered(), Target(handler=office.handler), office.clerk)
    office.registered(subject="还没有分派的")
    office.registered(subject="网上提交的", channel="online")
    propose(case, e.Decided(on=TODAY, ground="N6"), Doing(office.handler, 1))
    for somebody, tab, seen in (
        (office.handler, "mine", ["青云小区竣工验收备案表"]),
        (office.clerk, "mine", ["还没有分派的", "网上提交的"]),
        (office.lawyer, "", ["青云小区竣工验收备案表"]),
        (office.approver, "review", []),
    ):
        client.force_login(somebody)
        assert subjects(client.get(f"/cases/?tab={tab}").text) == seen, somebody


def test_what_else_waits_is_said_above_the_list(client, office):
    section = Section.objects.create(body=office.housing, name="法规股")
    there = person("there", "吴某")
    appointed(there, office.housing, Role.HANDLER, section=section)
    case = assign(office.registered(), Target(handler=office.handler), office.clerk)
    exchanging.urge(case, TODAY, Saying("请说明进展", office.supervisor))
    exchanging.ask_section(case, section, TODAY, Saying("是否内部事务", office.handler))
    client.force_login(office.handler)
    assert "1 件督办待答复" in client.get("/cases/").text
    assert len(subjects(client.get("/cases/?note=urged").text)) == 1
    client.force_login(there)
    assert "1 件内部意见待答复" in client.get("/cases/").text
    assert len(subjects(client.get("/cases/?note=asked").text)) == 1


def test_a_condition_that_makes_no_sense_is_told_and_narrows_nothing(client, office):
    office.registered()
    client.force_login(office.clerk)
    for words in ("phase=nonsense&handler=999", f"q={ASKER.phone}"):
        page = client.get(f"/cases/?tab=all&{words}").text
        assert len(subjects(page)) == 1
        assert "该条件没有起作用" in page


def test_a_filter_is_kept_under_a_name_by_each_for_themselves(client, office):
    client.force_login(office.clerk)
    kept = {"name": "网上的", "query": "tab=all&channel=online"}
    page = client.post("/filters/", kept, follow=True).text
    assert 'href="?tab=all&amp;channel=online">网上的' in page
    assert "收到渠道：互联网渠道" in page
    mine = SavedFilter.objects.get()
    client.force_login(office.approver)
    assert "网上的" not in client.get("/cases/").text
    assert client.post(f"/filters/{mine.pk}/drop/").status_code == 404
    client.force_login(office.clerk)
    client.post(f"/filters/{mine.pk}/drop/")
    assert not SavedFilter.objects.exists()


def test_a_name_that_is_too_long_is_refused_not_cut(client, office):
    client.force_login(office.clerk)
    assert "maxlength" not in client.get("/cases/").text
    page = client.post("/filters/", {"name": "长" * 31, "query": ""}, follow=True).text
    assert "超过30字" in page
    assert not SavedFilter.objects.exists()


def test_the_caption_says_the_order_that_the_list_has(client, office):
    office.registered()
    client.force_login(office.clerk)
    assert "案件，按到期先后" in client.get("/cases/?tab=all").text
    page = client.get("/cases/?tab=all&note=unexplained&state=all").text
    assert "按到期先后" not in page
    page = client.get("/cases/?tab=all&state=all").text
    assert "案件，最近收到的在前" in page
    assert "按到期先后" not in page


def test_a_year_is_listed_by_the_day_that_put_its_cases_there(client, office):
    for subject, arrived, on in (
        ("来得早答得晚", 2, 20),
        ("来得晚答得早", 4, 12),
    ):
        case = office.registered(subject=subject, arrived=date(2026, 3, arrived))
        office.done(case, e.Decided(on=date(2026, 3, on), ground="G2"))
    client.force_login(office.clerk)

    def first(words: str) -> str:
        text = client.get(f"/cases/?tab=all&state=all{words}").text
        return min(("来得早答得晚", "来得晚答得早"), key=text.index)

    assert first("") == first("&since=2026-01-01") == "来得晚答得早"
    assert first("&decided=2026") == "来得早答得晚"
    assert "最近决定的在前" in client.get("/cases/?tab=all&state=all&decided=2026").text


def test_the_list_is_taken_away_without_persons_and_without_formulas(client, office):
    office.registered(subject="=HYPERLINK(1)备案表")
    office.registered(subject="别的", channel="online")
    client.force_login(office.clerk)
    answer = client.get("/cases/export/?tab=all&channel=in_person")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(text))
    assert dict(zip(heads, row, strict=True))["申请内容"] == "'=HYPERLINK(1)备案表"
    assert dict(zip(heads, row, strict=True))["剩余工作日"] == "-3"
    for secret in (ASKER.name, ASKER.phone, ASKER.identity_number):
        assert secret not in text
    assert "20260402.csv" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_many_are_assigned_after_they_were_all_named(client, office):
    cases = [office.registered(subject=f"第{n}份合同") for n in range(3)]
    client.force_login(office.clerk)
    chosen = {"case": [case.pk for case in cases]}
    page = client.post("/cases/assign/", chosen).text
    assert all(case.subject in page for case in cases)
    assert not Entry.objects.filter(kind=ASSIGNED).exists()
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    wrong = client.post("/cases/assign/", chosen | {"key": key}).text
    assert "至少选一项" in wrong
    sent = chosen | {"key": key, "handler": office.handler.pk, "note": "请于周五前检索"}
    assert "办成 3 件，未办成 0 件" in client.post("/cases/assign/", sent).text
    assert "办成 3 件" in client.post("/cases/assign/", sent).text
    assert Entry.objects.filter(kind=ASSIGNED).count() == 3
    assert {case.handler for case in Case.objects.all()} == {office.handler}


def test_who_may_not_assign_cannot_by_a_tampered_form(client, office):
    case = office.registered()
    sent = {"case": [case.pk], "key": "k", "handler": office.handler.pk}
    client.force_login(office.handler)
    assert client.post("/cases/assign/", sent).status_code == 403
    client.force_login(office.supervisor)
    assert client.post("/cases/assign/", sent).status_code == 403
    client.force_login(office.stranger)
    assert client.post("/cases/assign/", sent).status_code == 302
    assert Case.objects.get().handler is None


def test_everything_open_of_one_person_goes_to_another(client, office):
    other = person("other", "刘承办")
    appointed(other, office.housing, Role.HANDLER)
    for n in range(3):
        case = office.registered(subject=f"第{n}份合同")
        assign(case, Target(handler=office.handler), office.clerk)
    office.done(case, e.Withdrawn(on=TODAY))
    client.force_login(office.approver)
    assert "王承办" in client.get("/cases/handover/").text
    leaver = f"{office.housing.pk}-{office.handler.pk}"
    page = client.get(f"/cases/handover/?leaver={leaver}").text
    assert subjects(page) == ["第0份合同", "第1份合同"]
    assert "分派这 2 件" in page


def test_nobody_signed_in_sees_nothing(client, office):
    office.registered()
    for address in ("/cases/", "/cases/export/", "/cases/new/", "/supervision/"):
        assert client.get(address).status_code == 302


def test_of_many_bodies_one_is_looked_for_by_name(client, office):
    for n in range(filtering.MANY):
        body(100 + n, f"西山区第{n}局", office.office)
    mine = office.registered(subject="住建局的一件")
    client.force_login(office.supervisor)
    page = client.get("/cases/?tab=all").text
    assert "西山区第3局</option>" not in page
    assert '<input type="text" name="body"' in page
    for word, seen in (
        ("住房", ["住建局的一件"]),
        (mine.body_id, ["住建局的一件"]),
        ("水务", []),
    ):
        page = client.get(f"/cases/?tab=all&body={word}").text
        assert subjects(page) == seen, word
        assert "机关（名称或者其中几个字）" in page
    for word in ("东岭", office.elsewhere.pk, "无此机关"):
        page = client.get(f"/cases/?tab=all&body={word}").text
        assert f"没有名称包含“{word}”的机关" in page
        assert subjects(page) == ["住建局的一件"]


def test_past_what_is_counted_the_list_says_that_it_goes_on(client, office, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 60)
    for n in range(61):
        office.registered(subject=f"第{n}份合同")
    client.force_login(office.clerk)
    page = client.get("/cases/?tab=all&page=9").text
    assert "第 2 页；超过 60 条，请缩小范围后查看其余" in page
    assert len(subjects(page)) == 10
    monkeypatch.setattr(paging, "MOST", 61)
    assert "第 2 页，共 2 页 61 条" in client.get("/cases/?tab=all&page=2").text
