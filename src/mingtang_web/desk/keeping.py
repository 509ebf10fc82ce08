"""What administrators look after, where each part of it is, and what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mingtang.law import holidays_years
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Role, Section
from mingtang_web.bodies.policy import MANAGE_BODY, NotAllowedError
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.keeping import accounts, appointing, queries, tree
from mingtang_web.letters import policy as letters
from mingtang_web.notices.queries import troubled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from mingtang.law.calendar import HolidayYear
    from mingtang_web.desk.sitting import Desk
    from mingtang_web.ledger.models import Entry

AHEAD = 12
"""From this month on next year's holidays are wanted."""
KINDS: dict[str, _StrPromise] = {
    accounts.OPENED: _("建立账号"),
    accounts.AMENDED: _("修改账号资料"),
    accounts.RESET: _("重置口令"),
    accounts.UNLOCKED: _("解除锁定"),
    accounts.FACTOR_RESET: _("重置动态码"),
    accounts.SHUT: _("停用账号"),
    accounts.REOPENED: _("恢复账号"),
    appointing.APPOINTED: _("任命"),
    appointing.ENDED: _("结束任职"),
    appointing.LENT: _("委托代办"),
    appointing.RETURNED: _("收回委托"),
    tree.FOUNDED: _("新增机关"),
    tree.RENAMED: _("机关更名"),
    tree.AMENDED: _("修改机关资料"),
    tree.MOVED: _("改变主管机关"),
    tree.CLOSED: _("撤销机关"),
    tree.SECTION: _("新增内设机构"),
    "letter.edited": _("改写文书措辞"),
}
FIELDS = {
    field.name: field.verbose_name
    for model in (Body, User)
    for field in model._meta.get_fields()
    if hasattr(field, "verbose_name")
}


class Change(NamedTuple):
    """One line of what was changed: by whom, where, whom it concerns, in which words."""

    entry: Entry
    label: object
    people: tuple[str, ...]
    words: tuple[str, ...]


class Year(NamedTuple):
    """A year of the calendar; ``arranged`` is none where its notice is not entered."""

    year: int
    arranged: HolidayYear | None
    wanted: bool


def keeper_of(request: HttpRequest) -> Desk:
    """Return the desk of an administrator.

    Raises `PermissionDenied` for everybody else.
    """
    desk = desk_of(request)
    if not desk.held.managed_paths():
        first = desk.bodies().first()
        raise NotAllowedError(MANAGE_BODY, first) if first else PermissionDenied
    return desk


@require_safe
@login_required
def keeping(request: HttpRequest) -> HttpResponse:
    """Show what there is to look after, with what waits."""
    desk = keeper_of(request)
    lines = queries.tree(desk.held, desk.today)
    context = {
        "counts": queries.counts(desk.held),
        "unstaffed": sum(not line.people and not line.body.closed_on for line in lines),
        "missing": [
            year for year in years(desk.today) if year.wanted and not year.arranged
        ],
        "troubled": troubled(desk.held).count(),
    }
    return render(request, "desk/keeping/keeping.html", context)


@require_safe
@login_required
def wording(request: HttpRequest) -> HttpResponse:
    """Show whose letters may be worded; one body's at once where there is one."""
    desk = keeper_of(request)
    bodies = _worded(desk)
    if len(bodies) == 1:
        return redirect("letter_kinds", bodies[0].pk)
    return render(request, "desk/keeping/wording.html", {"bodies": bodies})


@require_safe
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Show which years have a holiday notice, and what each arranges."""
    desk = keeper_of(request)
    return render(request, "desk/keeping/calendar.html", {"years": years(desk.today)})


@require_safe
@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """Show what was changed in accounts, appointments, bodies and letters, and by whom."""
    desk = keeper_of(request)
    page = page_of(request, queries.changes(desk.held))
    lines = told(page.object_list)
    return render(request, "desk/keeping/changes.html", {"page": page, "lines": lines})


def told(entries: Iterable[Entry]) -> list[Change]:
    """Return entries in words, with the names of whom they concern: three queries."""
    rows = list(entries)
    contents = [row.content for row in rows]
    people = _names(User.objects.all(), contents, ("user", "lender", "borrower"))
    sections = _names(Section.objects.all(), contents, ("section",))
    bodies = _names(Body.objects.all(), contents, ("parent", "after", "into"))
    return [
        Change(
            row,
            KINDS.get(row.kind, row.kind),
            tuple(
                people[content[n]] for n in ("user", "lender", "borrower") if n in content
            ),
            tuple(_words(content, sections, bodies)),
        )
        for row, content in zip(rows, contents, strict=True)
    ]


def years(today: date) -> list[Year]:
    """Return the years of the calendar, the newest first, with those that are wanted."""
    known = {each.year: each for each in holidays_years()}
    wanted = {today.year} | ({today.year + 1} if today.month >= AHEAD else set())
    found = sorted({*known, *wanted, today.year + 1}, reverse=True)
    return [Year(year, known.get(year), year in wanted) for year in found]


def _worded(desk: Desk) -> list[Body]:
    bodies = desk.bodies().filter(closed_on=None)
    return [body for body in bodies if desk.held.allows(letters.EDIT, body)]


def _names(
    rows: QuerySet[Body] | QuerySet[User] | QuerySet[Section],
    contents: Iterable[dict[str, object]],
    places: tuple[str, ...],
) -> dict[object, str]:
    wanted = {content.get(place) for content in contents for place in places}
    ids = {each for each in wanted if isinstance(each, int)}
    return {each.pk: str(each) for each in rows.filter(pk__in=ids)} if ids else {}


def _words(
    content: dict[str, object], sections: dict[object, str], bodies: dict[object, str]
) -> Iterable[str]:
    """Yield what an entry says beside whom it concerns, for the eye."""
    if "role" in content:
        yield str(Role(str(content["role"])).label)
    if content.get("section") in sections:
        yield sections[content["section"]]
    for name in ("parent", "after", "into"):
        place = content.get(name)
        if isinstance(place, int) and place in bodies:
            yield bodies[place]
    since, until = content.get("since") or content.get("on"), content.get("until")
    if since:
        yield f"{since}—{until or ''}" if "until" in content else str(since)
    before, after = content.get("before"), content.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        yield from (
            f"{FIELDS.get(name, name)}：{before[name] or '—'} → {after[name] or '—'}"
            for name in after
            if before.get(name) != after[name]
        )
    fields = content.get("fields")
    if isinstance(fields, list):
        yield "、".join(str(FIELDS.get(name, name)) for name in fields)
    yield from (str(content[name]) for name in ("why", "reason") if content.get(name))


urlpatterns = [
    path("manage/", keeping, name="keeping"),
    path("manage/wording/", wording, name="keeping_wording"),
    path("manage/calendar/", calendar, name="keeping_calendar"),
    path("manage/changes/", changes, name="keeping_changes"),
]
