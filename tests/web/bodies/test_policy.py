"""Who may do what where: their own body, and below where they supervise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mingtang_web.bodies.actions import add_body, appoint, lend, move_body
from mingtang_web.bodies.models import Body, Delegation, Kind, Membership, Role, Section
from mingtang_web.bodies.policy import MANAGE_BODY, SEE_BODY, Act, NotAllowedError
from mingtang_web.bodies.queries import above, below, may, require, seen, standing
from tests.web.people import DAY, appointed, body, person, unified_code

pytestmark = pytest.mark.django_db
DECIDE = Act("test.decide", "作出决定", frozenset({Role.APPROVER}))
URGE = Act("test.urge", "督办", frozenset({Role.SUPERVISOR}))

# person: what they may do in housing, township (below it), water (beside it), elsewhere
TABLE = {
    "clerk": {"housing": {SEE_BODY}},
    "approver": {"housing": {SEE_BODY, DECIDE}},
    "administrator": {"housing": {SEE_BODY, MANAGE_BODY}},
    "supervisor": {
        "office": {SEE_BODY, URGE},
        "housing": {SEE_BODY, URGE},
        "township": {SEE_BODY, URGE},
        "water": {SEE_BODY, URGE},
    },
    "stranger": {"elsewhere": {SEE_BODY}},
}
ACTS = (SEE_BODY, MANAGE_BODY, DECIDE, URGE)
BODIES = ("office", "housing", "water", "township", "elsewhere")


def test_each_person_may_what_the_table_says_and_nothing_else(district):
    for who, rows in TABLE.items():
        user = getattr(district, who)
        allowed = {
            name: {act for act in ACTS if may(user, act, getattr(district, name), DAY)}
            for name in BODIES
        }
        assert allowed == {name: rows.get(name, set()) for name in BODIES}, who


def test_people_see_their_own_bodies_and_those_they_supervise(district):
    names = {
        who: set(seen(standing(getattr(district, who), DAY)).values_list("pk", flat=True))
        for who in TABLE
    }
    assert names["clerk"] == {district.housing.pk}
    assert names["stranger"] == {district.elsewhere.pk}
    four = (district.office, district.housing, district.water, district.township)
    assert names["supervisor"] == {each.pk for each in four}


def test_a_role_counts_from_its_first_day_to_its_last(district):
    user = person("new")
    last = DAY + timedelta(days=3)
    appointed(user, district.water, Role.APPROVER, since=DAY, until=last)
    days = [DAY - timedelta(days=1), DAY, last, last + timedelta(days=1)]
    assert [may(user, DECIDE, district.water, day) for day in days] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_lent_role_counts_while_it_is_lent_and_held(district):
    borrower, until = district.stranger, DAY + timedelta(days=2)
    lend(
        Delegation(
            lender=district.approver, borrower=borrower, body=district.housing,
            since=DAY, until=until, reason="出差",
        )
    )  # fmt: skip
    assert may(borrower, DECIDE, district.housing, until)
    assert not may(borrower, DECIDE, district.housing, until + timedelta(days=1))
    Membership.objects.filter(user=district.approver).update(until=DAY)
    assert not may(borrower, DECIDE, district.housing, until)


def test_managing_and_watching_are_not_lent(district):
    for lender, where in (
        (district.administrator, district.housing),
        (district.supervisor, district.office),
    ):
        lend(
            Delegation(
                lender=lender, borrower=district.stranger, body=where,
                since=DAY, until=DAY, reason="休假",
            )
        )  # fmt: skip
    assert not may(district.stranger, MANAGE_BODY, district.housing, DAY)
    assert not may(district.stranger, SEE_BODY, district.office, DAY)


def test_whoever_left_may_nothing(district):
    district.clerk.is_active = False
    district.clerk.save()
    assert not may(district.clerk, SEE_BODY, district.housing, DAY)


def test_what_is_not_allowed_is_refused_in_words(district):
    with pytest.raises(NotAllowedError, match="西山区水务局没有“作出决定”的权限"):
        require(district.approver, DECIDE, district.water, DAY)


def test_a_standing_takes_two_queries_whatever_the_tree(district):
    for number in range(20):
        appointed(district.supervisor, body(100 + number, f"{number}局"), Role.SUPERVISOR)
    with CaptureQueriesContext(connection) as asked:
        held = standing(district.supervisor, DAY)
        assert all(
            held.allows(SEE_BODY, each) for each in (district.water, district.housing)
        )
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert seen(held).count() == 24
    assert len(asked) == 1


def test_the_tree_is_one_query_up_and_one_down(district):
    with CaptureQueriesContext(connection) as asked:
        assert list(above(district.township)) == [district.office, district.housing]
        assert set(below(district.office)) == {
            district.housing, district.water, district.township,
        }  # fmt: skip
    assert len(asked) == 2


def test_a_body_moves_with_all_below_it(district):
    move_body(district.housing, district.elsewhere)
    district.township.refresh_from_db()
    assert list(above(district.township)) == [district.elsewhere, district.housing]
    assert not may(district.supervisor, SEE_BODY, district.township, DAY)
    move_body(district.housing, None)
    assert district.housing.path == f"/{district.housing.pk:08d}/"


def test_a_body_never_stands_below_itself(district):
    with pytest.raises(ValidationError, match="自己的下级"):
        move_body(district.office, district.township)


@pytest.mark.usefixtures("db")
def test_a_miscopied_code_is_refused():
    code = unified_code(77)
    for wrong in (code[:-1] + ("1" if code[-1] == "0" else "0"), code[:-1], code.lower()):
        with pytest.raises(ValidationError) as refused:
            add_body(
                Body(
                    code=wrong, name="某局", short_name="某局", letter_code="某",
                    kind=Kind.DEPARTMENT, region="990101",
                )
            )  # fmt: skip
        assert "code" in refused.value.message_dict


def test_a_section_serves_its_own_body(district):
    section = Section.objects.create(body=district.water, name="法规股")
    with pytest.raises(ValidationError, match="不属于"):
        appoint(
            Membership(
                user=district.clerk, body=district.housing, section=section,
                role=Role.CLERK, since=DAY,
            )
        )  # fmt: skip


def test_days_the_wrong_way_round_are_refused_by_the_database(district):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=district.clerk, body=district.water, role=Role.CLERK,
            since=DAY, until=date(2026, 1, 1),
        )  # fmt: skip
