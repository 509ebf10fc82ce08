"""The screens of the tree of bodies: tree, new, one body and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.annual.stages import has_section
from mingtang_web.bodies.models import Body, Membership
from mingtang_web.bodies.queries import managed
from mingtang_web.desk import keeping_forms as forms
from mingtang_web.desk.keeping import FIELDS, keeper_of
from mingtang_web.desk.submitting import tried
from mingtang_web.keeping import appointing, queries, tree
from mingtang_web.keeping.reporting import set_stages
from mingtang_web.letters import policy as letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.sitting import Desk

UNPROCESSABLE = 422
TITLES = {
    "amend": gettext_lazy("修改资料（文书用）"),
    "appoint": gettext_lazy("任命"),
    "section": gettext_lazy("新增内设机构"),
    "stages": gettext_lazy("设定年报审核环节"),
    "rename": gettext_lazy("更名"),
    "move": gettext_lazy("改变主管机关"),
    "close": gettext_lazy("撤销、并入"),
}
"""What may be done with a body, in the order of the page."""
_ALONE = {"section": forms.SectionForm, "rename": forms.RenamingForm}
_AMONG = {
    "appoint": forms.StaffingForm,
    "move": forms.MovingForm,
    "close": forms.ClosingForm,
}


@require_safe
@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """Show the bodies that a person administers, as a tree, with codes and regions."""
    desk = keeper_of(request)
    lines = queries.tree(desk.held, desk.today)
    return render(request, "desk/keeping/bodies.html", {"lines": lines})


@login_required
def founded(request: HttpRequest) -> HttpResponse:
    """Enter a new body."""
    desk = keeper_of(request)
    parent = {"parent": request.GET.get("parent")}
    form = forms.FoundingForm(
        request.POST or None, bodies=managed(desk.held), initial=parent
    )
    if request.method == "POST":
        made = tried(form, lambda: tree.found(form.body(), form.by(desk.user)))
        if made:
            messages.success(
                request, _("已新增%(name)s，接着任命人员") % {"name": made.name}
            )
            return redirect("body", made.pk)
    return render(request, "desk/keeping/body_new.html", {"form": form})


@require_safe
@login_required
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a body: what letters tell of it, who works there, what it was called."""
    desk = keeper_of(request)
    return _page(request, desk, _found(desk, pk))


@require_POST
@login_required
def done(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do something with a body."""
    desk = keeper_of(request)
    found = _found(desk, pk)
    if act not in TITLES:
        raise Http404
    form = _form(act, found, desk, request.POST)
    if not tried(form, lambda: _do(act, found, form, desk)):
        return _page(request, desk, _found(desk, pk), {act: form}, UNPROCESSABLE)
    messages.success(request, _("已保存，并记入台账"))
    return redirect("body", pk)


def _found(desk: Desk, pk: int) -> Body:
    rows = managed(desk.held).select_related("parent", "successor")
    return get_object_or_404(rows, pk=pk)


def _form(act: str, here: Body, desk: Desk, data: Any = None) -> forms.Kept:  # noqa: ANN401
    more: dict[str, Any] = {"auto_id": f"id_{act}_%s"}
    if act == "amend":
        known = {name: getattr(here, name) for name in tree.CARD}
        return forms.ContactForm(data, initial=known, **more)
    if act == "stages":
        begun = {"with_section": has_section(here)}
        return forms.StagesForm(data, initial=begun, **more)
    if act in _ALONE:
        if act == "rename":
            more["initial"] = {name: getattr(here, name) for name in tree.NAMES}
        return _ALONE[act](data, **more)
    among = managed(desk.held).exclude(path__startswith=here.path)
    if act == "appoint":
        among = Body.objects.filter(pk=here.pk)
    return _AMONG[act](data, bodies=among, **more)


def _do(act: str, here: Body, form: forms.Kept, desk: Desk) -> object:
    by, said = form.by(desk.user), form.cleaned_data
    if isinstance(form, forms.ContactForm):
        return tree.amend(here, form.card(), by)
    if isinstance(form, forms.RenamingForm):
        return tree.rename(here, form.named(), said["since"], by)
    if isinstance(form, forms.StaffingForm):
        return appointing.appoint(form.membership(said["user"]), by)
    does: dict[str, Callable[[], object]] = {
        "stages": lambda: set_stages(here, by, with_section=said["with_section"]),
        "move": lambda: tree.move(here, said["parent"], by),
        "close": lambda: tree.close(here, said["on"], said["into"], by),
        "section": lambda: tree.add_section(here, said["name"], by),
    }
    return does[act]()


def _offered(here: Body) -> list[str]:
    if here.closed_on:
        return ["amend"]
    return [act for act in TITLES if act != "move" or here.parent_id]


def _page(
    request: HttpRequest,
    desk: Desk,
    here: Body,
    sent: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a body, with a form that was sent back where something was refused."""
    sent = sent or {}
    offered = [
        (name, TITLES[name], sent.get(name) or _form(name, here, desk))
        for name in _offered(here)
    ]
    held = Membership.objects.filter(body=here).exclude(until__lt=desk.today)
    context = {
        "body": here,
        "card": [(FIELDS[name], _said(here, name)) for name in tree.CARD],
        "offered": offered,
        "sent": bool(sent),
        "held": held.select_related("user", "section").order_by("role", "since"),
        "sections": here.sections.all(),
        "with_section": has_section(here),
        "former": here.former_names.all(),
        "predecessors": here.predecessors.all(),
        "may_word": desk.held.allows(letters.EDIT, here) and not here.closed_on,
        "today": desk.today,
    }
    return render(request, "desk/keeping/body.html", context, status=status)


def _said(here: Body, name: str) -> str:
    return str(here.get_kind_display() if name == "kind" else getattr(here, name))


urlpatterns = [
    path("manage/bodies/", bodies, name="bodies"),
    path("manage/bodies/new/", founded, name="body_new"),
    path("manage/bodies/<int:pk>/", body, name="body"),
    path("manage/bodies/<int:pk>/<slug:act>/", done, name="body_do"),
]
