"""The screens of accounts and appointments: list, new, one person, lending."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Delegation, Membership
from mingtang_web.bodies.policy import NEVER_LENT
from mingtang_web.bodies.queries import managed
from mingtang_web.cases.models import Case
from mingtang_web.cases.queries import open_ones
from mingtang_web.desk import keeping_forms as forms
from mingtang_web.desk.keeping import keeper_of
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import tried
from mingtang_web.keeping import accounts, appointing, queries
from mingtang_web.keeping.policy import KeepingError, require_account
from mingtang_web.typed import sought

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.sitting import Desk
    from mingtang_web.keeping.accounts import Opened

UNPROCESSABLE = 422
STATES = {
    "active": gettext_lazy("在用"),
    "locked": gettext_lazy("被锁定"),
    "waiting": gettext_lazy("待首次登录"),
    "shut": gettext_lazy("已停用"),
}
TITLES = {
    "amend": gettext_lazy("修改姓名和联系方式"),
    "appoint": gettext_lazy("任命"),
    "lend": gettext_lazy("委托他人代办"),
    "unlock": gettext_lazy("解除锁定"),
    "reset": gettext_lazy("重置口令"),
    "factor": gettext_lazy("重置动态码"),
    "shut": gettext_lazy("停用账号"),
    "reopen": gettext_lazy("恢复账号"),
}
"""What may be done with an account, in the order of the page."""
ANOTHERS_KEYS = frozenset({"reset", "factor"})
"""What lets a person in as somebody else: a desk left unlocked must not do."""
DONE = {
    "amend": gettext_lazy("已保存"),
    "appoint": gettext_lazy("已任命，从任期第一天起即可办理"),
    "lend": gettext_lazy("已委托"),
    "unlock": gettext_lazy("已解除锁定，可以重新登录"),
    "factor": gettext_lazy("已重置动态码；登录只需口令，请提醒本人重新启用"),
    "shut": gettext_lazy("已停用，不能再登录；经手的记录都保留"),
    "reopen": gettext_lazy("已恢复，可以登录"),
}


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the bodies that a person administers."""
    desk = keeper_of(request)
    rows, words = queries.accounts(desk.held), sought(request.GET.get("q", ""), 100)
    state = request.GET.get("state", "")
    if state in queries.STATES:
        rows = rows.filter(queries.STATES[state])
    if words:
        named = Q(display_name__icontains=words) | Q(username__icontains=words)
        rows = rows.filter(named | _in_body(words))
    page = page_of(request, rows)
    held = queries.held_by(page.object_list, desk.today)
    context = {
        "page": page,
        "lines": [(each, held.get(each.pk, [])) for each in page],
        "state": state,
        "states": STATES,
        "q": words,
        "now": clock.now(),
    }
    return render(request, "desk/keeping/people.html", context)


@login_required
def opened(request: HttpRequest) -> HttpResponse:
    """Enter a person, and show the one-time password once."""
    desk = keeper_of(request)
    form = forms.OpeningForm(request.POST or None, bodies=managed(desk.held))
    if request.method == "POST":
        made = tried(
            form,
            lambda: accounts.open_account(
                form.user(), form.membership(form.user()), form.by(desk.user)
            ),
        )
        if made:
            return _password(request, made)
    return render(request, "desk/keeping/person_new.html", {"form": form})


@require_safe
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's account, what they hold and held, and what may be done."""
    desk = keeper_of(request)
    return _page(request, desk, _found(desk, pk))


@require_POST
@login_required
def done(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do something with an account."""
    desk = keeper_of(request)
    user = _found(desk, pk)
    if act not in TITLES:
        raise Http404
    if act in ANOTHERS_KEYS:
        _in_person(request)
    form = _form(act, user, desk, request.POST)
    made = tried(form, lambda: _do(act, user, form, desk) or True)
    if made is None:
        return _page(request, desk, user, {act: form}, UNPROCESSABLE)
    if isinstance(made, accounts.Opened):
        return _password(request, made)
    messages.success(request, str(DONE[act]))
    return redirect("person", user.pk)


@login_required
def ended(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a role end with a day."""
    desk = keeper_of(request)
    rows = Membership.objects.filter(body__in=managed(desk.held))
    held = get_object_or_404(rows.select_related("user", "body", "section"), pk=pk)
    form = forms.EndingForm(request.POST or None)

    def end() -> Membership:
        return appointing.end(held, form.cleaned_data["until"], form.by(desk.user))

    if request.method == "POST" and tried(form, end) is not None:
        messages.success(request, _("已登记任职的最后一天"))
        return redirect("person", held.user_id)
    context = {"form": form, "held": held, "cases": _in_hand(held.user, held.body)}
    return render(request, "desk/keeping/end.html", context)


@login_required
def lending(request: HttpRequest) -> HttpResponse:
    """Show what a person lends and has borrowed, and let them lend their roles."""
    desk = desk_of(request)
    bodies = _lendable(desk)
    form = forms.LendingForm(request.POST or None, bodies=bodies)

    def lend() -> Delegation:
        return appointing.lend(form.loan(desk.user), form.by(desk.user))

    if request.method == "POST" and tried(form, lend) is not None:
        messages.success(request, _("已委托；受托人在这段时间可以代您办理"))
        return redirect("lending")
    rows = Delegation.objects.filter(Q(lender=desk.user) | Q(borrower=desk.user))
    context = {
        "form": form if bodies else None,
        "loans": rows.select_related("lender", "borrower", "body")[:50],
        "today": desk.today,
    }
    return render(request, "desk/keeping/lending.html", context)


@require_POST
@login_required
def given_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End a loan of one's own, or in a body that one administers."""
    desk = desk_of(request)
    mine = Q(lender=desk.user) | Q(body__in=managed(desk.held))
    loan = get_object_or_404(Delegation.objects.filter(mine).select_related("body"), pk=pk)
    form = forms.Kept(request.POST)
    if not tried(form, lambda: appointing.give_back(loan, form.by(desk.user))):
        raise PermissionDenied
    messages.success(request, _("已收回；今天才开始的委托，到今天为止"))
    own = loan.lender_id == desk.user.pk
    return redirect("lending") if own else redirect("person", loan.lender_id)


@reauthentication_required  # type: ignore[untyped-decorator]
def _in_person(_request: HttpRequest) -> None:
    """Ask for the keeper's own password where it was not typed in the last minutes."""


def _found(desk: Desk, pk: int) -> User:
    return get_object_or_404(queries.accounts(desk.held), pk=pk)


def _form(act: str, user: User, desk: Desk, data: Any = None) -> forms.Kept:  # noqa: ANN401
    more: dict[str, Any] = {"auto_id": f"id_{act}_%s"}
    if act == "amend":
        card = {name: getattr(user, name) for name in accounts.CARD}
        return forms.CardForm(data, initial=card, **more)
    if act == "appoint":
        return forms.Appointing(data, bodies=managed(desk.held), **more)
    if act == "lend":
        return forms.LendingForm(data, bodies=managed(desk.held), **more)
    return (forms.WhyForm if act == "shut" else forms.Kept)(data, **more)


def _do(act: str, user: User, form: forms.Kept, desk: Desk) -> Opened | object:
    by = form.by(desk.user)
    if isinstance(form, forms.CardForm):
        card = {name: form.cleaned_data[name] for name in accounts.CARD}
        return accounts.amend(user, card, by)
    if isinstance(form, forms.Appointing):
        return appointing.appoint(form.membership(user), by)
    if isinstance(form, forms.LendingForm):
        return appointing.lend(form.loan(user), by)
    if isinstance(form, forms.WhyForm):
        return accounts.shut(user, form.cleaned_data["why"], by)
    simple = {
        "unlock": accounts.unlock,
        "reset": accounts.reset_password,
        "factor": accounts.reset_second_factor,
        "reopen": accounts.reopen,
    }
    return simple[act](user, by)


def _offered(user: User, desk: Desk) -> tuple[list[str], str]:
    """Return what may be done with an account, and why not more."""
    try:
        require_account(desk.user, user)
    except (KeepingError, PermissionDenied) as why:
        others = [] if user.pk == desk.user.pk else ["appoint", "lend"]
        return others, str(why)
    if not user.is_active:
        return ["amend", "reopen"], ""
    acts = ["amend", "appoint", "lend", "reset", "shut"]
    acts += ["unlock"] if getattr(user, "locked", False) else []
    acts += ["factor"] if getattr(user, "has_factor", False) else []
    return acts, ""


def _page(
    request: HttpRequest,
    desk: Desk,
    user: User,
    sent: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an account, with a form that was sent back where something was refused."""
    sent = sent or {}
    acts, why_not = _offered(user, desk)
    offered = [
        (name, title, sent.get(name) or _form(name, user, desk))
        for name, title in TITLES.items()
        if name in acts or name in sent
    ]
    here = managed(desk.held)
    held = Membership.objects.filter(user=user, body__in=here)
    loans = Delegation.objects.filter(lender=user, body__in=here, until__gte=desk.today)
    context = {
        "person": user,
        "offered": offered,
        "why_not": why_not,
        "sent": bool(sent),
        "held": held.select_related("body", "section").order_by("-since", "-pk"),
        "loans": loans.select_related("body", "borrower"),
        "one_time": forms.Kept(),
        "yesterday": desk.today - timedelta(days=1),
        "today": desk.today,
        "now": clock.now(),
        "cases": _in_hand(user),
    }
    return render(request, "desk/keeping/person.html", context, status=status)


def _password(request: HttpRequest, made: Opened) -> HttpResponse:
    return render(request, "desk/keeping/password.html", {"made": made})


def _in_hand(user: User, body: Body | None = None) -> int:
    """Return how many open cases a person is in charge of."""
    cases = open_ones(Case.objects.filter(handler=user))
    return (cases.filter(body=body) if body else cases).count()


def _in_body(words: str) -> Q:
    held = Membership.objects.filter(
        Q(body__name__icontains=words) | Q(body__short_name__icontains=words)
    )
    return Q(pk__in=held.values("user"))


def _lendable(desk: Desk) -> Any:  # noqa: ANN401 - a queryset of bodies
    own = {
        each.body_id
        for each in desk.held.holdings
        if each.lender_id is None and each.role not in NEVER_LENT
    }
    return Body.objects.filter(pk__in=own)


urlpatterns = [
    path("manage/people/", people, name="people"),
    path("manage/people/new/", opened, name="person_new"),
    path("manage/people/<int:pk>/", person, name="person"),
    path("manage/people/<int:pk>/<slug:act>/", done, name="person_do"),
    path("manage/appointments/<int:pk>/end/", ended, name="appointment_end"),
    path("profile/lending/", lending, name="lending"),
    path("profile/lending/<int:pk>/back/", given_back, name="loan_back"),
]
