"""A request split, joined or handed on: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.applicants.actions import masked, open_text, unmask
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import branching, bridge
from mingtang_web.cases.actions import SignOffError, StaleError, do, write
from mingtang_web.cases.branching import split
from mingtang_web.cases.consulting import consult
from mingtang_web.cases.models import Case, Consultation
from mingtang_web.cases.queries import position_in_month
from mingtang_web.cases.signing import approve, propose, review
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.numbering.models import NumberSeries
from tests.web.cases.requests import ASKER, Doing, Office, at
from tests.web.people import appointed

D = date
DAY = D(2026, 3, 9)


def counted(office: Office) -> int:
    """How many requests the body has to answer for: those split or merged count no more."""
    ended = ("event.split", "event.merged")
    gone = Entry.objects.filter(kind__in=ended).values("case_id")
    return Case.objects.filter(body=office.housing).exclude(pk__in=gone).count()


def test_parts_keep_the_applicant_the_words_and_the_running_term(office: Office) -> None:
    whole = office.registered()
    parts = split(whole, DAY, ("一号楼备案表", "二号楼备案表"), Doing(office.handler, 1))
    assert [part.number for part in parts] == ["2026-0002", "2026-0003"]
    whole.refresh_from_db()
    assert (whole.phase, whole.due) == ("closed", None)
    for part in parts:
        assert (part.phase, part.due) == ("in_hand", D(2026, 3, 30))
        assert (part.parent, part.applicant) == (whole, whole.applicant)
        assert "复印件" in open_text(part.applicant, part.description)
    assert list(faults(office.housing)) == []


def test_a_late_request_split_for_an_earlier_day_leaves_late_parts(office: Office) -> None:
    whole = office.registered()
    with at(D(2026, 4, 20)):
        parts = split(
            whole, DAY, ("一号楼备案表", "二号楼备案表"), Doing(office.handler, 1)
        )
        assert [(part.kept, part.due) for part in parts] == [
            ("overdue", D(2026, 3, 30))
        ] * 2
        with pytest.raises(SignOffError, match="无须审批"):
            propose(
                office.registered(),
                e.Split(on=DAY, parts=("1", "2")),
                Doing(office.handler, 1),
            )
        call_command("verify")


def test_parts_that_no_register_holds_are_found(office: Office) -> None:
    whole = office.registered()
    write(
        whole, e.Split(on=DAY, parts=("2026-0077", "2026-0078")), Doing(office.handler, 1)
    )
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stderr=said)
    assert "子件2026-0077没有案件" in said.getvalue()


@given(several=some.lists(some.integers(0, 4), min_size=1, max_size=4))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_any_splits_counts_balance(office: Office, several: list[int]) -> None:
    with transaction.atomic():
        before = counted(office)
        for number in several:
            subjects = [f"第{n}件" for n in range(number)]
            whole = office.registered()
            try:
                with transaction.atomic():
                    split(whole, DAY, subjects, Doing(office.handler, 1))
            except NotPermittedError:
                assert number < 2
        expected = sum(number if number > 1 else 1 for number in several)
        assert counted(office) - before == expected
        numbers = [case.number for case in Case.objects.filter(body=office.housing)]
        assert len(set(numbers)) == len(numbers) == NumberSeries.objects.get().last
        assert list(faults(office.housing)) == []
        transaction.set_rollback(True)


def test_a_split_sent_twice_is_one_split(office: Office) -> None:
    whole = office.registered()
    once = split(whole, DAY, ("甲", "乙"), Doing(office.handler, 1, "k"))
    assert split(whole, DAY, ("甲", "乙"), Doing(office.handler, 1, "k")) == once
    assert Case.objects.count() == 3


@pytest.mark.parametrize("step", ["_part", "case_number"])
def test_a_crash_while_splitting_leaves_nothing(
    office: Office, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, told = office.registered(), []

    def second_fails(*given: object) -> object:
        told.append(given)
        return real(*given) if len(told) == 1 else 1 // 0

    real = getattr(branching, step)
    monkeypatch.setattr(branching, step, second_fails)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        split(whole, DAY, ("甲", "乙"), Doing(office.handler, 1))
    assert (Case.objects.count(), len(bridge.history(whole.pk))) == (1, 1)
    assert NumberSeries.objects.get().last == 1


def test_who_may_not_split_and_what_was_overtaken(office: Office) -> None:
    whole = office.registered()
    with pytest.raises(NotAllowedError):
        split(whole, DAY, ("甲", "乙"), Doing(office.clerk, 1))
    with pytest.raises(StaleError), transaction.atomic():
        split(whole, DAY, ("甲", "乙"), Doing(office.handler, 2))
    split(whole, DAY, ("甲", "乙"), Doing(office.handler, 1))
    undo = e.Struck(on=DAY, entry=1)
    with pytest.raises(NotPermittedError, match="子件"):
        do(whole, undo, Doing(office.approver, 2))


def test_a_split_request_counts_by_its_parts_in_the_month(office: Office) -> None:
    split(office.registered(), DAY, ("甲", "乙"), Doing(office.handler, 1))
    assert position_in_month(office.registered()) == 3


def test_a_merged_request_counts_once_in_the_month(office: Office) -> None:
    """国办函〔2020〕109号第四条: what is one case is one for the fee."""
    first, again, third = (office.registered() for _ in range(3))
    office.done(again, e.Merged(on=DAY, into=first.number))
    assert position_in_month(third) == 2


def test_a_part_is_extended_as_the_request_was(office: Office) -> None:
    whole = office.done(office.registered(), e.Extended(on=DAY, days=20))
    first, _second = split(whole, DAY, ("甲", "乙"), Doing(office.handler, whole.version))
    assert first.due == whole.due
    again = e.Extended(on=DAY, days=5)
    with pytest.raises(NotPermittedError, match="已经延长过"):
        propose(first, again, Doing(office.handler, first.version))


def test_a_transfer_becomes_a_case_of_the_other_body(office: Office) -> None:
    case = office.registered()
    event = e.Transferred(on=D(2026, 3, 19), to=office.water.code)
    made = propose(case, event, Doing(office.handler, 1, note="属水务局职责"))
    assert Case.objects.filter(body=office.water).count() == 0
    approve(made, office.approver)
    [came] = Case.objects.filter(body=office.water)
    assert (came.number, came.received, came.phase) == (
        "2026-0001", D(2026, 3, 20), "in_hand",
    )  # fmt: skip
    assert came.applicant != case.applicant
    assert "复印件" in open_text(came.applicant, came.description)
    hydrologist = office.stranger
    appointed(hydrologist, office.water, Role.HANDLER)
    assert unmask(came.applicant, hydrologist, "核对") == ASKER
    assert list(faults(office.housing)) == list(faults(office.water)) == []


def test_a_transfer_that_fails_at_the_other_end_is_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.registered()
    event = e.Transferred(on=D(2026, 3, 19), to=office.water.code)
    made = propose(case, event, Doing(office.handler, 1))
    monkeypatch.setattr(branching.actions, "seal_text", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        approve(made, office.approver)
    made.refresh_from_db()
    assert (made.stage, len(bridge.history(case.pk))) == ("approval", 1)


def test_a_body_beyond_the_site_is_only_named_and_the_own_one_refused(
    office: Office,
) -> None:
    away = e.Transferred(on=D(2026, 3, 19), to="91350100M000100Y43")
    case = office.registered()
    approve(propose(case, away, Doing(office.handler, 1)), office.approver)
    assert Case.objects.count() == 1
    home = e.Transferred(on=D(2026, 3, 19), to=office.housing.code)
    with pytest.raises(NotPermittedError, match="已经在本机关"):
        propose(office.registered(), home, Doing(office.handler, 1))


def test_whom_a_consultation_goes_to_is_sealed(office: Office) -> None:
    case, third = office.registered(), Person(name="青云置业有限公司", phone="0990-1")
    asked = (D(2026, 3, 19), "third_party")
    doing = Doing(office.handler, 1, "k", approver=office.approver)
    for _ in range(2):
        case = consult(case, asked, third, Kind.COMPANY, doing)
    [row] = Consultation.objects.all()
    assert (row.party, masked(row.person).name) == ("1", "青*")
    assert Applicant.objects.count() == 2
    assert not Entry.objects.filter(payload__contains="青云置业").exists()
    again = Doing(office.handler, 2, approver=office.approver)
    with pytest.raises(NotPermittedError, match="尚未结束"):
        consult(case, asked, third, Kind.COMPANY, again)
    consult(case, asked, replace(third, name="远山置业有限公司"), Kind.COMPANY, again)
    assert Consultation.objects.filter(party="2").exists()


def test_a_delegates_consent_names_in_whose_stead(office: Office) -> None:
    lend(
        Delegation(
            lender=office.lawyer, borrower=office.clerk, body=office.housing,
            since=D(2026, 3, 18), until=D(2026, 3, 25), reason="出差",
        )
    )  # fmt: skip
    refusal = e.Decided(on=D(2026, 3, 19), ground="N6")
    made = propose(office.registered(), refusal, Doing(office.handler, 1, "k"))
    assert propose(made.case, refusal, Doing(office.handler, 1, "k")) == made
    review(made, office.clerk, "同意", agrees=True)
    approve(made, office.approver)
    reviewed = Entry.objects.get(kind="case.reviewed").content
    assert reviewed["lender"] == office.lawyer.pk
    assert "lender" not in Entry.objects.get(kind="case.approved").content


@pytest.mark.parametrize("parts", [("甲项", "甲项"), ("甲项", " 甲 项"), ("A项", "Ａ项")])
def test_one_matter_is_not_split_off_twice(office: Office, parts: tuple[str, ...]) -> None:
    whole = office.registered()
    with pytest.raises(NotPermittedError, match="写了两次"):
        split(whole, DAY, parts, Doing(office.handler, 1))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("to", ["", "西山区水务局", "119900", "11990000MB0000003X"])
def test_nothing_is_transferred_to_what_is_no_body(office: Office, to: str) -> None:
    case = office.registered()
    event = e.Transferred(on=D(2026, 3, 19), to=to)
    with pytest.raises(NotPermittedError, match="统一社会信用代码"):
        propose(case, event, Doing(office.handler, 1))


def test_nothing_is_transferred_to_a_body_that_is_closed(office: Office) -> None:
    office.water.closed_on = D(2026, 3, 1)
    office.water.save()
    case = office.registered()
    event = e.Transferred(on=D(2026, 3, 19), to=office.water.code)
    with pytest.raises(NotPermittedError, match="已于2026-03-01撤销"):
        propose(case, event, Doing(office.handler, 1))
