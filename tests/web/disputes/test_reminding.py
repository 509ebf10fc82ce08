"""What reviews and suits tell ahead, and what when they are late; and who is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from mingtang.case import disputes as d
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.actions import Doing
from mingtang_web.disputes import actions, queries
from mingtang_web.disputes.actions import Filing, Followed, Order
from mingtang_web.disputes.models import Dispute, Position, Procedure
from mingtang_web.notices import jobs, running
from mingtang_web.notices.models import Notice
from mingtang_web.notices.wording import text_of
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TODAY = D(2026, 9, 30)


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def filed(office: Office, *events: d.DisputeEvent, **more: object) -> Dispute:
    known: dict[str, object] = {
        "body": office.housing, "procedure": Procedure.SUIT, "filed": D(2026, 9, 1),
        "position": Position.RESPONDENT, "filer": "applicant", "organ": "西山区人民法院",
    }  # fmt: skip
    dispute = actions.file(Filing(**(known | more)), office.clerk)  # type: ignore[arg-type]
    for event in events:
        dispute = actions.do(dispute, event, Doing(office.lawyer, dispute.version))
    return dispute


def told_on(*days: date) -> list[tuple[str, str, str]]:
    """What is told on these days: kind, of which day, which reminder; to two people."""
    for on in days:
        with at(on):
            running.run(jobs.JOBS["provided"], on)
    rows = list(Notice.objects.order_by("id").select_related("user"))
    assert {notice.user.username for notice in rows} <= {"lawyer", "approver"}
    return [
        (notice.kind, f"{notice.day:%m-%d}", notice.key.split("/")[-2])
        for notice in rows
        if notice.user.username == "lawyer"
    ]


def test_a_suit_is_to_be_answered_in_fifteen_days(office) -> None:
    suit = filed(office, d.CopyReceived(on=D(2026, 9, 11)))
    assert suit.due(queries.entered_calendar()) == D(2026, 9, 28)
    days = (D(2026, 9, 21), D(2026, 9, 28), D(2026, 9, 29), D(2026, 10, 2))
    assert told_on(*days) == [
        ("dispute", "09-28", "5"),
        ("dispute", "09-28", "0"),
        ("dispute_late", "09-29", ""),
    ]
    notice = Notice.objects.last()
    assert notice.matter == f"dispute/{suit.pk}"
    assert text_of(notice).startswith("诉讼2026-001的答复和证据最迟2026-09-28提交")


def test_a_review_is_told_by_its_own_term_and_no_more_once_answered(office) -> None:
    organ = {"procedure": Procedure.REVIEW, "organ": "西山区人民政府"}
    review = filed(office, d.CopyReceived(on=D(2026, 9, 14), simple=True), **organ)
    assert told_on(D(2026, 9, 20)) == [("dispute", "09-20", "0")]
    actions.do(review, d.Answered(on=D(2026, 9, 20)), Doing(office.clerk, review.version))
    assert len(told_on(D(2026, 9, 22))) == 1


def test_a_day_set_by_the_court_counts_and_without_one_nothing_can_be_said(
    office,
) -> None:
    copy = d.CopyReceived(on=D(2026, 9, 11), simple=True, answer_by=D(2026, 9, 18))
    assert filed(office, copy).answer_by == D(2026, 9, 18)
    filed(office, d.CopyReceived(on=D(2026, 9, 11), simple=True))
    waits = queries.waiting(standing(office.clerk, TODAY), TODAY)
    assert [each.clock and (each.clock.due, each.clock.mark) for each in waits] == [
        (D(2026, 9, 18), "late"),
        None,
    ]


def test_a_third_party_owes_no_answer(office) -> None:
    filed(office, d.CopyReceived(on=D(2026, 9, 11)), position=Position.THIRD_PARTY)
    assert queries.waiting(standing(office.clerk, TODAY), TODAY) == []
    assert told_on(D(2026, 9, 28), D(2026, 9, 29)) == []


def ruled(office: Office, suit: Dispute, by: date | None, *, final: bool = True) -> Dispute:
    event = d.Ruled(on=D(2026, 9, 16), outcome="suit_revoked", final=final)
    order = Order(answer_by=by)
    return actions.rule(suit, event, order, Doing(office.lawyer, suit.version))


def test_what_binds_is_to_be_performed_by_its_day_until_it_is_said_to_be(office) -> None:
    suit = ruled(office, filed(office), D(2026, 9, 25))
    assert suit.perform_by == D(2026, 9, 25)
    days = (D(2026, 9, 25), D(2026, 9, 29))
    assert told_on(*days) == [
        ("performance", "09-25", "0"),
        ("performance_late", "09-29", ""),
    ]
    [waits] = queries.unperformed(standing(office.clerk, TODAY), TODAY)
    assert (waits.clock.due, waits.clock.mark) == (D(2026, 9, 25), "late")
    actions.note(suit, Followed(TODAY, "已重新答复并送达", performs=True), office.handler)
    assert queries.unperformed(standing(office.clerk, TODAY), TODAY) == []
    assert len(told_on(D(2026, 9, 30))) == 2


def test_a_judgment_that_may_be_appealed_does_not_bind_yet(office) -> None:
    suit = ruled(office, filed(office), D(2026, 9, 25), final=False)
    assert suit.perform_by is None
    binding = d.Ruled(on=D(2026, 9, 29), outcome="suit_revoked", final=True)
    again = actions.do(suit, binding, Doing(office.lawyer, suit.version))
    assert again.perform_by == D(2026, 9, 25)
    # A retrial stops nothing that binds.
    anew = d.Appealed(on=D(2026, 9, 30))
    again = actions.do(again, anew, Doing(office.lawyer, again.version))
    assert again.perform_by == D(2026, 9, 25)


def test_a_higher_court_that_orders_nothing_leaves_nothing_to_perform(office) -> None:
    suit = ruled(office, filed(office), D(2026, 9, 25), final=False)
    for event in (
        d.Appealed(on=D(2026, 9, 18)),
        d.Ruled(on=D(2026, 9, 28), outcome="suit_claim_dismissed", final=True),
    ):
        suit = actions.do(suit, event, Doing(office.lawyer, suit.version))
    assert suit.perform_by is None
    with pytest.raises(ValidationError):
        actions.note(suit, Followed(TODAY, "已履行", performs=True), office.handler)


def test_a_ruling_struck_takes_its_day_with_it(office) -> None:
    suit = ruled(office, filed(office), D(2026, 9, 25))
    wrong = suit.steps.latest("id").entry
    struck = actions.strike(suit, wrong, Doing(office.approver, suit.version, note="录错"))
    assert (struck.perform_by, struck.ended) == (None, None)


def test_the_queries_do_not_grow_with_the_suits(office, django_assert_num_queries) -> None:
    from mingtang_web.disputes.reminding import due  # noqa: PLC0415 - counted alone

    for _ in range(3):
        filed(office, d.CopyReceived(on=D(2026, 9, 11)))
        ruled(office, filed(office), D(2026, 9, 25))
    with django_assert_num_queries(3):
        assert len(list(due(TODAY))) == 6
