"""The fields that tell who asks, wherever somebody fills them in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import typed
from mingtang_web.applicants.proving import PAPERS, check_number, check_phone, plain_number
from mingtang_web.applicants.sealing import Person


def _line(label: object, most: int, help_text: object = "", **attrs: str) -> typed.Text:
    return typed.Text(
        label=label,  # type: ignore[arg-type]
        max_length=most,
        help_text=help_text,  # type: ignore[arg-type]
        required=False,
        widget=forms.TextInput({"autocomplete": "off", **attrs}),
    )


class PersonForm(forms.Form):
    """Who asks: only the name is required."""

    name = typed.Text(
        label=gettext_lazy("姓名或者单位名称"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    identity_kind = forms.ChoiceField(
        label=gettext_lazy("身份证明"),
        required=False,
        choices=[("", gettext_lazy("没有提供")), *((each, each) for each in PAPERS)],
    )
    identity_number = _line(gettext_lazy("证件号码"), 40, autocapitalize="characters")
    contact = _line(gettext_lazy("联系人"), 50, gettext_lazy("申请人是单位的，写经办人"))
    phone = _line(gettext_lazy("联系电话"), 40, inputmode="tel")
    email = typed.Email(
        label=gettext_lazy("电子邮箱"),
        required=False,
        max_length=100,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    address = _line(gettext_lazy("通信地址"), 200)
    postcode = typed.Pattern(
        r"^\d{6}$",
        label=gettext_lazy("邮政编码"),
        required=False,
        error_messages={"invalid": gettext_lazy("邮政编码应为6位数字")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    fax = _line(
        gettext_lazy("传真号码"), 40, gettext_lazy("要求传真送达的填写"), inputmode="tel"
    )
    agent = _line(
        gettext_lazy("代理人姓名"),
        100,
        gettext_lazy("由他人代为申请的填写；申请人各项仍写委托人。加密保存，查看留痕"),
    )
    agent_identity_kind = forms.ChoiceField(
        label=gettext_lazy("代理人的身份证明"),
        required=False,
        choices=[("", gettext_lazy("没有提供")), *((each, each) for each in PAPERS)],
    )
    agent_identity_number = _line(
        gettext_lazy("代理人的证件号码"), 40, autocapitalize="characters"
    )
    agent_phone = _line(gettext_lazy("代理人的联系电话"), 40, inputmode="tel")
    authority = _line(
        gettext_lazy("授权委托书"),
        200,
        gettext_lazy("出具日期和权限，例如“2026-03-01出具，代为申请和签收”；没有的留空"),
    )

    def clean(self) -> dict[str, object]:
        """Hold numbers against the kinds of papers, and the agent together."""
        given = super().clean() or {}
        for name in ("phone", "fax", "agent_phone"):
            self._check_phone(given, name)
        for whose in ("", "agent_"):
            self._check_number(given, f"{whose}identity_kind", f"{whose}identity_number")
        self._check_agent(given)
        return given

    def _check_phone(self, given: dict[str, object], name: str) -> None:
        given[name] = str(given.get(name, "")).strip()
        try:
            check_phone(str(given[name]))
        except ValidationError as fault:
            self.add_error(name, fault)

    def _check_number(self, given: dict[str, object], paper: str, name: str) -> None:
        kind = str(given.get(paper, ""))
        number = plain_number(str(given.get(name, "")))
        given[name] = number
        if number and not kind:
            self.add_error(paper, _("填写了证件号码，请选择是什么证件"))
        if kind and not number:
            self.add_error(name, _("请填写号码；没有提供证件的，请选“没有提供”"))
        try:
            check_number(kind, number)
        except ValidationError as fault:
            self.add_error(name, fault)

    def _check_agent(self, given: dict[str, object]) -> None:
        """Ask whose the particulars of an agent are."""
        if given.get("agent") or self.has_error("agent"):
            return
        told = ("agent_identity_number", "agent_phone", "authority")
        if any(given.get(name) for name in told):
            why = _("填写了代理人的证件、电话或者授权委托书，请写明代理人的姓名")
            self.add_error("agent", why)

    def person(self, given: dict[str, object] | None = None) -> Person:
        """Return who asks, as far as it was given."""
        known = self.cleaned_data if given is None else given
        names = (
            "name", "identity_kind", "identity_number", "contact", "phone", "email",
            "address", "postcode", "fax", "agent", "agent_identity_kind",
            "agent_identity_number", "agent_phone", "authority",
        )  # fmt: skip
        return Person(**{name: str(known.get(name, "")).strip() for name in names})
