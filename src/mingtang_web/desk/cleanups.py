"""The screens of clean-ups: the campaigns, a worklist, the signature."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.queries import below, seen
from mingtang_web.desk.norm_forms import (
    CleanUpForm,
    ConclusionForm,
    DecisionForm,
    ReasonForm,
)
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, told, tried
from mingtang_web.publication import cleaning, policy
from mingtang_web.publication.cleanups import CleanUp, CleanUpItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.policy import Standing

A_PAGE = 20
MOOT = "moot"
"""What the group of documents is called that are no longer in force."""
_FORMS = {"sign": DecisionForm, "abandon": ReasonForm, "take_up": DecisionForm}
Conclusion = CleanUpItem.Conclusion


def visible(held: Standing) -> QuerySet[CleanUp]:
    """Return the clean-ups of bodies that somebody sees, and of which theirs are part."""
    own = seen(held)
    parts = CleanUpItem.objects.filter(campaign=OuterRef("pk"), document__body__in=own)
    wanted = Q(body__in=own) | Q(Exists(parts), below=True)
    return CleanUp.objects.filter(wanted).select_related("body", "by", "signed_by")


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the clean-ups, the newest first, each with how far it has come."""
    held = desk_of(request).held
    page = page_of(request, visible(held))
    context = {
        "page": page,
        "lines": list(_lines(page)),
        "may_open": bool(bodies_for(policy.CLEAN_UP, held)),
    }
    return render(request, "desk/norms/cleanups.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest) -> HttpResponse:
    """Begin a clean-up."""
    actor = signed_in(request)
    bodies = bodies_for(policy.CLEAN_UP, desk_of(request).held)
    if not bodies:
        raise Http404
    form = CleanUpForm(request.POST or None, bodies=bodies)

    def act() -> HttpResponse:
        body = form.cleaned_data["body"]
        made = cleaning.open_clean_up(body, form.plan(), form.doing(actor))
        return told(request, _("清理已经开始，工作清单如下"), "cleanup", made.pk)

    done = tried(form, act) if form.is_bound else None
    return done or render(request, "desk/norms/cleanup_new.html", {"form": form})


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a worklist, or what a signed clean-up came to."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def concluded(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the conclusions of a page of the worklist: those that were changed."""
    campaign, actor = _found(request, number), signed_in(request)
    forms = _sent(request, campaign)
    changed = [form for form in forms if form.touched]
    head = Submission(request.POST)
    if [form for form in changed if not form.is_valid()]:
        return _page(request, campaign, {"head": head}, forms, 422)
    said = {form.item.pk: form.concluded() for form in changed}

    def act() -> HttpResponse:
        if said:
            cleaning.conclude(campaign, said, head.doing(actor))
        words = _("已保存%(n)s件的结论") % {"n": len(said)}
        messages.success(request, words)
        return redirect(f"{reverse('cleanup', args=[number])}?{request.GET.urlencode()}")

    return tried(head, act) or _page(request, campaign, {"head": head}, forms, 422)


@require_POST
@login_required
def ended(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Sign a clean-up, give it up, or take up what was registered since."""
    campaign, actor = _found(request, number), signed_in(request)
    acts = {
        "sign": (cleaning.sign, _("已签发，各件的有效性已经登记")),
        "abandon": (cleaning.abandon, _("清理已中止")),
        "take_up": (cleaning.take_up, _("已补入工作清单")),
    }
    if act not in acts:
        raise Http404
    form = _FORMS[act](request.POST, auto_id=f"id_{act}_%s")
    does, words = acts[act]

    def doing() -> HttpResponse:
        does(campaign, form.doing(actor, form.cleaned_data["note"]))
        return told(request, words, "cleanup", number)

    return tried(form, doing) or _page(request, campaign, {act: form}, status=422)


def _found(request: HttpRequest, number: int) -> CleanUp:
    return get_object_or_404(visible(desk_of(request).held), pk=number)


def _sent(request: HttpRequest, campaign: CleanUp) -> list[ConclusionForm]:
    """Return the forms of the items that were sent, whatever the list shows by now."""
    ids = {name.partition("-")[0] for name in request.POST if name.endswith("-reason")}
    known = [int(each) for each in sorted(ids) if each.isdecimal()][:A_PAGE]
    rows = campaign.items.select_related("document__body", "by").filter(pk__in=known)
    found = [ConclusionForm(request.POST, item=item) for item in rows]
    return [each if each.touched else ConclusionForm(item=each.item) for each in found]


def _items(request: HttpRequest, campaign: CleanUp) -> Page[CleanUpItem]:
    """Return the page of a worklist that the address asks for; of one's own bodies."""
    rows = campaign.items.select_related("document__body", "by")
    held = desk_of(request).held
    if not held.allows(policy.SEE, campaign.body):
        rows = rows.filter(document__body__in=seen(held))
    stand = request.GET.get("stand", "")
    if stand == MOOT:
        rows = rows.filter(cleaning.over(campaign))
    elif stand == "open":
        rows = rows.exclude(cleaning.over(campaign)).filter(conclusion="")
    elif stand in Conclusion.values and stand:
        rows = rows.exclude(cleaning.over(campaign)).filter(conclusion=stand)
    return page_of(request, rows, A_PAGE)


def _lines(page: Page[CleanUp]) -> Iterator[tuple[CleanUp, dict[str, object]]]:
    """Yield clean-ups with how far each has come: one query."""
    found = _concluded(*page)
    for row in page:
        yield row, _progress(row, found[row.pk])


def _concluded(*campaigns: CleanUp) -> dict[int, Counter[str]]:
    """Return how many documents of each clean-up were concluded how: one query.

    What is no longer in force is a group of its own, whatever was concluded of it.
    """
    rows = CleanUpItem.objects.filter(campaign__in=[each.pk for each in campaigns])
    over = Q(pk__in=())
    for each in campaigns:
        over |= Q(campaign=each.pk) & cleaning.over(each)
    stood = Case(When(over, then=Value(MOOT)), default="conclusion")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    told = rows.order_by().annotate(stood=stood).values_list("campaign", "stood")
    for campaign, conclusion, number in told.annotate(n=Count("pk")):
        found[campaign][conclusion] = number
    return found


def _progress(campaign: CleanUp, found: Counter[str]) -> dict[str, object]:
    """Return how many documents there are, how many are through, and how."""
    named: list[tuple[str, object, int]] = [
        (row.value, row.label, found[row]) for row in Conclusion if row.value
    ]
    if found[MOOT]:
        words = _("已不在施行") if campaign.is_open else _("签发时已不在施行")
        named.append((MOOT, words, found[MOOT]))
    total = found.total()
    return {"total": total, "done": total - found[Conclusion.NONE], "named": named}


def _page(
    request: HttpRequest,
    campaign: CleanUp,
    sent: Mapping[str, Submission] | None = None,
    forms: list[ConclusionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page, held, sent = _items(request, campaign), desk_of(request).held, sent or {}
    may = held.allows(policy.CLEAN_UP, campaign.body) or any(
        held.allows(policy.CLEAN_UP, item.document.body) for item in page
    )
    if forms is None:
        forms = [ConclusionForm(item=item) for item in page]
    may_sign = campaign.is_open and held.allows(policy.SIGN_CLEAN_UP, campaign.body)
    offers = ("sign", "abandon") if may_sign else ()
    context = {
        "campaign": campaign,
        "page": page,
        "forms": forms,
        "wrong": [form for form in forms if form.is_bound and form.errors],
        "head": sent.get("head") or Submission(version=campaign.version),
        "may_conclude": may and campaign.is_open,
        "may_take_up": campaign.is_open and held.allows(policy.CLEAN_UP, campaign.body),
        "take_up": sent.get("take_up") or DecisionForm(version=campaign.version),
        "offers": {
            act: sent.get(act)
            or _FORMS[act](version=campaign.version, auto_id=f"id_{act}_%s")
            for act in offers
        },
        "progress": _progress(campaign, _concluded(campaign)[campaign.pk]),
        "stand": request.GET.get("stand", ""),
        "below": campaign.below and below(campaign.body).exists(),
    }
    return render(request, "desk/norms/cleanup.html", context, status=status)


urlpatterns = [
    path("norms/cleanups/", listed, name="cleanups"),
    path("norms/cleanups/new/", opened, name="cleanup_new"),
    path("norms/cleanups/<int:number>/", shown, name="cleanup"),
    path("norms/cleanups/<int:number>/conclude/", concluded, name="cleanup_conclude"),
    path("norms/cleanups/<int:number>/do/<str:act>/", ended, name="cleanup_do"),
]
