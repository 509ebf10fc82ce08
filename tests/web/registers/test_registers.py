"""Corrections and complaints: in order, on record, and never among the cases."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mingtang.drafting.template import templates
from mingtang_web.applicants.actions import open_text
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.actions import FutureError
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.registers import actions, queries
from mingtang_web.registers.actions import Answer, Arrival, OutOfTurnError
from mingtang_web.registers.models import Matter
from mingtang_web.registers.rules import LAWS, Outcome, Register
from tests.web.cases.requests import ASKER, Doing, Office

D = date
TODAY = D(2026, 6, 30)


def arrival(office: Office, **more: object) -> Arrival:
    known: dict[str, object] = {
        "body": office.housing, "register": Register.CORRECTION, "person": ASKER,
        "kind": Kind.PERSON, "channel": "in_person", "received": D(2026, 6, 1),
        "subject": "房屋建筑面积登记有误", "about": "房屋测绘成果备案表",
        "description": "张三丰名下房屋面积应为八十九平方米。",
    }  # fmt: skip
    return Arrival(**(known | more))  # type: ignore[arg-type]


def test_a_correction_goes_its_way_and_every_step_is_in_the_ledger(office: Office) -> None:
    matter = actions.register(arrival(office), office.clerk)
    assert (matter.number, matter.stage) == ("更正2026-001", "received")
    matter = actions.handle(
        matter, D(2026, 6, 3), "调阅测绘成果原件核对", Doing(office.handler, 1)
    )
    assert matter.handler == office.handler
    given = Answer(Outcome.CORRECTED, D(2026, 6, 10))
    matter = actions.answer(matter, given, Doing(office.handler, 2))
    assert matter.letter == "record_corrected"
    matter = actions.close(matter, D(2026, 6, 12), Doing(office.clerk, 3))
    assert (matter.stage, matter.version) == ("closed", 4)
    kinds = [step.entry.kind.rpartition(".")[2] for step in matter.steps.all()]
    assert kinds == ["registered", "handled", "answered", "closed"]
    assert list(faults(office.housing)) == []


def test_neither_register_counts_among_the_cases(office: Office) -> None:
    actions.register(arrival(office), office.clerk)
    actions.register(arrival(office, register=Register.COMPLAINT), office.clerk)
    assert not Case.objects.exists()
    assert not Entry.objects.filter(kind__startswith="event.").exists()
    counted = queries.of_year(office.housing, TODAY)
    assert counted == {
        "correction_received": 1, "correction_answered": 0,
        "complaint_received": 1, "complaint_answered": 0,
    }  # fmt: skip


def test_the_senders_words_are_sealed(office: Office) -> None:
    matter = actions.register(arrival(office), office.clerk)
    stored = Matter.objects.get(pk=matter.pk)
    assert "面积".encode() not in bytes(stored.description)
    assert "八十九" in open_text(matter.sender, stored.description)
    assert not any(ASKER.name in entry.payload for entry in Entry.objects.all())


def test_somebody_else_may_not_and_does_not_see(office: Office) -> None:
    for person in (office.stranger, office.supervisor, office.lawyer):
        with pytest.raises(NotAllowedError):
            actions.register(arrival(office), person)
    matter = actions.register(arrival(office), office.clerk)
    with pytest.raises(NotAllowedError):
        actions.handle(matter, D(2026, 6, 3), "核对", Doing(office.clerk, 1))
    assert queries.visible(standing(office.supervisor, TODAY)).count() == 1
    assert queries.visible(standing(office.stranger, TODAY)).count() == 0


def test_what_comes_too_early_or_twice_changes_nothing(office: Office) -> None:
    once = actions.register(arrival(office), office.clerk, "k1")
    assert actions.register(arrival(office), office.clerk, "k1") == once
    with pytest.raises(OutOfTurnError, match="待办理"):
        actions.close(once, D(2026, 6, 3), Doing(office.clerk, 1))
    doing = Doing(office.handler, 1, "k2")
    actions.handle(once, D(2026, 6, 3), "核对", doing)
    assert actions.handle(once, D(2026, 6, 3), "核对", doing).version == 2
    with pytest.raises(OutOfTurnError, match="更正2026-001"):
        actions.handle(once, D(2026, 6, 4), "再核对", Doing(office.handler, 1))
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"about": "来电13800138000"}, "about"),
        ({"promised": D(2026, 5, 1)}, "promised"),
    ],
)
def test_a_wrong_entry_names_its_field(
    office: Office, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register(arrival(office, **wrong), office.clerk)
    assert list(refused.value.message_dict) == [field]


def test_an_outcome_belongs_to_its_register_and_names_where_it_went(office: Office) -> None:
    matter = actions.register(arrival(office), office.clerk)
    for given in (
        Answer(Outcome.RECTIFIED, D(2026, 6, 3)),
        Answer(Outcome.TRANSFERRED, D(2026, 6, 3)),
        Answer(Outcome.CORRECTED, D(2026, 5, 3)),
    ):
        with pytest.raises(ValidationError):
            actions.answer(matter, given, Doing(office.handler, 1))
    later = Answer(Outcome.CORRECTED, D(2026, 7, 3))
    with pytest.raises(FutureError):
        actions.answer(matter, later, Doing(office.handler, 1))
    assert Matter.objects.get().stage == "received"


def test_only_a_promise_can_be_missed_for_the_law_sets_no_term(office: Office) -> None:
    actions.register(arrival(office), office.clerk)
    late = actions.register(arrival(office, promised=D(2026, 6, 20)), office.clerk)
    assert list(queries.past_promise(Matter.objects.all(), TODAY)) == [late]


def test_every_letter_of_an_outcome_exists() -> None:
    known = {kind for law in LAWS.values() for kind in law.letters.values()}
    assert known <= {each.kind for each in templates()}


def test_no_heading_and_no_note_tells_who_wrote(office: Office) -> None:
    with pytest.raises(ValidationError, match="来件人的姓名") as wrong:
        actions.register(arrival(office, subject="张三丰反映面积有误"), office.clerk)
    assert list(wrong.value.message_dict) == ["subject"]
    assert not Matter.objects.exists()
    matter = actions.register(arrival(office), office.clerk)
    with pytest.raises(ValidationError, match="来件人"):
        actions.handle(matter, D(2026, 6, 3), "已约谈张三丰", Doing(office.handler, 1))
