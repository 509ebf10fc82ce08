"""Every dated case of tests/golden/law, run against the engine.

A case is told what to ask by the names of what is given; a name that nobody
knows fails, and so does a key that is not part of a case.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mingtang.law.calendar import (
    Calendar,
    NaiveMomentError,
    UncoveredYearError,
    shanghai_day,
)
from mingtang.law.citation import parse_citations
from mingtang.law.clock import due_date, natural_due_date
from mingtang.law.delivery import (
    Dispatch,
    UnsettledDeliveryError,
    answered_on,
    remedy_starts_on,
)
from mingtang.law.fees import FeeCountError, fee_by_items, fee_by_pages, fee_of_item
from mingtang.law.grounds import OpenRemedyError, ground, remedy_for
from mingtang.law.parameter import UncoveredDayError, Unit, parameter
from mingtang.law.reports import Reporter, report_due
from mingtang.law.terms import (
    Consultation,
    ExtensionError,
    answer_due,
    answer_due_after_payment,
    consultation_pauses,
    extension_after_restart,
    start_after_correction,
    term_due,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from _pytest.mark import ParameterSet

FOLDER = Path(__file__).parents[2] / "golden" / "law"
CALENDAR = Calendar()
KEYS = {"name", "cite", "given", "expect", "because"}
Answer = dict[str, object]


def counted(received: date, working_days: int) -> Answer:
    return {"due": due_date(received, working_days, CALENDAR)}


def named(
    term: str,
    start: date,
    consultations: tuple[dict[str, Any], ...] = (),
    extensions: tuple[int, ...] = (),
) -> Answer:
    asked = [Consultation(**letter) for letter in consultations]
    pauses = consultation_pauses(asked, CALENDAR)
    if term == "answer":
        return {"due": answer_due(start, CALENDAR, pauses, extensions)}
    return {"due": term_due(term, start, CALENDAR, pauses)}


def natural(start: date, amount: int, unit: str) -> Answer:
    return {"due": natural_due_date(start, amount, Unit(unit), CALENDAR)}


def paid(paid: date) -> Answer:
    return {"due": answer_due_after_payment(paid, CALENDAR)}


def restarted(restart: date, extended_before: int, reading: str | None = None) -> Answer:
    """A term begun anew on a day, of which an extension had been told before."""
    still = extension_after_restart(extended_before, reading)
    return {"due": answer_due(restart, CALENDAR, (), [still] if still else [])}


def corrected(received: date, asked: date, corrected: date) -> Answer:
    return {"start": start_after_correction(received, asked, corrected, CALENDAR)}


def working(day: date) -> Answer:
    return {"working": CALENDAR.is_working(day)}


def moment(moment: str) -> Answer:
    return {"day": shanghai_day(datetime.fromisoformat(moment))}


def items(items: int, day: date) -> Answer:
    return {"fee": fee_by_items(items, day)}


def item(position: int, day: date) -> Answer:
    return {"fee": fee_of_item(position, day)}


def pages(pages: int, day: date) -> Answer:
    return {"fee": fee_by_pages(pages, day)}


def report(year: int, reporter: str) -> Answer:
    return {"due": report_due(year, Reporter(reporter))}


def result(ground_code: str, day: date, withheld: tuple[str, ...] = ()) -> Answer:
    remedy = remedy_for(ground_code, day, withheld)
    return {"line": ground(ground_code).line, "remedy": str(remedy)}


def delivered(mode: str, dispatched: date, received: date) -> Answer:
    answer = Dispatch(mode, dispatched, received)
    return {"answered": answered_on(answer), "remedy": remedy_starts_on(answer)}


def value(parameter_id: str, day: date) -> Answer:
    asked = parameter(parameter_id)
    return {"value": asked.value_on(day), "unit": str(asked.unit)}


ASKED_BY: dict[frozenset[str], Callable[..., Answer]] = {
    frozenset({"received", "working_days"}): counted,
    frozenset({"term", "start"}): named,
    frozenset({"term", "start", "consultations"}): named,
    frozenset({"term", "start", "extensions"}): named,
    frozenset({"start", "amount", "unit"}): natural,
    frozenset({"paid"}): paid,
    frozenset({"restart", "extended_before"}): restarted,
    frozenset({"restart", "extended_before", "reading"}): restarted,
    frozenset({"received", "asked", "corrected"}): corrected,
    frozenset({"day"}): working,
    frozenset({"moment"}): moment,
    frozenset({"items", "day"}): items,
    frozenset({"position", "day"}): item,
    frozenset({"pages", "day"}): pages,
    frozenset({"year", "reporter"}): report,
    frozenset({"ground", "day"}): result,
    frozenset({"ground", "day", "withheld"}): result,
    frozenset({"mode", "dispatched", "received"}): delivered,
    frozenset({"parameter", "day"}): value,
}
ERRORS = {
    error.__name__: error
    for error in (
        ExtensionError,
        FeeCountError,
        NaiveMomentError,
        OpenRemedyError,
        UncoveredDayError,
        UncoveredYearError,
        UnsettledDeliveryError,
    )
}
RENAMED = {"ground": "ground_code", "parameter": "parameter_id"}


def cases() -> list[ParameterSet]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_the_engine_answers_as_the_case_expects(case: dict[str, Any]) -> None:
    assert set(case) == KEYS
    assert parse_citations(case["cite"])
    assert case["because"].strip()
    given: dict[str, Any] = case["given"]
    assert frozenset(given) in ASKED_BY, f"nobody knows what {sorted(given)} asks"
    ask = ASKED_BY[frozenset(given)]
    arguments = {RENAMED.get(name, name): value for name, value in given.items()}
    if set(case["expect"]) == {"raises"}:
        with pytest.raises(ERRORS[case["expect"]["raises"]], match=r"[\u4e00-\u9fff]"):
            ask(**arguments)
    else:
        assert ask(**arguments) == case["expect"]


def test_case_names_are_unlike_within_a_file() -> None:
    for path in FOLDER.glob("*.yaml"):
        names = [case["name"] for case in yaml.safe_load_all(path.read_text("utf-8"))]
        assert len(names) == len(set(names)), path.name
