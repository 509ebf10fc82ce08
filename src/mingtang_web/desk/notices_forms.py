"""The forms in which a person says how they want to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingtang_web.desk.submitting import Submission
from mingtang_web.notices.leading import OFFERED, USUAL
from mingtang_web.notices.models import Kind, Preference

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from mingtang_web.accounts.models import User

    _PreferenceForm = forms.ModelForm[Preference]
else:
    _PreferenceForm = forms.ModelForm

HOURS = [("", _("不汇总，随时发送"))] + [(hour, f"{hour}:00") for hour in range(24)]


GROUPS = (
    (
        _("案件"),
        (
            Kind.CONFIRMATION, Kind.ASK_CORRECTION, Kind.ANSWER, Kind.OVERDUE,
            Kind.OPINION, Kind.UNSERVED, Kind.CORRECTION, Kind.REASON, Kind.PAYMENT,
            Kind.PROPOSAL, Kind.RETURNED, Kind.APPROVED, Kind.LAPSED, Kind.RECOUNTED,
            Kind.BY_APPLICANT,
        ),
    ),
    (
        _("复议、诉讼、更正、投诉"),
        (
            Kind.DISPUTE, Kind.DISPUTE_LATE, Kind.PERFORMANCE, Kind.PERFORMANCE_LATE,
            Kind.MATTER, Kind.MATTER_LATE,
        ),
    ),
    (
        _("年度报告"),
        (
            Kind.REPORT_REVIEW, Kind.REPORT_ASKED, Kind.REPORT_DUE, Kind.REPORT_LATE,
            Kind.REPORT_URGED, Kind.REPORT_RETURNED, Kind.REPORT_RECALLED,
        ),
    ),
    (
        _("信息发布"),
        (
            Kind.DOCUMENT_REVIEW, Kind.DOCUMENT_CLEARED, Kind.DOCUMENT_RETURNED,
            Kind.DOCUMENT_HELD,
            Kind.GUIDE_DUE, Kind.GUIDE_LATE, Kind.GUIDE_MISSING,
            Kind.FORCE_ASKED, Kind.FORCE_REFUSED, Kind.FORCE_ENDING,
            Kind.MISTAKE, Kind.MISTAKE_LATE,
        ),
    ),
    (
        _("监督和管理"),
        (
            Kind.OVERDUE_BELOW, Kind.BELATED, Kind.SIGNED_LATE, Kind.IMPORTED,
            Kind.ORDER_ISSUED, Kind.ORDER_ANSWERED, Kind.ORDER_RETURNED, Kind.ORDER_DUE,
            Kind.ORDER_LATE, Kind.IMPORT_ASKED, Kind.IMPORT_ANSWERED, Kind.CALENDAR,
        ),
    ),
)  # fmt: skip
"""Every kind that may leave the house, as the page of preferences shows them."""
CHOICES = [(kind.value, kind.label) for _name, kinds in GROUPS for kind in kinds]


def _offered() -> list[tuple[int, _StrOrPromise]]:
    """Return the numbers of working days that are offered, in the reader's language."""
    words = gettext("%(n)s个工作日")
    return [(days, words % {"n": days} if days else _("到期当天")) for days in OFFERED]


class Row(NamedTuple):
    """A kind with whether it is told by e-mail and by SMS."""

    kind: str
    label: _StrOrPromise
    email: bool
    sms: bool


class WaysForm(forms.Form):
    """Which kinds leave the house by which way; shown as a table of boxes."""

    email = forms.MultipleChoiceField(choices=CHOICES, required=False)
    sms = forms.MultipleChoiceField(choices=CHOICES, required=False)

    @staticmethod
    def groups(kept: Preference) -> list[tuple[_StrOrPromise, list[Row]]]:
        """Return every kind as its boxes stand, group by group."""
        return [
            (
                name,
                [Row(k.value, k.label, k in kept.email, k in kept.sms) for k in kinds],
            )
            for name, kinds in GROUPS
        ]


class _Days(forms.TypedMultipleChoiceField):
    """Some of the numbers of working days that are offered."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(
            label=_("到期前多久提醒"),
            choices=_offered,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **more,
        )


class AheadForm(forms.Form):
    """How long ahead a person is told: as the body chose, or on days of one's own."""

    own = forms.ChoiceField(
        label=_("临期提醒"),
        choices=[("body", _("按本机关的设定")), ("own", _("由我自己选定"))],
        widget=forms.RadioSelect,
    )
    days = _Days(help_text=_("自己选定时有效；一项不选即不作临期提醒，逾期仍会告知。"))
    prefix = "ahead"

    @staticmethod
    def of(kept: Preference) -> dict[str, object]:
        """Return what a person chose, as the form begins."""
        own = kept.ahead is not None
        return {"own": "own" if own else "body", "days": kept.ahead if own else USUAL}

    def days_chosen(self) -> list[int] | None:
        """Return the days of one's own, none where the body's count."""
        said = self.cleaned_data
        return said["days"] if said["own"] == "own" else None


class DaysForm(Submission):
    """How long ahead a body's terms are told."""

    days = _Days(help_text=_("复议、诉讼答复，履行，更正、投诉的承诺日期也按此提醒。"))

    def chosen(self, actor: User) -> tuple[list[int], User, str]:
        """Return the days, who chose them, and the submission's token."""
        return self.cleaned_data["days"], actor, self.cleaned_data["key"]


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
