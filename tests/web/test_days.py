"""Days of no time are refused in words, wherever a day is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.days import EARLIEST, LATEST, DayField, all_plausible, plausible

ONE = timedelta(days=1)


@given(st.dates())
def test_a_day_passes_exactly_between_the_first_and_the_last(day: date) -> None:
    if EARLIEST <= day <= LATEST:
        assert DayField().clean(day.isoformat()) == day
        plausible(day)
    else:
        with pytest.raises(ValidationError, match="请核对年份"):
            DayField().clean(day.isoformat())


@pytest.mark.parametrize("day", [EARLIEST - ONE, LATEST + ONE, date.min, date.max])
def test_the_refusal_names_the_day_and_the_bounds(day: date) -> None:
    with pytest.raises(ValidationError) as why:
        all_plausible({"on": day, "until": None, "since": EARLIEST})
    told = f"{day.isoformat()}不在1949-10-01至2099-12-31之间，请核对年份"
    assert why.value.message_dict == {"on": [told]}


def test_the_browsers_calendar_offers_no_others() -> None:
    attributes = DayField().widget.attrs
    assert (attributes["min"], attributes["max"]) == ("1949-10-01", "2099-12-31")


def test_what_may_be_left_out_may_still_be_left_out() -> None:
    assert DayField(required=False).clean("") is None
