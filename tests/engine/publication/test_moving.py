"""The numbers of many years are those of each year, whatever the choices."""

from __future__ import annotations

from datetime import date as D  # noqa: N812 - a day in a line

import pytest

from mingtang.publication.effective import History, Kind, tally
from mingtang.publication.events import Amended, DeclaredVoid, Issued, Kept, Repealed
from mingtang.publication.moving import Moved, movement

OLD = Issued(on=D(2020, 5, 1))
LATER = Repealed(on=D(2024, 7, 1), effective_on=D(2025, 2, 1))
HISTORIES = [
    History("1", Kind.NORMATIVE, [OLD]),
    History("2", Kind.NORMATIVE, [Issued(on=D(2021, 1, 4), expires_on=D(2024, 12, 31))]),
    History("3", Kind.NORMATIVE, [OLD, LATER]),
    History(
        "4", Kind.NORMATIVE,
        [OLD, Amended(on=D(2023, 3, 1)), DeclaredVoid(on=D(2025, 6, 1))],
    ),
    History("5", Kind.REGULATION, [Issued(on=D(2022, 1, 1)), Kept(on=D(2024, 1, 1))]),
    History("6", Kind.REGULATION, [OLD, Repealed(on=D(2020, 6, 1))]),
    History("7", Kind.NORMATIVE, [OLD], led_elsewhere=True),
]  # fmt: skip
YEARS = range(2019, 2028)


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"in_force_day": "effective"},
        {"lapsed_document": "counted"},
        {"amended_document": "issued_and_repealed"},
        {"joint_document": "every"},
    ],
)
def test_the_numbers_of_many_years_are_those_of_each_year(choices) -> None:
    found = movement(HISTORIES, YEARS, choices)
    for year in YEARS:
        for kind, each in tally(HISTORIES, year, choices).items():
            told = each.carried, each.issued, each.repealed, each.in_force
            assert found[kind][year] == tuple(figure.number for figure in told)


def test_a_year_moves_by_what_was_issued_and_ended() -> None:
    assert movement(HISTORIES, [2024])[Kind.NORMATIVE][2024] == Moved(4, 0, 1, 3)
