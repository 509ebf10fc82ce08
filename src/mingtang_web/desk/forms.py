"""The desk's forms, and how all forms of the site look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import TemplatesSetting

from mingtang_web import typed
from mingtang_web.accounts.models import User

if TYPE_CHECKING:
    _UserForm = forms.ModelForm[User]
else:
    _UserForm = forms.ModelForm


class Renderer(TemplatesSetting):
    """Renders a field as label, help, error and input, in that order.

    Its inputs bear no ``maxlength``, by which browsers cut what is typed or pasted and
    say nothing: a form refuses what is too long, and gives all of it back.
    """

    form_template_name = "desk/form.html"
    field_template_name = "desk/field.html"


class ProfileForm(_UserForm):
    """What people may change about themselves."""

    class Meta:
        """Not the username: the administrator gives it."""

        model = User
        fields = ("display_name", "email", "phone")
        field_classes = {  # noqa: RUF012 - Django's own shape
            "display_name": typed.Text, "email": typed.Email, "phone": typed.Text,
        }  # fmt: skip
