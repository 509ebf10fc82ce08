"""The sign-in library's forms in our own words, without greyed-out hints in the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mingtang_web.accounts import lockout

if TYPE_CHECKING:
    from django import forms

    from mingtang_web.accounts.models import User

LABELS = {
    "login": _("用户名"),
    "password": _("口令"),
    "oldpassword": _("当前口令"),
    "password1": _("新口令"),
    "password2": _("再输入一次新口令"),
    "code": _("动态码"),
}
REQUIRED = {
    "login": _("请输入用户名"),
    "password": _("请输入口令"),
    "oldpassword": _("请输入当前口令"),
    "password1": _("请输入新口令"),
    "password2": _("请再输入一次新口令"),
    "code": _("请输入动态码"),
}


class InOurWords:
    """Gives a form of the library our labels."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name != "password1":
                field.help_text = ""
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]
            if name == "code":
                field.widget.attrs |= {"autocapitalize": "off", "spellcheck": "false"}

    def add_error(self, field: str | None, error: object) -> None:
        """Say our word for a password where the library says two were not the same."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = _("两次输入的新口令不一样，请重新输入")
        super().add_error(field, error)  # type: ignore[misc]


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    """Username and password."""


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before anything that concerns the account's safety."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""


class SetPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for who came through the organisation's own sign-in."""


class Counted:
    """Counts wrong codes, and takes none where too many were wrong."""

    user: User

    def clean_code(self) -> str:
        """Return the code; raises `ValidationError` for a wrong one, or when locked."""
        lockout.refuse_locked(context.request, self.user)
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            lockout.count_failure(context.request, self.user)
            raise


class SecondFactorForm(InOurWords, Counted, second_factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor, at sign-in."""


class SecondFactorAgainForm(InOurWords, Counted, second_factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more."""


class ActivateForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator."""
