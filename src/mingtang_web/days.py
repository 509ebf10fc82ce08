"""A day as browsers ask for it, and the days that anybody can mean."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST = date(1949, 10, 1)
"""Nothing that a body of the People's Republic did is older."""
LATEST = date(2099, 12, 31)
"""No last day of force or of a term is later; a year past it was mistyped."""


def plausible(day: date) -> None:
    """Let a day pass that anybody can mean; raises `ValidationError` for one of no time."""
    if not EARLIEST <= day <= LATEST:
        told = {"day": day.isoformat(), "first": EARLIEST, "last": LATEST}
        raise ValidationError(
            _("%(day)s不在%(first)s至%(last)s之间，请核对年份") % told, code="implausible"
        )


def implausible(days: Mapping[str, date | None]) -> dict[str, str]:
    """Return what is to be said of days of no time, by the names of their fields."""
    wrong = {}
    for name, day in days.items():
        try:
            plausible(day or EARLIEST)
        except ValidationError as problem:
            wrong[name] = problem.messages[0]
    return wrong


def all_plausible(days: Mapping[str, date | None]) -> None:
    """Let days pass, by the names of their fields; raises `ValidationError` by field."""
    wrong = implausible(days)
    if wrong:
        raise ValidationError(dict(wrong))


class DayInput(forms.DateInput):
    """The browser's own calendar; it takes days as 2026-03-02 and in no other form."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, typed or picked, between `EARLIEST` and `LATEST`."""

    widget = DayInput
    default_validators = [plausible]  # noqa: RUF012 - Django's own shape

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Let the browser's calendar offer no other days."""
        bounds = {"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        return super().widget_attrs(widget) | bounds
