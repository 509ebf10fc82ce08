"""The registers of section one: on record with every change, and counted by any period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mingtang.law.citation import parse_citations
from mingtang.law.terms import term
from mingtang_web import clock
from mingtang_web.activities import actions, queries
from mingtang_web.activities.checking import TERM, due
from mingtang_web.activities.models import Activity, Step
from mingtang_web.activities.queries import Figure, counts, narrowed, told_of
from mingtang_web.activities.rules import PRACTICES, REGISTERS, Form, Register
from mingtang_web.bodies.policy import ClosedBodyError, NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.actions import Doing, FutureError
from mingtang_web.desk.activity_forms import EntryForm
from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.ledger.stepping import MovedOnError
from tests.web.cases.requests import Office

D = date
TODAY, MAY = D(2026, 6, 30), D(2026, 5, 6)
YEAR = D(2026, 1, 1), D(2026, 12, 31)
SAID: dict[Register, dict[str, object]] = {
    Register.MEETING: {"form": Form.ATTENDED, "title": "第五次常务会议", "people": 6},
    Register.BUDGET: {"form": Form.BUDGET, "title": "2026年部门预算", "year": 2026},
    Register.INTERPRETATION: {"form": Form.PRESS, "title": "物业管理办法发布会"},
    Register.ACCOUNT: {"form": Form.WECHAT, "title": "西山住建"},
    Register.TRAINING: {"form": Form.ON_SITE, "title": "条例培训", "sessions": 2},
    Register.OUTREACH: {"form": Form.THEME_DAY, "title": "政务公开主题日", "people": 120},
    Register.INSPECTION: {"form": Form.PATROL, "title": "一季度巡网", "findings": 5},
    Register.RESPONSE: {"form": Form.ANSWERED, "title": "老旧小区加装电梯补助"},
    Register.COOPERATION: {"form": Form.JOINT, "title": "联合宣传", "party": "区档案馆"},
}


def entered(
    office: Office, register: Register, day: date | None = MAY, **more: object
) -> Activity:
    said = SAID[register] | {"day": day} | more
    return actions.record(office.housing, register, said, office.clerk)


def doing(office: Office, row: Activity, note: str = "登错了", key: str = "") -> Doing:
    return Doing(office.clerk, row.version, key or None, note=note)


def refused(why: str, *of: object, **more: object) -> None:
    with pytest.raises(ValidationError) as told:
        entered(*of, **more)  # type: ignore[arg-type]
    assert why in told.value.message_dict


@pytest.mark.parametrize("register", Register)
def test_each_register_takes_its_entries_and_counts_them(
    office: Office, register: Register
) -> None:
    assert counts(office.housing, *YEAR)[register] == {
        each.id: Figure(None) for each in REGISTERS[register].figures
    }
    row = entered(office, register)
    assert row.number == f"{REGISTERS[register].prefix}2026-001"
    first = REGISTERS[register].figures[0]
    found = counts(office.housing, *YEAR)[register]
    assert found[first.id].value == (2 if first.of else 1)
    assert found[f"form:{row.form}"] == Figure(1)
    assert list(Entry.objects.filter(kind__startswith="activity.")) == [
        step.entry for step in row.steps.all()
    ]
    assert not list(faults(office.housing))


def test_what_nobody_said_is_not_counted_as_nothing(office: Office) -> None:
    entered(office, Register.TRAINING, people=40)
    entered(office, Register.TRAINING, people=None)
    found = counts(office.housing, *YEAR)[Register.TRAINING]
    assert found["sessions"] == Figure(4)
    assert found["people"] == Figure(40, untold=1)
    later = counts(office.housing, D(2026, 6, 1), D(2026, 6, 30))
    assert later[Register.TRAINING]["sessions"] == Figure(0)
    entered(office, Register.MEETING, people=None)
    assert counts(office.housing, *YEAR)[Register.MEETING]["people"] == Figure(None, 1)
    assert counts(office.water, *YEAR)[Register.TRAINING]["sessions"] == Figure(None)


def test_the_ends_of_a_period_are_in_it(office: Office) -> None:
    for day in (D(2026, 3, 31), D(2026, 4, 1), D(2026, 4, 30), D(2026, 5, 1)):
        entered(office, Register.RESPONSE, day)
    found = counts(office.housing, D(2026, 4, 1), D(2026, 4, 30))
    assert found[Register.RESPONSE]["entries"] == Figure(2)


def test_a_budget_is_late_by_the_day_of_its_approval(office: Office) -> None:
    assert due(D(2026, 2, 2)) == D(2026, 2, 24)  # the twentieth day is a holiday
    entered(office, Register.BUDGET, D(2026, 2, 24), approved=D(2026, 2, 2))
    late = entered(office, Register.BUDGET, D(2026, 2, 25), approved=D(2026, 2, 2))
    entered(office, Register.BUDGET, D(2026, 2, 26))
    waits = entered(office, Register.BUDGET, None, approved=D(2026, 6, 1))
    assert (waits.pending, waits.day) == (True, D(2026, 6, 1))
    found = counts(office.housing, *YEAR)[Register.BUDGET]
    assert found["entries"] == Figure(3)
    assert found["late"] == Figure(1, untold=1)
    assert found["waiting"] == Figure(1)
    rows = narrowed(Activity.objects.all(), Register.BUDGET, "late", *YEAR)
    assert list(rows) == [late]
    assert due(D(2014, 6, 1)) is None  # no law is known for that day
    assert term(TERM, D(2026, 2, 2)).unsettled


def test_accounts_are_those_of_the_last_day_and_silence_is_seen(office: Office) -> None:
    old = entered(office, Register.ACCOUNT, D(2025, 3, 1), filed=D(2025, 3, 5))
    entered(office, Register.ACCOUNT, D(2025, 3, 1), ended=D(2026, 2, 1))
    entered(office, Register.ACCOUNT, D(2026, 4, 1))
    old = actions.observe(old, D(2026, 3, 15), D(2026, 3, 1), doing(office, old))
    old = actions.observe(old, D(2026, 4, 15), D(2026, 4, 2), doing(office, old))
    found = counts(office.housing, *YEAR)[Register.ACCOUNT]
    assert {name: found[name] for name in found if ":" not in name} == {
        "in_use": Figure(2), "opened": Figure(1), "closed": Figure(1),
        "filed": Figure(1, untold=1), "watched": Figure(1), "silent": Figure(1),
    }  # fmt: skip
    april = counts(office.housing, D(2026, 4, 1), D(2026, 4, 30))[Register.ACCOUNT]
    assert (april["watched"], april["silent"]) == (Figure(1), Figure(0))
    before = counts(office.housing, D(2026, 1, 1), D(2026, 1, 31))[Register.ACCOUNT]
    assert before["in_use"] == Figure(2)
    assert (old.seen, old.posted) == (D(2026, 4, 15), D(2026, 4, 2))


def test_an_observation_that_was_wrong_is_struck_and_counts_no_more(
    office: Office,
) -> None:
    row = entered(office, Register.ACCOUNT, D(2026, 1, 5))
    row = actions.observe(row, D(2026, 3, 1), D(2026, 2, 27), doing(office, row))
    row = actions.observe(row, D(2026, 5, 1), D(2026, 3, 1), doing(office, row))
    wrong = row.steps.get(seen=D(2026, 5, 1))
    row = actions.strike(row, doing(office, row, "看错了账号"), wrong)
    assert (row.seen, row.posted, row.struck) == (D(2026, 3, 1), D(2026, 2, 27), False)
    assert counts(office.housing, *YEAR)[Register.ACCOUNT]["silent"] == Figure(0)
    with pytest.raises(ValidationError):
        actions.strike(row, doing(office, row), Step.objects.get(pk=wrong.pk))
    with pytest.raises(ValidationError):
        actions.strike(row, doing(office, row), row.steps.first())


def test_every_figure_opens_into_the_entries_behind_it(office: Office) -> None:
    for register in Register:
        row = entered(office, register, D(2026, 5, 6))
        entered(office, register, D(2025, 5, 6))
        if register == Register.ACCOUNT:
            actions.observe(row, D(2026, 6, 1), D(2026, 5, 7), doing(office, row))
    entered(office, Register.BUDGET, None, approved=D(2026, 6, 1))
    mine = Activity.objects.filter(body=office.housing)
    for register, figures in counts(office.housing, *YEAR).items():
        for name, figure in figures.items():
            rows = narrowed(mine, register, name, *YEAR)
            if ":" in name:
                assert rows.count() == figure.value
            else:
                known = queries.known_figure(register, name)
                assert told_of(rows, known).value == figure.value, (register, name)
    with pytest.raises(LookupError):
        narrowed(mine, Register.MEETING, "silent", *YEAR)


def test_an_entry_is_said_anew_with_its_reason_and_the_old_words_stay(
    office: Office,
) -> None:
    row = entered(office, Register.INSPECTION, findings=5, rectified=None)
    said = SAID[Register.INSPECTION] | {"day": row.day, "findings": 5, "rectified": 4}
    after = actions.amend(row, said, doing(office, row, "整改完成"))
    assert after.rectified == 4
    assert [step.held.get("rectified") for step in after.steps.all()] == [None, 4]
    assert after.steps.last().why == "整改完成"
    with pytest.raises(MovedOnError):
        actions.amend(row, said | {"rectified": 5}, doing(office, row))
    with pytest.raises(ValidationError, match="没有改动"):
        actions.amend(after, said, doing(office, after))
    with pytest.raises(ValidationError):
        actions.amend(after, said | {"rectified": 5}, doing(office, after, ""))
    assert Activity.objects.get().version == 2


def test_what_is_struck_stays_and_counts_no_more(office: Office) -> None:
    row = entered(office, Register.OUTREACH)
    gone = actions.strike(row, doing(office, row, "与上一条重复"))
    assert gone.struck
    assert Activity.objects.count() == 1
    assert counts(office.housing, *YEAR)[Register.OUTREACH]["entries"] == Figure(0)
    with pytest.raises(ValidationError, match="已经作废"):
        actions.strike(gone, doing(office, gone))


def test_sent_twice_it_is_one_entry(office: Office) -> None:
    said = SAID[Register.MEETING] | {"day": D(2026, 5, 6)}
    made = [
        actions.record(office.housing, Register.MEETING, said, office.clerk, "k-1")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    again = doing(office, made[0], "重复", "k-2")
    assert actions.strike(made[0], again) == actions.strike(made[0], again)
    assert Entry.objects.filter(kind__startswith="activity.").count() == 2
    other = entered(office, Register.MEETING)
    with pytest.raises(KeyTakenError):
        actions.strike(other, doing(office, other, "重复", "k-2"))


def test_what_is_wrong_is_refused_at_its_field(office: Office) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(FutureError):
        entered(office, Register.MEETING, tomorrow)
    refused("day", office, Register.MEETING, None)
    refused("day", office, Register.BUDGET, None)
    refused("year", office, Register.BUDGET, year=None)
    refused("sessions", office, Register.TRAINING, sessions=None)
    refused("form", office, Register.MEETING, form=Form.WEIBO)
    refused("title", office, Register.MEETING, title="联系 13800138000")
    refused("remark", office, Register.MEETING, remark="联系 13800138000")
    refused("address", office, Register.MEETING, address="javascript:alert(1)")
    refused("rectified", office, Register.INSPECTION, findings=1, rectified=2)
    refused("findings", office, Register.INSPECTION, findings=None, rectified=2)
    refused("ended", office, Register.ACCOUNT, ended=D(2026, 5, 5))
    refused("day", office, Register.BUDGET, approved=D(2026, 5, 7))
    refused("sites", office, Register.MEETING, sites=3)
    assert not Activity.objects.exists()
    account = entered(office, Register.ACCOUNT, D(2026, 5, 6))
    for seen, posted in (
        (D(2026, 5, 7), D(2026, 5, 8)),
        (D(2026, 5, 5), D(2026, 5, 5)),
    ):
        with pytest.raises(ValidationError):
            actions.observe(account, seen, posted, doing(office, account))
    meeting = entered(office, Register.MEETING)
    with pytest.raises(ValidationError):
        actions.observe(meeting, D(2026, 6, 1), D(2026, 6, 1), doing(office, meeting))


def test_who_may_write_and_who_sees(office: Office) -> None:
    row = entered(office, Register.MEETING)
    said = SAID[Register.MEETING] | {"day": D(2026, 5, 6)}
    others = (office.lawyer, office.approver, office.supervisor, office.stranger)
    for person in (*others, office.administrator):
        with pytest.raises(NotAllowedError):
            actions.record(office.housing, Register.MEETING, said, person)
        for act in (actions.strike, lambda *of: actions.amend(of[0], said, of[1])):
            with pytest.raises(NotAllowedError):
                act(row, Doing(person, row.version, note="试"))
    seen = {
        person.username: queries.visible(standing(person, clock.today())).count()
        for person in (office.clerk, office.handler, *others)
    }
    assert seen == {
        "clerk": 1, "handler": 1, "lawyer": 1, "approver": 1, "supervisor": 1,
        "stranger": 0,
    }  # fmt: skip
    office.housing.closed_on = clock.today()
    office.housing.save()
    with pytest.raises(ClosedBodyError):
        actions.record(office.housing, Register.MEETING, said, office.clerk)


def test_counts_take_four_queries_however_much_there_is(
    office: Office, django_assert_num_queries
) -> None:
    for register in Register:
        for day in (D(2026, 5, 6), D(2026, 5, 7)):
            entered(office, register, day)
    with django_assert_num_queries(4):
        assert len(counts(office.housing, *YEAR)) == len(Register)


def test_the_table_of_registers_holds_together() -> None:
    assert set(REGISTERS) == set(PRACTICES) == set(Register)
    columns = {field.name for field in Activity._meta.get_fields()}
    for known in REGISTERS.values():
        assert {each.column for each in known.fields} <= columns
        assert {each.of for each in known.figures if each.of} <= columns
    prefixes = [known.prefix for known in REGISTERS.values()]
    assert len(set(prefixes)) == len(prefixes)
    assert parse_citations(term(TERM, D(2026, 2, 2)).cite)


@pytest.mark.parametrize(
    ("field", "register", "said"),
    [
        ("sessions", Register.TRAINING, {"sessions": 0}),
        ("sites", Register.INSPECTION, {"sites": 0}),
        ("day", Register.TRAINING, {"day": D.min}),
        ("day", Register.OUTREACH, {"day": D(1949, 9, 30)}),
        ("day", Register.MEETING, {"day": D.max}),
        ("filed", Register.ACCOUNT, {"filed": D(9999, 1, 1)}),
        ("year", Register.BUDGET, {"year": 2062}),
        ("year", Register.BUDGET, {"year": 206}),
    ],
)
def test_what_nobody_did_at_no_time_is_refused_at_its_field(office, field, register, said):
    refused(field, office, register, **{"day": MAY, **said})
    assert not Activity.objects.exists()


def test_what_is_looked_at_in_no_time_is_refused(office):
    row = entered(office, Register.ACCOUNT)
    with pytest.raises(ValidationError) as why:
        actions.observe(row, TODAY, D.min, doing(office, row))
    assert "请核对年份" in why.value.message_dict["posted"][0]


def test_a_form_says_the_least_number_that_makes_sense():
    form = EntryForm(
        {"form": "on_site", "title": "条例培训", "day": "2026-05-06", "sessions": "0"},
        register=Register.TRAINING,
    )
    assert form.errors["sessions"] == ["不能小于1，现为0"]
