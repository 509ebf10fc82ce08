"""The screens of the standard catalogue: as of a day, one item, additions, retirements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web import clock, typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.days import DayField
from mingtang_web.desk.matter_files import read_lines, written
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, body_choice, told, tried
from mingtang_web.matters import actions, policy, queries
from mingtang_web.matters.actions import Line
from mingtang_web.matters.models import Fulfilment, Item
from mingtang_web.publication.models import Document
from mingtang_web.publication.queries import visible as documents_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing

A_QUERY, MOST_TOLD = 60, 100
COLUMNS = {each.name: each.verbose_name for each in Item._meta.fields}


class ChangeForm(Submission):
    """From which day and why the catalogue changes."""

    on = DayField(label=lazy("从哪天起"))
    note = typed.Text(label=lazy("理由"), max_length=200)

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies whose catalogue the person keeps."""
        more["initial"] = {"on": clock.today()} | (more.get("initial") or {})
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))


class ItemForm(ChangeForm):
    """One item."""

    first = typed.Text(label=lazy("一级事项"), max_length=100)
    second = typed.Text(label=lazy("二级事项"), max_length=100, required=False)
    contents = typed.Text(
        label=lazy("公开内容（要素）"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    basis = typed.Text(
        label=lazy("公开依据"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    term = typed.Text(label=lazy("公开时限"), max_length=300)
    publisher = typed.Text(
        label=lazy("公开主体"), max_length=300,
        help_text=lazy("机关的全称或者简称，几个的用顿号隔开；写对的自动对应到机关"),
    )  # fmt: skip
    channel = typed.Text(label=lazy("公开渠道和载体"), max_length=500, required=False)
    audience = typed.Text(label=lazy("公开对象"), max_length=200, required=False)
    manner = typed.Text(label=lazy("公开方式"), max_length=100, required=False)
    level = typed.Text(label=lazy("公开层级"), max_length=100, required=False)

    def lines(self) -> list[Line]:
        """Return what was entered."""
        return [Line(*(self.cleaned_data[name] for name in Line._fields))]


class CatalogueFileForm(ChangeForm):
    """A file of items."""

    file = forms.FileField(
        label=lazy("目录文件"),
        help_text=lazy(
            "CSV、XLSX 或者 XLS，一个工作表，列名照国家试点目录（一级事项、公开内容等）"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls"}),
    )
    dry = forms.BooleanField(label=lazy("只试算，不导入"), required=False, initial=True)


class RetireForm(Submission):
    """From which day and why an item is retired."""

    on = DayField(label=lazy("从哪天起"))
    note = typed.Text(label=lazy("理由"), max_length=200)


class LinkForm(Submission):
    """Which document makes an item public."""

    number = typed.Text(label=lazy("文件的索引号"), max_length=60)


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the catalogue as of a day, filtered by words in the address."""
    return _list(request)


@require_safe
@login_required
def exported(request: HttpRequest) -> HttpResponse:
    """Give out the catalogue as of a day, as CSV."""
    rows, told_of = _sought(request)
    answer = HttpResponse(written(rows), content_type="text/csv; charset=utf-8")
    name = f"catalogue-{told_of['day']}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def added(request: HttpRequest, how: str) -> HttpResponse:
    """Add one item, or those of a file: tried first, then in for good."""
    if how not in {"item", "file"}:
        raise Http404
    desk = desk_of(request)
    desk.demand(policy.KEEP)
    bodies = bodies_for(policy.KEEP, desk.held)
    made = ItemForm if how == "item" else CatalogueFileForm
    form = made(request.POST or None, request.FILES or None, bodies=bodies)
    context: dict[str, object] = {"form": form, "how": how}
    done = None
    if request.method == "POST":
        done = tried(form, lambda: _add(request, form, context))
    if isinstance(done, HttpResponse):
        return done
    status = 422 if form.errors else 200
    return render(request, "desk/matters/add.html", context, status=status)


def _add(request: HttpRequest, form: ChangeForm, context: dict[str, object]) -> object:
    said = form.cleaned_data
    body, on = said["body"], said["on"]
    if isinstance(form, ItemForm):
        lines = form.lines()
    else:
        found = read_lines(said["file"].read())
        lines, faults = list(found.lines), found.faults
        found_of = actions.compared(body, lines, on)
        context |= {"fresh": len(found_of.fresh), "same": len(found_of.same)}
        context |= {"faults": faults[:MOST_TOLD], "faulty": len(faults)}
        if said["dry"] or faults:
            return None
    doing = form.doing(signed_in(request), said["note"])
    n = actions.add(body, lines, on, doing)
    return told(request, _("新列入 %(n)s 项") % {"n": n}, "matters_today")


@require_safe
@login_required
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item: what it says, its story, its documents."""
    return _page(request, _found(request, pk))


@require_POST
@login_required
def done(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Retire an item, put a document to it, or take one away."""
    item = _found(request, pk)
    made = {"retire": RetireForm, "link": LinkForm, "unlink": Submission}.get(act)
    if made is None:
        raise Http404
    form = made(request.POST, auto_id=f"id_{act}_%s")

    def doing() -> HttpResponse:
        _do(request, item, act, form)
        return told(request, _("已登记"), "matters_item", item.pk)

    return tried(form, doing) or _page(request, item, {act: form}, 422)


def _do(request: HttpRequest, item: Item, act: str, form: Submission) -> None:
    said = form.cleaned_data
    doing = form.doing(signed_in(request), said.get("note", ""))
    if act == "retire":
        actions.retire(item, said["on"], doing)
    elif act == "link":
        rows = documents_of(desk_of(request).held)
        document = rows.filter(index_number=said["number"].strip()).first()
        if document is None:
            raise forms.ValidationError({"number": _("没有这个索引号的文件，请核对")})
        actions.link(item, document, doing)
    else:
        row = typed.sought(request.POST.get("row", ""), 18)
        links = Fulfilment.objects.filter(item=item).select_related("document__body")
        actions.unlink(get_object_or_404(links, pk=row if row.isdecimal() else 0), doing)


def _found(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(queries.visible(desk_of(request).held), pk=pk)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


def _sought(request: HttpRequest) -> tuple[QuerySet[Item], dict[str, Any]]:
    held, day = desk_of(request).held, _day(request)
    stand, sought = (
        request.GET.get("stand", ""), typed.sought(request.GET.get("q", ""), A_QUERY)
    )  # fmt: skip
    seen = queries.visible(held)
    rows = seen.filter(until__lte=day) if stand == "retired" else queries.as_of(seen, day)
    rows = queries.with_documents(rows).prefetch_related("responsible")
    if stand == "bare":
        rows = rows.filter(~Exists(queries.LINKS))
    if stand == "mine":
        rows = rows.filter(responsible__in=held.body_ids()).distinct()
    level = request.GET.get("level", "")
    level = level if level in queries.Stated.values else ""
    if level:
        rows = queries.at_level(rows, level)
    if sought:
        columns = ("first", "second", "contents", "publisher")
        wanted = Q()
        for name in columns:
            wanted |= Q(**{f"{name}__icontains": sought})
        rows = rows.filter(wanted)
    told_of = {"day": day, "stand": stand, "sought": sought, "level": level}
    return rows, told_of | {"levels": queries.Stated.choices}


def _list(request: HttpRequest) -> HttpResponse:
    rows, context = _sought(request)
    context["page"] = page_of(request, rows)
    context["may_keep"] = desk_of(request).may_somewhere(policy.KEEP)
    context["address"] = request.GET.urlencode()
    return render(request, "desk/matters/list.html", context)


def _page(
    request: HttpRequest,
    item: Item,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    held, sent = desk_of(request).held, sent or {}
    links = item.fulfilments.filter(ended_at=None, document__in=_readable(held))
    named = [(COLUMNS[name], getattr(item, name)) for name in Line._fields[2:]]
    today = clock.today()
    retire = sent.get("retire") or RetireForm(initial={"on": today}, auto_id="id_retire_%s")
    may_retire = item.until is None and held.allows(policy.KEEP, item.body)
    may_link = item.until is None and desk_of(request).may_somewhere(policy.LINK)
    context = {
        "item": item,
        "named": named,
        "events": item.events.select_related("by"),
        "responsible": item.responsible.all(),
        "links": links.select_related("document__body", "by"),
        "retire": retire if may_retire else None,
        "link": (sent.get("link") or LinkForm(auto_id="id_link_%s")) if may_link else None,
        "unlink": sent.get("unlink") or Submission(auto_id="id_unlink_%s"),
        "today": today,
        "sent": bool(sent),
    }
    return render(request, "desk/matters/item.html", context, status=status)


def _readable(held: Standing) -> QuerySet[Document]:
    """Return the documents that may be named here: those seen, and those that are out."""
    out = Q(published__isnull=False, withdrawn_on__isnull=True)
    return Document.objects.filter(out | Q(pk__in=documents_of(held).values("pk")))


urlpatterns = [
    path("matters/", listed, name="matters_today"),
    path("matters/catalogue.csv", exported, name="matters_csv"),
    path("matters/add/<slug:how>/", added, name="matters_add"),
    path("matters/<int:pk>/", shown, name="matters_item"),
    path("matters/<int:pk>/<slug:act>/", done, name="matters_do"),
]
