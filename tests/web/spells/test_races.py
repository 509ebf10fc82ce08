"""Two who enter the same days at once: one figure counts, the other is refused."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise

import pytest

from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.queries import faults
from mingtang_web.spells import actions
from mingtang_web.spells.checking import OverlapError
from mingtang_web.spells.models import Spell
from tests.web.cases.requests import Office, at
from tests.web.spells.test_spells import HALF, TODAY
from tests.web.test_locks import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
D = date
MONTHS = HALF._replace(last=D(2026, 2, 20))


@pytest.fixture
def office(db):  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Office()


def overlap_refused(office: Office, monkeypatch, *works: object) -> None:
    monkeypatch.setattr(actions, "hold", Meeting().before(actions.hold))
    [trouble] = at_once(*works)
    assert isinstance(trouble, OverlapError)
    rows = list(Spell.objects.filter(struck=False).order_by("first"))
    assert all(a.last < b.first for a, b in pairwise(rows))
    assert list(faults(office.housing)) == []


def test_two_overlapping_figures_never_both_count(office, monkeypatch) -> None:
    late = MONTHS._replace(first=D(2026, 2, 1))
    works = [
        partial(actions.enter, office.housing, said, office.clerk)
        for said in (MONTHS, late)
    ]
    overlap_refused(office, monkeypatch, *works)


def test_an_amendment_never_reaches_into_what_is_entered_meanwhile(
    office, monkeypatch
) -> None:
    january = MONTHS._replace(last=D(2026, 1, 31))
    row = actions.enter(office.housing, january, office.clerk)
    longer = partial(actions.amend, row, MONTHS, Doing(office.clerk, 1, note="补报"))
    rest = MONTHS._replace(first=D(2026, 2, 1))
    entering = partial(actions.enter, office.housing, rest, office.handler)
    overlap_refused(office, monkeypatch, longer, entering)
