"""Every act in a report attempted in every state by every role, by the written table."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from mingtang_web import clock
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.models import Adjustment, Annual
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.annual.waiving import waive
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from tests.web.annual.reports import NONE_ISSUED, SOURCE, by
from tests.web.cases.requests import at
from tests.web.desk.test_authorisation import SPECIFICATION

if TYPE_CHECKING:
    from mingtang_web.cases.actions import Doing

TABLE = SPECIFICATION["annual"]
SAID = "一件纸质申请没有登记"
CELL = "requests/received/person"
LATE = date(2027, 2, 25)
STAGES = ("section", "office", "leader")


def adjustment(annual: Annual) -> Adjustment:
    """One that somebody else proposed, who did nothing else in the report."""
    other = annual.figures.first().by
    return Adjustment.objects.create(
        annual=annual, by=other, at=clock.now(), cell=CELL, change="1", reason=SAID
    )


def late(annual: Annual) -> str:
    """The fingerprint of a finding that may be left: by that day the report is late."""
    with at(LATE):
        [found] = draft(annual, clock.today()).blocking
    return found.fingerprint


def left(annual: Annual, doing: Doing) -> None:
    with at(LATE):
        waive(annual, doing.note, "春节前后人手调整，已书面说明", doing)


ACTS = {
    "enter": lambda a, d: actions.enter(a, NONE_ISSUED, SOURCE, d),
    "word": lambda a, d: actions.word(a, 5, "（一）甲。", 1, d),
    "adjust": lambda a, d: actions.adjust(
        a, Adjustment(cell=CELL, change="1", reason=SAID), d
    ),
    "end_adjustment": lambda a, d: actions.end_adjustment(adjustment(a), SAID, d),
    "sign_adjustment": lambda a, d: actions.sign_adjustment(adjustment(a), d),
    "waive": left,
    "send": reviewing.send,
    "pass": reviewing.pass_on,
    "return": reviewing.send_back,
    "sign": reviewing.sign,
    "publish": reviewing.publish,
    "withdraw": reviewing.withdraw,
    "discard": reviewing.discard,
    "correct": reviewing.correct,
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_every_cell_of_the_table(bureau) -> None:
    annual = bureau.finished()
    bureau.note = late(annual)  # any words are an opinion, these also name the finding
    tried_by_all(bureau, annual, "drafting")
    Annual.objects.update(state="returned")
    tried_by_all(bureau, annual, "returned")
    for stage in STAGES:
        Annual.objects.update(state="in_review", stage=stage)
        tried_by_all(bureau, annual, stage)
    annual.refresh_from_db()
    annual = reviewing.sign(annual, by(bureau.approver, annual))
    tried_by_all(bureau, annual, "signed")
    annual = reviewing.publish(annual, by(bureau.clerk, annual))
    tried_by_all(bureau, annual, "published")
    reviewing.withdraw(annual, by(bureau.approver, annual, SAID))
    tried_by_all(bureau, annual, "withdrawn")


def tried_by_all(bureau, annual: Annual, state: str) -> None:
    people = {
        "clerk": bureau.clerk, "handler": bureau.handler, "legal_reviewer": bureau.lawyer,
        "approver": bureau.approver, "supervisor": bureau.supervisor,
        "administrator": bureau.administrator, "stranger": bureau.stranger,
    }  # fmt: skip
    for name, act in ACTS.items():
        for role, who in people.items():
            present = Annual.objects.select_related("body", "snapshot").get(pk=annual.pk)
            may = role in TABLE[name].get(state, ())
            assert done(act, present, by(who, present, bureau.note)) is may, (
                name,
                state,
                role,
            )


def done(act, annual: Annual, doing: Doing) -> bool:
    """Whether an act was done; it is taken back at once."""
    before = Entry.objects.count()
    with transaction.atomic():
        with suppress(NotAllowedError, OutOfTurnError):
            act(annual, doing)
        grown = Entry.objects.count() > before
        transaction.set_rollback(True)
    return grown


def test_the_table_names_every_act() -> None:
    assert set(TABLE) == set(ACTS)
