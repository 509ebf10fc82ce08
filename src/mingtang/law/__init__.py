"""What the State fixes about time, money and results: data, and its readers.

The numbers live in ``parameters/*.yaml`` beside the articles they come from,
the holidays in ``parameters/holidays/<year>.yaml``, the results of a request in
``grounds.yaml``, the open points in ``options.yaml``. The modules of this room
only read and count; nothing missing is ever made up.

`calendar` and `grounds` are functions here, so their modules are asked for what
they hold: ``from mingtang.law.calendar import Calendar``.

These functions are for whoever lists the law (the command, the reference):

>>> parameters()[0].id, grounds()[0].code, holidays_years()[0].year
('answer', 'G1', 2008)
>>> options()[0].id, deliveries()[0].mode
('start_day', 'on_the_spot')
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mingtang.law import calendar as _calendar
from mingtang.law import delivery as _delivery
from mingtang.law import grounds as _grounds
from mingtang.law import option as _option
from mingtang.law import parameter as _parameter

if TYPE_CHECKING:
    from mingtang.law.calendar import Calendar, HolidayYear
    from mingtang.law.delivery import Delivery
    from mingtang.law.grounds import Ground
    from mingtang.law.option import Option
    from mingtang.law.parameter import Parameter


def parameters() -> tuple[Parameter, ...]:
    """Return every dated value of the law, in the order of its data files."""
    return _parameter.parameters()


def grounds() -> tuple[Ground, ...]:
    """Return the closed list of results an answer may have, in the form's order."""
    return _grounds.grounds()


def options() -> tuple[Option, ...]:
    """Return the points the law leaves open, each with its choices and default."""
    return _option.options()


def deliveries() -> tuple[Delivery, ...]:
    """Return the ways to deliver an answer, and which of their days count."""
    return _delivery.deliveries()


def holidays_years() -> tuple[HolidayYear, ...]:
    """Return the holidays of every year whose notice is entered, earliest first.

    Each has its `year`, `notices`, `festivals`, and the mappings `off` and
    `worked` from a day to its festival.
    """
    return _calendar.holiday_years()


@cache
def calendar() -> Calendar:
    """Return the working-day calendar of the entered years, always the same one.

    >>> from datetime import date
    >>> calendar().is_working(date(2026, 5, 9))  # a Saturday at work
    True
    """
    return _calendar.Calendar()
