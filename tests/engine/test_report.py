from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingtang.place import Place
from mingtang.report import Fact, Report, Section, Signature, State

CELL = "requests/received/person"
HERE = Place(paragraph=1)
REPORT = Report(
    body="某局",
    year=2024,
    edition=None,
    title=None,
    title_place=None,
    title_body=None,
    title_year=None,
    signature=Signature(day=date(2025, 1, 20)),
    facts={},
    sections=(
        Section(None, "附：名词解释", None, standard=False, place=HERE),
        Section(2, "二、主动公开政府信息情况", 2, standard=True, place=HERE),
    ),
    preface=(),
    paragraphs=(),
)


@pytest.mark.parametrize("state", [state for state in State if state is not State.NUMBER])
def test_only_a_number_has_a_number(state: State) -> None:
    with pytest.raises(TypeError, match=f"{CELL} is {state}"):
        _ = Fact(CELL, state).number


@pytest.mark.parametrize("value", [0, 24, -4, Decimal("59237.2449")])
def test_a_number_is_given_as_printed(value: int | Decimal) -> None:
    assert Fact(CELL, State.NUMBER, value).number == value


def test_blanks_cannot_be_summed() -> None:
    facts = [Fact(CELL, State.NUMBER, 3), Fact(CELL, State.BLANK)]
    with pytest.raises(TypeError):
        sum(fact.number for fact in facts)


def test_a_section_is_found_by_the_number_the_form_gives_it() -> None:
    assert REPORT.section(2) is REPORT.sections[1]
    assert REPORT.section(5) is None


def test_the_day_of_signing_is_the_signature_s() -> None:
    assert REPORT.signed_on == date(2025, 1, 20)
