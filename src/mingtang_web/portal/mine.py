"""An account of one's own, which nobody must have: the cases put to it, and its safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.lockout import address
from mingtang_web.asking.citizens import (
    change_password,
    close,
    confirmed,
    hidden,
    recognised,
    sign_up,
)
from mingtang_web.asking.following import ticket
from mingtang_web.asking.limiting import SIGNED_UP, spend
from mingtang_web.asking.shelf import ShutError, is_kept, kept_by, take_away
from mingtang_web.asking.shelf import keep as put
from mingtang_web.portal.account import by_account, sign_in, sign_out
from mingtang_web.portal.account_forms import (
    DeleteForm,
    PasswordForm,
    SignInForm,
    SignUpForm,
)
from mingtang_web.portal.asking import sent_with, too_often
from mingtang_web.portal.gate import gated, tried
from mingtang_web.portal.guest import forget, guest_of, keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.asking.models import Citizen
    from mingtang_web.portal.account_forms import Confirming


@require_safe
@by_account
def mine(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """List the cases of the account."""
    return _shown(request, "mine", {"kept": kept_by(citizen)})


def new(request: HttpRequest) -> HttpResponse:
    """Make an account and open it."""
    form = SignUpForm(sent_with(request), asks=True)
    if form.is_valid():
        if not spend(SIGNED_UP, address(request)):
            return too_often(request, SIGNED_UP)
        given = form.cleaned_data
        citizen = sign_up(given["name"], given["new"])
        if citizen is not None:
            messages.success(request, _("账号建好了，请记住用户名和口令"))
            return _entered(request, citizen)
        form.add_error("name", _("这个用户名已经有人用了，请换一个"))
    form.ask_anew()
    return _shown(request, "new", {"form": form})


@gated
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; whichever is wrong, the answer is one and the same."""
    whom = f"citizen/{hidden(request.POST.get('name', '')[:50])}"
    form, citizen = tried(request, SignInForm, whom, _recognised)
    if citizen is None:
        return _shown(request, "enter", {"form": form})
    return _entered(request, citizen)


@gated
@by_account
def password(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Change the password; other browsers are signed out by it."""
    form, right = tried(request, PasswordForm, _whom(citizen), _confirmed_by(citizen))
    if not right:
        return _shown(request, "password", {"form": form})
    change_password(citizen, form.cleaned_data["new"])
    messages.success(request, _("口令改好了；别处登录着的已经退出"))
    return redirect("mine")


@gated
@by_account
def delete(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Delete the account; its cases stay."""
    form, right = tried(request, DeleteForm, _whom(citizen), _confirmed_by(citizen))
    if not right:
        return _shown(request, "delete", {"form": form, "kept": kept_by(citizen)})
    close(citizen)
    messages.success(request, _("账号已经注销；申请照常办理，凭编号和查询码查看"))
    answer = redirect("follow")
    sign_out(answer)
    forget(answer)
    return answer


@by_account
def shelve(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Put the case that is open in this browser to the account, or take it away."""
    guest = guest_of(request)
    if guest is None:
        return redirect("mine")
    hold = guest.admission.hold
    if request.POST.get("number") != hold.case.number:
        context = {"case": hold.case, "kept": is_kept(citizen, hold)}
        return _shown(request, "keep", context)
    act, told = put, _("保存好了，以后从这里打开")
    if "away" in request.POST:
        act, told = take_away, _("已经从账号移除；凭编号和查询码照样打开")
    try:
        act(citizen, hold)
    except ShutError:
        return redirect("mine")
    messages.success(request, told)
    return redirect("mine")


@require_POST
@by_account
def choose(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Open one of the account's cases, by its place among them and by nothing else."""
    holds = {str(place): hold for place, hold in kept_by(citizen)}
    hold = holds.get(request.POST.get("place", ""))
    if hold is None:
        return redirect("mine")
    answer = redirect("follow_case")
    keep(request, answer, ticket(hold))
    return answer


def _entered(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Lead on: to the case that is open and could be kept, else to the account's."""
    guest = guest_of(request)
    waits = guest is not None and not is_kept(citizen, guest.admission.hold)
    answer = redirect("mine_keep" if waits else "mine")
    sign_in(request, answer, citizen)
    return answer


def _recognised(form: SignInForm) -> Citizen | None:
    return recognised(form.cleaned_data["name"], form.cleaned_data["password"])


def _whom(citizen: Citizen) -> str:
    """Return as what wrong passwords of an account are counted."""
    return f"citizen/{citizen.name}"


def _confirmed_by(citizen: Citizen) -> Callable[[Confirming], bool | None]:
    return lambda form: confirmed(citizen, form.cleaned_data["password"]) or None


def _shown(request: HttpRequest, page: str, context: dict[str, object]) -> HttpResponse:
    return render(request, f"portal/mine/{page}.html", context)


urlpatterns = [
    path("follow/mine/", mine, name="mine"),
    path("follow/mine/new/", new, name="mine_new"),
    path("follow/mine/enter/", enter, name="mine_enter"),
    path("follow/mine/keep/", shelve, name="mine_keep"),
    path("follow/mine/open/", choose, name="mine_open"),
    path("follow/mine/password/", password, name="mine_password"),
    path("follow/mine/delete/", delete, name="mine_delete"),
]
