"""The forms of corrections and complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock, typed
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases.models import Channel
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.registers.actions import ELSEWHERE, Answer, Arrival
from mingtang_web.registers.rules import LAWS, Register

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body
    from mingtang_web.registers.models import Matter
    from mingtang_web.registers.rules import Outcome

_ABOUT = {
    Register.CORRECTION: _("认为不准确的记录"),
    Register.COMPLAINT: _("所反映的机关"),
}


class ArrivalForm(Submission):
    """A matter as it came."""

    received = DayField(label=_("收到日期"))
    channel = forms.ChoiceField(label=_("收到渠道"), choices=Channel)
    kind = forms.ChoiceField(label=_("来件人类型"), choices=Kind)
    name = typed.Text(label=_("来件人姓名或者名称"), max_length=100)
    identity_number = typed.Text(label=_("证件号码"), max_length=30, required=False)
    phone = typed.Text(label=_("联系电话"), max_length=30, required=False)
    address = typed.Text(label=_("通信地址"), max_length=200, required=False)
    subject = typed.Text(
        label=_("事由摘要"), max_length=200, help_text=_("显示在列表里，不写姓名和号码")
    )
    about = typed.Text(max_length=200)
    description = typed.Text(
        label=_("来件内容"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("照录来件；封存，查看须写明理由"),
    )
    promised = DayField(label=_("承诺办结日期"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        register: Register,
        bodies: list[Body],
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for what this register needs."""
        super().__init__(*args, **more)
        self.register = register
        self.fields["body"] = body_choice(bodies)
        self.fields["about"].label = _ABOUT[register]
        self.fields["promised"].help_text = LAWS[register].silent
        self.order_fields(("key", "version", "body"))

    def arrival(self) -> Arrival:
        """Return what was entered."""
        said = self.cleaned_data
        person = Person(
            name=said["name"],
            identity_number=said["identity_number"],
            phone=said["phone"],
            address=said["address"],
        )
        return Arrival(
            body=said["body"],
            register=self.register,
            person=person,
            kind=Kind(said["kind"]),
            channel=said["channel"],
            received=said["received"],
            subject=said["subject"],
            about=said["about"],
            description=said["description"],
            promised=said["promised"],
        )


class HandlingForm(Submission):
    """What was looked into or done."""

    on = DayField(label=_("日期"))
    text = typed.Text(
        label=_("办理情况"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不写姓名和号码"),
    )


class AnswerForm(Submission):
    """How it was answered, with one outcome."""

    on = DayField(label=_("答复日期"))
    to = typed.Text(
        label=_("转往机关"), max_length=100, help_text=_("转送、告知的须填全称")
    )
    text = typed.Text(
        label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        matter: Matter,
        outcome: Outcome,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for what this outcome needs."""
        more["initial"] = {"on": clock.today()}
        super().__init__(*args, **more)
        self.matter, self.outcome = matter, outcome
        self.fields["to"].required = outcome in ELSEWHERE
        if outcome not in ELSEWHERE:
            del self.fields["to"]

    def answer(self) -> Answer:
        """Return what was entered."""
        said = self.cleaned_data
        return Answer(self.outcome, said["on"], said.get("to", ""), said["text"])


class ClosingForm(Submission):
    """That it is over."""

    on = DayField(label=_("办结日期"))


class UnmaskingForm(forms.Form):
    """Why somebody looks at the sender's data."""

    why = typed.Text(label=_("查看理由"), max_length=200)
