"""How long ahead terms are told: as a person wishes, the body, or the body above."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import actions, jobs, running
from mingtang_web.notices.leading import USUAL, Ahead
from mingtang_web.notices.models import LeadTimes, Notice, Preference
from mingtang_web.notices.queries import preferences
from tests.web.cases.requests import Office, at
from tests.web.people import Role, appointed

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
DUE = D(2026, 3, 30)


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 9)):
        office = Office()
        appointed(office.administrator, office.office, Role.ADMINISTRATOR)
        office.registered()
        Case.objects.update(handler=office.handler)
        yield office


def told_on() -> list[str]:
    """Run the job each day of the term, and say on which days the answer was told."""
    for count in range(14, -1, -1):
        on = DUE - timedelta(days=count)
        with at(on):
            running.run(jobs.JOBS["terms"], on)
    told = Notice.objects.filter(kind="answer").order_by("id")
    return [f"{notice.created_at:%m-%d}" for notice in told]


def of(office: Office, body: object) -> tuple[int, ...]:
    return Ahead(preferences([office.handler.pk])).of(office.handler.pk, body.pk)


def test_nobody_chose_and_terms_are_told_at_the_usual_distances(office) -> None:
    assert of(office, office.housing) == USUAL == (5, 3, 1, 0)
    assert told_on() == ["03-23", "03-25", "03-27", "03-30"]


def test_a_body_chooses_for_itself_and_those_below(office) -> None:
    actions.lead(office.office, [2, 7], office.administrator, "k1")
    for body in (office.housing, office.township, office.water):
        assert of(office, body) == (7, 2)
    assert of(office, office.elsewhere) == USUAL
    actions.lead(office.housing, [10], office.administrator)
    assert (of(office, office.township), of(office, office.water)) == ((10,), (7, 2))
    assert told_on() == ["03-16"]


def test_a_person_chooses_for_oneself_even_nothing_at_all(office) -> None:
    actions.lead(office.housing, [10], office.administrator)
    wish = Preference(user=office.handler, ahead=[1, 3, 3])
    actions.prefer(wish)
    assert of(office, office.housing) == (3, 1)
    wish.ahead = []
    actions.prefer(wish)
    assert told_on() == []
    with pytest.raises(ValidationError):
        actions.prefer(Preference(user=office.approver, ahead=[4]))


def test_a_body_chooses_by_its_administrator_alone_and_on_record(office) -> None:
    for person in (office.handler, office.approver, office.supervisor, office.stranger):
        with pytest.raises(NotAllowedError):
            actions.lead(office.housing, [5], person)
    with pytest.raises(ValidationError):
        actions.lead(office.housing, [6], office.administrator)
    for days in ([3], [3]):
        actions.lead(office.housing, days, office.administrator, "k")
    assert LeadTimes.objects.get().days == [3]
    assert Entry.objects.filter(kind="notices.lead_times").count() == 1
