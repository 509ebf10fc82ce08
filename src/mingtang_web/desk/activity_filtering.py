"""What a register of section one is narrowed to, as words in its address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock, typed
from mingtang_web.activities.queries import known_figure, narrowed
from mingtang_web.activities.rules import REGISTERS, Counted, Form, Register, kept
from mingtang_web.days import DayField
from mingtang_web.desk.filtering import MANY, Chip
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from mingtang_web.activities.models import Activity
    from mingtang_web.desk.sitting import Desk

STANDS = {"waiting": _("尚未公开"), "struck": _("已作废")}
"""What else a list can show than what is valid."""


def this_year() -> tuple[date, date]:
    """Return the first and the last day of today's year."""
    year = clock.today().year
    return date(year, 1, 1), date(year, 12, 31)


class FilterForm(forms.Form):
    """What a list is narrowed to, as words in its address."""

    q = typed.Text(label=_("名称或者登记号"), required=False, max_length=100)
    form = forms.ChoiceField(label=_("形式"), required=False)
    body = typed.Text(label=_("机关"), required=False, max_length=40)
    since = DayField(label=_("日期自"), required=False)
    until = DayField(label=_("日期至"), required=False)
    stand = forms.ChoiceField(label=_("状态"), required=False)
    figure = typed.Text(
        label=_("统计项"), required=False, max_length=40, widget=forms.HiddenInput
    )

    def __init__(self, words: QueryDict, desk: Desk, register: Register) -> None:
        super().__init__(words, auto_id="filter_%s")
        self.register, self._bodies = register, desk.bodies()
        known = kept(register)
        self.fields["form"].label = known.form
        self._offer("form", [(each.value, each.label) for each in known.forms])
        stands = {k: v for k, v in STANDS.items() if _may_stand(register, k)}
        self._offer("stand", list(stands.items()), _("有效"))
        few = list(self._bodies.values_list("pk", "short_name")[: MANY + 1])
        if len(few) == 1:
            del self.fields["body"]
        elif len(few) <= MANY:
            self.fields["body"] = forms.ChoiceField(label=_("机关"), required=False)
            self._offer("body", [(str(pk), name) for pk, name in few])

    def _offer(
        self, name: str, choices: list[tuple[str, Any]], every: object = _("全部")
    ) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - by the class above
        field.choices = [("", every), *choices]

    def clean_q(self) -> str:
        """Refuse a person's number: what is looked for stands in the address."""
        words: str = self.cleaned_data["q"]
        if personal_data(words):
            raise forms.ValidationError(_("不要用证件号码、手机号码查找，以免留在地址里"))
        return words

    def clean_figure(self) -> str:
        """Refuse what is no figure of this register."""
        word: str = self.cleaned_data["figure"]
        if word and not _is_figure(self.register, word):
            raise forms.ValidationError(_("没有这一项统计"))
        return word

    @property
    def given(self) -> dict[str, Any]:
        """The conditions that are set and make sense, by name."""
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v not in ("", None)}

    @property
    def counted(self) -> Counted | None:
        """The figure whose entries are listed, where it is one that sums up."""
        figure = str(self.given.get("figure", ""))
        if not figure or figure.startswith("form:"):
            return None
        return known_figure(self.register, figure)

    def narrow(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        """Return the entries that are wanted."""
        given = self.given
        rows = self._of_bodies(rows, str(given.get("body", "")))
        first, last = this_year()
        if "figure" in given:
            since, until = given.get("since", first), given.get("until", last)
            rows = narrowed(rows, self.register, given["figure"], since, until)
        else:
            rows = rows.filter(register=self.register, **_within(given))
        if "form" in given:
            rows = rows.filter(form=given["form"])
        if "q" in given:
            rows = rows.filter(
                Q(title__contains=given["q"]) | Q(number__contains=given["q"])
            )
        return rows

    def _of_bodies(self, rows: QuerySet[Activity], word: str) -> QuerySet[Activity]:
        """Return the entries of the bodies meant by an id, or by part of a name."""
        if not word:
            return rows
        if word.isdecimal():
            return rows.filter(body__in=self._bodies.filter(pk=int(word)).values("pk"))
        named = Q(name__contains=word) | Q(short_name__contains=word)
        return rows.filter(body__in=self._bodies.filter(named).values("pk"))

    @property
    def address(self) -> str:
        """The address's words for the conditions that are set."""
        return urlencode(self.given)

    def chips(self) -> list[Chip]:
        """Return the conditions in force, in words, each with how to drop it."""
        given = self.given
        return [
            Chip(
                str(self.fields[name].label),
                self._said(name, value),
                urlencode({k: v for k, v in given.items() if k != name}),
            )
            for name, value in given.items()
        ]

    def _said(self, name: str, value: object) -> str:
        field = self.fields[name]
        if name == "figure":
            return title_of(self.register, str(value))
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value)


def title_of(register: Register, figure: str) -> str:
    """Return what a figure is called."""
    if figure.startswith("form:"):
        return str(Form(figure.removeprefix("form:")).label)
    return str(known_figure(register, figure).label)


def _is_figure(register: Register, word: str) -> bool:
    if word.startswith("form:"):
        return word.removeprefix("form:") in REGISTERS[register].forms
    try:
        known_figure(register, word)
    except LookupError:
        return False
    return True


def _may_stand(register: Register, stand: str) -> bool:
    return stand != "waiting" or register == Register.BUDGET


def _within(given: dict[str, Any]) -> dict[str, object]:
    """Return what the days and the state of a list come to."""
    found: dict[str, object] = {"struck": given.get("stand") == "struck"}
    if given.get("stand") == "waiting":
        found["pending"] = True
    if "since" in given:
        found["day__gte"] = given["since"]
    if "until" in given:
        found["day__lte"] = given["until"]
    return found
