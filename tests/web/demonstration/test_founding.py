"""The demonstration's cases in the database: as if done one by one, all or none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import transaction

from mingtang.case import events as e
from mingtang.case.state import Phase
from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.applicants.actions import open_text, opened_for_comparing
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import actions, bridge, signing
from mingtang_web.cases.actions import Request, do, register, search
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.models import Case, Consultation, Proposal, SearchRecord
from mingtang_web.cases.queries import position_in_month, visible
from mingtang_web.cases.rules import rulebook
from mingtang_web.demonstration.casting import House, searched
from mingtang_web.demonstration.district import WHERE, found_district
from mingtang_web.demonstration.founding import found_cases
from mingtang_web.demonstration.staff import staff_of
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.web.cases.requests import ASKER, Doing, at
from tests.web.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

TODAY = date(2026, 7, 15)


@pytest.fixture(scope="module")
def _founded(database: str, django_db_blocker) -> Iterator[None]:  # noqa: ARG001 - which one
    """A small district, founded once for these tests and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(TODAY):
            found_district(PASSWORD)
            assert found_cases(share=0.02) == Case.objects.count()
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
            assert Case.objects.filter(body=case.body, number=event.into).exists()
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
    with at(TODAY):
        found_district(PASSWORD)
        assert found_cases(share=0.02) == 0
    assert Entry.objects.count() == before
