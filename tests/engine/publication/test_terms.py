"""Terms of publication: counted by the calendar, each with its working and source."""

from __future__ import annotations

from datetime import date as D  # noqa: N812 - a day in a line

import pytest

from mingtang.law.calendar import Calendar, UncoveredYearError
from mingtang.law.citation import CitationError
from mingtang.law.clock import CountError
from mingtang.law.parameter import UncoveredDayError, Unit
from mingtang.publication.terms import SpecialTerm, disclosure_term, interpretation_term

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("formed", "due"),
    [
        (D(2026, 1, 30), D(2026, 3, 5)),
        (D(2026, 3, 2), D(2026, 3, 30)),
        (D(2026, 4, 28), D(2026, 5, 28)),
        (D(2026, 9, 18), D(2026, 10, 22)),
        (D(2025, 9, 26), D(2025, 10, 30)),
    ],
)
def test_twenty_working_days_from_formation_with_every_day_shown(formed, due) -> None:
    shown = disclosure_term(formed, CALENDAR)
    assert (shown.due, shown.amount, shown.unit) == (due, 20, Unit.WORKING_DAY)
    assert shown.cite == "政府信息公开条例（2019年修订）第二十六条"
    assert shown.notes[-1].day == due
    assert sum(note.counted for note in shown.notes) == 20
    assert shown.kept_on(due)
    assert not shown.kept_on(D(due.year, 12, 31))


def test_the_old_regulation_holds_for_what_is_old() -> None:
    assert "2007年" in disclosure_term(D(2019, 5, 14), CALENDAR).cite
    with pytest.raises(UncoveredDayError):
        disclosure_term(D(2008, 4, 30), CALENDAR)


@pytest.mark.parametrize(
    ("published", "due"),
    [(D(2026, 3, 2), D(2026, 3, 5)), (D(2026, 4, 30), D(2026, 5, 8))],
)
def test_three_working_days_for_an_interpretation(published, due) -> None:
    shown = interpretation_term(published, CALENDAR)
    assert (shown.due, shown.amount) == (due, 3)
    assert shown.cite == "国办发〔2016〕80号"
    assert "凭记忆" in shown.unsettled
    with pytest.raises(UncoveredDayError):
        interpretation_term(D(2016, 11, 9), CALENDAR)


def test_a_special_term_stands_on_its_own_source() -> None:
    shown = disclosure_term(
        D(2026, 9, 20), CALENDAR, SpecialTerm(20, Unit.DAY, "某省信息公开条例第十条")
    )
    assert shown.due == D(2026, 10, 10)
    assert shown.notes == ()
    assert "某省信息公开条例第十条" in str(shown)
    days = SpecialTerm(7, Unit.WORKING_DAY, "某省信息公开条例第十条")
    assert len(disclosure_term(D(2026, 3, 2), CALENDAR, days).notes) == 10


def test_only_laws_and_regulations_set_a_special_term_without_doubt() -> None:
    for cite, doubted in (("档案法第二十条", False), ("某市公开办法第八条", True)):
        shown = disclosure_term(D(2026, 3, 2), CALENDAR, SpecialTerm(7, Unit.DAY, cite))
        assert bool(shown.unsettled) == doubted


@pytest.mark.parametrize("cite", ["", "有关规定", "领导要求"])
def test_a_special_term_without_a_source_is_refused(cite: str) -> None:
    with pytest.raises(CitationError):
        disclosure_term(D(2026, 3, 2), CALENDAR, SpecialTerm(7, Unit.DAY, cite))


def test_a_term_that_cannot_be_counted_is_refused() -> None:
    for special in (
        SpecialTerm(0, Unit.DAY, "甲法第一条"),
        SpecialTerm(1, Unit.YUAN, "甲法第一条"),
    ):
        with pytest.raises(CountError):
            disclosure_term(D(2026, 3, 2), CALENDAR, special)


def test_a_year_without_its_notice_raises() -> None:
    with pytest.raises(UncoveredYearError):
        disclosure_term(D(2026, 12, 21), CALENDAR)
    with pytest.raises(UncoveredYearError):
        interpretation_term(D(2026, 12, 31), CALENDAR)


def test_the_first_day_counts_where_a_body_chose_so() -> None:
    chosen = disclosure_term(D(2026, 3, 2), CALENDAR, None, {"start_day": "included"})
    assert chosen.due == D(2026, 3, 27)
