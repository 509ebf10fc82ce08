"""What both imports ask and show: why, the answer of another, columns by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import typed
from mingtang_web.desk.submitting import Submission
from mingtang_web.masking import no_personal_data
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED = "="
"""What a column's place begins with, in either mapping, where one value is for all rows."""
_WORDS = forms.Textarea(attrs={"rows": 3})


class ReasonForm(Submission):
    """Where what is imported comes from, and how it was checked."""

    why = typed.Text(
        label=gettext_lazy("理由和依据"),
        max_length=500,
        widget=_WORDS,
        validators=[no_personal_data],
    )


class OpinionForm(Submission):
    """An opinion on an import; a return says why. ``seen`` is what was looked at."""

    seen = typed.Text(max_length=64, required=False, widget=forms.HiddenInput)
    opinion = typed.Text(
        label=gettext_lazy("意见"),
        help_text=gettext_lazy("退回须写明理由；不写个人信息"),
        max_length=500,
        required=False,
        widget=_WORDS,
        validators=[no_personal_data],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a proposal is sent back."""
        said = super().clean() or {}
        wrong = "opinion" in self.errors  # its reason stands there already
        returned = self.data.get("answer") == "return"
        if returned and not wrong and not said["opinion"].strip():
            self.add_error("opinion", _("退回须写明理由"))
        return said


def placed(place: str, offered: Mapping[str, object]) -> str:
    """Return where a field stands as screens say it: a fixed value by its name.

    >>> placed("=normative", {"normative": "规范性文件"}), placed("文号", {})
    ('全部固定为：规范性文件', '文号')
    """
    if not place.startswith(FIXED):
        return place
    value = place.removeprefix(FIXED)
    return _("全部固定为：") + spoken(str(offered.get(value, value)))
