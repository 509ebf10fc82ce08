"""The fields that tell who asks, wherever somebody fills them in."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.codes import validate_unified_code
from mingtang_web.masking import IDENTITY_NUMBER, personal_data

ID_CARD, UNIFIED_CODE = "身份证", "统一社会信用代码"
PAPERS = (
    ID_CARD,
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    UNIFIED_CODE,
    "其他证件",
)
_PHONE = re.compile(r"\+?[\d ()-]{5,20}")


def _line(
    label: object, most: int, help_text: object = "", **attrs: str
) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=most,
        help_text=help_text,  # type: ignore[arg-type]
        required=False,
        widget=forms.TextInput({"autocomplete": "off", **attrs}),
    )


class PersonForm(forms.Form):
    """Who asks: only the name is required."""

    name = forms.CharField(
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
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        required=False,
        max_length=100,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    address = _line(gettext_lazy("通信地址"), 200)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label=gettext_lazy("邮政编码"),
        required=False,
        error_messages={"invalid": gettext_lazy("邮政编码应为6位数字")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_phone(self) -> str:
        """Ask for a number that can be called."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(_("联系电话只写数字、空格、横线和括号；分机号写在横线后"))
        return phone

    def clean(self) -> dict[str, object]:
        """Hold the number against the kind of paper."""
        given = super().clean() or {}
        self._check_number(given)
        return given

    def _check_number(self, given: dict[str, object]) -> None:
        kind = str(given.get("identity_kind", ""))
        number = "".join(str(given.get("identity_number", "")).split()).upper()
        given["identity_number"] = number
        if number and not kind:
            self.add_error("identity_kind", _("填写了证件号码，请选择是什么证件"))
        if kind and not number:
            self.add_error(
                "identity_number", _("请填写号码；没有提供证件的，请选“没有提供”")
            )
        if kind == ID_CARD and number and not _is_id_card(number):
            self.add_error(
                "identity_number", _("身份证号码应为18位且校验码相符，请对照证件核对")
            )
        if kind == UNIFIED_CODE and number:
            try:
                validate_unified_code(number)
            except ValidationError as fault:
                self.add_error("identity_number", fault)

    def person(self, given: dict[str, object] | None = None) -> Person:
        """Return who asks, as far as it was given."""
        known = self.cleaned_data if given is None else given
        names = (
            "name", "identity_kind", "identity_number", "contact", "phone", "email",
            "address", "postcode",
        )  # fmt: skip
        return Person(**{name: str(known.get(name, "")).strip() for name in names})


def _is_id_card(number: str) -> bool:
    return bool(IDENTITY_NUMBER.fullmatch(number)) and personal_data(number) is not None
