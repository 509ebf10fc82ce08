"""Every path of a case in a real browser, by keyboard: each act at each of its phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang.case.act import acts
from mingtang_web.bodies.models import Role, Section
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import at
from tests.web.letters.ways import LetterOffice
from tests.web.people import appointed, person
from tests.web.walking import walkers
from tests.web.walks import DAY, SAID, WALKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.walking import Walker
    from tests.web.walks import Step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACTS = {known.id for known in acts()}
ANSWERS = {"agree": ("同意，转送审批", "批准"), "return": "退回", "take_back": "撤回送审"}
PEOPLE = ("clerk", "handler", "lawyer", "approver", "supervisor", "water")


@pytest.fixture
def office(db: None) -> LetterOffice:  # noqa: ARG001 - asked for, not used
    made = LetterOffice()
    appointed(made.handler, made.housing, Role.CLERK)
    Section.objects.create(body=made.housing, name="业务股")
    appointed(person("water", "吴水务"), made.water, Role.CLERK)
    return made


@pytest.fixture
def people(chromium, live_server, office):  # noqa: ARG001 - they sign in
    with walkers(chromium, live_server.url, PEOPLE) as found:
        yield found


def test_every_act_at_every_phase_by_keyboard(office, people):
    done: set[tuple[str, str]] = set()
    faults = [
        fault
        for name, walk in WALKS.items()
        for fault in walked(office, people, name, walk, done)
    ]
    if faults:
        raise ExceptionGroup("、".join(WALKS), faults)
    assert {(act.id, str(phase)) for act in acts() for phase in act.phases} - done == set()


def walked(office, people, name, walk, done) -> Iterator[Exception]:
    """Walk one path; what stops it is kept, so that the others are walked too."""
    starts, steps = walk
    with at(DAY):
        first = begun(office, starts)
    before = ""
    for step in steps:
        try:
            with at(step.on):
                taken(people[step.who], step, first, done, again=before != step.who)
        except Exception as fault:  # noqa: BLE001 - told below, with where it happened
            fault.add_note(f"{name}: {step}\n{people[step.who].says()[:900]}")
            yield fault
            return
        before = step.who


def begun(office: LetterOffice, starts) -> Case:
    made = [office.registered(**each.known) for each in starts]
    for case, start in zip(made, starts, strict=True):
        for event in start.events:
            with at(event.on):
                office.done(case, event)
            case.refresh_from_db()
    return made[0]


def taken(
    walker: Walker, step: Step, first: Case, done: set[tuple[str, str]], *, again: bool
) -> None:
    case = Case.objects.filter(subject=step.case).last() if step.case else first
    case.refresh_from_db()
    letter = Letter.objects.filter(case_id=case.pk, status="issued").last()
    known = {"number": case.number, "letter": letter and letter.pk}
    typed = {
        name: each.format_map(known) if isinstance(each, str) else each
        for name, each in step.typed.items()
    }
    step = step._replace(typed=typed)
    here = f"/cases/{case.pk}/"
    walker.go(step.at if step.at.startswith("/") else here + step.at, again=again)
    if step.act in ACTS:
        done.add((step.act, case.phase))
        acted(walker, step, case)
    elif step.act in ANSWERS:
        answered(walker, step)
    else:
        for link in step.by:
            walker.follow(link.format_map(known))
        if step.press:
            walker.fill(step.typed, step.press, SAID)
    assert step.seen in walker.says(), step


def acted(walker: Walker, step: Step, case: Case) -> None:
    before = Entry.objects.filter(case_id=case.pk).count()
    typed = dict(step.typed)
    walker.follow("/decide/" if step.act == "decide" else f"/do/{step.act}/")
    for reply in typed.pop("replies", ()):
        walker.fill({"reply": reply}, "下一步", {})
    then = typed.pop("then", None)
    walker.fill(typed, "下一步：核对", SAID)
    if then:
        walker.fill(then, "下一步：核对", SAID)
    walker.fill({}, "确认", {})
    assert Entry.objects.filter(case_id=case.pk).count() > before


def answered(walker: Walker, step: Step) -> None:
    stage = Proposal.objects.latest("id").stage
    press = ANSWERS[step.act]
    if step.act == "agree":
        press = press[stage == "approval"]
    walker.follow("查看送审")
    walker.fill(step.typed, press, {})
