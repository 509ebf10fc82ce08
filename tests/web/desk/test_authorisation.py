"""Every act attempted in every situation by every role, against a table written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from django.test import Client

from mingtang.case import events as e
from mingtang.case.act import acts
from mingtang_web.bodies.models import Role
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Office, at
from tests.web.conftest import DATABASES

D = date
TODAY = D(2026, 3, 30)
TABLE = yaml.safe_load(
    (Path(__file__).parent.parent / "authorisation.yaml").read_text("utf-8")
)
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
PLACES = {"grant": "decide/G2", "refuse": "decide/N5", "lapse": "decide/O1",
          "excess": "decide/X4", "search": "search", "unmask": "applicant"}  # fmt: skip
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
}


@pytest.fixture(params=SITUATIONS)
def situation(request, db) -> tuple[str, Office, Case]:  # noqa: ARG001 - asked for
    with at(TODAY):
        office = Office()
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


def test_every_cell_of_the_table(situation, database):
    name, office, case = situation
    known = people(office)
    first = list(SITUATIONS).index(name) + DATABASES.index(database)
    for turn, (act, row) in enumerate(TABLE.items(), first):
        allowed_here = row["where"] == "all" or name in row["where"]
        for role in tried(known, row, turn):
            client = known[role]
            where = (name, act, role)
            expected = outcome(role, row, allowed_here=allowed_here)
            if expected in {200, 303}:
                with transaction.atomic():
                    assert attempt(client, office, case, act) == expected, where
                    assert_done(case, row["how"], where)
                    transaction.set_rollback(True)
            else:
                assert attempt(client, office, case, act) == expected, where
    assert_untouched(case)


def tried(known: dict[str, Client], row: dict, turn: int) -> list[str]:
    """Whoever may, and one of the others, another each time."""
    others = [role for role in known if role not in row["by"]]
    return [*row["by"], others[turn % len(others)]]


def outcome(role: str, row: dict, *, allowed_here: bool) -> int:
    if role == "nobody":
        return 302
    if role == "stranger":
        return 404
    if role not in row["by"]:
        return 403
    if not allowed_here:
        return 409
    return 200 if row["how"] == "shown" else 303


def attempt(client: Client, office: Office, case: Case, act: str) -> int:
    """The answer's status; 303 here for an act that led back to the case."""
    if act == "see":
        return client.get(f"/cases/{case.pk}/").status_code
    place = PLACES.get(act, f"do/{act}")
    if act == "strike":
        place = f"strike/{case.version - 1}"
    typed = {
        "key": "k", "version": case.version, "step": "do", "on": TODAY.isoformat(),
        "note": "如实登记", "why": "核对", "to": office.water.code,
        "letter-no_letter": "试办，不发文书",
    }  # fmt: skip
    answer = client.post(f"/cases/{case.pk}/{place}/", typed | TYPED.get(act, {}))
    if answer.status_code == 409:
        assert "依据" in answer.text, act
    back = answer.headers.get("Location") == f"/cases/{case.pk}/"
    return 303 if back else answer.status_code


def assert_done(case: Case, how: str, where: object) -> None:
    after = Case.objects.get(pk=case.pk)
    assert (after.version - case.version == 1) == (how == "done"), where
    assert after.proposals.exists() == (how == "proposed"), where


def assert_untouched(case: Case) -> None:
    """Hold that all that was refused has left nothing behind."""
    assert Case.objects.get(pk=case.pk).version == case.version
    assert not case.proposals.exists()
    others = Entry.objects.filter(case_id=case.pk).exclude(kind__startswith="event.")
    assert not others.exists()


def test_the_table_names_every_act_and_role():
    decisions = {"grant", "refuse", "lapse", "excess"}
    known = {act.id for act in acts()} - {"decide"} | decisions
    assert set(TABLE) == known | {"strike", "search", "unmask", "see"}
    assert {role for row in TABLE.values() for role in row["by"]} == set(Role)
