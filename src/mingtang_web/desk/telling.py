"""What is asked and told about one case: urging, comments, reasons, sections' opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import typed
from mingtang_web.bodies.models import Section
from mingtang_web.cases import exchanging, policy
from mingtang_web.cases.clocks import clocks
from mingtang_web.cases.exchanging import Saying, speaks_for
from mingtang_web.cases.models import Case, Explanation, SectionOpinion, Urging
from mingtang_web.cases.queries import is_late
from mingtang_web.days import DayField
from mingtang_web.desk.sitting import address_of, desk_of, one_time_key
from mingtang_web.desk.submitting import told, tried

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Act
    from mingtang_web.days import DayField
from mingtang_web.desk.sitting import Desk


class SayForm(forms.Form):
    """Words about a case."""

    words = typed.Text(
        label=gettext_lazy("内容"),
        max_length=exchanging.LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("长期留存；不写申请人的姓名、号码和地址"),
    )
    key = typed.Text(widget=forms.HiddenInput, max_length=40)

    def saying(self, user: User) -> Saying:
        """Return who says what was typed."""
        return Saying(self.cleaned_data["words"], user, self.cleaned_data["key"])


class UrgeForm(SayForm):
    """Words that want an answer by a day."""

    until = DayField(label=gettext_lazy("请于何日前答复"))


class AskSectionForm(UrgeForm):
    """A question to a section of the same body."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("征求的机构"), queryset=Section.objects.none()
    )

    def __init__(self, case: Case, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["section"].queryset = case.body.sections.all()  # type: ignore[attr-defined]
        self.order_fields(["section", "words", "until"])


class ExplainForm(SayForm):
    """Why a case is late."""

    cause = forms.ChoiceField(
        label=gettext_lazy("原因类别"), choices=Explanation.Cause.choices
    )


class Offer(NamedTuple):
    """One thing that a person may say about a case now, with its form."""

    name: str
    title: object
    help: object
    form: SayForm


@require_safe
@login_required
def exchanges(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that was asked and told about a case, and what may be said now."""
    desk = desk_of(request)
    return _shown(request, desk, desk.case(pk))


@require_POST
@login_required
def say(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Urge, comment, explain, or ask a section about a case."""
    desk = desk_of(request)
    case = desk.case(pk)
    if what not in SAYING:
        raise Http404
    form = _form(what, case, request)

    def act() -> HttpResponse:
        SAYING[what].act(case, form.cleaned_data, form.saying(desk.user))
        return told(request, _("已记入台账"), "exchanges", case.pk)

    return tried(form, act) or _shown(request, desk, case, {what: form})


@require_POST
@login_required
def answer(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Answer an urging, or give a section's opinion."""
    desk = desk_of(request)
    model, answered = ANSWERING[what] if what in ANSWERING else _missing()
    asked = get_object_or_404(model.objects.filter(case__in=desk.cases()), pk=pk)
    form = SayForm(request.POST, prefix=f"{what}-{pk}", auto_id="%s")

    def act() -> HttpResponse:
        answered(asked, form.saying(desk.user))
        return told(request, _("已答复，并记入台账"), "exchanges", asked.case_id)

    faulty = {f"{what}-{pk}": form}
    return tried(form, act) or _shown(request, desk, desk.case(asked.case_id), faulty)


def of_case(desk: Desk, case: Case, forms_: dict[str, SayForm]) -> dict[str, object]:
    """Return what ``worklist/exchanges_of_case.html`` shows, for any page of a case."""
    by = ("by", "answered_by")
    return {
        "case": case,
        "urgings": _with_forms(case.urgings.select_related(*by), "urging", desk, forms_),
        "opinions": _with_forms(
            case.sectionopinions.select_related(*by, "section__body"),
            "opinion",
            desk,
            forms_,
        ),
        "comments": case.comments.select_related("by"),
        "explanations": case.explanations.select_related("by"),
        "offers": _offers(desk, case, forms_),
    }


def _shown(
    request: HttpRequest,
    desk: Desk,
    case: Case,
    forms_: dict[str, SayForm] | None = None,
) -> HttpResponse:
    context = of_case(desk, case, forms_ or {}) | {
        "clock": clocks([case], desk.today)[case.pk],
        "address": address_of(case),
        "faults": [form for form in (forms_ or {}).values() if form.errors],
    }
    return render(request, "desk/worklist/exchanges.html", context)


class _Way(NamedTuple):
    """How one thing is said: who may, with which form, by which action."""

    policy: Act
    title: object
    help: object
    form: type[SayForm]
    act: Callable[[Case, dict[str, Any], Saying], object]


SAYING: dict[str, _Way] = {
    "urge": _Way(
        policy.URGE,
        gettext_lazy("督办"),
        gettext_lazy("承办人须在所定日期前答复；督办和答复都记入该机关的台账"),
        UrgeForm,
        lambda case, given, said: exchanging.urge(case, given["until"], said),
    ),
    "comment": _Way(
        policy.COMMENT,
        gettext_lazy("批示"),
        gettext_lazy("给承办人的意见，不要求答复"),
        SayForm,
        lambda case, _given, said: exchanging.comment(case, said),
    ),
    "explain": _Way(
        policy.EXPLAIN,
        gettext_lazy("说明逾期原因"),
        gettext_lazy("本案已经逾期或者逾期答复，请说明原因"),
        ExplainForm,
        lambda case, given, said: exchanging.explain(case, str(given["cause"]), said),
    ),
    "ask": _Way(
        policy.ASK_SECTION,
        gettext_lazy("征求内设机构意见"),
        gettext_lazy("内部征求意见不停止计时：只有征求第三方、其他机关才停"),
        AskSectionForm,
        lambda case, given, said: exchanging.ask_section(
            case,
            given["section"],
            given["until"],
            said,
        ),
    ),
}
ANSWERING: dict[str, tuple[type[Urging] | type[SectionOpinion], Callable[..., object]]] = {
    "urging": (Urging, exchanging.answer_urging),
    "opinion": (SectionOpinion, exchanging.answer_section),
}


def _offers(desk: Desk, case: Case, forms_: dict[str, SayForm]) -> list[Offer]:
    """Return what a person may say about a case now."""
    late = is_late(case, desk.today)
    fits = {"urge": case.is_open, "ask": case.is_open, "explain": late, "comment": True}
    return [
        Offer(name, way.title, way.help, forms_.get(name) or _form(name, case))
        for name, way in SAYING.items()
        if fits[name] and desk.held.allows(way.policy, case.body)
    ]


def _form(name: str, case: Case, request: HttpRequest | None = None) -> SayForm:
    given = {"prefix": name, "auto_id": "%s", "initial": {"key": one_time_key()}}
    data = [request.POST] if request else []
    cls = SAYING[name].form
    if cls is AskSectionForm:
        return AskSectionForm(case, *data, **given)
    return cls(*data, **given)  # type: ignore[arg-type]


def _with_forms(
    asked: object, what: str, desk: Desk, forms_: dict[str, SayForm]
) -> list[tuple[object, SayForm | None]]:
    """Return questions, each with the form of its answer where this person may give it."""
    return [
        (each, _answer_form(each, f"{what}-{each.pk}", forms_) if may else None)
        for each in asked  # type: ignore[attr-defined]
        for may in [each.is_open and _may_answer(each, desk)]
    ]


def _answer_form(_asked: object, name: str, forms_: dict[str, SayForm]) -> SayForm:
    start = {"key": one_time_key()}
    return forms_.get(name) or SayForm(prefix=name, auto_id="%s", initial=start)


def _may_answer(asked: Urging | SectionOpinion, desk: Desk) -> bool:
    body = asked.case.body
    if isinstance(asked, Urging):
        return desk.held.allows(policy.ANSWER_URGING, body)
    allowed = desk.held.allows(policy.ANSWER_SECTION, body)
    return allowed and speaks_for(desk.user, asked.section)


def _missing() -> tuple[type[Urging], Callable[..., object]]:
    raise Http404


urlpatterns = [
    path("cases/<int:pk>/exchanges/", exchanges, name="exchanges"),
    path("cases/<int:pk>/exchanges/<slug:what>/", say, name="say"),
    path("exchanges/<slug:what>/<int:pk>/", answer, name="answer"),
]
