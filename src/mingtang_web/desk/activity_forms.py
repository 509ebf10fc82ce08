"""The forms of the registers of section one: what was done, seen, entered wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang_web import typed
from mingtang_web.activities.checking import COMMON, FIRST_YEAR
from mingtang_web.activities.rules import Form, Register, kept
from mingtang_web.days import LATEST, DayField
from mingtang_web.desk.submitting import Submission, body_choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.activities.models import Activity
    from mingtang_web.bodies.models import Body

_DAYS = frozenset({"approved", "filed", "ended"})
_NUMBERS = frozenset({"people", "sessions", "sites", "findings", "rectified"})
_LENGTHS = {"bulletin": 100, "address": 500, "remark": 500}


class EntryForm(Submission):
    """What was done, as one register asks for it."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        register: Register,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for what this register needs."""
        super().__init__(*args, **more)
        known, self.register = kept(register), register
        self.fields["form"] = forms.ChoiceField(
            label=known.form, choices=[("", _("请选择")), *_choices(known.forms)]
        )
        self.fields["title"] = typed.Text(
            label=known.title, max_length=200, help_text=_("不写姓名和号码")
        )
        waits = register == Register.BUDGET
        self.fields["day"] = DayField(
            label=known.day,
            required=not waits,
            help_text=_("尚未公开的不填，公开后补充") if waits else "",
        )
        for asked in known.fields:
            field = _field(asked.column, asked.least)
            field.label, field.required = asked.label, asked.required
            field.help_text = asked.help
            self.fields[asked.column] = field

    def said(self) -> dict[str, object]:
        """Return what was entered, by column."""
        names = [*COMMON, *(each.column for each in kept(self.register).fields)]
        return {name: self.cleaned_data.get(name) for name in names}


def _choices(offered: Iterable[Form]) -> list[tuple[str, object]]:
    return [(each.value, each.label) for each in offered]


def _field(column: str, least: int) -> forms.Field:
    if column in _DAYS:
        return DayField()
    if column in _NUMBERS:
        return typed.Whole(min_value=least)
    if column == "year":
        return typed.Whole(min_value=FIRST_YEAR, max_value=LATEST.year)
    widget = forms.Textarea(attrs={"rows": 2}) if column == "remark" else None
    return typed.Text(max_length=_LENGTHS.get(column, 200), widget=widget)


class RecordForm(EntryForm):
    """Something new."""

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask of which body it is."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["body"].label = _("机关")
        self.order_fields(("key", "version", "body"))


class AmendForm(EntryForm):
    """An entry said anew, and why."""

    def __init__(self, *args: Any, activity: Activity, **more: Any) -> None:  # noqa: ANN401
        """Begin with what it says now."""
        names = [*COMMON, *(each.column for each in activity.kept.fields)]
        begun = {name: getattr(activity, name) for name in names}
        begun["day"] = None if activity.pending else activity.day
        more |= {"initial": begun, "version": activity.version}
        super().__init__(*args, register=Register(activity.register), **more)
        self.fields["why"] = typed.Text(
            label=_("补充或者更正的原因"),
            max_length=200,
            help_text=_("如“整改完成”“抄错日期”；原来的内容留在记录里"),
        )


class ObserveForm(Submission):
    """What was seen of an account."""

    seen = DayField(label=_("巡查日期"))
    posted = DayField(label=_("最近更新日期"), help_text=_("当时最新一条的发布日期"))


class StrikeForm(Submission):
    """Why something was entered wrongly."""

    why = typed.Text(label=_("作废的原因"), max_length=200)


class PeriodForm(forms.Form):
    """A body and a period."""

    since = DayField(label=_("自"))
    until = DayField(label=_("至"))

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that are seen."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["body"].label = _("机关")
        self.order_fields(("body", "since", "until"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said = super().clean() or {}
        if "since" in said and "until" in said and said["since"] > said["until"]:
            self.add_error("until", _("止日早于起日，请核对"))
        return said
