"""The demonstration's cases in the database: as if done one by one, all or none."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from mingtang.case import events as e
from mingtang.case.counting import COLUMNS, KINDS
from mingtang.case.state import Phase
from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.activities.models import Activity
from mingtang_web.activities.queries import counts
from mingtang_web.applicants.actions import open_text, opened_for_comparing
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body, Membership
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import actions, bridge, signing, waiting
from mingtang_web.cases.actions import Request, do, register, search
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.merging import came_first
from mingtang_web.cases.models import Case, Consultation, Proposal, SearchRecord
from mingtang_web.cases.queries import position_in_month, visible
from mingtang_web.cases.rules import rulebook
from mingtang_web.collecting.models import Delivery, Product, Receipt, Step
from mingtang_web.demonstration.casting import House, searched
from mingtang_web.demonstration.collecting import found_seasons
from mingtang_web.demonstration.district import ACCOUNTS, WHERE, found_district
from mingtang_web.demonstration.founding import found_cases
from mingtang_web.demonstration.importing import found_import
from mingtang_web.demonstration.publishing import found_documents
from mingtang_web.demonstration.showing import lacking
from mingtang_web.demonstration.staff import staff_of
from mingtang_web.demonstration.upkeep import found_upkeep
from mingtang_web.disputes.models import Dispute
from mingtang_web.disputes.queries import table_four
from mingtang_web.files.actions import content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.letters.actions import opened
from mingtang_web.letters.models import Letter
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import LAWS, Register
from tests.web.cases.requests import ASKER, Doing, at
from tests.web.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

TODAY = date(2026, 7, 15)


@pytest.fixture(scope="module")
def _founded(
    database: str,  # noqa: ARG001 - which one
    django_db_blocker,
    tmp_path_factory,
) -> Iterator[None]:
    """A small district, founded once for these tests and rolled back after them."""
    folder = tmp_path_factory.mktemp("files")
    files = override_settings(MEDIA_ROOT=folder, DATA=folder)
    with django_db_blocker.unblock(), files, transaction.atomic():
        with at(TODAY):
            found_district(PASSWORD)
            assert found_cases(share=0.02) == Case.objects.count()
            assert found_seasons()
            assert not found_seasons()
            assert found_documents()
            assert not found_documents()
            assert found_upkeep()
            assert not found_upkeep()
            assert found_import()
            assert not found_import()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("_founded")


def cases() -> QuerySet[Case]:
    return Case.objects.select_related("body", "applicant")


def test_columns_are_what_the_ledger_makes_of_them():
    histories = bridge.histories(Case.objects.values_list("pk", flat=True))
    for case in cases():
        before = {field.name: getattr(case, field.name) for field in case._meta.fields}
        bridge.put(case, histories[case.pk], TODAY, rulebook(case.body))
        after = {field.name: getattr(case, field.name) for field in case._meta.fields}
        assert before == after
    assert set(Case.objects.values_list("phase", flat=True)) == set(Phase)


def test_every_chain_holds(capsys):
    for body in Body.objects.all():
        assert list(faults(body)) == []
    call_command("verify")
    assert "台账完整" in capsys.readouterr().out


def test_each_event_is_recorded_on_its_day():
    for entry in Entry.objects.filter(kind__startswith=bridge.EVENT):
        day = entry.recorded_at.astimezone(clock.CHINA).date()
        assert day.isoformat() == entry.content["event"]["on"]
    moments = list(
        Entry.objects.filter(body__short_name=WHERE).values_list("recorded_at", flat=True)
    )
    assert moments == sorted(moments)


def test_nobody_can_be_told_from_the_ledger_and_everybody_is_sealed():
    said = "".join(Entry.objects.values_list("payload", flat=True))
    people = [opened_for_comparing(each) for each in Applicant.objects.all()]
    assert not any(person.identity_number in said for person in people if person.phone)
    assert not any(person.phone in said for person in people if person.phone)
    for case in cases()[:20]:
        assert open_text(case.applicant, bytes(case.description))


def test_whoever_was_consulted_is_kept_sealed_and_every_search_is_on_record():
    consulted = set(Consultation.objects.values_list("case", "party"))
    searched_in = set(SearchRecord.objects.values_list("case", flat=True))
    for case, event in events():
        if isinstance(event, e.Consulted):
            assert (case.pk, event.party) in consulted
        elif isinstance(event, e.Decided) and event.ground == "U1a":
            assert case.pk in searched_in


def test_cases_that_name_others_name_those_that_are_there():
    charged = 0
    for case, event in events():
        if isinstance(event, e.FeeNotified) and event.basis == "items":
            charged += 1
            assert event.pieces == position_in_month(case)
        elif isinstance(event, e.Merged):
            into = Case.objects.get(body=case.body, number=event.into)
            assert came_first(into, case)
            assert (into.decided or event.on) >= event.on
            assert case.kept == "no_term"
            assert case.proposals.get().stage == "approved"
        elif isinstance(event, e.Split):
            assert set(event.parts) == {part.number for part in case.parts.all()}
    assert charged == 2


def events() -> Iterator[tuple[Case, e.Event]]:
    histories = bridge.histories(Case.objects.values_list("pk", flat=True))
    for case in cases():
        for event in histories[case.pk]:
            yield case, event


def test_entries_have_the_shape_of_those_made_one_by_one():
    body = Body.objects.get(short_name=WHERE)
    made = shapes(Entry.objects.filter(body=body))
    before = Entry.objects.latest("pk").pk
    with at(date(2026, 7, 16)), transaction.atomic():
        one_by_one(body)
        alone = shapes(Entry.objects.filter(pk__gt=before))
        transaction.set_rollback(True)
    assert len(alone) == 8
    for kind, shape in alone.items():
        assert shape <= made[kind], kind


def shapes(entries: QuerySet[Entry]) -> dict[str, set[tuple[object, ...]]]:
    """Which keys, and whether an actor and an approver, each kind of entry has."""
    found = defaultdict(set)
    for entry in entries:
        who = (entry.actor_id is not None, entry.approver_id is not None)
        found[entry.kind].add((*sorted(entry.content), *who))
    return found


def one_by_one(body: Body) -> None:
    staff, day = staff_of(body), clock.today()
    asked = Request(body, ASKER, "person", "in_person", day, "某文件", "请提供", "post")
    case = assign(
        register(asked, staff.clerk), Target(staff.section, staff.handlers[0]), staff.clerk
    )
    house = House(body, staff, rulebook(body), day, Random(1))  # noqa: S311 - no secret
    search(case, searched(house, case, clock.now()), staff.handlers[0])
    doing = Doing(staff.handlers[0], case.version, note="拟答复")
    proposal = signing.propose(case, e.Decided(on=day, ground="U1a"), doing)
    proposal = signing.review(proposal, staff.reviewer, "同意", agrees=True)
    case = signing.approve(proposal, staff.approver)
    do(case, e.Dispatched(on=day, mode="post"), actions.Doing(staff.clerk, case.version))


def test_the_accounts_find_work_waiting():
    with at(TODAY):
        for username, stage in (("fazhi", "legal"), ("shenpi", "approval")):
            person = User.objects.get(username=username)
            held = standing(person, TODAY)
            assert Proposal.objects.filter(stage=stage, case__in=visible(held)).count() >= 2
        handler = User.objects.get(username="chengban")
        mine = visible(standing(handler, TODAY)).filter(handler=handler)
        assert mine.filter(phase__in=("in_hand", "consulting")).count() >= 3
        assert Case.objects.filter(handler=None, phase="submitted").exists()


def test_numbers_go_on_without_a_gap():
    numbers = defaultdict(list)
    for body, number in Case.objects.values_list("body", "number"):
        numbers[body, number[:4]].append(int(number[5:]))
    for given in numbers.values():
        assert sorted(given) == list(range(1, len(given) + 1))


def test_founding_twice_does_nothing():
    before = Entry.objects.count()
    users = list(User.objects.order_by("pk").values())
    with at(TODAY):
        found_district(PASSWORD)
        assert found_cases(share=0.02) == 0
    assert Entry.objects.count() == before
    assert list(User.objects.order_by("pk").values()) == users


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
    seen = 0
    for case, event in events():
        if not isinstance(event, e.Reopened) or event.cause != "review":
            continue
        [dispute] = case.disputes.filter(outcome="review_revoked", ended=event.on)
        entries = Entry.objects.filter(case_id=case.pk, kind=bridge.entry_kind(event))
        [entry] = [each for each in entries if each.content["event"]["on"] == str(event.on)]
        assert dispute.number in entry.content["note"]
        assert entry.approver is None
        assert not case.proposals.filter(event=entry.content["event"]).exists()
        seen += 1
    assert seen


def test_registers_answer_by_real_letters():
    for which in Register:
        told = Matter.objects.filter(register=which, body__short_name=WHERE)
        assert set(told.values_list("stage", flat=True)) == set(Stage)
        outcomes = set(told.values_list("outcome", flat=True))
        assert outcomes - {""} >= set(LAWS[which].letters)
        for matter in told.exclude(outcome__in=("", "withdrawn")):
            row = matter.letters.get()
            assert matter.number in "".join(opened(row).manuscript().texts())
            assert row.number


def test_three_bodies_keep_two_years_of_what_section_one_tells():
    kept = Activity.objects.values_list("body__short_name", flat=True).distinct()
    assert set(kept) == {WHERE, "区政府办", "清河镇"}
    body = Body.objects.get(short_name=WHERE)
    last_year = counts(body, date(2025, 1, 1), date(2025, 12, 31))
    assert last_year["training"]["sessions"].value == 6
    assert last_year["training"]["people"].untold == 1
    assert last_year["outreach"]["entries"].value == 1  # one was entered twice and struck
    assert last_year["budget"]["late"].value == 1
    assert last_year["inspection"]["rectified"].value == 10
    now = counts(body, date(2026, 1, 1), date(2026, 12, 31))
    assert now["budget"]["waiting"].value == now["account"]["silent"].value == 1


def test_every_department_has_a_letter_to_open_and_no_docket_number_stands_twice():
    busy = set(cases().values_list("body__short_name", flat=True))
    lettered = Letter.objects.values_list("body__short_name", flat=True)
    assert len(busy - set(lettered)) <= len(busy) / 10
    receipts = Letter.objects.filter(kind="registration_receipt")
    row = receipts.exclude(body__short_name=WHERE).first()
    assert "现予登记" in "".join(opened(row).manuscript().texts())
    numbers = list(Dispute.objects.values_list("organ_number", flat=True))
    assert len(numbers) == len(set(numbers))


def test_papers_are_pictures_and_lie_sealed():
    reports = Delivery.objects.values("file"), Product.objects.values("file")
    files = StoredFile.objects.exclude(pk__in=reports[0]).exclude(pk__in=reports[1])
    assert files.count() >= 8
    for file in files:
        assert file.applicant is not None
        assert content(file).startswith(b"\x89PNG")


def test_each_step_of_a_proposal_bears_the_row_as_it_was_left():
    seen = 0
    read = Proposal.objects.filter(stage="approved").exclude(reviewer=None)
    for proposal in read[:20]:
        steps = Entry.objects.filter(case_id=proposal.case_id, kind__in=STEPS)
        rows = [s.content["row"] for s in steps if s.content["proposal"] == proposal.pk]
        assert len(set(rows)) == len(rows) == 3
        assert rows[-1] == fingerprint(proposal, *waiting.PROPOSAL)
        seen += 1
    assert seen == 20


STEPS = ("case.proposed", "case.reviewed", "case.approved")


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


def test_no_report_is_in_time_on_the_word_of_whoever_entered_it():
    receipts = list(Receipt.objects.select_related("delivery"))
    assert receipts
    assert {each.delivery_id for each in receipts} == {
        each.pk for each in Delivery.objects.filter(way=Delivery.Way.BEHALF)
    }
    for each in receipts:
        if each.holds is None:
            assert each.delivery.state == "read"
        else:
            assert each.holds
            assert each.seen_by_id not in {None, each.by_id}


def test_what_came_late_is_accepted_for_that_reason():
    late = [
        each for each in Delivery.objects.filter(state="accepted") if "L101" in each.found
    ]
    assert late
    for each in late:
        said = (
            Step.objects.filter(delivery=each, verdict=Step.Verdict.ACCEPTED).get().reason
        )
        assert "逾期照记" in said
