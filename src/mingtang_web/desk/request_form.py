"""The form of a request as it arrives, whoever fills it in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock, typed
from mingtang_web.applicants.betraying import traces
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.models import Body
from mingtang_web.cases.actions import Request
from mingtang_web.cases.models import Attachment, Channel, Delivery, Form
from mingtang_web.cases.questioning import questions
from mingtang_web.days import DayField
from mingtang_web.desk.forms_files import files_field
from mingtang_web.desk.person_form import PersonForm
from mingtang_web.importing.histories import DISCLOSURE_BEGAN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.cases.attaching import Paper

REGULATION = date(2019, 5, 15)
"""The Regulation of 2019 is in force from this day; older requests are imported."""


class RequestForm(PersonForm):
    """A request: how it came, who asks, for what, and how the answer is wanted.

    Only what cannot be done without is required. 国办公开办函〔2017〕19号: a request
    by hand or by post is never turned away; what it lacks is asked for afterwards.
    """

    field_order = (
        "body", "channel", "arrived", "late", "read_back", "confirmation",
        "request_files", "identity_files", "authority_files", "kind",
    )  # fmt: skip
    """What stands above the person's own fields, on the page and in its summary."""

    body = forms.ModelChoiceField(
        label=gettext_lazy("受理机关"), queryset=Body.objects.none(), empty_label=None
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("收到渠道"), choices=Channel.choices, widget=forms.RadioSelect
    )
    arrived = DayField(
        label=gettext_lazy("来件日期"),
        help_text=gettext_lazy(
            "当面、口头为提交当日；需签收的邮件为签收当日；其他为看到来件的当日"
        ),
    )
    late = typed.Text(
        label=gettext_lazy("为什么现在才登记"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "例如“信件先送到了别的科室，今天转来”；记入台账，不写姓名和号码"
        ),
        widget=forms.Textarea({"rows": 2}),
    )
    read_back = forms.BooleanField(
        label=gettext_lazy("口头提出的：已逐字念给申请人听，申请人确认无误"), required=False
    )
    confirmation = typed.Text(
        label=gettext_lazy("申请人怎样确认的"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "口头提出的填写：何时、在哪里、怎样确认，有谁在场；记入台账，不写姓名和号码"
        ),
        widget=forms.Textarea({"rows": 2}),
    )
    request_files = files_field(gettext_lazy("申请书（口头的为签字确认的记录）扫描件"))
    identity_files = files_field(gettext_lazy("身份证明扫描件"))
    authority_files = files_field(gettext_lazy("授权委托书扫描件"))
    kind = forms.ChoiceField(
        label=gettext_lazy("申请人类型"),
        choices=[("", gettext_lazy("请选择")), *Kind.choices],
        error_messages={
            "required": gettext_lazy(
                "请选择申请人类型：年度报告表三按它分列，系统不代为选定；身份尚不清楚的，先向申请人问明"
            )
        },
        help_text=gettext_lazy("委托他人代办的，按委托人的身份选"),
    )
    description = typed.Text(
        label=gettext_lazy("申请人的原话"),
        max_length=5000,
        help_text=gettext_lazy(
            "照申请书抄录：名称、文号，或者便于查询的其他特征。加密保存"
        ),
        widget=forms.Textarea({"rows": 5}),
    )
    subject = typed.Text(
        label=gettext_lazy("申请内容摘要"),
        max_length=200,
        help_text=gettext_lazy(
            "用一句话概括要什么信息，列表和文书中使用；不写姓名、号码和住址"
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    coincidence = forms.BooleanField(
        label=gettext_lazy("摘要中的这几个字不是指申请人"), required=False
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("希望怎样送达"), choices=Delivery.choices
    )
    form = forms.ChoiceField(
        label=gettext_lazy("要什么形式的信息"),
        choices=[("", gettext_lazy("申请没有写明")), *Form.choices],
        required=False,
        help_text=gettext_lazy("照申请书选；其他形式的，把要求抄录在申请人的原话里"),
    )
    key = typed.Text(widget=forms.HiddenInput, max_length=40)
    looked_at = typed.Text(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, bodies: QuerySet[Body], *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.coincided = bool(self.data.get("coincidence"))
        self.questioned = bool(self.data.get("late"))

    def clean_arrived(self) -> date:
        """Refuse a day to come, and days of the older Regulation."""
        day: date = self.cleaned_data["arrived"]
        if day > clock.today():
            raise ValidationError(_("来件日期%(day)s还没有到"), params={"day": day})
        if day < DISCLOSURE_BEGAN:
            raise ValidationError(
                _("%(day)s早于条例首次施行的2008-05-01，请核对年份"), params={"day": day}
            )
        if day < REGULATION:
            raise ValidationError(
                _(
                    "%(day)s在现行条例施行（2019-05-15）之前；此后才答复的，请用旧台账导入，已经答复的留在原台账"
                ),
                params={"day": day},
            )
        return day

    def clean(self) -> dict[str, object]:
        """Hold the parts against each other."""
        given = super().clean()
        if given.get("channel") == Channel.ORAL:
            self._check_confirmation(given)
        if given.get("subject"):
            self._check_subject(given)
        self._check_late(given)
        return given

    def _check_late(self, given: dict[str, object]) -> None:
        """Ask why a request is registered only now, where that has consequences."""
        body, channel, came = (given.get(each) for each in ("body", "channel", "arrived"))
        if not (isinstance(body, Body) and channel and isinstance(came, date)):
            return
        why = questions(body, str(channel), came)
        self.questioned = self.fields["late"].required = bool(why)
        words = str(given.get("late", ""))
        if why and not words:
            self.add_error("late", why)
        for found in traces(words, self.person(given)):
            self.add_error("late", _("%(found)s，请删去") % {"found": found})

    def _check_confirmation(self, given: dict[str, object]) -> None:
        if not given.get("read_back"):
            self.add_error("read_back", _("口头提出的，代为填写后须念给申请人听，由其确认"))
        words = str(given.get("confirmation", ""))
        if not words.strip():
            why = _("请写明申请人怎样确认的，例如“当场念给申请人听，申请人核对后签字”")
            self.add_error("confirmation", why)
        for found in traces(words, self.person(given)):
            self.add_error("confirmation", _("%(found)s，请删去") % {"found": found})

    def _check_subject(self, given: dict[str, object]) -> None:
        """Refuse what tells who asks; a name may be a coincidence, a number is none."""
        for found in traces(str(given["subject"]), self.person(given)):
            if found.is_name and given.get("coincidence"):
                continue
            advice = (
                _("请改为“申请人”或者删去；确系巧合的，勾选下面一项")
                if found.is_name
                else _("摘要人人可见，请删去")
            )
            self.coincided = self.coincided or found.is_name
            self.add_error("subject", f"{found}，{advice}")

    def brings(self) -> tuple[tuple[str, str], ...]:
        """Return the fields that take files, each with what its files are."""
        oral = self.data.get("channel") == Channel.ORAL
        asked = Attachment.What.CONFIRMATION if oral else Attachment.What.REQUEST
        return (
            ("request_files", asked),
            ("identity_files", Attachment.What.IDENTITY),
            ("authority_files", Attachment.What.AUTHORITY),
        )

    def request(self, papers: tuple[Paper, ...] = ()) -> Request:
        """Return the request that a valid form describes, with the files it came with."""
        given = self.cleaned_data
        return Request(
            body=given["body"],
            person=self.person(),
            kind=Kind(given["kind"]),
            channel=given["channel"],
            arrived=given["arrived"],
            subject=given["subject"],
            description=given["description"],
            delivery=given["delivery"],
            papers=papers,
            note=given["confirmation"] if given["channel"] == Channel.ORAL else "",
            form=given["form"],
            late=given["late"],
        )
