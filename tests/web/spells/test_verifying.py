"""Figures of periods against the ledger: every changed column is told, every lost row."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from mingtang_web.ledger.doing import Doing
from mingtang_web.spells import actions
from mingtang_web.spells.models import Spell, Step
from tests.web.cases.requests import at
from tests.web.publication.offices import Newsroom
from tests.web.spells.test_spells import HALF
from tests.web.verifying.test_verify import told_when_changed, verified


@pytest.fixture
def room(db):  # noqa: ARG001 - asked for
    with at(date(2026, 7, 1)):
        made = Newsroom()
        public = made.published(title="上半年处罚情况")
        made.drafted()
        known = HALF._replace(document=public)
        row = actions.enter(made.housing, known, made.clerk)
        amended = known._replace(value="13")
        row = actions.amend(row, amended, Doing(made.clerk, 1, note="补报一件"))
        actions.strike(row, Doing(made.clerk, 2, note="重复"))
        actions.enter(made.housing, known._replace(value="0"), made.clerk)
        yield made


@pytest.mark.usefixtures("room")
def test_what_was_entered_holds_and_every_changed_column_is_told() -> None:
    assert verified() == ""
    missed = [
        f"{table.__name__}.{field.name}"
        for table in (Spell, Step)
        for field in table._meta.concrete_fields
        if not field.primary_key
        and field.name != "body"
        and not told_when_changed(table, field)
    ]
    assert not missed, missed


@pytest.mark.usefixtures("room")
def test_a_row_that_is_gone_is_told() -> None:
    for gone in (Step.objects.order_by("-pk")[0], Step.objects.order_by("pk")[0]):
        with transaction.atomic():
            gone.delete()
            assert "时段填报数的经过应有4条，实有3条" in verified()
            transaction.set_rollback(True)
    with transaction.atomic():
        last = Spell.objects.order_by("-pk")[0]
        last.steps.all().delete()
        last.delete()
        assert "时段填报数（内部编号" in verified()
        transaction.set_rollback(True)
