from __future__ import annotations

from decimal import Decimal

import pytest

from mingtang.form.loading import edition
from mingtang.place import Place
from mingtang.reading.cells import read_cell
from mingtang.report import Fact, State

NEW, OLD = edition("2021"), edition("2019")
ISSUED = "disclosure/normative_documents/issued"
FEES = "disclosure/administrative_fees/amount"
PAID = "disclosure/procurement/amount"
HERE = Place(table=1, row=4, column=2)


def test_a_plain_number_is_a_fact_and_nothing_to_say() -> None:
    assert read_cell(NEW, ISSUED, "12", HERE) == (
        Fact(ISSUED, State.NUMBER, 12, "12", HERE),
        None,
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [("", State.BLANK), ("\xa0", State.BLANK), ("/", State.NOT_APPLICABLE)],
)
def test_blank_and_mark_are_states_without_a_value(text: str, state: State) -> None:
    fact, finding = read_cell(NEW, ISSUED, text, HERE)
    assert (fact.state, fact.value, fact.raw, finding) == (state, None, text, None)


@pytest.mark.parametrize("text", ["1 2", "约5", "00", "若干", "12\ufffd"])
def test_what_is_no_number_is_unreadable_and_remarked(text: str) -> None:
    fact, finding = read_cell(NEW, ISSUED, text, HERE)
    assert (fact.state, fact.value, fact.raw) == (State.UNREADABLE, None, text)
    assert fact.trouble == "不是一个数"
    assert finding.rule.code == "R102"
    assert (finding.cells, finding.places, finding.quote) == ((ISSUED,), (HERE,), text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5件", 5, "件"),
        ("+19", 19, None),
        ("减4", -4, None),
        ("22（其中修订16件）", 22, None),
        ("22①", 22, None),
    ],
)
def test_what_stands_beside_a_number_is_remarked_and_the_number_read(
    text: str, value: int, unit: str | None
) -> None:
    fact, finding = read_cell(NEW, ISSUED, text, HERE)
    assert (fact.value, fact.unit, fact.raw) == (value, unit, text)
    assert finding.rule.code == "R301"


@pytest.mark.parametrize(
    ("form", "cell", "text", "code"),
    [
        (NEW, FEES, "12.5万元", "R301"),
        (NEW, FEES, "70487元", "R302"),
        (NEW, FEES, "1亿元", "R302"),
        (OLD, PAID, "70487元", "R301"),
        (OLD, PAID, "7万元", "R301"),
        (NEW, ISSUED, "5万元", "R302"),
    ],
)
def test_a_unit_must_be_the_forms(form: object, cell: str, text: str, code: str) -> None:
    _, finding = read_cell(form, cell, text, HERE)
    assert finding.rule.code == code


def test_no_unit_is_ever_converted() -> None:
    assert read_cell(NEW, FEES, "70487.5元", HERE)[0].value == Decimal("70487.5")
