"""Every act in a document attempted in every state by every role, by the written table."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from mingtang_web import clock
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.publication import drafting, releasing, reviewing
from mingtang_web.publication.models import Document
from mingtang_web.publication.recording import OutOfTurnError
from mingtang_web.publication.reviewing import items_of
from mingtang_web.publication.screening import open_ones, waive
from tests.web.desk.test_authorisation import SPECIFICATION
from tests.web.publication.offices import DRAFT, PUBLIC

if TYPE_CHECKING:
    from mingtang_web.ledger.doing import Doing

TABLE = SPECIFICATION["documents"]
WHY = "逐项核对过，确有必要"
HIT = "<p>电话13812345678，联系人张某。</p>"


def judged(document: Document, doing: Doing) -> Document:
    items = dict.fromkeys(items_of(document.current), PUBLIC)
    return reviewing.clear_secrecy(document, items, doing)


def left(document: Document, doing: Doing) -> Document:
    """Say why a telephone number may stay, in a version that has one."""
    with_one = drafting.revise(document, replace(DRAFT, html=HIT), doing)
    found = open_ones(with_one.current)[0]
    version = replace(doing, version=with_one.version, key=None)
    return waive(with_one, found.fingerprint, version)


ACTS = {
    "revise": lambda d, by: drafting.revise(d, replace(DRAFT, title="另一题目"), by),
    "send": reviewing.send,
    "take_back": reviewing.take_back,
    "discard": drafting.discard,
    "waive": left,
    "pass": reviewing.pass_on,
    "clear_secrecy": judged,
    "return": reviewing.send_back,
    "publish": releasing.publish,
    "schedule": lambda d, by: releasing.schedule(d, clock.now() + timedelta(1), by),
    "unschedule": releasing.unschedule,
    "reopen": drafting.reopen,
    "withdraw": releasing.withdraw,
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_every_cell_of_the_table(room) -> None:
    document = room.drafted()
    tried_by_all(room, document, "drafting")
    document = room.sent(document)
    returned = reviewing.send_back(document, room.doing(room.section, document, WHY))
    tried_by_all(room, returned, "returned")
    document = room.sent(returned)
    while document.stage:
        tried_by_all(room, document, document.stage)
        document = room.passed(document, room.reviewers[document.stage])
    tried_by_all(room, document, "cleared")
    hour = clock.now() + timedelta(hours=1)
    document = releasing.schedule(document, hour, room.doing(room.publisher, document))
    tried_by_all(room, document, "scheduled")
    document = releasing.publish(document, room.doing(room.publisher, document))
    tried_by_all(room, document, "published")
    document = releasing.withdraw(document, room.doing(room.publisher, document, WHY))
    tried_by_all(room, document, "withdrawn")
    draft = room.drafted()
    draft = drafting.discard(draft, room.doing(room.writer, draft, WHY))
    tried_by_all(room, draft, "discarded")


def tried_by_all(room, document: Document, state: str) -> None:
    people = {
        "clerk": room.clerk, "handler": room.section, "legal_reviewer": room.lawyer,
        "approver": room.approver, "secrecy_reviewer": room.secrecy,
        "publisher": room.publisher, "supervisor": room.supervisor,
        "administrator": room.administrator, "stranger": room.stranger,
    }  # fmt: skip
    for name, act in ACTS.items():
        for role, who in people.items():
            present = Document.objects.select_related("body", "current").get(pk=document.pk)
            may = role in TABLE[name].get(state, ())
            did = done(act, present, room.doing(who, present, WHY))
            assert did is may, (name, state, role)


def done(act, document: Document, doing: Doing) -> bool:
    """Whether an act was done; it is taken back at once."""
    before = Entry.objects.count()
    with transaction.atomic():
        with suppress(NotAllowedError, OutOfTurnError):
            act(document, doing)
        grown = Entry.objects.count() > before
        transaction.set_rollback(True)
    return grown


def test_the_table_names_every_act() -> None:
    assert set(TABLE) == set(ACTS)
