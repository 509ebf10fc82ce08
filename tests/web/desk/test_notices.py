"""The screens of notices: one's own alone, chosen ways, jobs seen by administrators."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang_web import clock
from mingtang_web.cases.models import Case
from mingtang_web.desk.notices import stands
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import jobs, queries, running
from mingtang_web.notices.models import LeadTimes, Notice, Preference, Sending
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
LATE = D(2026, 3, 31)


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 20)):
        office = Office()
        office.handler.email = "handler@example.cn"
        office.handler.save()
        case = office.registered()
        Case.objects.filter(pk=case.pk).update(handler=office.handler)
    with at(LATE):
        running.run(jobs.JOBS["terms"], LATE)
        yield office


def test_the_head_counts_and_the_list_tells_and_reading_is_marked(client, office):
    client.force_login(office.handler)
    page = client.get("/notices/").text
    assert "通知&nbsp;" in page
    assert "2026-0001号案件已过答复期限" in page
    assert "张" not in re.sub(r"<[^>]+>", "", page)
    notice = Notice.objects.get(user=office.handler)
    back = client.post(f"/notices/{notice.pk}/read/", {"show": "unread"})
    assert back.headers["Location"] == "/notices/?show=unread"
    assert "没有未读通知" in client.get("/notices/?show=unread").text
    page = client.get("/notices/").text
    assert "已过答复期限" in page
    assert "标为已读" not in page


def test_nobody_reads_or_marks_another_persons_notices(client, office):
    client.force_login(office.clerk)
    assert "还没有通知" in client.get("/notices/").text
    notice = Notice.objects.get(user=office.handler)
    client.post(f"/notices/{notice.pk}/read/")
    client.post("/notices/read/")
    assert queries.unread(office.handler.pk) == 1
    client.logout()
    for address in ("/notices/", "/notices/preferences/", "/jobs/"):
        assert client.get(address).status_code == 302


def test_all_are_marked_at_once(client, office):
    client.force_login(office.handler)
    client.post("/notices/read/")
    assert queries.unread(office.handler.pk) == 0
    assert client.get("/notices/read/").status_code == 405


def test_the_count_costs_one_query_and_the_list_no_more_for_many(client, office):
    client.force_login(office.handler)
    client.get("/notices/")
    with CaptureQueriesContext(connection) as few:
        client.get("/notices/")
    assert sum("COUNT" in q["sql"] and "read_at" in q["sql"] for q in few) == 1
    notice = Notice.objects.get(user=office.handler)
    for count in range(60):
        notice.pk, notice.key = None, f"k{count}"
        notice.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/notices/").text
    assert len(many) == len(few) <= 9
    assert "第 1 页，共 2 页 61 条" in page


def test_wishes_are_kept_and_a_fault_keeps_what_was_typed(client, office):
    client.force_login(office.handler)
    page = client.get("/notices/preferences/").text
    ways, usual = page.split('id="id_ahead-own"')
    assert ways.count(" checked") == len(Preference().email)
    assert re.findall(r'value="(\w+)"[^>]* checked', usual) == ["body", "5", "3", "1", "0"]
    assert "还没有联系电话" in page
    assert "还没有电子邮箱" not in page
    sent = {"quiet_from": "21:30", "quiet_until": "07:00", "digest_hour": "9"}
    sent |= {"ahead-own": "own", "ahead-days": ["2", "10"]}
    answer = client.post(
        "/notices/preferences/",
        sent | {"email": ["overdue"], "sms": ["overdue"]},
        follow=True,
    )
    assert "已保存" in answer.text
    kept = Preference.objects.get(user=office.handler)
    assert (kept.email, kept.sms, kept.digest_hour) == (["overdue"], ["overdue"], 9)
    assert kept.ahead == [10, 2]
    wrong = client.post("/notices/preferences/", sent | {"quiet_from": "夜里", "email": []})
    assert 'value="夜里"' in wrong.text
    assert 'href="#id_quiet_from"' in wrong.text
    assert wrong.text.count(" checked") == 3
    assert client.post("/notices/preferences/", sent | {"email": ["x"]}).status_code == 400
    assert Preference.objects.get(user=office.handler).email == ["overdue"]
    client.post("/notices/preferences/", sent | {"ahead-own": "body"})
    assert Preference.objects.get(user=office.handler).ahead is None


def test_an_administrator_chooses_how_long_ahead_a_body_is_told(client, office):
    for user in (office.handler, office.supervisor, office.stranger):
        client.force_login(user)
        for answer in (client.get("/jobs/lead-times/"), client.post("/jobs/lead-times/")):
            assert answer.status_code == 404
    client.force_login(office.administrator)
    page = client.get("/jobs/lead-times/").text
    assert re.findall(r'value="(\d+)"[^>]* checked', page) == ["5", "3", "1", "0"]
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    sent = {"body": office.housing.pk, "key": key, "days": ["7", "1"]}
    for _ in range(2):
        assert "已保存" in client.post("/jobs/lead-times/", sent, follow=True).text
    assert LeadTimes.objects.get(body=office.housing).days == [7, 1]
    assert Entry.objects.filter(kind="notices.lead_times").count() == 1
    wrong = client.post("/jobs/lead-times/", sent | {"days": ["6"]})
    assert "有内容需要改正" in wrong.text
    client.post("/jobs/lead-times/", sent | {"body": office.water.pk, "key": "k"})
    assert LeadTimes.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "leads_to"),
    [
        ({"kind": "dispute_late", "matter": "dispute/7"}, "/disputes/7/"),
        ({"kind": "matter", "matter": "matter/7"}, "/registers/matters/7/"),
        ({"kind": "overdue_below"}, "/supervision/"),
        ({"kind": "calendar"}, "/recounts/"),
        ({"kind": "unsent"}, "/jobs/"),
    ],
)
def test_each_notice_leads_to_where_its_matter_is_dealt_with(
    client, office, given, leads_to
):
    more = {"body": office.housing, "day": LATE, "key": "k", "created_at": clock.now()}
    Notice.objects.all().delete()
    Notice.objects.create(user=office.handler, title="诉讼2026-001", **more, **given)
    client.force_login(office.handler)
    assert f'<a href="{leads_to}">去办理' in client.get("/notices/").text


def test_of_each_day_the_urgent_come_first(client, office):
    [late] = Notice.objects.filter(user=office.handler)
    for count, kind in enumerate(("answer", "matter")):
        late.pk, late.kind, late.key = None, kind, f"k{count}"
        late.save(force_insert=True)
    client.force_login(office.handler)
    page = client.get("/notices/").text
    assert page.count('<h2 class="notice-day">') == 1
    assert page.index("逾期未答复") < page.index("答复期限临近")


def test_administrators_alone_see_jobs_and_faults_and_try_again(client, office):
    sending = Sending.objects.get()
    sending.state, sending.attempts = Sending.State.GIVEN_UP, 6
    sending.error = "邮件服务器拒收（550）"
    sending.save()
    retry = f"/jobs/sendings/{sending.pk}/retry/"
    for user in (office.handler, office.supervisor):
        client.force_login(user)
        assert client.get("/jobs/").status_code == 404
        assert client.post(retry).status_code == 404
    client.force_login(office.administrator)
    page = client.get("/jobs/").text
    assert "邮件服务器拒收（550）" in page
    assert "期限提醒和逾期通知" in page
    assert "handler@example.cn" not in page
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    assert "已重新排队" in client.post(retry, {"key": key}, follow=True).text
    sending.refresh_from_db()
    assert (sending.state, sending.attempts) == ("waiting", 0)
    assert "都已发出" in client.get("/jobs/").text


def test_an_administrator_elsewhere_sees_no_fault_of_ours(client, office):
    Sending.objects.update(state=Sending.State.GIVEN_UP)
    office.administrator.memberships.update(body=office.water)
    client.force_login(office.administrator)
    assert "都已发出" in client.get("/jobs/").text
    assert (
        client.post(f"/jobs/sendings/{Sending.objects.get().pk}/retry/").status_code == 404
    )


@pytest.mark.usefixtures("office")
def test_a_job_that_stands_still_or_was_cut_off_is_said():
    job, now = jobs.JOBS["terms"], clock.now()
    last = queries.last_run("terms")
    assert stands(job, None, now).word == "还没有运行过"
    assert stands(job, last, now).word == "正常"
    assert stands(job, last, now + timedelta(hours=4)).word == "没有按时运行"
    last.failed = 1
    assert stands(job, last, now).word == "有失败"
    held = running.take(job, LATE)
    assert stands(job, held, now).word == "正在运行"
    assert stands(job, held, now + running.LEASE).word == "中断，等待接着做"
