"""The load trial's database: cases copied whole, each with an applicant of its own."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web.accounts.models import User
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.models import Case
from mingtang_web.cases.queries import visible
from mingtang_web.demonstration.people import REGION
from tests.trials.filling import PROVINCE, fill
from tests.web.cases.requests import at

TODAY = date(2026, 7, 15)


@pytest.mark.django_db
@pytest.mark.usefixtures("db")
def test_copies_have_the_columns_of_the_first_and_applicants_of_their_own():
    with at(TODAY):
        count = fill(500, lambda _: None, share=0.005)
        supervisor = User.objects.get(username=PROVINCE)
        assert visible(standing(supervisor, TODAY)).count() == count
    first = Case.objects.filter(body__region=REGION)
    copied = Case.objects.exclude(body__region=REGION)
    assert Body.objects.count() % 13 == 1
    assert copied.count() % first.count() == 0 < copied.count()
    columns = ("number", "phase", "due", "kept", "subject", "version")
    assert set(copied.values_list(*columns)) == set(first.values_list(*columns))
    assert not Applicant.objects.filter(cases__in=first).filter(cases__in=copied).exists()
    assert all(a.body_id == c.body_id for c in copied for a in [c.applicant])
