"""What a worklist is narrowed to, as words in its address."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.case.state import PHASE_NAMES, Phase
from mingtang.law import grounds
from mingtang_web import typed
from mingtang_web.accounts.models import User
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.models import Body, Role, Section
from mingtang_web.cases.models import Channel
from mingtang_web.cases.selecting import BANDS, Wanted
from mingtang_web.days import DayField
from mingtang_web.desk.figure_words import stand_of, title_of
from mingtang_web.masking import personal_data
from mingtang_web.words import spoken, spoken_later

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from mingtang_web.desk.sitting import Desk

TABS = {
    "mine": _("待我办理"),
    "review": _("待我审核"),
    "soon": _("临期"),
    "late": _("逾期"),
    "all": _("本机关全部"),
}
STATES = {"open": _("在办"), "closed": _("已办结"), "all": _("在办和已办结")}
CLOCKS = {
    "late": _("逾期"),
    "today": _("今天到期"),
    "soon": _("临期"),
    "paused": _("停止计时"),
    "unsettled": _("待定"),
}
NOTES = {
    "urged": _("督办待答复"),
    "unexplained": _("逾期未说明原因"),
    "unassigned": _("尚未分派"),
    "asked": _("内部意见待答复"),
    "unserved": _("征求意见书未登记送达"),
    "imported": _("由旧台账导入"),
}
KEPT = {"in_time": _("按期"), "late": _("逾期"), "unsettled": _("待定")}
MANY = 60
"""More bodies than this are looked for by name: nobody chooses from so long a list."""
PHASES = [(phase.value, spoken_later(PHASE_NAMES[phase])) for phase in Phase]


class Chip(NamedTuple):
    """One condition in force, and the address without it."""

    label: str
    value: str
    without: str


def _select(label: object, choices: object) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)  # type: ignore[arg-type]


class FilterForm(forms.Form):
    """The conditions a person may set; the address carries what is set and no more."""

    q = typed.Text(label=_("编号或者申请内容"), required=False, max_length=100)
    state = _select(_("办理状态"), [("", _("在办")), *list(STATES.items())[1:]])
    phase = _select(_("环节"), [("", _("全部")), *PHASES])
    clock = _select(_("计时"), [("", _("全部")), *CLOCKS.items()])
    note = _select(_("提醒"), [("", _("全部")), *NOTES.items()])
    section = forms.TypedChoiceField(
        label=_("承办机构"), coerce=int, empty_value=None, required=False
    )
    handler = forms.TypedChoiceField(
        label=_("承办人"), coerce=int, empty_value=None, required=False
    )
    body = forms.TypedChoiceField(
        label=_("机关"), coerce=int, empty_value=None, required=False
    )
    channel = _select(_("收到渠道"), [("", _("全部")), *Channel.choices])
    kind = _select(_("申请人类型"), [("", _("全部")), *Kind.choices])
    ground = _select(_("办理结果"), ())
    since = DayField(label=_("收到日期自"), required=False)
    until = DayField(label=_("收到日期至"), required=False)
    decided = typed.Whole(
        label=_("决定年份"), min_value=2000, max_value=2999, required=False
    )
    kept = _select(_("是否按期"), [("", _("全部")), *KEPT.items()])
    days = _select(_("净工作日"), [("", _("全部")), *((band, band) for band in BANDS)])
    under = typed.Whole(label=_("机关及其下级"), required=False, widget=forms.HiddenInput)

    figure = typed.Text(
        label=_("统计项"), required=False, max_length=80, widget=forms.HiddenInput
    )

    def __init__(self, words: QueryDict, desk: Desk) -> None:
        super().__init__(words, auto_id="filter_%s")
        self._bodies = desk.bodies()
        scope = sorted(desk.held.body_ids())
        sections = Section.objects.filter(body__in=scope).values_list("pk", "name")
        people = User.objects.filter(
            memberships__body__in=scope, memberships__role=Role.HANDLER
        )
        handlers = people.distinct().order_by("display_name")
        self._offer_bodies()
        self._offer("section", sections)
        self._offer("handler", handlers.values_list("pk", "display_name"))
        self._offer("ground", _grounds())

    def clean_q(self) -> str:
        """Refuse a person's number: what is looked for stands in the address."""
        words: str = self.cleaned_data["q"]
        if personal_data(words):
            raise forms.ValidationError(_("不要用证件号码、手机号码查找，以免留在地址里"))
        return words

    def clean_figure(self) -> str:
        """Refuse what is no figure of a year."""
        word: str = self.cleaned_data["figure"]
        if word:
            try:
                stand_of(word)
            except LookupError:
                raise forms.ValidationError(_("没有这一项统计")) from None
        return word

    def clean_body(self) -> str:
        """Refuse a name that no body bears which the person sees."""
        word = str(self.cleaned_data["body"] or "")
        if word and not self._named(word).exists():
            raise forms.ValidationError(
                _("没有名称包含“%(word)s”的机关"), params={"word": word}
            )
        return word

    def _named(self, word: str) -> QuerySet[Body]:
        """Return the bodies meant by a word of the address: an id, or part of a name."""
        if word.isdecimal():
            return self._bodies.filter(pk=int(word))
        return self._bodies.filter(Q(name__contains=word) | Q(short_name__contains=word))

    def _below(self, top: str) -> QuerySet[Body]:
        """Return a body that is seen with those below it, as far as they are seen."""
        path = self._bodies.filter(pk=top).values_list("path", flat=True).first()
        return self._bodies.filter(path__startswith=path or "\n")

    def _offer_bodies(self) -> None:
        few = list(self._bodies.values_list("pk", "short_name")[: MANY + 1])
        if len(few) > MANY:
            self.fields["body"] = typed.Text(
                label=_("机关（名称或者其中几个字）"), required=False, max_length=40
            )
        elif len(few) > 1:
            self._offer("body", few)
        else:
            del self.fields["body"]

    def _offer(self, name: str, choices: object) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - by the class above
        field.choices = [("", _("全部")), *choices]  # type: ignore[misc]

    @property
    def given(self) -> dict[str, object]:
        """The conditions that are set and make sense, by name."""
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v not in ("", None)}

    def wanted(self, tab: str) -> Wanted:
        """Return what the list is narrowed to under a tab."""
        given = dict(self.given)
        given["words"] = given.pop("q", "")
        if given.get("note") == "asked":
            del given["note"]
        if "figure" in given:
            given["stand"] = stand_of(str(given.pop("figure")))
        if "under" in given:
            given["bodies"] = self._below(str(given.pop("under"))).values("pk")
        if "body" in given:
            given["bodies"] = self._named(str(given.pop("body"))).values("pk")
        if tab in {"soon", "late"}:
            given |= {"clock": tab, "state": "open"}
        return Wanted(**given)  # type: ignore[arg-type]

    def address(self, tab: str) -> str:
        """Return the address's words for the conditions that are set, under a tab."""
        return urlencode({"tab": tab, **self.given})

    def chips(self, tab: str) -> list[Chip]:
        """Return the conditions in force, in words, each with how to drop it."""
        given = self.given
        return [
            Chip(
                str(self.fields[name].label),
                self._said(name, value),
                urlencode({"tab": tab} | {k: v for k, v in given.items() if k != name}),
            )
            for name, value in given.items()
        ]

    def _said(self, name: str, value: object) -> str:
        field = self.fields[name]
        if name == "figure":
            return title_of(str(value))
        if name == "under":
            return (
                self._below(str(value)).values_list("short_name", flat=True).first() or "—"
            )
        if name == "body" and str(value).isdecimal():
            return self._named(str(value)).get().short_name
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value)


@cache
def _grounds() -> tuple[tuple[str, str], ...]:
    return tuple((ground.code, spoken(ground.title)) for ground in grounds())
