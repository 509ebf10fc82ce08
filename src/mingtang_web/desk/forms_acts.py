"""One form an act: its fields, the event it makes, and what the law says against it.

What is wrong with the event stands at the field that says it.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.particulars import fault
from mingtang.case.permitting import refusal
from mingtang.case.recording import KINDS
from mingtang.case.situation import Situation
from mingtang.law.fees import fee_by_pages, fee_of_item
from mingtang_web import typed
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import backing
from mingtang_web.cases.belated import needed_in
from mingtang_web.cases.consulting import party_of
from mingtang_web.cases.models import SearchRecord
from mingtang_web.cases.naming import named
from mingtang_web.cases.queries import position_in_month
from mingtang_web.days import DayField
from mingtang_web.desk.forms_fields import ASKED, field, signed_by_another
from mingtang_web.desk.sitting import one_time_key
from mingtang_web.ledger.models import Entry
from mingtang_web.masking import no_personal_data
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from mingtang.case.act import Act
    from mingtang.case.consenting import Need
    from mingtang.case.events import Event
    from mingtang_web.desk.opening import Opened

_CARRIED = ("key", "version")
_KEPT = ("note", "why", "opinion", "subjects")
"""The fields whose words are kept for ever, so that they name nobody of the case."""


class Submission(forms.Form):
    """What every form of a case carries: its one-time key, and the version looked at."""

    key = typed.Text(widget=forms.HiddenInput, max_length=64)
    version = typed.Whole(widget=forms.HiddenInput, min_value=0)

    def __init__(self, seen: Opened, data: QueryDict | None = None) -> None:
        self.seen = seen
        start = {"key": one_time_key(), "version": seen.case.version}
        super().__init__(data, initial=start)

    def clean_key(self) -> str:
        """Return the key; raises `ValidationError` for one that another case used."""
        key = str(self.cleaned_data["key"])
        used = Entry.objects.filter(body=self.seen.case.body_id, key=key)
        if used.exclude(case_id=self.seen.case.pk).exists():
            raise forms.ValidationError(_("这张表已经提交过别的内容，请从案件重新打开"))
        return key

    def clean(self) -> dict[str, Any]:
        """Refuse, where it stands, what names somebody of the case."""
        super().clean()
        typed = self.cleaned_data
        for name in set(_KEPT) & set(typed):
            words = typed[name]
            text = words if isinstance(words, str) else "\n".join(words)
            why = named(self.seen.case, text, self.about())
            if why:
                self.add_error(name, why)
        return typed

    def about(self) -> Person | None:
        """Return whom the case does not know yet and the form names; mostly nobody."""
        return None

    @property
    def stale(self) -> bool:
        """Whether the case has moved on since the form was shown."""
        return self.data.get("version") != str(self.seen.case.version)

    def refresh(self) -> None:
        """Let what was typed stand, on the case as it is now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(self.seen.case.version)
        self.data = data

    def typed(self) -> list[tuple[str, str]]:
        """Return everything as it was typed, to be carried to the next page."""
        data: Any = self.data
        return [(name, each) for name in self.fields for each in data.getlist(name)]


class ReasonForm(Submission):
    """A reason, and nothing else."""

    why = typed.Text(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_personal_data],
    )


class SearchForm(Submission):
    """How the body looked for what was asked (检索记录)."""

    scope = typed.Text(
        label=gettext_lazy("检索范围"),
        help_text=gettext_lazy(
            "哪些机构、哪些年份的哪些档案、系统；会原样写进给申请人的告知书，请用对外的口气"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_personal_data],
    )
    method = typed.Text(
        label=gettext_lazy("检索方式"),
        help_text=gettext_lazy(
            "用什么关键词、怎样查找；会原样写进给申请人的告知书，请不要写查找人的姓名、电话"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_personal_data],
    )
    result = typed.Text(
        label=gettext_lazy("检索结果"),
        help_text=gettext_lazy(
            "只留在本机关，不写进文书；登记人记为检索人员，也不写进文书"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_personal_data],
    )

    def __init__(self, seen: Opened, data: QueryDict | None = None) -> None:
        super().__init__(seen, data)
        self.fields["on"] = DayField(label=_("检索日期"), initial=seen.today)
        self.order_fields(("scope", "method", "on", "result"))

    def clean_on(self) -> date:
        """Return the day; raises `ValidationError` for one outside the case's life."""
        came = self.seen.case.submitted
        if self.cleaned_data["on"] < came:
            why = _("早于来件之日%(came)s；为本件申请检索的日期不会在这之前")
            raise forms.ValidationError(why % {"came": came})
        return _come(self.cleaned_data["on"], self.seen)

    def record(self) -> SearchRecord:
        """Return the record that was entered."""
        names = ("scope", "method", "on", "result")
        return SearchRecord(**{name: self.cleaned_data[name] for name in names})


class ActForm(Submission):
    """The form of one act in one case; ``code`` is the ground of a decision."""

    def __init__(
        self, seen: Opened, act: Act, data: QueryDict | None = None, code: str = ""
    ) -> None:
        super().__init__(seen, data)
        self.act, self.code = act, code
        own = tuple(each.name for each in fields_of(KINDS[act.event]))
        for name in (*ASKED.get(act.event, own), "note"):
            made = field(name, seen, act, code)
            if made is not None:
                self.fields[name] = made
        if signed_by_another(seen, act, code):
            del self.fields["on"]  # such an act is made on the day it is signed

    def clean_on(self) -> date:
        """Return the day; raises `ValidationError` for one that has not come."""
        return _come(self.cleaned_data["on"], self.seen)

    def clean(self) -> dict[str, Any]:
        """Hold the event against the law; what is wrong stands at its field."""
        super().clean()
        lacking = _lacking(self.cleaned_data)
        if not self.errors and lacking:
            self.add_error(*lacking)
        if not self.errors:
            self._hold_against_the_law()
        why = "" if self.errors or self._explained() else self._unexplained()
        if why:
            self.add_error("note", why)
        return self.cleaned_data

    def _explained(self) -> bool:
        return backing.explains(self.event(), self.remark())

    def _unexplained(self) -> str:
        """Return why the act cannot go without a word beside it; mostly nothing."""
        told = backing.unexplained(self.event(), self.seen.now, self.seen.case)
        asked = None if told else self.need()
        if asked:
            why = _("%(why)s，须另一人审批；请写明理由和能够证明的凭据")
            return why % {"why": spoken(asked.why or self.act.title)}
        return told

    def need(self) -> Need | None:
        """Return whose consent the act needs as it was typed, none where nobody's."""
        untold = bool(str(self.data.get("letter-no_letter", "")).strip())
        return needed_in(self.seen.case.body, self.event(), self.seen.now, untold=untold)

    def event(self) -> Event:
        """Return the event that was entered; asked only of a form without errors."""
        typed = self.cleaned_data
        own = {each.name for each in fields_of(KINDS[self.act.event])}
        values: dict[str, Any] = {n: _value(typed[n]) for n in own if n in typed}
        values.setdefault("on", self.seen.today)
        return KINDS[self.act.event](**(values | self._known()))

    def remark(self) -> str:
        """Return what is kept beside the event."""
        note: str = self.cleaned_data["note"]
        return note.strip()

    def person(self) -> Person:
        """Return whom a consultation goes to."""
        names = ("name", "phone", "address")
        return Person(**{name: self.cleaned_data[name] for name in names})

    def about(self) -> Person | None:
        """Return a person who is about to be consulted; of others the name may be told."""
        typed = self.cleaned_data
        whole = {"name", "phone", "address"} <= set(typed)
        return self.person() if whole and typed.get("kind") == Kind.PERSON else None

    def _party(self) -> str:
        return party_of(self.seen.case, self.cleaned_data["name"], self.seen.events)

    def _known(self) -> dict[str, Any]:
        """Return the particulars that are not typed as the event holds them."""
        typed, event = self.cleaned_data, self.act.event
        if event == "consulted":
            return {"role": self.act.role, "party": self._party()}
        if event == "decided":
            return {"ground": self.code}
        if event == "fee_notified":
            return _fee(self.seen, typed)
        if event == "split":
            parts = range(1, len(typed["subjects"]) + 1)
            return {"parts": tuple(f"{self.seen.case.number}（{n}）" for n in parts)}
        if event == "transferred":
            return {"to": typed["to"] or typed["other"]}
        return {}

    def _hold_against_the_law(self) -> None:
        event = self.event()
        then = Situation(self.seen.history, event.on, self.seen.rules)
        early = refusal(self.act, then)
        lack = backing.lack(event, self.seen.case)
        wrong = early or fault(event, then) or (lack[0] if lack else None)
        if wrong:
            asked = [name for name in self.fields if name not in (*_CARRIED, "on")]
            of_the_day = early or wrong.startswith("日期")
            at = ("on" if "on" in self.fields else None) if of_the_day else asked[0]
            self.add_error(at, spoken(wrong))


def _value(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return None if value == "" else value


def _lacking(typed: dict[str, Any]) -> tuple[str, str] | None:
    """Return the field that is needed because of another one, and why."""
    if typed.get("basis") == "pages" and not typed.get("pages"):
        return "pages", _("按量计收须填页数")
    if "other" in typed and not (typed.get("to") or typed["other"]):
        return "to", _("请选择机关，或者在下面填写代码")
    return None


def _fee(seen: Opened, typed: dict[str, Any]) -> dict[str, Any]:
    """Return a fee as the law counts it."""
    if typed["basis"] == "pages":
        return {"pieces": typed["pages"], "yuan": fee_by_pages(typed["pages"], typed["on"])}
    position = position_in_month(seen.case)
    return {"pieces": position, "yuan": fee_of_item(position, typed["on"])}


def _come(on: date, seen: Opened) -> date:
    if on > seen.today:
        raise forms.ValidationError(_("这一天还没有到，不能预先登记"))
    return on


class OpinionForm(Submission):
    """An opinion on what somebody else proposes; a return says why."""

    opinion = typed.Text(
        label=gettext_lazy("意见"),
        help_text=gettext_lazy("退回须写明理由；不写个人信息"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_personal_data],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a proposal is sent back."""
        super().clean()
        typed = self.cleaned_data
        refused = "opinion" in self.errors  # its reason stands there already
        blank = not refused and not typed["opinion"].strip()
        if self.data.get("answer") == "return" and blank:
            self.add_error("opinion", _("退回须写明理由"))
        return typed
