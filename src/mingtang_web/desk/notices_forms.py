"""The forms in which a person says how they want to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang_web.notices.models import Kind, Preference

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    _PreferenceForm = forms.ModelForm[Preference]
else:
    _PreferenceForm = forms.ModelForm

HOURS = [("", _("不汇总，随时发送"))] + [(hour, f"{hour}:00") for hour in range(24)]


class Row(NamedTuple):
    """A kind with whether it is told by e-mail and by SMS."""

    kind: str
    label: _StrOrPromise
    email: bool
    sms: bool


class WaysForm(forms.Form):
    """Which kinds leave the house by which way; shown as a table of boxes."""

    email = forms.MultipleChoiceField(choices=Kind.choices, required=False)
    sms = forms.MultipleChoiceField(choices=Kind.choices, required=False)

    @staticmethod
    def rows(kept: Preference) -> list[Row]:
        """Return every kind as its boxes stand."""
        return [
            Row(kind.value, kind.label, kind in kept.email, kind in kept.sms)
            for kind in Kind
        ]


class TimesForm(_PreferenceForm):
    """When messages go out."""

    class Meta:
        """The hours."""

        model = Preference
        fields = ("quiet_from", "quiet_until", "digest_hour")
        widgets = {  # noqa: RUF012 - Django's own shape
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "digest_hour": forms.Select(choices=HOURS),
        }
        help_texts = {  # noqa: RUF012 - Django's own shape
            "quiet_until": _("这段时间不发邮件和短信，到时一并发送；两个时间相同即不设。"),
            "digest_hour": _("选定钟点后，当天的通知合成一封发送；急件也会等到那时。"),
        }
