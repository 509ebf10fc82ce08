"""The screens of inspections: begun, followed, looked over, what they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang import supervising
from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Body
from mingtang_web.days import DayField
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, body_choice, told, tried
from mingtang_web.supervision import inspecting, ordering, policy, queries
from mingtang_web.supervision.examining import Found, with_limits
from mingtang_web.supervision.inspecting import Asked
from mingtang_web.supervision.models import (
    LONGEST,
    LONGEST_PLACE,
    LONGEST_SEED,
    Finding,
    Inspection,
    Watching,
)

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

OFF = "off"
"""What the form calls a column that is not looked at."""


class BeginForm(Submission):
    """For which office, how, and of a sample how many by which seed."""

    kind = forms.ChoiceField(
        label=lazy("方式"),
        choices=Inspection.Kind.choices,
        initial=Inspection.Kind.WHOLE,
        help_text=lazy("随机抽查才填下面两项；另外两种查全部机关"),
    )
    size = typed.Whole(label=lazy("抽查几个机关"), min_value=1, required=False)
    seed = typed.Text(
        label=lazy("抽样种子"),
        max_length=LONGEST_SEED,
        required=False,
        help_text=lazy(
            "公开抽签得到的，写在这里；空着由系统随机产生并留存，谁都能照它重抽"
        ),
    )

    def __init__(self, *args: Any, offices: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask for which office, where a person inspects for several."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(offices)


class NoteForm(Submission):
    """What an inspector saw: of which body, where, in words."""

    place = typed.Text(
        label=lazy("位置"),
        max_length=LONGEST_PLACE,
        help_text=lazy("栏目、索引号或者网页地址"),
    )
    said = typed.Text(
        label=lazy("问题"),
        max_length=LONGEST,
        help_text=lazy("不写个人姓名和号码"),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that were looked at."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)


class WhyForm(Submission):
    """Why a fault is none, or an inspection is struck."""

    why = typed.Text(label=lazy("理由"), max_length=200, help_text=lazy("不写姓名和号码"))


class OrderForm(Submission):
    """What is to be mended, and by when."""

    due = DayField(label=lazy("整改期限"))

    def __init__(self, *args: Any, found: list[Finding], **more: Any) -> None:  # noqa: ANN401
        """Offer what is open of a body, all of it chosen."""
        choices = [(each.pk, f"{each.label}：{each.place}") for each in found]
        begun = {"chosen": [each.pk for each in found]}
        super().__init__(*args, initial=begun, **more)
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label=_("要求整改的问题"),
            coerce=int,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["chosen", "due"])


class WatchForm(Submission):
    """Within what time each column gets something new; whether each month is looked."""

    monthly = forms.BooleanField(label=lazy("每月月初自动检查全部机关"), required=False)

    def __init__(self, *args: Any, row: Watching | None, **more: Any) -> None:  # noqa: ANN401
        """Ask of every column, beginning with what holds now."""
        offered = [(OFF, _("不查更新"))]
        offered += [(each.id, _said(each)) for each in supervising.limits()]
        begun: dict[str, object] = {"monthly": bool(row and row.monthly)}
        columns = with_limits(row.limits if row else {})
        for each in columns:
            begun[f"of_{each.id}"] = each.limit.id if each.limit else OFF
        super().__init__(*args, initial=begun, **more)
        for each in columns:
            self.fields[f"of_{each.id}"] = forms.ChoiceField(
                label=each.label, choices=offered
            )

    def limits(self) -> dict[str, str]:
        """Return what was chosen that is not as the engine's data have it."""
        usual = {each.id: each.limit.id if each.limit else "" for each in with_limits({})}
        said = {
            name.removeprefix("of_"): "" if value == OFF else value
            for name, value in self.cleaned_data.items()
            if name.startswith("of_")
        }
        return {name: value for name, value in said.items() if value != usual[name]}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the inspections, and begin one."""
    desk = desk_of(request)
    offices = _offices(request)
    form = BeginForm(request.POST or None, offices=offices)

    def act() -> HttpResponse:
        said = form.cleaned_data
        asked = Asked(said["kind"], said["size"], said["seed"] or "")
        made = inspecting.begin(said["body"], asked, form.doing(desk.user))
        return told(request, _("已开始检查，查完一个机关显示一个"), "inspection", made.pk)

    done = tried(form, act) if request.method == "POST" else None
    if done:
        return done
    page = page_of(request, queries.inspections(desk.held))
    tallies = queries.tallies(page.object_list)
    rows = [(row, tallies[row.pk]) for row in page.object_list]
    context = {"page": page, "rows": rows, "form": form, "offices": offices}
    status = 422 if form.is_bound else 200
    return render(request, "desk/supervision/inspections.html", context, status=status)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show an inspection: how far it has come, what it found, by body."""
    return _page(request, _found(request, number))


@require_safe
@login_required
def state(request: HttpRequest, number: int) -> HttpResponse:
    """Tell how far an inspection has come, for the page that waits."""
    row = _found(request, number)
    said = {
        "moving": _is_going(row),
        "words": _progress(row),
        "page": row.done,
        "pages": len(row.drawn),
    }
    return JsonResponse(said)


@require_POST
@login_required
def noted(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what an inspector saw."""
    inspection, actor = _found(request, number), signed_in(request)
    form = NoteForm(request.POST, bodies=_drawn(inspection))

    def act() -> HttpResponse:
        said = form.cleaned_data
        seen = Found(supervising.BY_HAND, said["place"], said["said"])
        inspecting.note(inspection, said["body"], seen, form.doing(actor))
        return told(request, _("已登记"), "inspection", inspection.pk)

    return tried(form, act) or _page(request, inspection, {"note": form}, 422)


@require_POST
@login_required
def struck(request: HttpRequest, number: int) -> HttpResponse:
    """Strike an inspection."""
    inspection, actor = _found(request, number), signed_in(request)
    form = WhyForm(request.POST, auto_id="id_strike_%s")

    def act() -> HttpResponse:
        inspecting.strike(inspection, form.doing(actor, form.cleaned_data["why"]))
        return told(request, _("已作废；记录仍然留存"), "inspection", inspection.pk)

    return tried(form, act) or _page(request, inspection, {"strike": form}, 422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_body(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show what was found in a body; order it to be mended."""
    inspection, desk = _found(request, number), desk_of(request)
    body = get_object_or_404(Body, pk=pk, pk__in=inspection.drawn)
    rows = inspection.findings.filter(body=body).select_related("order")
    still_open = list(rows.filter(order=None, dropped=False)[: ordering.MOST])
    may = desk.held.allows(policy.ORDER, inspection.body) and not inspection.struck
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(sent, found=still_open, version=inspection.version)

    def act() -> HttpResponse:
        said = form.cleaned_data
        order = ordering.issue(
            inspection, body, said["chosen"], said["due"], form.doing(desk.user)
        )
        return told(request, _("整改通知已发出"), "supervision_order", order.pk)

    done = tried(form, act) if sent is not None else None
    if done:
        return done
    context = {
        "inspection": inspection,
        "body": body,
        "page": page_of(request, rows),
        "tally": queries.tally(rows),
        "form": form if may and still_open else None,
        "sent": form.is_bound,
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/supervision/of_body.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """Show one fault: what it rests on, what mends it; say that it is none."""
    desk = desk_of(request)
    rows = Finding.objects.filter(inspection__in=queries.inspections(desk.held))
    row = get_object_or_404(
        rows.select_related("inspection__body", "body", "order"), pk=number
    )
    sent = request.POST if request.method == "POST" else None
    form = WhyForm(sent, version=row.inspection.version)
    back = "inspection_body", row.inspection_id, row.body_id

    def act() -> HttpResponse:
        inspecting.drop(row, form.doing(desk.user, form.cleaned_data["why"]))
        return told(request, _("已核实，不是问题"), *back)

    done = tried(form, act) if sent is not None else None
    if done:
        return done
    may = row.is_open and desk.held.allows(policy.INSPECT, row.inspection.body)
    steps = row.inspection.steps.filter(what="dropped", held__finding=row.pk)
    context = {
        "row": row,
        "of": supervising.check(row.check_id),
        "form": form if may else None,
        "dropped": steps.select_related("entry__actor").first(),
        "sent": form.is_bound,
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/supervision/finding.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def watched(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and set by what an office looks at columns."""
    actor = signed_in(request)
    office = next((each for each in _offices(request) if each.pk == pk), None)
    if office is None:
        raise Http404
    row = Watching.objects.filter(body=office).first()
    form = WatchForm(request.POST if request.method == "POST" else None, row=row)

    def act() -> HttpResponse:
        monthly = form.cleaned_data["monthly"]
        inspecting.watch(office, form.limits(), monthly=monthly, doing=form.doing(actor))
        return told(request, _("已登记"), "inspections")

    done = tried(form, act) if form.is_bound else None
    context = {"form": form, "office": office, "limits": supervising.limits()}
    status = 422 if form.is_bound else 200
    return done or render(request, "desk/supervision/watching.html", context, status=status)


def _said(limit: supervising.Limit) -> str:
    if limit.days is not None:
        return _("%(label)s：%(n)s天") % {"label": limit.label, "n": limit.days}
    return _("%(label)s：%(n)s个月") % {"label": limit.label, "n": limit.months}


def _offices(request: HttpRequest) -> list[Body]:
    """Return the offices for which somebody inspects; raises `Http404` where none."""
    offices = queries.offices(desk_of(request).held)
    if not offices:
        raise Http404
    return offices


def _found(request: HttpRequest, number: int) -> Inspection:
    return get_object_or_404(queries.inspections(desk_of(request).held), pk=number)


def _is_going(inspection: Inspection) -> bool:
    return not inspection.is_through and not inspection.struck


def _progress(inspection: Inspection) -> str:
    told = {"done": inspection.done, "all": len(inspection.drawn)}
    said = _("正在检查：已查 %(done)s 个机关，共 %(all)s 个。可以离开，查完仍在这里。")
    return said % told


def _drawn(inspection: Inspection) -> list[Body]:
    return list(Body.objects.filter(pk__in=inspection.drawn).order_by("path"))


def _page(
    request: HttpRequest,
    inspection: Inspection,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an inspection, with a form that was sent back where something was refused."""
    sent, desk = sent or {}, desk_of(request)
    bodies = _drawn(inspection)
    through = set(inspection.drawn[: inspection.done])
    lines = [
        (body, body.pk in through, sum(counts.values()), [
            (supervising.check(name).label, n) for name, n in counts.items()
        ])
        for body, counts in queries.by_body(inspection.findings.all(), bodies)
    ]  # fmt: skip
    may = not inspection.struck and desk.held.allows(policy.INSPECT, inspection.body)
    version = inspection.version
    blank = {
        "note": NoteForm(bodies=bodies, version=version, auto_id="id_note_%s"),
        "strike": WhyForm(version=version, auto_id="id_strike_%s"),
    }
    context = {
        "inspection": inspection,
        "lines": lines,
        "going": _is_going(inspection),
        "words": _progress(inspection),
        "tally": queries.tally(inspection.findings.all()),
        "steps": inspection.steps.select_related("entry__actor").order_by("-pk"),
        "note": may and sent.get("note", blank["note"]),
        "strike": may and sent.get("strike", blank["strike"]),
        "sent": bool(sent),
        "here": reverse("inspection", args=[inspection.pk]),
    }
    return render(request, "desk/supervision/inspection.html", context, status=status)


urlpatterns = [
    path("inspections/", listed, name="inspections"),
    path("inspections/<int:number>/", shown, name="inspection"),
    path("inspections/<int:number>/state/", state, name="inspection_state"),
    path("inspections/<int:number>/note/", noted, name="inspection_note"),
    path("inspections/<int:number>/strike/", struck, name="inspection_strike"),
    path("inspections/<int:number>/<int:pk>/", of_body, name="inspection_body"),
    path("inspections/findings/<int:number>/", finding, name="inspection_finding"),
    path("inspections/limits/<int:pk>/", watched, name="inspection_limits"),
]
