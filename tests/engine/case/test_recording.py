"""A record that does not have the shape of its kind is refused, never put right."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case.events import Decided, Event, Submitted
from mingtang.case.recording import InvalidEventError, parse, plain
from mingtang.case.replaying import replay
from mingtang.case.steps import ImpossibleHistoryError, step


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"kind": "vanished", "on": "2026-03-02"},
        {"kind": "confirmed"},
        {"kind": "confirmed", "on": "2026-02-30"},
        {"kind": "confirmed", "on": 20260302},
        {"kind": "confirmed", "on": "2026-03-02", "by": "somebody"},
        {"kind": "extended", "on": "2026-03-02", "days": "20"},
        {"kind": "extended", "on": "2026-03-02", "days": True},
        {"kind": "decided", "on": "2026-03-02", "ground": "P1", "withheld": "N1"},
        {"kind": "transferred", "on": "2026-03-02", "to": ""},
    ],
)
def test_a_misshapen_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(InvalidEventError):
        parse(record)


def test_lists_and_days_are_written_plainly() -> None:
    decided = Decided(on=date(2026, 3, 2), ground="P1", withheld=("N1", "N5"))
    assert plain(decided) == {
        "kind": "decided",
        "on": "2026-03-02",
        "ground": "P1",
        "withheld": ["N1", "N5"],
        "remedy": None,
        "overrides": None,
    }
    assert parse(plain(decided)) == decided


def test_a_kind_without_a_step_is_impossible() -> None:
    first = Submitted(on=date(2026, 3, 2), channel="in_person", applicant="person")
    with pytest.raises(ImpossibleHistoryError):
        step(Event(on=date(2026, 3, 2)), replay([first]))
