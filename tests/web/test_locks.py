"""Two at once who want the same two things: both come through, in any order, on both.

On PostgreSQL each of them holds one row and waits for the other's, unless rows are
locked in one order: cases by their ids, then the chains of bodies by theirs, then
series of numbers.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from threading import Barrier, BrokenBarrierError, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from mingtang.case import events as e
from mingtang.compiling import figures_of
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Delegation, Membership, Role
from mingtang_web.cases import actions, signing
from mingtang_web.cases.models import Case
from mingtang_web.counts import recounting
from mingtang_web.counts.queries import tally_of
from mingtang_web.disputes import actions as disputes
from mingtang_web.disputes.actions import Filing
from mingtang_web.disputes.models import Position, Procedure
from mingtang_web.importing import actions as importing
from mingtang_web.keeping import accounts, appointing, tree
from mingtang_web.keeping.recording import By
from mingtang_web.ledger import actions as ledger
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.numbering.actions import next_number
from tests.web.cases.requests import Doing, Office, at
from tests.web.people import appointed, unified_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db(transaction=True)
D = date
TODAY = D(2026, 3, 20)
PATIENCE = 1.0


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


class Meeting:
    """Where two meet, each with one lock in hand; who is kept waiting goes on alone."""

    def __init__(self) -> None:
        self.barrier = Barrier(2)

    def wait(self) -> None:
        try:
            self.barrier.wait(PATIENCE)
        except BrokenBarrierError:
            return

    def before(self, act: Callable[..., object]) -> Callable[..., object]:
        def met(*given: object, **more: object) -> object:
            self.wait()
            return act(*given, **more)

        return met


def at_once(*works: Callable[[], object]) -> list[Exception]:
    """Do things in threads of their own and return what went wrong."""
    troubles: list[Exception] = []

    def do(work: Callable[[], object]) -> None:
        try:
            with at(TODAY):
                work()
        except Exception as trouble:  # noqa: BLE001 - shown by the assertion
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return troubles


def test_two_bodies_transfer_to_each_other(office, monkeypatch) -> None:
    appointed(office.handler, office.water, Role.HANDLER)
    appointed(office.approver, office.water, Role.APPROVER)
    appointed(office.clerk, office.water, Role.CLERK)
    there = {office.housing: office.water, office.water: office.housing}
    proposals = []
    for body, other in there.items():
        case = office.registered(body=body)
        event = e.Transferred(on=TODAY, to=other.code)
        doing = Doing(office.handler, 1, note="属其职责")
        proposals.append(signing.propose(case, event, doing))
    monkeypatch.setattr(signing, "hand_on", Meeting().before(signing.hand_on))
    works = (partial(signing.approve, each, office.approver) for each in proposals)
    assert at_once(*works) == []
    for body in there:
        assert Case.objects.filter(body=body).count() == 2
        assert list(faults(body)) == []


def test_one_takes_a_number_first_and_one_writes_first(office) -> None:
    meeting = Meeting()

    @transaction.atomic
    def number_first() -> None:
        next_number(office.housing, "letter.复", 2026)
        meeting.wait()
        append(Record(office.housing, "test"))

    @transaction.atomic
    def entry_first() -> None:
        append(Record(office.housing, "test"))
        meeting.wait()
        next_number(office.housing, "letter.复", 2026)

    for work in (number_first, entry_first):
        work()
    meeting = Meeting()
    assert at_once(number_first, entry_first) == []
    with transaction.atomic():
        assert next_number(office.housing, "letter.复", 2026) == 5


def test_a_suit_is_filed_while_its_case_is_dealt_with(office, monkeypatch) -> None:
    answered = e.Decided(on=D(2026, 3, 10), ground="G2")
    case, meeting = office.done(office.registered(), answered), Meeting()
    monkeypatch.setattr(actions, "write", meeting.before(actions.write))
    monkeypatch.setattr(disputes.bridge, "put", meeting.before(disputes.bridge.put))
    filing = Filing(
        *(office.housing, Procedure.SUIT, TODAY, Position.RESPONDENT, "applicant"),
        organ="西山区人民法院",
        cases=[case],
        learnt="经办人当面告知了处理结果",
    )
    event = e.Dispatched(on=D(2026, 3, 11), mode="post")
    assert at_once(
        lambda: disputes.file(filing, office.clerk),
        lambda: actions.do(case, event, Doing(office.clerk, case.version)),
    ) == []  # fmt: skip
    assert case.disputes.count() == 1


def test_an_old_ledger_is_taken_over_while_others_work(office, monkeypatch) -> None:
    append(Record(office.housing, "test"))
    meeting = Meeting()
    monkeypatch.setattr(ledger, "_reached", meeting.before(ledger._reached))

    @transaction.atomic
    def take_over() -> None:
        importing.take_turn(office.housing.pk)
        append(Record(office.housing, "test"))

    work = partial(append, Record(office.housing, "test"))
    assert at_once(take_over, work) == []


def looked(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two submissions meet after each has looked whether it came before."""
    for module in (accounts, appointing, tree):
        look = module.came_before

        def met(*given: object, look: Callable[..., object] = look) -> object:
            found = look(*given)
            meeting.wait()
            return found

        monkeypatch.setattr(module, "came_before", met)


def newcomer(office: Office) -> object:
    user = User(username="neu", display_name="新来的")
    first = Membership(body=office.housing, role="handler", since=TODAY)
    return accounts.open_account(user, first, By(office.administrator, "k"))


def role(office: Office) -> object:
    held = Membership(user=office.clerk, body=office.housing, role="handler", since=TODAY)
    return appointing.appoint(held, By(office.administrator, "k"))


def loan(office: Office) -> object:
    lent = Delegation(
        *(None, office.clerk.pk, office.handler.pk, office.housing.pk),
        since=TODAY, until=TODAY, reason="出差",
    )  # fmt: skip
    return appointing.lend(lent, By(office.clerk, "k"))


def section(office: Office) -> object:
    return tree.add_section(office.housing, "法规股", By(office.administrator, "k"))


def body(office: Office) -> object:
    made = Body(
        code=unified_code(78), name="西山区新设局", short_name="新设局", letter_code="西设",
        kind="department", region="650199", parent=office.housing,
    )  # fmt: skip
    return tree.found(made, By(office.administrator, "k"))


def name(office: Office) -> object:
    called = tree.Named("西山区住建新局", "新局", "西新")
    return tree.rename(office.housing, called, TODAY, By(office.administrator, "k"))


def password(office: Office) -> object:
    return accounts.reset_password(office.clerk, By(office.administrator, "k"))


@pytest.mark.parametrize(
    "keep", [newcomer, role, loan, section, body, name, password], ids=lambda f: f.__name__
)
def test_what_is_sent_twice_at_the_same_moment_is_kept_once(
    office, monkeypatch, keep
) -> None:
    looked(Meeting(), monkeypatch)
    assert at_once(partial(keep, office), partial(keep, office)) == []
    assert Entry.objects.filter(key="k").count() == 1
    assert all(not list(faults(each)) for each in Body.objects.all())


def test_two_acts_at_once_leave_the_tallies_right(office, monkeypatch) -> None:
    cases, meeting = [office.registered(), office.registered()], Meeting()
    monkeypatch.setattr(actions, "_record", meeting.before(actions._record))
    left = e.Withdrawn(on=TODAY)
    said = Doing(office.handler, 1, note="申请人当面书面撤回")
    works = (partial(actions.do, each, left, said) for each in cases)
    assert at_once(*works) == []
    assert list(recounting.faults(office.housing)) == []
    figures = figures_of(tally_of(office.housing), 2026)
    assert figures["requests/other_other/person"] == 2
    assert figures["requests/carried_out/person"] == 0
