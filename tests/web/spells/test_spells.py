"""Figures of periods: on record with every change, none counted twice, gaps named."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.ledger.stepping import MovedOnError
from mingtang_web.spells import actions, queries
from mingtang_web.spells.actions import LinesRefusedError
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.checking import OverlapError, Said
from mingtang_web.spells.models import Spell, Step
from tests.web.cases.requests import Office, at
from tests.web.people import appointed, person

D = date
TODAY = D(2026, 7, 1)
LICENCES = "disclosure/licensing/decisions"
PENALTIES = "disclosure/penalties/decisions"
FEES = "disclosure/administrative_fees/amount"
HALF = Said(PENALTIES, D(2026, 1, 1), D(2026, 6, 30), "12", "处罚案件系统", "执法大队")
ONE_DAY = timedelta(days=1)


@pytest.fixture
def office(db):  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Office()


def entered(office: Office, **more: object) -> Spell:
    return actions.enter(office.housing, HALF._replace(**more), office.clerk)


def doing(office: Office, row: Spell, note: str = "抄错") -> Doing:
    return Doing(office.clerk, row.version, note=note)


def refused(field: str, office: Office, **more: object) -> str:
    with pytest.raises(ValidationError) as why:
        entered(office, **more)
    assert set(why.value.message_dict) == {field}
    assert not Entry.objects.filter(kind="spell.recorded").exists()
    return "".join(why.value.message_dict[field])


def test_the_cells_are_those_of_the_years_form() -> None:
    assert set(cells_of(2026)) == {
        LICENCES, PENALTIES, "disclosure/coercion/decisions", FEES,
    }  # fmt: skip
    assert "disclosure/other_services/decisions" in cells_of(2020)
    assert not [cell for cell in cells_of(2020) if cell.endswith(("before", "change"))]


def test_a_figure_is_entered_amended_struck_and_all_of_it_stays(office: Office) -> None:
    row = entered(office)
    assert row.number == "时段2026-001"
    row = actions.amend(row, HALF._replace(value="13"), doing(office, row, "补报一件"))
    row = actions.strike(row, doing(office, row))
    assert [step.what for step in row.steps.all()] == ["recorded", "amended", "struck"]
    assert [step.held.get("value") for step in row.steps.all()] == ["12", "13", None]
    assert [step.why for step in row.steps.all()] == ["", "补报一件", "抄错"]
    assert not queries.made_of(office.housing, 2026)
    assert not list(faults(office.housing))
    with pytest.raises(ValidationError, match="已经作废"):
        actions.amend(row, HALF._replace(value="14"), doing(office, row))


def test_no_act_goes_without_a_reason_or_on_what_was_not_seen(office: Office) -> None:
    row = entered(office)
    for act in (
        lambda told: actions.amend(row, HALF._replace(value="13"), told),
        lambda told: actions.strike(row, told),
    ):
        with pytest.raises(ValidationError, match="请填写"):
            act(doing(office, row, " "))
        with pytest.raises(MovedOnError):
            act(Doing(office.clerk, 0, note="抄错"))
        with pytest.raises(NotAllowedError):
            act(Doing(office.approver, 1, note="抄错"))
    with pytest.raises(ValidationError, match="没有改动"):
        actions.amend(row, HALF, doing(office, row))
    assert Step.objects.count() == 1


def test_a_submission_sent_twice_is_one_entry(office: Office) -> None:
    for _twice in range(2):
        actions.enter(office.housing, HALF, office.clerk, "k")
    assert Spell.objects.count() == 1


def test_blank_is_not_zero_and_zero_is_typed(office: Office) -> None:
    assert "填 0" in refused("value", office, value=" ")
    assert entered(office, value="0").value == "0"


@pytest.mark.parametrize(
    ("field", "more", "why"),
    [
        ("value", {"value": "-1"}, "小于0"),
        ("value", {"value": "1.5"}, "不是整数"),
        ("value", {"value": "十"}, "不是数"),
        ("value", {"value": "9" * 20}, "最大可以填 9999999999；"),
        ("value", {"value": "1E400"}, "太大"),
        ("value", {"cell": FEES, "value": "3.123456789"}, "有 9 位小数.*最多 6 位"),
        ("value", {"cell": FEES, "value": "0E-400"}, "有 400 位小数"),
        ("source", {"source": ""}, "请填写"),
        ("provider", {"provider": ""}, "请填写"),
        ("provider", {"provider": "13800138000"}, "手机号"),
        ("last", {"last": D(2025, 12, 31)}, "早于"),
        ("last", {"first": D(2025, 12, 31)}, "跨了年"),
        ("last", {"last": TODAY}, "还没有过完"),
        ("first", {"first": D(2009, 1, 1), "last": D(2009, 2, 1)}, ""),
        ("cell", {"cell": "disclosure/regulations/issued"}, "没有这一格"),
        ("cell", {"cell": "requests/received/person"}, "没有这一格"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    office: Office, field: str, more: dict[str, object], why: str
) -> None:
    assert re.search(why, refused(field, office, **more))


def test_a_fee_takes_decimals_to_the_fen(office: Office) -> None:
    assert entered(office, cell=FEES, value="3.20").value == "3.20"
    april = HALF._replace(first=D(2025, 4, 1), last=D(2025, 6, 30), cell=FEES)
    largest = april._replace(value="-9999999998.123456")
    with pytest.raises(ValidationError, match="小于0"):
        actions.enter(office.housing, largest, office.clerk)
    right = largest._replace(value="9,999,999,998.123456")
    assert actions.enter(office.housing, right, office.clerk).value == "9999999998.123456"
    one = april._replace(first=D(2025, 1, 1), last=D(2025, 1, 1), value="0E400")
    assert actions.enter(office.housing, one, office.clerk).value == "0"


def test_days_are_counted_once_and_the_others_place_is_named(office: Office) -> None:
    first = entered(office)
    with pytest.raises(OverlapError, match=f"{first.number}.*2026-06-30.*12"):
        entered(office, first=D(2026, 6, 30))
    entered(office, cell=LICENCES)
    actions.enter(office.water, HALF, clerk_of(office))
    other = actions.strike(first, doing(office, first))
    again = entered(office)
    with pytest.raises(ValidationError, match="已经作废"):
        actions.strike(other, doing(office, other))
    late = actions.amend(again, HALF._replace(last=D(2026, 3, 31)), doing(office, again))
    entered(office, first=D(2026, 4, 1))
    with pytest.raises(OverlapError):
        actions.amend(late, HALF, doing(office, late))


def clerk_of(office: Office):
    user = person("other", "别处登记")
    appointed(user, office.water, Role.CLERK)
    return user


def test_many_are_entered_whole_or_not_at_all(office: Office) -> None:
    march, half = HALF._replace(last=D(2026, 3, 31)), HALF._replace(first=D(2026, 3, 31))
    whys = actions.attempt(office.housing, {2: march, 3: half}, office.clerk)
    assert set(whys) == {3}
    assert "本表第 2 行" in whys[3]["first"][0]
    assert not Entry.objects.filter(kind="spell.recorded").exists()
    with pytest.raises(LinesRefusedError):
        actions.enter_all(office.housing, {2: march, 3: half}, office.clerk)
    assert not Spell.objects.exists()
    right = {2: march, 3: HALF._replace(first=D(2026, 4, 1))}
    assert not actions.attempt(office.housing, right, office.clerk)
    assert not Spell.objects.exists()
    for _twice in range(2):
        made = actions.enter_all(office.housing, right, office.clerk, "k")
        assert [row.number for row in made] == ["时段2026-001", "时段2026-002"]
    assert Spell.objects.count() == 2
    many = dict.fromkeys(range(1, actions.MOST + 2), HALF)
    assert "300" in actions.attempt(office.housing, many, office.clerk)[1][""][0]


def cut(days: set[int], first: date, last: date) -> list[tuple[date, date]]:
    """The periods into which some days of a year cut it."""
    starts = sorted({first} | {first + timedelta(days=n) for n in days})
    ends = [each - ONE_DAY for each in starts[1:]] + [last]
    return list(zip(starts, ends, strict=True))


@given(st.data())
def test_any_partition_of_a_year_adds_up_and_a_hole_is_named_to_the_day(data) -> None:
    """No database: what rows make of a year does not depend on how it was cut."""
    year = data.draw(st.integers(2021, 2030))
    first, last = D(year, 1, 1), D(year, 12, 31)
    periods = cut(data.draw(st.sets(st.integers(1, 364), max_size=12)), first, last)
    values = [data.draw(st.integers(0, 10**6)) for _each in periods]
    rows = [
        Spell(pk=n, cell=PENALTIES, first=each[0], last=each[1], value=str(values[n]),
              source="处罚案件系统", provider="执法大队")
        for n, each in enumerate(periods)
    ]  # fmt: skip
    made = queries.made(data.draw(st.permutations(rows)), year)[PENALTIES]
    assert made.figure is not None
    assert made.figure.value == sum(values)
    assert [row.first for row in made.spells] == [each[0] for each in periods]
    gone = data.draw(st.sampled_from(rows))
    left = queries.made([row for row in rows if row is not gone], year)
    if len(rows) == 1:
        assert not left
        return
    assert left[PENALTIES].figure is None
    assert left[PENALTIES].lacking == ((gone.first, gone.last),)


@pytest.mark.parametrize("cuts", [set(), {31}, {90, 181, 273}, set(range(1, 365, 30))])
def test_a_year_in_the_database_adds_up_however_it_was_cut(
    office: Office, cuts: set[int]
) -> None:
    periods = cut(cuts, D(2025, 1, 1), D(2025, 12, 31))
    lines = {
        n: HALF._replace(first=first, last=last, value=str(n))
        for n, (first, last) in enumerate(periods, 1)
    }
    rows = actions.enter_all(office.housing, lines, office.clerk)
    made = queries.made_of(office.housing, 2025)[PENALTIES]
    assert made.figure is not None
    assert made.figure.value == sum(lines)
    gone = actions.strike(rows[-1], doing(office, rows[-1]))
    left = queries.made_of(office.housing, 2025)
    if len(rows) > 1:
        assert left[PENALTIES].figure is None
        assert left[PENALTIES].lacking == ((gone.first, gone.last),)
    assert not list(faults(office.housing))
