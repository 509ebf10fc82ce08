"""Documents interpreted, in time or not, with their rate and what it is a rate of."""

from __future__ import annotations

from datetime import date as D  # noqa: N812 - a day in a line
from decimal import Decimal

from mingtang.compiling import Interpreted
from mingtang.law.calendar import Calendar
from mingtang.publication.interpreting import Interpretations, Owing, interpretations

CALENDAR = Calendar()
END = D(2026, 12, 31)


def told(*documents: Owing, until: D = END) -> Interpretations:
    return interpretations(documents, until, CALENDAR)


def test_the_first_interpretation_is_held_to_three_working_days() -> None:
    made = told(
        Owing("当日", D(2026, 4, 30), (D(2026, 4, 30),)),
        Owing("末日", D(2026, 4, 30), (D(2026, 6, 1), D(2026, 5, 8))),
        Owing("晚了", D(2026, 4, 30), (D(2026, 5, 9),)),
        Owing("没有", D(2026, 4, 30)),
    )
    assert made.owed == ("当日", "晚了", "末日", "没有")
    assert made.done == ("当日", "晚了", "末日")
    assert made.in_time == ("当日", "末日")
    assert made.rate == Decimal("75.0")
    assert Interpreted.of(made) == (4, 3, 2)


def test_what_comes_later_is_left_out() -> None:
    late = Owing("甲", D(2026, 4, 30), (D(2026, 5, 6),))
    assert told(late, until=D(2026, 5, 5)).done == ()
    assert told(late, until=D(2026, 4, 29)) == ((), (), (), ())


def test_of_nothing_there_is_no_rate() -> None:
    assert told().rate is None


def test_a_year_without_holidays_is_neither_in_time_nor_late() -> None:
    open_end = Owing("甲", D(2026, 12, 31), (D(2027, 1, 4),))
    made = told(
        open_end, Owing("乙", D(2026, 12, 31), (D(2026, 12, 30),)), until=D(2027, 1, 9)
    )
    assert made.unsettled == ("甲",)
    assert made.in_time == ("乙",)
    assert Interpreted.of(made) == (2, 2, None)
