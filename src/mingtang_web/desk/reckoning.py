"""Which body's figures are asked for, and as of which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import body_choice

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mingtang_web.bodies.models import Body


class ReckoningForm(forms.Form):
    """A body, and a day: its year counts up to it."""

    day = DayField(label=_("截至"), help_text=_("统计该日所在年度，自1月1日至该日"))

    def __init__(self, *args: object, bodies: list[Body], **more: object) -> None:
        """Offer the bodies that are seen."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("body", "day"))


def asked_for(request: HttpRequest, bodies: list[Body]) -> tuple[ReckoningForm, Body, date]:
    """Return the form, the body and the day asked for; at first the first body, today."""
    begun = {"body": str(bodies[0].pk), "day": clock.today()}
    form = ReckoningForm(request.GET or None, bodies=bodies, initial=begun)
    if not form.is_valid():
        return form, bodies[0], clock.today()
    return form, form.cleaned_data["body"], form.cleaned_data["day"]
