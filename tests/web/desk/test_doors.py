"""Every address that names something: a stranger finds nothing there, nobody signs in.

The addresses stand in the table of `test_authorisation`; one that is not in it fails.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from mingtang_web import clock
from mingtang_web.accounts import tokens
from mingtang_web.accounts.models import SavedFilter
from mingtang_web.activities import actions as activities
from mingtang_web.activities.rules import Register
from mingtang_web.annual import actions as annuals
from mingtang_web.annual.models import Adjustment
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Body, Delegation, Membership, Role
from mingtang_web.bringing import staging
from mingtang_web.bringing.models import Catalogue
from mingtang_web.cases import exchanging
from mingtang_web.cases.attaching import attach
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.models import Attachment, Case
from mingtang_web.collecting import handing, opening
from mingtang_web.collecting.models import Member
from mingtang_web.collecting.reading import read_now
from mingtang_web.disputes import actions as disputes
from mingtang_web.importing import actions as importing
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.models import Refusal
from mingtang_web.importing.signing import propose as propose_import
from mingtang_web.ledger.doing import Doing as Performed
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Item
from mingtang_web.mistakes import actions as mistakes
from mingtang_web.mistakes.actions import Told
from mingtang_web.notices.models import Notice, Sending
from mingtang_web.publication import cleaning, drafting, linking, norming, reviewing
from mingtang_web.publication.cleaning import Plan
from mingtang_web.publication.cleanups import CleanUp
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.registers import actions as registers
from mingtang_web.spells import actions as spells
from mingtang_web.spells.evidence import attach as attach_to_spell
from mingtang_web.supervision import bulletin as quarterly
from mingtang_web.supervision import inspecting, ordering
from mingtang_web.supervision.bulletin import quarter_of
from mingtang_web.supervision.examining import Found as Seen
from mingtang_web.supervision.inspecting import Asked
from mingtang_web.unsent import actions as unsent
from mingtang_web.wordlists import actions as wordlists
from tests.architecture.engine import ROOT
from tests.web.bringing.catalogues import as_csv
from tests.web.bringing.catalogues import row as listed
from tests.web.cases.requests import ASKER, Doing, at
from tests.web.desk.test_authorisation import SPECIFICATION, people
from tests.web.disputes.test_disputes import filing
from tests.web.importing.ledgers import written
from tests.web.letters.ways import LATER, LetterOffice
from tests.web.people import appointed
from tests.web.publication.offices import DRAFT
from tests.web.registers.test_registers import arrival

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse

    from mingtang_web.activities.models import Activity

REPORT = (ROOT / "samples" / "ziyang-2024.txt").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SECRETS = (
    ASKER.name, ASKER.identity_number, ASKER.phone, ASKER.address,
    "请提供青云小区一号楼",
)  # fmt: skip
OLD_LEDGER = "编号,收到日期,内容,申请人\n甲1,2026-03-02,=cmd|' /c'!A1,李四\n".encode()
ANSWERED = {
    "received": "2026-03-02", "channel": "窗口", "kind": "企业", "name": "青云物业公司",
    "subject": "备案表", "decided": "2026-03-10", "ground": "予以公开",
    "dispatched": "2026-03-10", "mode": "邮寄",
}  # fmt: skip
NUMBER = re.compile(r"<(?:(?:int|uuid):\w+|pk|number)>")
KEYS = {"Idempotency-Key": "k" * 8}


SENT = {
    "/acts/confirm": {"version": 1, "event": {"on": "2026-06-30"}},
    "/searches": {
        "scope": "全部档案",
        "method": "逐卷翻查",
        "result": "没有",
        "on": "2026-06-30",
    },
    "/strikes": {"version": 1, "place": 0, "why": "登错"},
    "/proposals/1": {"answer": "agree"},
}


PORTAL = {
    *("follow_letter", "follow_letter_file"),
    *("check", "check_state", "check_file", "check_again", "check_clear"),
    *("report", "report_file", "report_issue", "report_issue_file"),
    *("information", "information_file", "mistake"),
    *("sitemap_documents", "sitemap_reports", "feed_body", "feed_matter"),
}
"""The own case's by a ticket, a browser's own by a cookie, what is public: for anybody.
See portal/test_matrix.py."""


class World(LetterOffice):
    """The office with one of everything, by its number."""

    def __init__(self) -> None:
        super().__init__()
        appointed(self.stranger, self.elsewhere, Role.ADMINISTRATOR)
        letter = self.came("disclosure")
        told = Delivered("post", letter.day, letter.day, "post")
        proof = SimpleUploadedFile("a.png", PNG)
        delivery = record_delivery(letter, told, self.clerk, proof)
        answered = Case.objects.get(pk=letter.case_id)
        case = self.registered(subject="=1+1的材料")
        self.consulted("third_party")
        urging = exchanging.urge(case, LATER, Saying("请说明", self.supervisor, "k-u"))
        source = importing.upload(
            self.housing, "旧台账.csv", OLD_LEDGER, self.administrator
        )
        Refusal.objects.create(
            source=source, trial=False, row=2, column="内容", reason="=1+1", advice="@请改"
        )
        old = importing.upload(
            self.housing, "旧二.csv", written([ANSWERED]), self.administrator
        )
        attempt(old, self.administrator)
        sent = propose_import(old, "纸质登记簿，已核对", self.administrator)
        attach(case, SimpleUploadedFile("b.png", PNG), "other", self.clerk, "k-a")
        dispute = disputes.file(
            filing(self, cases=(answered,), learnt="来电得知"), self.lawyer, "k-d"
        )
        notice = Notice.objects.create(
            user=self.handler, kind="due", body=self.housing, case_id=case.pk, key="k",
            day=LATER, created_at=clock.now(),
        )  # fmt: skip
        sending = Sending.objects.create(
            notice=notice, channel="email", next_at=clock.now(), state="failed"
        )
        annual = annuals.start(self.housing, 2026, Doing(self.clerk, 0))
        change = Adjustment(
            cell="requests/received/person", change="1", reason="漏登一件纸质申请"
        )
        annuals.adjust(annual, change, Doing(self.clerk, annual.version))
        opening.open_season(self.office, self.terms(), Doing(self.supervisor, 0))
        line = Member.objects.get(body=self.housing)
        report = handing.examined(SimpleUploadedFile("年报.txt", REPORT))
        version = read_now(handing.hand_in(line, report, Doing(self.handler, line.version)))
        loan = lend(
            Delegation(
                lender=self.approver, borrower=self.clerk, body=self.housing,
                since=LATER, until=LATER, reason="出差",
            )
        )  # fmt: skip
        account = self.watched()
        self.numbers = {
            **self.listed(),
            "person": self.handler.pk, "loan": loan.pk,
            "appointment": Membership.objects.get(user=self.handler).pk,
            "case": case.pk, "letter": letter.pk, "delivery": delivery.pk,
            "source": source.pk, "dispute": dispute.pk, "urging": urging.pk,
            "annual": annual.pk, "document": self.document().pk, "adjustment": change.pk,
            "season": line.season_id, "line": line.pk, "version": version.pk,
            "attachment": Attachment.objects.get().pk,
            "entry": Entry.objects.latest("pk").pk, "body": self.housing.pk,
            "proposal": 1, "notice": notice.pk, "sending": sending.pk,
            "filter": self.saved(), "import_proposal": sent.pk,
            "catalogue": self.catalogue().pk,
            "unsent": unsent.save(self.clerk, "/cases/new/", []).pk,
            "activity": account.pk, "observation": account.steps.latest("pk").pk,
            "mistake": mistakes.tell(self.housing, Told("/", "word", "=1+1")).pk,
            "matter": registers.register(arrival(self), self.clerk, "k-m").pk,
            **self.spelled(), **self.norms(), **self.inspected(),
        }  # fmt: skip

    def inspected(self) -> dict[str, object]:
        """An inspection of the housing bureau, an order to mend, a bulletin."""
        doing = Doing(self.supervisor, 0)
        made = inspecting.begin(self.office, Asked("whole"), doing)
        for pk in made.drawn:
            inspecting.take(made, Body.objects.get(pk=pk), [Seen("seen", "甲", "=1+1")])
        made.refresh_from_db()
        found = list(made.findings.values_list("pk", flat=True))
        due = clock.today() + timedelta(days=20)
        ask = Doing(self.supervisor, made.version)
        order = ordering.issue(made, self.housing, found[1:2], due, ask)
        told = quarterly.issue(self.office, quarter_of(clock.today()), doing)
        return {
            "inspection": made.pk, "finding": found[-1], "order": order.pk,
            "bulletin": told.pk, "office": self.office.pk,
            "token": tokens.make(self.clerk, "甲", "read", due)[0].pk,
        }  # fmt: skip

    def saved(self) -> int:
        row = SavedFilter(user=self.clerk, name="常用", query="tab=all")
        row.save()
        return row.pk

    def norms(self) -> dict[str, int]:
        """A normative document of the stock, what interprets it, and a clean-up."""
        draft = replace(DRAFT, normative="normative", title="既有住宅加装电梯办法")
        issued = Happened("issued", draft.formed_on, "发文登记簿")
        norm = norming.enter_stock(self.housing, draft, issued, Performed(self.handler, 0))
        other = drafting.begin(self.housing, "statutory", DRAFT, Performed(self.handler, 0))
        other = reviewing.send(other, Performed(self.handler, other.version))
        linking.link(other, norm, "text", Performed(self.handler, other.version))
        plan = Plan("清理", LATER, "通知")
        cleaning.open_clean_up(self.housing, plan, Performed(self.handler, 0))
        return {
            "norm": norm.pk,
            "event": norm.forceevents.get().pk,
            "link": norm.interpreted_by.get().pk,
            "cleanup": CleanUp.objects.get().pk,
        }

    def watched(self) -> Activity:
        said = {"form": "wechat", "title": "=西山住建", "day": LATER}
        made = activities.record(self.housing, Register.ACCOUNT, said, self.clerk, "k-w")
        return activities.observe(made, LATER, LATER, Doing(self.clerk, 1, "k-o"))

    def spelled(self) -> dict[str, int]:
        """A figure of a period, and a file that bears it out."""
        days = LATER.replace(month=1, day=1), LATER.replace(month=1, day=31)
        known = "disclosure/penalties/decisions", *days, "3", "处罚系统", "执法大队"
        said = spells.Said(*known)
        row = spells.enter(self.housing, said, self.clerk, "k-sp")
        file = SimpleUploadedFile("甲.txt", "一月处罚3件".encode())
        kept = attach_to_spell(row, file, "统计表", Doing(self.clerk, 1, "k-sp-file"))
        return {"spell": row.pk, "evidence": kept.pk}

    def document(self) -> Document:
        doing = Performed(self.handler, 0)
        return drafting.begin(self.housing, "statutory", DRAFT, doing)

    def listed(self) -> dict[str, int]:
        """A word list, and an item of the standard catalogue."""
        doing = Doing(self.administrator, 0, note="首次")
        own = wordlists.begin(self.housing, "本局", "局", doing)
        matters.add(self.housing, [matters.Line(*"甲乙丙丁戊己")], LATER, doing)
        return {"words": own.pk, "item": Item.objects.get().pk}

    def catalogue(self) -> Catalogue:
        file = settings.MEDIA_ROOT.with_name("目录.csv")
        file.write_bytes(as_csv([listed(1, 成文日期="=1+1")]))
        return staging.upload(self.housing, "目录.csv", file, self.administrator)

    def terms(self) -> opening.Terms:
        year = LATER.year - 1
        due, government = opening.legal_due(year), "西山区人民政府"
        return opening.Terms(year, due, government, self.office, {self.housing.pk})


@pytest.fixture
def world(tmp_path: Path, settings, db: None) -> Iterator[World]:  # noqa: ARG001 - asked for
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    with at(LATER):
        yield World()


def asked(client: Client, method: str, place: str) -> HttpResponse:
    if method == "GET":
        return client.get(place)
    sent = next((said for end, said in SENT.items() if place.endswith(end)), {})
    return client.post(place, json.dumps(sent), "application/json", headers=KEYS)


def test_every_address_with_a_number_stands_in_the_table():
    known = {
        name.split(" ")[0]
        for part in ("doors", "files", "exports")
        for name in SPECIFICATION[part]
    }
    numbered = {name for name, place in addresses() if NUMBER.search(place)}
    assert numbered <= known | PORTAL


def addresses(patterns: object = None, before: str = "", space: str = "") -> Iterator:
    """Every address of ours with its name; the sign-in library's are its own."""
    for each in (patterns or get_resolver()).url_patterns:
        place = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            if not place.startswith("accounts/"):
                yield from addresses(each, place, getattr(each, "namespace", None) or "")
        else:
            yield (f"{space}:{each.name}" if space else each.name), place


def test_doors_files_and_exports_are_for_whom_the_table_says(world):
    known = people(world)
    no_door_opens_to_a_stranger_or_to_nobody(world, known)
    files_go_to_whoever_may_and_are_never_kept(world, known)
    exports_hold_what_one_sees_and_nobody_in_clear(world, known)
    no_cell_of_an_export_is_a_formula(world, known)


def no_door_opens_to_a_stranger_or_to_nobody(world: World, known: dict) -> None:
    before = Entry.objects.count()
    for name, place in SPECIFICATION["doors"].items():
        assert_shut(known, place.format(**world.numbers), name)
    assert Entry.objects.count() == before


def assert_shut(known: dict[str, Client], place: str, name: str) -> None:
    methods = "GET", "POST"
    got = {asked(known["stranger"], method, place).status_code for method in methods}
    assert got <= {404, 405}, (name, got)
    assert 404 in got, name
    for method in methods:
        answer = asked(known["nobody"], method, place)
        assert answer.status_code in {302, 401, 405}, name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/?next=/"), name


def files_go_to_whoever_may_and_are_never_kept(world: World, known: dict) -> None:
    for row in SPECIFICATION["files"].values():
        assert_given(known, row, *row["at"].format(**world.numbers).split())


def assert_given(known: dict[str, Client], row: dict, method: str, place: str) -> None:
    for role, client in known.items():
        answer = asked(client, method, place)
        expected = {"stranger": 404, "nobody": 401 if "/api/" in place else 302}
        wanted = 200 if role in row["by"] else expected.get(role, row["others"])
        assert answer.status_code == wanted, (place, role)
        assert "no-store" in answer["Cache-Control"], role
        if role in row["by"] and method == "POST":
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Disposition"].startswith("attachment")


def exports_hold_what_one_sees_and_nobody_in_clear(world: World, known: dict) -> None:
    for name, row in SPECIFICATION["exports"].items():
        whole = {"table_four", "export_figures"}
        mine = world.housing.name if name in whole else "2026-0002"
        mine = "=西山住建" if name == "activity_export" else mine
        assert_exported(known, row, mine)


def assert_exported(known: dict[str, Client], row: dict, mine: str) -> None:
    place = row["at"].split()[1]
    for role, client in known.items():
        answer = client.get(place, {"state": "all"} if "api" in place else {"tab": "all"})
        if role == "nobody":
            assert answer.status_code in {302, 401}
            continue
        text = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        ).decode()
        assert (mine in text) == (role in row["see"]), role
        assert not [secret for secret in SECRETS if secret in text]


def no_cell_of_an_export_is_a_formula(world: World, known: dict) -> None:
    listed = b"".join(known["clerk"].get("/cases/export/?tab=all").streaming_content)
    kept = b"".join(known["clerk"].get("/activities/account/csv/").streaming_content)
    assert ",'=西山住建," in kept.decode()
    place = f"/import/{world.numbers['source']}/refusals.csv"
    refused = known["administrator"].get(place).content
    for text in (listed.decode("utf-8-sig"), refused.decode("utf-8-sig")):
        cells = [cell for line in text.splitlines() for cell in line.split(",")]
        assert "'=1+1" in text
        assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "@"))]
