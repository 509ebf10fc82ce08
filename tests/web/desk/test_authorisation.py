"""Every act attempted in every situation by every role through every channel.

The table is written by hand and is the specification. Whoever may is tried in every
cell, and of the others two, others in each situation, so that all are refused each act
in several; ``EVERY_CELL`` in the environment (``make load`` sets it) tries everybody.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from django.db import transaction
from django.test import Client

from mingtang.case import events as e
from mingtang.case.act import acts
from mingtang_web.asking.drafts import Token
from mingtang_web.bodies.models import Role
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import LeadTimes
from tests.web.cases.requests import ASKER, Office, at
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from django.http import HttpResponse

D = date
TODAY = D(2026, 3, 30)
SPECIFICATION = yaml.safe_load(
    (Path(__file__).parent.parent / "authorisation.yaml").read_text("utf-8")
)
TABLE = SPECIFICATION["acts"]
CHANNELS = ["page", "api"]
MANY = "many"
ASKED = e.Consulted(on=D(2026, 3, 3), party="1", role="third_party")
FEE = e.FeeNotified(on=D(2026, 3, 3), basis="pages", pieces=68, yuan=380)
FEE_TOLD = e.FeeNoticeDelivered(on=D(2026, 3, 5))
REASON = e.ReasonAsked(on=D(2026, 3, 3), until=D(2026, 3, 27))
DECIDED = e.Decided(on=D(2026, 3, 17), ground="G2")
SENT = e.Dispatched(on=D(2026, 3, 18), mode="post")
ARRIVED = e.Delivered(on=D(2026, 3, 20))
SITUATIONS = {
    "submitted": (),
    "in_hand": (),
    "correction": (e.CorrectionAsked(on=D(2026, 3, 3), until=D(2026, 3, 27)),),
    "reason": (REASON,),
    "reason_given": (REASON, e.ReasonGiven(on=D(2026, 3, 20))),
    "asked": (ASKED,),
    "told": (ASKED, e.ConsultationDelivered(on=D(2026, 3, 20), party="1")),
    "silent": (ASKED, e.ConsultationDelivered(on=D(2026, 3, 4), party="1")),
    "fee": (FEE,),
    "fee_told": (FEE, FEE_TOLD),
    "paid": (FEE, FEE_TOLD, e.FeePaid(on=D(2026, 3, 20), yuan=380)),
    "decided": (DECIDED,),
    "dispatched": (DECIDED, SENT),
    "delivered": (DECIDED, SENT, ARRIVED),
    "closed": (e.Withdrawn(on=D(2026, 3, 9)),),
    "archived": (DECIDED, SENT, ARRIVED, e.Archived(on=D(2026, 3, 25))),
}
PLACES = {"grant": "decide/G2", "grant_untold": "decide/G2", "refuse": "decide/N5",
          "lapse": "decide/O1", "excess": "decide/X4", "search": "search",
          "unmask": "applicant", "amend": "amend", "rename": "amend",
          "hand_out": "code"}  # fmt: skip
ASKER_TYPED = asdict(ASKER) | {"delivery": "direct", "earlier": "0"}
TYPED = {
    "reclassify": {"applicant": "company"},
    "ask_correction": {"until": "2026-04-20"},
    "ask_reason": {"until": "2026-04-20"},
    "consult_third_party": {"name": "青云置业有限公司", "kind": "company"},
    "consult_co_author": {"name": "西山区水务局"},
    "consult_other_body": {"name": "西山区水务局"},
    "record_consultation_delivery": {"party": "1"},
    "receive_opinion": {"party": "1", "stance": "objects"},
    "note_silence": {"party": "1"},
    "recall_consultation": {"party": "1"},
    "extend": {"days": "20"},
    "notify_fee": {"basis": "pages", "pages": "68"},
    "record_payment": {"yuan": "380"},
    "record_refund": {"yuan": "100"},
    "dispatch": {"mode": "post"},
    "split": {"subjects": "一号楼的备案表\n二号楼的备案表"},
    "merge": {"into": "2026-0001"},
    "reopen": {"cause": "review"},
    "search": {"scope": "全部档案", "method": "逐卷翻查", "result": "没有"},
    "amend": ASKER_TYPED | {"phone": "13900139000"},
    "rename": ASKER_TYPED | {"name": "张三峰", "proof": "核对了身份证原件"},
    "hand_out": {"key": str(Token.fresh()), "proof": "own", "sure": "on"},
}

UNTOLD = "试办，不发文书"
LETTERS = {
    "grant": {"kind": "disclosure", "particulars": {"provide_way": "邮寄纸质复印件"}},
}
"""The acts that one person does alone only with their letter."""
DECISIONS = {
    "grant": "G2",
    "grant_untold": "G2",
    "refuse": "N5",
    "lapse": "O1",
    "excess": "X4",
}
ASKED_OF = {"person": {"name": "青云置业有限公司", "kind": "company"}}


def sent() -> dict[str, dict]:
    """What the channel is sent where a page asks for it in other words."""
    return {
        **{act: {"ground": ground} for act, ground in DECISIONS.items()},
        **{
            f"consult_{who}": ASKED_OF for who in ("third_party", "co_author", "other_body")
        },
        "extend": {"days": 20},
        "notify_fee": {"basis": "pages", "pieces": 68, "yuan": 380},
        "record_payment": {"yuan": 380},
        "record_refund": {"yuan": 100},
        "split": {"subjects": ["一号楼的备案表", "二号楼的备案表"]},
    }


SENT = sent()


@pytest.fixture(params=SITUATIONS)
def situation(request, db) -> tuple[str, Office, Case]:  # noqa: ARG001 - asked for
    with at(TODAY):
        office = LetterOffice()
        office.registered(subject="同一人的另一件")
        channel = "online" if request.param == "submitted" else "in_person"
        case = office.registered(channel=channel)
        yield request.param, office, office.done(case, *SITUATIONS[request.param])


def people(office: Office) -> dict[str, Client]:
    who = {
        "clerk": office.clerk,
        "handler": office.handler,
        "legal_reviewer": office.lawyer,
        "approver": office.approver,
        "supervisor": office.supervisor,
        "administrator": office.administrator,
        "stranger": office.stranger,
    }
    clients = {name: Client() for name in (*who, "nobody")}
    for name, person in who.items():
        clients[name].force_login(person)
    return clients


@pytest.mark.parametrize("channel", [*CHANNELS, MANY])
def test_every_cell_of_the_table(situation, channel):
    name, office, case = situation
    known = people(office)
    everyone = "EVERY_CELL" in os.environ
    first = list(SITUATIONS).index(name) + [*CHANNELS, MANY].index(channel)
    for turn, (act, row) in enumerate(rows(channel), first):
        allowed_here = row["where"] == "all" or name in row["where"]
        for role in known if everyone else tried(known, row, turn):
            expected = outcome(role, row, channel, allowed_here=allowed_here)
            where = (name, act, role, channel)
            went = expected in {200, 303}
            with transaction.atomic():
                got = ATTEMPTS[channel](known[role], office, case, act)
                assert got == expected, where
                if went:
                    assert_done(case, row.get("but", {}).get(name, row["how"]), where)
                    transaction.set_rollback(True)
    assert_untouched(case)


def rows(channel: str) -> list[tuple[str, dict]]:
    if channel == MANY:
        return [(act, row) for act, row in TABLE.items() if "many" in row]
    return [(act, row) for act, row in TABLE.items() if channel in row.get("via", CHANNELS)]


def tried(known: dict[str, Client], row: dict, turn: int) -> list[str]:
    """Whoever may, and two of the others, others each time."""
    others = [role for role in known if role not in row["by"]]
    here = {others[(2 * turn + n) % len(others)] for n in range(2)}
    return [*row["by"], *here]


def outcome(role: str, row: dict, channel: str, *, allowed_here: bool) -> int:
    if role == "nobody":
        return 401 if channel == "api" else 302
    if role == "stranger":
        return 404
    if role not in row["by"]:
        return 403
    if not allowed_here:
        return 409
    return 200 if row["how"] == "shown" else 303


def attempt_on_page(client: Client, office: Office, case: Case, act: str) -> int:
    """The answer's status; 303 here for an act that led back to the case."""
    if act == "see":
        return client.get(f"/cases/{case.pk}/").status_code
    place = PLACES.get(act, f"do/{act}")
    if act == "strike":
        place = f"strike/{case.version - 1}"
    typed = {
        "key": "k", "version": case.version, "step": "do", "on": TODAY.isoformat(),
        "note": "如实登记", "why": "核对", "to": office.water.code,
        **letter_typed(act),
    }  # fmt: skip
    answer = client.post(f"/cases/{case.pk}/{place}/", typed | TYPED.get(act, {}))
    if answer.status_code == 409:
        assert "依据" in answer.text, act
    back = answer.headers.get("Location") == f"/cases/{case.pk}/"
    return 303 if back else answer.status_code


def letter_typed(act: str) -> dict[str, str]:
    """What the page sends of the letter that goes out, or why none does."""
    if act not in LETTERS:
        return {"letter-no_letter": UNTOLD}
    words = LETTERS[act]["particulars"] | {"request_summary": "备案表"}
    return {f"letter-{name}": said for name, said in words.items()}


def attempt_by_api(client: Client, office: Office, case: Case, act: str) -> int:
    """The answer's status; 303 here for an act that was done or proposed."""
    place = f"/api/cases/{case.pk}"
    if act == "see":
        return client.get(place).status_code
    sent = sent_by_api(office, case, act)
    part = {"strike": "strikes", "search": "searches"}.get(act, f"acts/{named(act)}")
    answer = client.post(
        f"{place}/{part}", json.dumps(sent), "application/json",
        headers={"Idempotency-Key": "k" * 8},
    )  # fmt: skip
    if answer.status_code == 409:
        assert answer.json()["article"], act
    return 303 if answer.status_code == 200 else answer.status_code


def attempt_in_bulk(client: Client, _office: Office, case: Case, act: str) -> int:
    """The status that a page of this case alone would have answered with."""
    sent = {
        "what": TABLE[act]["many"], "case": case.pk, "seen": f"{case.pk}-{case.version}",
        "key": "k", "on": TODAY.isoformat(),
    }  # fmt: skip
    answer = client.post("/cases/many/", sent)
    if answer.status_code == 302:
        return 404 if answer["Location"] == "/cases/" else 302
    if "未办成 0 件" in answer.text:
        return 303
    if "的权限" in answer.text:
        return 403
    assert "不能“" in answer.text, act
    return 409


def named(act: str) -> str:
    return "decide" if act in DECISIONS else act


def sent_by_api(office: Office, case: Case, act: str) -> dict:
    today = TODAY.isoformat()
    if act == "strike":
        return {"version": case.version, "place": case.version - 1, "why": "核对"}
    if act == "search":
        return {**TYPED["search"], "on": today}
    typed = dict(SENT.get(act) or TYPED.get(act, {}))
    more = {name: typed.pop(name) for name in ("person", "subjects") if name in typed}
    if act == "transfer":
        typed = {"to": office.water.code}
    return {
        "version": case.version,
        "event": {"on": today, **typed},
        "note": "如实登记",
        **({"letter": LETTERS[act]} if act in LETTERS else {"no_letter": UNTOLD}),
        **more,
    }


ATTEMPTS = {"page": attempt_on_page, "api": attempt_by_api, MANY: attempt_in_bulk}


def assert_done(case: Case, how: str, where: object) -> None:
    after = Case.objects.get(pk=case.pk)
    assert (after.version - case.version == 1) == (how == "done"), where
    assert after.proposals.exists() == (how == "proposed"), where


def assert_untouched(case: Case) -> None:
    """Hold that all that was refused has left nothing behind."""
    assert Case.objects.get(pk=case.pk).version == case.version
    assert not case.proposals.exists()
    others = Entry.objects.filter(case_id=case.pk).exclude(kind__startswith="event.")
    assert not others.exclude(kind="case.belated").exists()  # where it was put, late


def test_the_table_names_every_act_and_role():
    known = {act.id for act in acts()} - {"decide"} | set(DECISIONS)
    assert set(TABLE) == known | {
        *("strike", "search", "amend", "rename", "unmask", "hand_out", "see")
    }
    publishing = {Role.SECRECY_REVIEWER, Role.PUBLISHER}  # who have no part in cases
    roles = {role for row in TABLE.values() for role in row["by"]}
    assert roles == set(Role) - publishing


@pytest.mark.usefixtures("db")
def test_bulk_acts_and_settings_are_for_whom_the_table_says():
    with at(TODAY):
        office = Office()
        case = office.registered()
        known = people(office)
        for name, row in SPECIFICATION["bulk"].items():
            for role, client in known.items():
                allowed = role in row["by"]
                with transaction.atomic():
                    got = BULK[name](client, office, case)
                    transaction.set_rollback(True)
                other = "no" if row["others"] == 403 else "nothing"
                expected = {"nobody": "login", "stranger": "nothing"}
                assert got == expected.get(role, "done" if allowed else other), (name, role)
        assert Entry.objects.filter(kind__startswith="case.").count() == 0


@pytest.mark.usefixtures("db")
def test_pages_are_opened_and_linked_for_whom_the_table_says():
    known = people(Office())
    anonymous = known.pop("nobody")
    known.pop("stranger")
    for name, row in SPECIFICATION["pages"].items():
        assert anonymous.get(row["at"]).status_code == 302
        for role, client in known.items():
            allowed = role in row["by"]
            got = client.get(row["at"])
            assert got.status_code == (200 if allowed else row["others"]), (name, role)
            assert allowed or "人员办理，您没有担任" in got.text
            places = ("/cases/", "/manage/", "/documents/", "/documents/import/")
            links = "".join(client.get(place).text for place in places)
            assert (f'href="{row["at"]}"' in links) == allowed, (name, role)


def urged_in_bulk(client: Client, _office: Office, case: Case) -> str:
    sent = {"what": "urge", "case": case.pk, "key": "k", "words": "请抓紧",
            "until": TODAY.isoformat()}  # fmt: skip
    return went(client.post("/cases/many/", sent), "未办成 0 件")


def assigned_in_bulk(client: Client, office: Office, case: Case) -> str:
    sent = {"what": "assign", "case": case.pk, "key": "k", "handler": office.handler.pk}
    return went(client.post("/cases/many/", sent), "未办成 0 件")


def led_otherwise(client: Client, office: Office, _case: Case) -> str:
    """Whoever administers nothing finds no such page."""
    sent = {"body": office.housing.pk, "key": "k", "days": ["3", "1"]}
    answer = client.post("/jobs/lead-times/", sent)
    chosen = LeadTimes.objects.filter(body=office.housing, days=[3, 1]).exists()
    return "done" if chosen else went(answer, "已保存")


def went(answer: HttpResponse, done: str) -> str:
    """How a list or a setting answered, in a word."""
    led = answer.headers.get("Location", "")
    if led.startswith("/accounts/login/"):
        return "login"
    if led == "/cases/" or answer.status_code == 404:
        return "nothing"
    refused = answer.status_code == 403 or "的权限" in answer.text
    return "no" if refused else "done" if done in answer.text else answer.text


BULK = {"urge": urged_in_bulk, "assign": assigned_in_bulk, "lead_times": led_otherwise}
