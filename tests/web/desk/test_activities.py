"""The screens of the registers of section one: entered, counted, opened, taken away."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.db import connection, transaction
from django.urls import reverse

from mingtang_web import clock
from mingtang_web.activities import actions
from mingtang_web.activities.models import Activity
from mingtang_web.activities.queries import counts, narrowed
from mingtang_web.activities.rules import REGISTERS, Form, Register
from mingtang_web.cases.actions import Doing
from mingtang_web.ledger.models import Entry
from tests.web.activities.test_activities import YEAR, entered
from tests.web.desk.test_authorisation import SPECIFICATION, people

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.cases.requests import Office

D = date
TODAY = D(2026, 6, 30)
TABLE = SPECIFICATION["activities"]
TYPED = {
    Register.MEETING: {"form": "live", "people": "8", "address": "https://a.example.cn/1"},
    Register.BUDGET: {"form": "budget", "year": "2026", "approved": "2026-05-01"},
    Register.INTERPRETATION: {"form": "press", "about": "西政发〔2026〕3号"},
    Register.ACCOUNT: {"form": "wechat", "party": "办公室", "filed": "2026-05-08"},
    Register.TRAINING: {"form": "online", "sessions": "2", "people": "60"},
    Register.OUTREACH: {"form": "theme_day", "people": "200"},
    Register.INSPECTION: {"form": "monthly", "sites": "12", "findings": "4"},
    Register.RESPONSE: {"form": "answered", "remark": "当日答复"},
    Register.COOPERATION: {"form": "joint", "party": "区档案馆"},
}


def sent(client: Client, office: Office, register: Register, **more: str) -> object:
    typed = {
        "key": f"k-{register}", "body": str(office.housing.pk), "day": "2026-05-06",
        "title": "一件事", **TYPED[register],
    }  # fmt: skip
    return client.post(reverse("activity_new", args=[register]), typed | more)


def exported(client: Client, register: Register, kind: str, **words: str) -> bytes:
    answer = client.get(reverse("activity_export", args=[register, kind]), words)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("register", Register)
def test_what_is_entered_is_listed_counted_and_shown(
    office: Office, client: Client, register: Register
) -> None:
    client.force_login(office.clerk)
    assert client.get(reverse("activity_new", args=[register])).status_code == 200
    page = sent(client, office, register)
    row = Activity.objects.get()
    assert page.headers["Location"] == reverse("activity", args=[row.pk])
    sent(client, office, register)  # sent twice
    assert Activity.objects.count() == 1
    assert row.title in client.get(reverse("activity_list", args=[register])).text
    shown = client.get(reverse("activity", args=[row.pk])).text
    for said in TYPED[register].values():
        assert said in shown or str(Form(said).label) in shown
    overview = client.get(reverse("activities")).text
    assert f"{reverse('activity_list', args=[register])}?body=" in overview
    amend = client.get(reverse("activity_amend", args=[row.pk])).text
    assert 'value="一件事"' in amend


def test_every_figure_leads_to_its_entries(office: Office, client: Client) -> None:
    for register in Register:
        row = entered(office, register)
        if register == Register.ACCOUNT:
            doing = Doing(office.clerk, row.version)
            actions.observe(row, D(2026, 6, 1), D(2026, 5, 7), doing)
    client.force_login(office.clerk)
    body = office.housing.pk
    page = client.get(
        reverse("activities"), {"body": body, "since": YEAR[0], "until": YEAR[1]}
    )
    for register, figures in page.context["registers"]:
        for each in figures:
            assert each.link.replace("&", "&amp;") in page.text or each.figure.value is None
            listed = client.get(each.link)
            rows = narrowed(Activity.objects.all(), register, each.counted.id, *YEAR)
            assert listed.context["page"].paginator.count == rows.count()
            if each.counted.of:
                assert listed.context["figure"] == each.figure


def test_a_register_never_written_in_is_not_called_zero(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    every = sum(len(known.figures) for known in REGISTERS.values())
    assert client.get(reverse("activities")).text.count("没有登记过</span>") == every
    entered(office, Register.TRAINING, people=None)
    assert "没有填写" in client.get(reverse("activities")).text
    listed = reverse("activity_list", args=["training"])
    assert "另 1 条没有填写" in client.get(listed, {"figure": "people"}).text


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    page = sent(client, office, Register.INSPECTION, findings="3", rectified="4").text
    assert 'href="#id_rectified"' in page
    assert 'value="一件事"' in page
    page = sent(client, office, Register.MEETING, people="-1").text
    assert "不能小于0，现为-1" in page
    page = sent(client, office, Register.MEETING, people="3000000000").text
    assert 'href="#id_people"' in page
    page = sent(client, office, Register.MEETING, day="2027-01-01").text
    assert 'class="summary"' in page
    assert not Activity.objects.exists()


def test_an_entry_is_added_to_and_its_history_says_what_changed(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office, Register.INSPECTION, findings=4)
    amend = reverse("activity_amend", args=[row.pk])
    said = {
        "key": "k-a", "version": "1", "form": "patrol", "title": row.title,
        "day": "2026-05-06", "findings": "4", "rectified": "3", "why": "整改完成",
    }  # fmt: skip
    assert client.post(amend, said | {"why": ""}).status_code == 200
    assert client.post(amend, said).status_code == 302
    page = client.get(reverse("activity", args=[row.pk])).text
    assert "<del>未填</del> → <ins>3</ins>" in page
    assert "原因：整改完成" in page
    assert "已有新的登记" in client.post(amend, said | {"key": "k-b"}).text


def test_an_account_is_looked_at_and_a_wrong_look_struck(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office, Register.ACCOUNT, D(2026, 1, 6))
    look = reverse("activity_observe", args=[row.pk])
    said = {"key": "k-o", "version": "1", "seen": "2026-06-20", "posted": "2026-06-06"}
    assert client.post(look, said | {"posted": "2026-06-21"}).status_code == 422
    client.post(look, said)
    listed = reverse("activity_list", args=["account"])
    assert "2026-06-20巡查时已14天未更新" in client.get(listed).text
    silent = {"figure": "silent", "since": "2026-06-01", "until": "2026-06-30"}
    assert row.title in client.get(listed, silent).text
    step = row.steps.last()
    strike = reverse("activity_strike_observation", args=[row.pk, step.pk])
    assert client.post(strike, {"key": "k-s", "version": "2", "why": ""}).status_code == 422
    client.post(strike, {"key": "k-s", "version": "2", "why": "看错账号"})
    assert row.title not in client.get(listed, silent).text
    assert "尚未巡查" in client.get(listed).text


def test_what_is_struck_is_listed_apart(office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    row = entered(office, Register.OUTREACH)
    strike = reverse("activity_strike", args=[row.pk])
    client.post(strike, {"key": "k-s", "version": "1", "why": "重复登记"})
    listed = reverse("activity_list", args=["outreach"])
    assert row.title not in client.get(listed).text
    assert row.title in client.get(listed, {"stand": "struck"}).text
    page = client.get(reverse("activity", args=[row.pk])).text
    assert "补充或者更正</a>" not in page
    amend = reverse("activity_amend", args=[row.pk])
    said = {
        "key": "k",
        "version": "2",
        "form": "theme_day",
        "title": "甲",
        "day": "2026-05-06",
    }
    assert "已经作废" in client.post(amend, said | {"why": "试"}).text


def test_a_budget_that_waits_is_told_with_its_last_day(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    entered(office, Register.BUDGET, None, approved=D(2026, 6, 1))
    entered(
        office, Register.BUDGET, D(2026, 6, 2), approved=D(2026, 6, 1), title="已公开的"
    )
    listed = reverse("activity_list", args=["budget"])
    page = client.get(listed, {"stand": "waiting"}).text
    assert "尚未公开，最迟应于2026-06-22公开，已逾期" in page
    assert "已公开的" not in page


def test_a_list_is_narrowed_by_its_address(office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    entered(office, Register.TRAINING, title="春季培训", form=Form.ONLINE)
    entered(office, Register.TRAINING, D(2026, 2, 3), title="冬季培训")
    listed = reverse("activity_list", args=["training"])
    for words, there in (
        ({"q": "冬季"}, "冬季"),
        ({"form": "online"}, "春季"),
        ({"until": "2026-03-01"}, "冬季"),
        ({"since": "2026-03-01"}, "春季"),
        ({"figure": "form:online"}, "春季"),
    ):
        text = client.get(listed, words).text
        assert [each in text for each in ("春季培训", "冬季培训")].count(True) == 1
        assert f"{there}培训" in text
    for words in ({"q": "13800138000"}, {"figure": "nothing"}, {"since": "x"}):
        page = client.get(listed, words)
        assert 'role="alert"' in page.text
    assert client.get(reverse("activity_list", args=["nothing"])).status_code == 404
    period = {"body": office.housing.pk, "since": "2026-05-02", "until": "2026-05-01"}
    assert "止日早于起日" in client.get(reverse("activities"), period).text


def test_a_list_is_taken_away_as_a_table(office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    entered(office, Register.TRAINING, title="=1+1", people=60)
    entered(office, Register.TRAINING, title="另一次", form=Form.ONLINE)
    text = exported(client, Register.TRAINING, "csv").decode("utf-8-sig")
    assert text.splitlines()[0].startswith("登记号,机关,形式,培训名称,培训日期,场次")
    assert "'=1+1" in text
    assert "另一次" not in exported(client, Register.TRAINING, "csv", q="=1").decode()
    made = exported(client, Register.TRAINING, "xlsx", form="on_site")
    [sheet] = openpyxl.load_workbook(io.BytesIO(made)).worksheets
    rows = list(sheet.values)
    assert len(rows) == 2
    assert rows[1][3:7] == ("=1+1", "2026-05-06", 2, 60)
    assert sheet["D2"].data_type == "s"
    assert client.get("/activities/training/pdf/").status_code == 404


SENT = {
    "record": {"form": "wechat", "title": "乙", "day": "2026-05-06"},
    "amend": {"form": "wechat", "title": "甲", "day": "2026-05-06", "why": "试"},
    "observe": {"seen": "2026-06-01", "posted": "2026-06-01"},
    "strike": {"why": "试"},
}


@pytest.mark.parametrize("act", TABLE)
def test_every_act_is_for_whom_the_table_says(office: Office, act: str) -> None:
    row = entered(office, Register.ACCOUNT, title="西山住建")
    for name, client in people(office).items():
        before = Entry.objects.count()
        with transaction.atomic():
            got = attempted(client, office, row, act)
            wrote = Entry.objects.count() - before
            transaction.set_rollback(True)
        if name == "nobody":
            assert (got, wrote) == ("login", 0)
            continue
        allowed = name in TABLE[act]
        expected = "done" if allowed else "nothing" if name == "stranger" else "no"
        assert got == expected, (name, act)
        assert wrote == (allowed and act != "see"), (name, act)


def attempted(client: Client, office: Office, row: Activity, act: str) -> str:
    """How the site answered whoever tried an act, in a word."""
    if act == "see":
        answer = client.get(reverse("activity", args=[row.pk]))
        listed = client.get(reverse("activity_list", args=["account"])).text
        assert (row.title in listed) == (answer.status_code == 200)
    else:
        said = SENT[act] | {"key": "k", "version": "1", "body": str(office.housing.pk)}
        of = ["account"] if act == "record" else [row.pk]
        name = "activity_new" if act == "record" else f"activity_{act}"
        answer = client.post(reverse(name, args=of), said)
    if answer.headers.get("Location", "").startswith("/accounts/login/"):
        return "login"
    if act == "record" and answer.status_code == 200:
        return "nothing"  # somebody of another body, who may not choose this one
    if act == "record" and answer.status_code == 404:
        return "no"
    return {200: "done", 302: "done", 403: "no", 404: "nothing"}[answer.status_code]


def test_whoever_may_not_write_is_offered_nothing(office: Office, client: Client) -> None:
    row = entered(office, Register.MEETING)
    for person in (office.lawyer, office.supervisor):
        client.force_login(person)
        page = client.get(reverse("activity", args=[row.pk])).text
        assert 'action="/activities/' not in page
        assert "登记一条" not in client.get(reverse("activities")).text
    client.force_login(office.stranger)
    period = {"body": office.housing.pk, "since": YEAR[0], "until": YEAR[1]}
    assert office.housing.name not in client.get(reverse("activities"), period).text


def test_pages_take_a_fixed_number_of_queries(
    office: Office, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(office.clerk)
    for n in range(6):
        row = entered(office, Register.ACCOUNT, D(2026, 5, 1) + timedelta(days=n))
        row = actions.observe(row, TODAY, TODAY, Doing(office.clerk, row.version))
    with django_assert_max_num_queries(12):
        client.get(reverse("activities"))
    with django_assert_max_num_queries(11):
        client.get(reverse("activity_list", args=["account"]))
    for _ in range(6):
        row = actions.observe(row, TODAY, TODAY, Doing(office.clerk, row.version))
    with django_assert_max_num_queries(9):
        page = client.get(reverse("activity", args=[row.pk]))
    assert "更早的 2 条" in page.text
    assert page.text.count("作废这次巡查") == 7


def test_a_list_and_counts_go_by_their_indexes(office: Office) -> None:
    """Neither a page of one body's register nor a year's counts reads everything."""
    day, now = D(2020, 1, 1), clock.now()
    Activity.objects.bulk_create(
        Activity(
            body=(office.housing, office.water)[n % 2], register=list(Register)[n % 9],
            number=f"{n}", form="other", title="一件事", day=day + timedelta(days=n // 3),
            created_at=now, people=n, version=1,
        )
        for n in range(6000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mine = Activity.objects.filter(body=office.housing, register="training", struck=False)
    plan = mine[:50].explain()
    assert "activity_by_body_and_day" in plan
    assert "TEMP B-TREE" not in plan  # SQLite's word for sorting
    assert "Sort" not in plan  # PostgreSQL's
    assert "activity_by_day" in Activity.objects.filter(register="training")[:50].explain()
    found = counts(office.housing, D(2022, 1, 1), D(2022, 12, 31))
    assert sum(f["entries"].value or 0 for f in found.values() if "entries" in f) > 100
