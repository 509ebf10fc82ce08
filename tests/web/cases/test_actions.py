"""An act goes through whole or leaves nothing behind, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang.case.replaying import replay
from mingtang_web.applicants.actions import erase, open_text
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import actions, bridge, queries
from mingtang_web.cases.actions import FutureError, SignOffError, StaleError, do
from mingtang_web.cases.models import Case, Choice, SearchRecord
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.numbering.models import NumberSeries
from tests.web.cases.requests import ASKER, Doing, Office

D = date


def test_a_registered_request_has_a_number_a_term_and_an_entry(office: Office) -> None:
    case = office.registered()
    assert (case.number, case.phase, case.due) == ("2026-0001", "in_hand", D(2026, 3, 30))
    [entry] = Entry.objects.filter(case_id=case.pk)
    assert entry.kind == "event.submitted"
    assert replay(bridge.history(case.pk)).received == D(2026, 3, 2)


def test_what_the_applicant_wrote_is_sealed_and_goes_with_the_applicant(
    office: Office,
) -> None:
    case = office.registered()
    stored = Case.objects.get(pk=case.pk)
    assert "竣工".encode() not in bytes(stored.description)
    assert "复印件" in open_text(case.applicant, stored.description)
    for entry in Entry.objects.all():
        assert ASKER.name not in entry.payload
        assert ASKER.phone not in entry.payload
    erase(case.applicant, office.administrator, "保存期满")
    assert list(faults(office.housing)) == []


def test_an_act_moves_the_case_and_the_chain_holds(office: Office) -> None:
    case = office.registered()
    consult = e.Consulted(on=D(2026, 3, 6), party="1", role="third_party")
    case = do(case, consult, Doing(office.handler, case.version, approver=office.approver))
    assert (case.phase, case.due, case.version) == ("consulting", D(2026, 4, 21), 2)
    arrived = e.ConsultationDelivered(on=D(2026, 3, 6), party="1")
    case = do(case, arrived, Doing(office.clerk, case.version))
    reply = e.OpinionReceived(on=D(2026, 3, 20), party="1", stance="objects")
    case = do(case, reply, Doing(office.clerk, case.version))
    assert (case.phase, case.due) == ("in_hand", D(2026, 4, 14))
    assert list(faults(office.housing)) == []


def test_what_the_law_forbids_leaves_nothing(office: Office) -> None:
    case = office.registered()
    before = Entry.objects.count()
    paid = e.FeePaid(on=D(2026, 3, 9), yuan=380)
    with pytest.raises(NotPermittedError, match="109号"), transaction.atomic():
        do(case, paid, Doing(office.clerk, case.version))
    assert Entry.objects.count() == before
    assert Case.objects.get(pk=case.pk).version == 1


def test_somebody_else_may_not(office: Office) -> None:
    case = office.registered()
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    for person in (office.stranger, office.supervisor, office.clerk, office.approver):
        with pytest.raises(NotAllowedError):
            do(case, asked, Doing(person, case.version))
    with pytest.raises(NotAllowedError):
        actions.register(office.request(), office.handler)


def test_of_two_acts_at_once_the_second_is_refused(office: Office) -> None:
    case = office.registered()
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    both = Doing(office.handler, 1, approver=office.approver)
    do(case, asked, both)
    reason = e.ReasonAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    with pytest.raises(StaleError, match="2026-0001"):
        do(case, reason, both)


def test_a_submission_sent_twice_is_done_once(office: Office) -> None:
    asked = office.request()
    case = actions.register(asked, office.clerk, "k1")
    assert actions.register(asked, office.clerk, "k1") == case
    event = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    doing = Doing(office.handler, 1, "k2", approver=office.approver)
    once, again = do(case, event, doing), do(case, event, doing)
    assert (once.version, again.version) == (2, 2)
    assert Case.objects.count() == 1


def test_a_day_to_come_is_refused(office: Office) -> None:
    with pytest.raises(FutureError, match="2026-03-21"):
        office.registered(arrived=D(2026, 3, 21))
    case = office.registered()
    with pytest.raises(FutureError):
        do(
            case,
            e.Withdrawn(on=D(2026, 3, 21)),
            Doing(office.clerk, case.version, note="来函撤回"),
        )


def test_an_extension_needs_a_second_person(office: Office) -> None:
    case = office.registered()
    with pytest.raises(SignOffError, match="送审"):
        do(case, e.Extended(on=D(2026, 3, 9), days=20), Doing(office.handler, 1))


def test_nothing_does_not_exist_without_a_search(office: Office) -> None:
    case = office.registered()
    decided = e.Decided(on=D(2026, 3, 19), ground="U1a")
    with pytest.raises(NotPermittedError, match="检索记录"):
        do(case, decided, Doing(None, 1, approver=office.approver))
    record = SearchRecord(
        scope="2019年以来本局验收档案", method="档案系统检索、库房查找", on=D(2026, 3, 18),
        result="没有查到",
    )  # fmt: skip
    actions.search(case, record, office.handler)
    case = do(case, decided, Doing(None, 1, approver=office.approver))
    assert (case.phase, case.ground) == ("decided", "U1a")


def test_numbers_run_without_gaps_even_where_something_failed(office: Office) -> None:
    office.registered()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = 1 // (office.registered().pk * 0)
    assert office.registered().number == "2026-0002"
    assert NumberSeries.objects.get().last == 2


@pytest.mark.parametrize("broken", ["append", "put"])
def test_a_crash_in_the_middle_leaves_nothing(
    office: Office, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.registered()

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    room = actions if broken == "append" else bridge
    monkeypatch.setattr(room, broken, crash)
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    with pytest.raises(RuntimeError), transaction.atomic():
        do(case, asked, Doing(office.handler, 1, approver=office.approver))
    found = Case.objects.get(pk=case.pk)
    assert (found.version, found.phase) == (1, "in_hand")
    assert len(bridge.history(case.pk)) == 1


def test_the_eleventh_request_of_a_month_costs(office: Office) -> None:
    cases = [office.registered(subject=f"第{n}份合同") for n in range(1, 12)]
    assert queries.position_in_month(cases[10]) == 11
    wrong = e.FeeNotified(on=D(2026, 3, 9), basis="items", pieces=12, yuan=100)
    both = Doing(office.handler, 1, approver=office.approver)
    with pytest.raises(NotPermittedError, match="第11件"):
        do(cases[10], wrong, both)
    right = e.FeeNotified(on=D(2026, 3, 9), basis="items", pieces=11, yuan=100)
    assert do(cases[10], right, both).phase == "fee"


def test_a_choice_of_the_office_above_counts_below(office: Office) -> None:
    Choice.objects.create(body=office.office, option="start_day", choice="included")
    assert office.registered().due == D(2026, 3, 27)
    Choice.objects.create(body=office.housing, option="start_day", choice="excluded")
    assert office.registered().due == D(2026, 3, 30)


def test_likely_repeats_are_found_the_same_persons_first(office: Office) -> None:
    first = office.registered()
    other = office.registered(person=ASKER.__class__(name="李四"))
    office.registered(subject="年度防汛物资采购合同")
    found = queries.alike(
        office.housing, "青云小区的竣工验收备案表", first.applicant.identity_index
    )
    assert [each.case for each in found] == [first, other]
    assert found[0].same_applicant


def test_the_columns_are_what_the_history_makes(office: Office) -> None:
    case = office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 17), ground="G2"),
        e.Dispatched(on=D(2026, 3, 18), mode="post"),
        e.Delivered(on=D(2026, 3, 20)),
    )
    columns = (case.phase, case.kept, case.ground, case.decided)
    assert columns == ("delivered", "in_time", "G2", D(2026, 3, 17))
    fresh = Case.objects.get(pk=case.pk)
    bridge.put(fresh, bridge.history(case.pk), D(2026, 3, 20), actions.rulebook(case.body))
    assert all(
        getattr(fresh, f.attname) == getattr(case, f.attname)
        for f in Case._meta.concrete_fields
        if f.attname != "description"
    )
