"""A day as browsers ask for it."""

from __future__ import annotations

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar; it takes days as 2026-03-02 and in no other form."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = DayInput
