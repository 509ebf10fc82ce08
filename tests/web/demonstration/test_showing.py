"""What table three cannot show is there too: disputes, registers, papers, words, mail."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import transaction

from mingtang.case import events as e
from mingtang.case.counting import COLUMNS, KINDS
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Membership
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.demonstration import showing
from mingtang_web.demonstration.district import ACCOUNTS, WHERE, found_district
from mingtang_web.demonstration.founding import found_cases
from mingtang_web.demonstration.showing import lacking
from mingtang_web.disputes.models import Dispute
from mingtang_web.disputes.queries import table_four
from mingtang_web.files.actions import content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import opened
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import LAWS, Register
from tests.web.cases.requests import at
from tests.web.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def _founded(
    database: str,  # noqa: ARG001 - which one
    django_db_blocker,
    tmp_path_factory,
) -> Iterator[None]:
    """A small district, founded once for these tests and rolled back after them."""
    from django.test import override_settings  # noqa: PLC0415 - settings first

    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        with at(TODAY):
            found_district(PASSWORD)
            found_cases(share=0.02)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("_founded")


def test_nothing_is_lacking():
    with at(TODAY):
        assert lacking() == []


def test_what_is_lacking_is_named():
    with at(TODAY), transaction.atomic():
        Membership.objects.all().delete()
        User.objects.filter(username="jiandu").update(email="")
        assert lacking() == ["账号的邮箱"]
        transaction.set_rollback(True)
    with at(TODAY.replace(year=2028)):
        assert "临近答复期限的复议、诉讼" in lacking()


def test_every_cell_of_table_four_is_reached_over_both_years():
    body = Body.objects.get(short_name=WHERE)
    ended = Counter[int]()
    held = set()
    for day in (date(2024, 12, 31), date(2025, 12, 31), TODAY):
        table = {
            cell: numbers for cell, numbers in table_four(body, day).items() if numbers
        }
        held |= set(table)
        ended[day.year] = sum(len(n) for c, n in table.items() if c.column != "pending")
    assert held == {(kind, column) for kind in KINDS for column in COLUMNS}
    assert ended[2025] >= 3
    assert ended[2026] >= 3


def test_a_case_that_a_ruling_opened_anew_is_told_with_its_review():
    for case, place in reopened():
        [dispute] = case.disputes.filter(outcome="review_revoked", ended=place.on)
        assert dispute.notes.exists() == (case.phase not in {"in_hand", "consulting"})
        [entry] = Entry.objects.filter(
            case_id=case.pk, kind="case.reopened", payload__contains=dispute.number
        )
        assert entry.approver is None


def reopened() -> list[tuple[Case, e.Reopened]]:
    histories = bridge.histories(Case.objects.values_list("pk", flat=True))
    found = [
        (Case.objects.get(pk=pk), event)
        for pk, events in histories.items()
        for event in events
        if isinstance(event, e.Reopened) and event.cause == "review"
    ]
    assert found
    return found


def test_registers_answer_by_real_letters():
    for register in Register:
        told = Matter.objects.filter(register=register, body__short_name=WHERE)
        assert set(told.values_list("stage", flat=True)) == set(Stage)
        outcomes = set(told.values_list("outcome", flat=True))
        assert outcomes - {""} >= set(LAWS[register].letters)
        for matter in told.exclude(outcome__in=("", "withdrawn")):
            row = matter.letters.get()
            assert matter.number in "".join(opened(row).manuscript().texts())
            assert row.number


def test_papers_are_pictures_and_lie_sealed():
    files = StoredFile.objects.all()
    assert files.count() >= 8
    for file in files:
        assert file.applicant is not None
        assert content(file).startswith(b"\x89PNG")


def test_each_step_of_a_proposal_bears_the_row_as_it_was_left():
    seen = 0
    for proposal in Proposal.objects.filter(stage="approved").exclude(reviewer=None)[:20]:
        steps = Entry.objects.filter(case_id=proposal.case_id, kind__in=STEPS)
        rows = [s.content["row"] for s in steps if s.content["proposal"] == proposal.pk]
        assert len(set(rows)) == len(rows) == 3
        assert rows[-1] == fingerprint(proposal, *showing_columns())
        seen += 1
    assert seen == 20


STEPS = ("case.proposed", "case.reviewed", "case.approved")


def showing_columns() -> tuple[str, ...]:
    from mingtang_web.cases.signing import PROPOSAL  # noqa: PLC0415

    return PROPOSAL


def test_the_chains_hold_and_so_do_all_rows(capsys):
    with at(TODAY):
        call_command("verify")
    assert "台账完整" in capsys.readouterr().out


def test_the_accounts_have_mail_and_somebody_stands_in():
    assert all(
        user.email.endswith(".invalid")
        for user in User.objects.filter(username__in=[a.username for a in ACCOUNTS])
    )
    handler = User.objects.get(username="chengban")
    held = standing(handler, TODAY).holdings
    assert any(each.lender_id for each in held)
    assert handler.filters.exists()


def test_who_reads_disputes_finds_one_for_every_deadline():
    rows = Dispute.objects.filter(body__short_name=WHERE)
    assert rows.filter(copied__isnull=False, answered=None, ended=None).count() >= 2
    assert rows.filter(perform_by__isnull=False, performed=None).exists()
    assert rows.filter(perform_by__isnull=False, performed__isnull=False).exists()
    assert showing.SOON
