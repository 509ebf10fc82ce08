"""The screens on which bodies are inspected, ordered to mend, told of and scored."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import jobs
from mingtang_web.notices.running import run
from mingtang_web.supervision.models import Bulletin, Finding, Inspection, Order
from tests.web.desk.test_authorisation import SPECIFICATION
from tests.web.people import appointed, person
from tests.web.publication.offices import TODAY

if TYPE_CHECKING:
    from tests.web.publication.offices import Newsroom

TABLE = SPECIFICATION["supervision"]
DUE = (TODAY + timedelta(days=20)).isoformat()
KEY = {"key": "k", "version": "0"}


def send(client: Client, name: str, *args: object, **said: object):
    version = said.pop("version", 0)
    key = {"key": secrets.token_hex(8), "version": version}
    return client.post(reverse(name, args=args), said | key)


@pytest.fixture
def inspector(room: Newsroom) -> Client:
    client = Client()
    client.force_login(room.supervisor)
    return client


@pytest.fixture
def row(room: Newsroom, inspector: Client) -> Inspection:
    room.published()
    assert (
        send(inspector, "inspections", body=room.office.pk, kind="whole").status_code == 302
    )
    made = Inspection.objects.get()
    shown = inspector.get(reverse("inspection", args=[made.pk]))
    assert "正在检查：已查 0 个机关，共 4 个" in shown.text
    run(jobs.JOBS["inspections"], clock.today())
    made.refresh_from_db()
    return made


@pytest.fixture
def order(room: Newsroom, inspector: Client, row: Inspection) -> Order:
    found = row.findings.filter(body=room.housing).values_list("pk", flat=True)
    said = {"chosen": list(found), "due": DUE, "version": row.version}
    sent = send(inspector, "inspection_body", row.pk, room.housing.pk, **said)
    assert sent.status_code == 302
    return Order.objects.get()


def test_an_inspector_notes_and_drops(room, inspector, row, order) -> None:
    page = reverse("inspection", args=[order.findings.first().inspection_id])
    assert "发现 15 处：待核实 12，已要求整改 3" in inspector.get(page).text
    said = {
        "body": room.water.pk,
        "place": "大厅",
        "said": "没有查阅设施",
        "version": row.version,
    }
    assert "已有新的登记" in send(inspector, "inspection_note", row.pk, **said).text
    row.refresh_from_db()
    said["version"] = row.version
    assert send(inspector, "inspection_note", row.pk, **said).status_code == 302
    seen = Finding.objects.get(by_hand=True)
    row.refresh_from_db()
    drop = {"why": "一楼有", "version": row.version}
    assert send(inspector, "inspection_finding", seen.pk, **drop).status_code == 302
    one = inspector.get(reverse("inspection_finding", args=[seen.pk])).text
    assert "一楼有" in one


def test_from_an_order_to_the_bulletin(room, inspector, order) -> None:
    mender = Client()
    mender.force_login(room.writer)
    at = reverse("supervision_order", args=[order.pk])
    assert "其中 3 处仍然查到" in mender.get(at).text
    answer = {"answer": "栏目已经建好", "version": 1}
    assert (
        send(mender, "supervision_order_act", order.pk, "answer", **answer).status_code
        == 302
    )
    refused = send(inspector, "supervision_order_act", order.pk, "pass", why="", version=2)
    assert refused.status_code == 422
    passed = {"why": "另行检查", "version": 2}
    assert (
        send(inspector, "supervision_order_act", order.pk, "pass", **passed).status_code
        == 302
    )
    assert "系统当时仍然查到" in mender.get(at).text
    looked = inspector.get(reverse("bulletin_new"))
    assert "本季度发出整改通知1份" in looked.text
    asked = {"body": room.office.pk, "year": 2026, "quarter": 1}
    assert send(inspector, "bulletin_new", **asked).status_code == 302
    made = Bulletin.objects.get()
    pdf = mender.get(reverse("bulletin_file", args=[made.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    again = send(inspector, "bulletin_new", **asked)
    assert again.status_code == 422
    assert "已经印发" in again.text


def test_bad_input_is_told_and_nothing_lost(room, inspector, row) -> None:
    before = Entry.objects.count()
    sample = send(
        inspector, "inspections", body=room.office.pk, kind="sampled", seed="甲乙"
    )
    assert sample.status_code == 422
    assert "应在1到4之间" in sample.text
    assert "甲乙" in sample.text
    at = "inspection_body", row.pk, room.housing.pk
    early = send(
        inspector, *at, chosen=[row.findings.first().pk], due="2020-01-01", version=2
    )
    assert early.status_code == 422
    foreign = Finding.objects.exclude(body=room.housing).first()
    wrong = send(inspector, *at, chosen=[foreign.pk], due=DUE, version=row.version)
    assert wrong.status_code == 422
    for address in ("/quarterly/new/?year=x", "/quarterly/new/?quarter=9"):
        assert inspector.get(address).status_code == 422
    assert Entry.objects.count() == before


def test_limits_are_set_by_column(room, inspector) -> None:
    at = reverse("inspection_limits", args=[room.office.pk])
    shown = inspector.get(at)
    assert "不查更新" in shown.text
    form = shown.context["form"]
    said = {name: form[name].value() for name in form.fields if name.startswith("of_")}
    said |= {"of_statutory": "off", "of_a20_11": "news", "monthly": "on"}
    sent = inspector.post(at, said | {"key": "k1", "version": "0"})
    assert sent.status_code == 302
    from mingtang_web.supervision.models import Watching  # noqa: PLC0415

    kept = Watching.objects.get()
    assert kept.limits == {"statutory": "", "a20_11": "news"}
    assert kept.monthly
    wrong = {"of_statutory": "x", "key": "k2", "version": "0"}
    bad = inspector.post(at, said | wrong)
    assert bad.status_code == 422
    assert (
        inspector.get(reverse("inspection_limits", args=[room.water.pk])).status_code == 404
    )


@pytest.mark.usefixtures("row")
def test_scores_stand_beside_what_the_site_counts(room, inspector) -> None:
    office = reverse("assessment", args=[room.housing.pk, "licheng_2020", 2026, "office"])
    assert inspector.get(office).status_code == 200
    said = {"documents/metadata": "2", "documents/metadata:note": "两份没有概述"}
    assert inspector.post(office, said | KEY).status_code == 302
    shown = inspector.get(office).text
    assert "没有填完，没有总分" in shown
    assert "两份没有概述" in shown
    bad = inspector.post(office, {"documents/metadata": "-1", "key": "x", "version": "1"})
    assert bad.status_code == 422
    listed = inspector.get("/assessments/").text
    assert "没有填完" in listed
    assert inspector.get(office.replace("licheng_2020", "none")).status_code == 404
    assert inspector.get(office.replace("office", "nobody")).status_code == 404
    assert "不足 30 件的不排位次" in inspector.get("/indicators/", {"of": "I14"}).text


def users(room: Newsroom) -> dict[str, object]:
    below = person("assistant", "协助")
    appointed(below, room.housing, Role.SUPERVISOR)
    return {
        "clerk": room.clerk, "handler": room.writer, "legal_reviewer": room.lawyer,
        "approver": room.approver, "publisher": room.publisher,
        "administrator": room.administrator, "supervisor": room.supervisor,
        "supervisor_below": below, "stranger": room.stranger,
    }  # fmt: skip


@pytest.mark.parametrize("act", TABLE)
def test_every_act_is_for_whom_the_table_says(room, row, order, act: str) -> None:
    for name, user in users(room).items():
        client = Client()
        client.force_login(user)
        before = Entry.objects.count()
        with transaction.atomic():
            got = attempted(client, room, row, order, act)
            wrote = Entry.objects.count() - before
            transaction.set_rollback(True)
        allowed = name in TABLE[act]
        assert (got in {200, 302}) == allowed, (name, got)
        assert allowed or got in {403, 404, 422}, (name, got)
        assert (wrote > 0) == (allowed and not act.startswith("see")), (name, wrote)


def attempted(client: Client, room, row, order, act: str) -> int:
    row.refresh_from_db()
    found = row.findings.filter(body=room.water).first()
    at = {"version": row.version}
    score = room.housing.pk, "licheng_2020", 2026
    tried = {
        "see": lambda: client.get(reverse("inspection", args=[row.pk])),
        "see_order": lambda: client.get(reverse("supervision_order", args=[order.pk])),
        "inspect": lambda: send(client, "inspections", body=room.office.pk, kind="whole"),
        "note": lambda: send(
            client, "inspection_note", row.pk, body=room.water.pk, place="甲", said="乙",
            **at,
        ),
        "drop": lambda: send(client, "inspection_finding", found.pk, why="不是", **at),
        "order": lambda: send(
            client, "inspection_body", row.pk, room.water.pk, chosen=[found.pk], due=DUE,
            **at,
        ),
        "mend": lambda: send(
            client, "supervision_order_act", order.pk, "answer", answer="改了", version=1
        ),
        "move": lambda: send(
            client, "supervision_order_act", order.pk, "move", due="2026-06-01", why="节日",
            version=1,
        ),
        "tell": lambda: send(
            client, "bulletin_new", body=room.office.pk, year=2026, quarter=1
        ),
        "assess": lambda: client.post(
            reverse("assessment", args=[*score, "self"]), {"report/elements": "0"} | KEY
        ),
        "score": lambda: client.post(
            reverse("assessment", args=[*score, "office"]), {"report/elements": "0"} | KEY
        ),
    }  # fmt: skip
    return tried[act]().status_code
