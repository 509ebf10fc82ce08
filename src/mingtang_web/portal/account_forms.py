"""The forms of an account: made, opened, its password changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import typed
from mingtang_web.accounts.models import User
from mingtang_web.portal.forms import Questioned

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONGEST = 128


def _password(label: _StrOrPromise, kind: str, help_text: object = "") -> forms.CharField:
    """Return a field for a password; ``kind`` tells the browser which to offer."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.PasswordInput({"autocomplete": kind}),
    )


def _name(help_text: object = "") -> typed.Text:
    return typed.Text(
        label=gettext_lazy("用户名"),
        min_length=2,
        max_length=50,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.TextInput({
            "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
        }),
    )  # fmt: skip


class Choosing(Questioned):
    """A new password, twice."""

    new = _password(
        gettext_lazy("新口令"),
        "new-password",
        gettext_lazy("至少12个字，可以用汉字；几个不相干的词连起来，好记又难猜"),
    )
    again = _password(gettext_lazy("再输入一次新口令"), "new-password")

    def clean_new(self) -> str:
        """Refuse what is easily guessed."""
        new: str = self.cleaned_data["new"]
        validate_password(new, User(username=self.cleaned_data.get("name", "")))
        return new

    def clean_again(self) -> str:
        """Ask for the same twice."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise ValidationError(_("两次输入的新口令不一样，请重新输入"))
        return again


class SignUpForm(Choosing):
    """A name and a password for an account that begins."""

    name = _name(gettext_lazy("自己起一个，不用真实姓名、证件号码和手机号；请记下来"))
    field_order = ("name", "new", "again", "token", "answer")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["new"].label = _("口令")
        self.fields["again"].label = _("再输入一次口令")


class SignInForm(Questioned):
    """Name and password, and a question after several wrong ones."""

    wrong = gettext_lazy("用户名和口令对不上。请检查大小写和输入法后再试")
    name = _name()
    password = _password(gettext_lazy("口令"), "current-password")


class Confirming(Questioned):
    """The present password, before anything that concerns the account's safety."""

    wrong = gettext_lazy("当前口令不对，请重新输入")
    password = _password(gettext_lazy("当前口令"), "current-password")


class PasswordForm(Choosing, Confirming):
    """The present password, and another one twice."""

    field_order = ("password", "new", "again", "token", "answer")


class DeleteForm(Confirming):
    """The present password, once one knows what deleting means."""

    sure = forms.BooleanField(
        label=gettext_lazy("我知道：注销以后账号找不回来；里面的申请只能凭编号和查询码打开")
    )
