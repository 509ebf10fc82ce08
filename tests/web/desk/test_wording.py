"""Every event that a case may hold is told in words, whatever its particulars say."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mingtang.case.events import EVENTS
from mingtang.case.recording import kind_of
from mingtang_web.desk.wording import LABELS, choices, title_of, told

if TYPE_CHECKING:
    from mingtang.case.events import Event

DAY = date(2026, 3, 2)
NUMBERS = {"days": 20, "pieces": 11, "yuan": 100, "entry": 1}


def _value(name: str, type_: str) -> Any:
    """Return something that the field may hold, so that it is told."""
    if name in NUMBERS:
        return NUMBERS[name]
    if name == "withheld":
        return ("N1",)
    if type_.startswith("date"):
        return DAY
    if type_.startswith("tuple"):
        return ("甲〔2026〕1号",)
    if type_ == "bool":
        return True
    return next(iter(choices(name)), "1")


def _full(kind: type[Event]) -> Event:
    return kind(**{each.name: _value(each.name, str(each.type)) for each in fields(kind)})


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: str(kind.__name__))
def test_every_field_of_every_event_has_words(kind: type[Event]) -> None:
    event = _full(kind)
    said = told(event)
    assert len(said) == len(fields(kind)) - 1
    assert all(each.label and each.words for each in said)
    assert title_of(event)[0]


def test_no_label_is_kept_for_a_field_that_no_event_has() -> None:
    known = {each.name for kind in EVENTS for each in fields(kind)}
    assert set(LABELS) <= known


@pytest.mark.usefixtures("db")
def test_a_part_of_an_extended_request_says_when_it_was_extended() -> None:
    divided = next(kind for kind in EVENTS if kind_of(_full(kind)) == "divided")
    said = {each.label: each.words for each in told(_full(divided))}
    assert said["原申请告知延期之日"] == "2026-03-02"
    assert "20" in said["延长"]
