"""Every act in the register and in a clean-up, in every state, by every role."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from mingtang.publication.refused import RefusedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.publication import cleaning, linking, norming, releasing
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.cleanups import CleanUp
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.desk.test_authorisation import SPECIFICATION
from tests.web.publication.norms import NORM, after, entered, happen, stock
from tests.web.publication.offices import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.ledger.doing import Doing

WHY = "逐项核对过，确有必要"
REPEALED = Happened("repealed", TODAY, WHY, by_name="西政建〔2026〕9号")


def proposed(kind: str, document: Document, doing: Doing) -> Document:
    by = "西政建〔2026〕9号" if kind in norming.BY_ANOTHER else ""
    return norming.propose(document, Happened(kind, TODAY, WHY, by_name=by), doing)


def decided(act: Callable, document: Document, doing: Doing) -> Document:
    return act(document, document.forceevents.latest("pk").pk, doing)


def linked(document: Document, doing: Doing) -> Document:
    other = Document.objects.exclude(pk=document.pk).get()
    return linking.link(other, document, "text", replace(doing, version=other.version))


NORMS = {kind: partial(proposed, kind) for kind in ForceEvent.Kind.values} | {
    "confirm": partial(decided, norming.confirm),
    "refuse": partial(decided, norming.refuse),
    "strike": partial(decided, norming.strike),
    "link": linked,
}
CLEANUPS = {
    "take_up": cleaning.take_up,
    "conclude": lambda c, by: cleaning.conclude(
        c, {c.items.first().pk: Concluded("keep", WHY)}, by
    ),
    "sign": cleaning.sign,
    "abandon": cleaning.abandon,
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_every_cell_of_the_register(room) -> None:
    room.sent(title="解读")
    document = room.drafted(**NORM)
    tried(room, NORMS, document, ("norms", "unregistered"))
    issued = Happened("issued", date(2026, 3, 2), WHY)
    document = entered(room, document, issued)
    tried(room, NORMS, document, ("norms", "waiting"))
    row = document.forceevents.get()
    document = norming.refuse(document, row.pk, room.doing(room.approver, document, WHY))
    document = room.reviewed(room.sent(document))
    document = releasing.publish(document, room.doing(room.publisher, document))
    tried(room, NORMS, document, ("norms", "in_force"))
    document = happen(room, document, REPEALED)
    tried(room, NORMS, document, ("norms", "over"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_every_cell_of_a_clean_up(room) -> None:
    stock(room, date(2019, 1, 1))
    plan = Plan("清理", TODAY, "通知")
    campaign = cleaning.open_clean_up(room.housing, plan, room.doing(room.writer))
    said = {campaign.items.get().pk: Concluded("void", WHY)}
    campaign = cleaning.conclude(campaign, said, room.doing(room.writer, campaign))
    tried(room, CLEANUPS, campaign, ("cleanups", "open"))
    campaign = cleaning.sign(campaign, room.doing(room.approver, campaign))
    tried(room, CLEANUPS, campaign, ("cleanups", "closed"))


def tried(room, acts: dict, about: Document | CleanUp, where: tuple[str, str]) -> None:
    table, state = SPECIFICATION[where[0]], where[1]
    people = {
        "clerk": room.clerk, "handler": room.section, "legal_reviewer": room.lawyer,
        "approver": room.approver, "secrecy_reviewer": room.secrecy,
        "publisher": room.publisher, "supervisor": room.supervisor,
        "administrator": room.administrator, "stranger": room.stranger,
    }  # fmt: skip
    assert set(table) == set(acts)
    for name, act in acts.items():
        for role, who in people.items():
            present = present_of(about)
            may = role in table[name].get(state, ())
            did = done(act, present, room.doing(who, present, WHY))
            assert did is may, (name, state, role)


def present_of(about: Document | CleanUp) -> Document | CleanUp:
    if isinstance(about, Document):
        return after(about)
    return CleanUp.objects.get(pk=about.pk)


def done(act: Callable, about: object, doing: Doing) -> bool:
    """Whether an act was done; it is taken back at once."""
    before = Entry.objects.count()
    with transaction.atomic():
        with suppress(
            NotAllowedError, OutOfTurnError, RefusedError, ForceEvent.DoesNotExist
        ):
            act(about, doing)
        grown = Entry.objects.count() > before
        transaction.set_rollback(True)
    return grown
