"""The worklist: what is due, first; narrowed, kept under a name, and taken away as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.models import SavedFilter
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Membership, Role
from mingtang_web.cases import policy
from mingtang_web.cases.clocks import clocks, soon
from mingtang_web.cases.exchanges import Urging
from mingtang_web.cases.queries import counts, mine, waiting_for
from mingtang_web.cases.selecting import OPEN, asked_of, selected, shown, urged
from mingtang_web.desk.exporting import lines
from mingtang_web.desk.filtering import TABS, FilterForm
from mingtang_web.desk.many import may_pick, ways
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import address_of, desk_of
from mingtang_web.disputes.queries import waiting as answers_due
from mingtang_web.typed import bare, unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case
    from mingtang_web.cases.selecting import Wanted
    from mingtang_web.desk.sitting import Desk

LONGEST_NAME = 30
"""A saved filter's name is at most so long."""


class Row(NamedTuple):
    """One line of the list."""

    case: Case
    clock: Clock
    address: str
    is_urged: bool
    may_pick: bool


class Tab(NamedTuple):
    """One of the tabs above the list, with how many cases are under it."""

    name: str
    label: str
    number: int


class Listed(NamedTuple):
    """What the address asks for: the tab, the conditions, and the cases."""

    tab: str
    form: FilterForm
    cases: QuerySet[Case]


@require_safe
@login_required
def worklist(request: HttpRequest) -> HttpResponse:
    """Show a page of the list, its tabs with their figures, and what may be set."""
    desk = desk_of(request)
    asked = listed(request, desk)
    page = page_of(request, asked.cases.values_list("pk", flat=True))
    sections = sections_of(desk)
    rows = rows_of(shown(list(page.object_list)), desk)
    context = {
        "desk": desk,
        "tab": asked.tab,
        "tabs": _tabs(desk, many_bodies="body" in asked.form.fields),
        "form": asked.form,
        "chips": asked.form.chips(asked.tab),
        "address": asked.form.address(asked.tab),
        "page": page,
        "caption": _caption(asked.form.wanted(asked.tab)),
        "rows": rows,
        "many_bodies": "body" in asked.form.fields,
        "may_assign": desk.may_somewhere(policy.ASSIGN),
        "ways": ways(desk, [row.case for row in rows]),
        "may_register": desk.may_somewhere(policy.REGISTER),
        "supervises": bool(desk.held.seen_paths()),
        "administers": bool(desk.own(Role.ADMINISTRATOR)),
        "notices": _notices(desk, sections),
        "answers_due": len(answers_due(desk.held, desk.today)),
        "saved": desk.user.filters.all(),
    }
    return render(request, "desk/worklist/list.html", context)


@require_safe
@login_required
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole list as CSV, without any personal data, line by line."""
    desk = desk_of(request)
    cases = listed(request, desk).cases
    response = StreamingHttpResponse(
        lines(cases, desk.today), content_type="text/csv; charset=utf-8"
    )
    name = _("案件") + f"-{desk.today:%Y%m%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 - Django's signature
    return response


@require_POST
@login_required
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Keep the conditions of an address under a name of the person's own."""
    name = bare(request.POST.get("name", ""))
    query = QueryDict(request.POST.get("query", "")[:300]).urlencode()[:500]
    if len(name) > LONGEST_NAME:
        said = _("没有保存：名称“%(name)s”超过%(most)s字，请缩短后再存")
        messages.error(request, said % {"name": name, "most": LONGEST_NAME})
    elif unseen(name):
        messages.error(request, _("没有保存：名称%(why)s") % {"why": unseen(name)})
    elif name:
        signed_in(request).filters.update_or_create(name=name, defaults={"query": query})
        messages.success(request, _("已保存常用筛选“%(name)s”") % {"name": name})
    else:
        messages.error(request, _("请为常用筛选起一个名称"))
    return redirect(f"{reverse('worklist')}?{query}")


@require_POST
@login_required
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one's own filter; another person's is not there."""
    found = get_object_or_404(SavedFilter, pk=pk, user=signed_in(request))
    found.delete()
    messages.success(request, _("已删除常用筛选“%(name)s”") % {"name": found.name})
    return redirect("worklist")


def listed(request: HttpRequest, desk: Desk) -> Listed:
    """Return the cases that the address asks for."""
    form = FilterForm(request.GET, desk)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else first_tab(desk, given=bool(form.given))
    cases = under(tab, desk)
    if form.given.get("note") == "asked":
        cases = cases.filter(asked_of(sections_of(desk)))
    return Listed(
        tab, form, selected(cases, form.wanted(tab), desk.today, soon(desk.today))
    )


def first_tab(desk: Desk, *, given: bool = False) -> str:
    """Return the tab of an address that names none: the person's own work, or all."""
    if given:
        return "all"
    if desk.own(Role.CLERK, Role.HANDLER):
        return "mine"
    return "review" if desk.own(Role.LEGAL_REVIEWER, Role.APPROVER) else "all"


def under(tab: str, desk: Desk) -> QuerySet[Case]:
    """Return the cases of a tab."""
    cases = desk.cases()
    if tab == "mine":
        return cases.filter(mine(desk.held))
    if tab == "review":
        waiting = waiting_for(desk.held, desk.user.pk)
        return cases.filter(pk__in=waiting.values("case"))
    return cases


def _tabs(desk: Desk, *, many_bodies: bool) -> list[Tab]:
    found = counts(desk.cases(), mine(desk.held), desk.today, soon(desk.today))
    found["review"] = waiting_for(desk.held, desk.user.pk).count()
    labels = TABS | ({"all": _("所管机关全部")} if many_bodies else {})
    return [Tab(name, str(label), found[name]) for name, label in labels.items()]


def _caption(wanted: Wanted) -> str:
    if wanted.state == OPEN:
        return _("案件，按到期先后")
    last_decided = wanted.day == "decided"
    return _("案件，最近决定的在前") if last_decided else _("案件，最近收到的在前")


def rows_of(cases: Sequence[Case], desk: Desk) -> list[Row]:
    """Return cases as lines of a list, each with its clock: three queries."""
    found = clocks(cases, desk.today)
    pressed = set(
        Urging.objects.filter(case__in=[case.pk for case in cases], answered_at=None)
        .values_list("case", flat=True)
    )  # fmt: skip
    return [
        Row(
            case,
            found[case.pk],
            address_of(case),
            case.pk in pressed,
            may_pick(case, desk),
        )
        for case in cases
    ]


def sections_of(desk: Desk) -> list[int]:
    """Return the sections that the person belongs to today."""
    mine_ = Membership.objects.filter(
        Q(until=None) | Q(until__gte=desk.today),
        user=desk.user,
        since__lte=desk.today,
        section__isnull=False,
    )
    return list(mine_.values_list("section", flat=True))


def _notices(desk: Desk, sections: list[int]) -> list[tuple[str, int]]:
    """Return what waits for the person beside the acts of a case, with how many."""
    own = desk.cases().filter(handler=desk.user)
    pressed = own.filter(urged()).count()
    asked = desk.cases().filter(asked_of(sections)).count() if sections else 0
    return [(name, n) for name, n in (("urged", pressed), ("asked", asked)) if n]


urlpatterns = [
    path("cases/", worklist, name="worklist"),
    path("cases/export/", export, name="export_cases"),
    path("filters/", keep_filter, name="keep_filter"),
    path("filters/<int:pk>/drop/", drop_filter, name="drop_filter"),
]
