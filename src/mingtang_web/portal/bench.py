"""The checking bench, for anybody: a file is dropped, its tables come back marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang import writing
from mingtang.catalogue import UnknownRuleError, rule
from mingtang.checking.rule import PAGE_SECTIONS
from mingtang.form.loading import edition
from mingtang.reading.kinds import NAMES
from mingtang.writing.sheet import SIGNS
from mingtang_web.accounts.lockout import address
from mingtang_web.bench import actions, limits, queries
from mingtang_web.bench.folders import MARKED, OBJECT, ORDER, PAPER, SHEET
from mingtang_web.bench.queries import Stage
from mingtang_web.bench.wording import told_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from mingtang_web.bench.models import Check

COOKIE = "bench"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"docx": WORD, "xlsx": BOOK, "pdf": "application/pdf"}
A_DAY = 24 * 60 * 60
_TEXTS = {"html": "网页", "text": "文本", "markdown": " Markdown 文本", "csv": " CSV 表格",
          "json": " JSON 文件"}  # fmt: skip


class Column(NamedTuple):
    """A column of table three, as a phone shows one at a time."""

    id: str
    label: str
    is_faulty: bool


@require_http_methods(["GET", "HEAD", "POST"])
def bench(request: HttpRequest) -> HttpResponse:
    """Show where to put a file, and take one."""
    _forget()
    fault: actions.RefusedError | None = None
    if request.method == "POST":
        try:
            return _taken(request)
        except actions.RefusedError as refused:
            fault = refused
    context = {
        "fault": fault,
        "kinds": ",".join(limits.KINDS),
        "most": limits.LARGEST // 1024 // 1024,
        "an_hour": limits.AN_HOUR,
        "minutes": 10,
        "cleared": "cleared" in request.GET,
    }
    status = 200 if fault is None else 400 if fault.field else 429
    return render(request, "portal/bench/bench.html", context, status=status)


def _taken(request: HttpRequest) -> HttpResponse:
    report = request.FILES.get("report")
    if report is None:
        raise actions.RefusedError(_("没有选择文件；请先选择要检查的报告"), "report")
    rules = reverse("rule_page", args=["CODE"]).replace("CODE", "{code}")
    handed = actions.Handed(report, request.FILES.get("before"), rules)
    owner = request.COOKIES.get(COOKIE) or actions.secret()
    check = actions.take(handed, owner, address(request))
    response = redirect("check", check.pk)
    response.set_cookie(
        COOKIE,
        owner,
        max_age=int(limits.KEPT.total_seconds()),
        path=reverse("bench"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far a check has come, or what came of it."""
    mine = _mine(request, pk)
    state = queries.state(queries.folder_of(mine))
    context = {"check": mine, "until": mine.came_at + limits.KEPT, "state": state}
    if state.stage is Stage.DONE:
        return render(request, "portal/bench/result.html", context | _result(request, mine))
    shown = "stopped" if state.stage in {Stage.FAULTY, Stage.LOST} else "progress"
    return render(
        request, f"portal/bench/{shown}.html", context | {"words": told_of(state)}
    )


@require_safe
def check_state(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Tell a script how far a check has come."""
    state = queries.state(queries.folder_of(_mine(request, pk)))
    moving = state.stage in {Stage.WAITING, Stage.WORKING}
    said = {"moving": moving, "words": told_of(state)}
    return JsonResponse({**said, "page": state.page, "pages": state.pages})


@require_safe
def check_file(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Give the marked copy or the findings as a download."""
    mine = _mine(request, pk)
    folder = queries.folder_of(mine)
    done, name = queries.state(folder).said, (folder.told(ORDER) or {}).get("name", "")
    kind = done.get("marked", "")
    known = {
        "marked": (MARKED, f"{Path(name).stem}（标注）.{kind}", TYPES.get(kind, "")),
        "json": (OBJECT, f"{Path(name).stem}（发现）.json", "application/json"),
        "xlsx": (SHEET, f"{Path(name).stem}（发现）.xlsx", BOOK),
    }
    if what not in known or not folder.has(known[what][0]):
        raise Http404
    file, called, of_type = known[what]
    response = HttpResponse(folder.get(file), content_type=of_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(called)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def check_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check the same file once more."""
    actions.again(_mine(request, pk))
    return redirect("check", pk)


@require_POST
def check_clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop, and delete file and results at once."""
    actions.clear(_mine(request, pk))
    return redirect(f"{reverse('bench')}?cleared")


@require_safe
def rule_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the page of a rule, as the catalogue has it."""
    try:
        found = rule(code)
    except UnknownRuleError as error:
        raise Http404 from error
    first, *lines = [line for line in found.page.splitlines() if line]
    sections = [line.partition("：")[::2] for line in lines]
    context = {
        "rule": found,
        "sign": SIGNS[found.weight],
        "lead": first,
        "sections": [pair for pair in sections if pair[0] in PAGE_SECTIONS],
    }
    return render(request, "portal/bench/rule.html", context)


@require_safe
def paper_asset(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - Django's
    """Give the engine's own style and script, by which its paper is drawn."""
    kinds = {"page.css": "text/css", "page.js": "text/javascript"}
    if name not in kinds:
        raise Http404
    text = (Path(writing.__file__).parent / name).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type=f"{kinds[name]}; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={0 if settings.DEBUG else A_DAY}"
    return response


def _forget() -> None:
    """Delete what is an hour old, if anything is: the jobs may not be running."""
    if actions.old_ones():
        actions.clear_old()


def _mine(request: HttpRequest, pk: UUID) -> Check:
    """Return a check of this very browser; raises `Http404` for any other."""
    _forget()
    mine = queries.found(pk, request.COOKIES.get(COOKIE, ""))
    if mine is None:
        raise Http404
    return mine


def _result(request: HttpRequest, mine: Check) -> dict[str, object]:
    folder = queries.folder_of(mine)
    done = queries.state(folder).said
    order = folder.told(ORDER) or {}
    faulty = done["columns"]
    columns = [
        Column(column.id, column.label, column.id in faulty)
        for column in edition("2021").table("requests").blocks[0].columns
    ]
    first = next((each.id for each in columns if each.is_faulty), "total")
    asked = request.GET.get("column", first)
    kind = done["kind"]
    return {
        "done": done,
        "paper": folder.get(PAPER).decode(),
        "columns": columns,
        "column": asked if asked in {"all", *(each.id for each in columns)} else first,
        "named": (_TEXTS.get(kind) or NAMES.get(kind, "")).strip(),
        "before": order.get("before", ""),
    }


urlpatterns = [
    path("check/", bench, name="bench"),
    path("check/rules/<str:code>/", rule_page, name="rule_page"),
    path("check/look/<str:name>", paper_asset, name="paper_asset"),
    path("check/<uuid:pk>/", check, name="check"),
    path("check/<uuid:pk>/state/", check_state, name="check_state"),
    path("check/<uuid:pk>/again/", check_again, name="check_again"),
    path("check/<uuid:pk>/clear/", check_clear, name="check_clear"),
    path("check/<uuid:pk>/<str:what>/", check_file, name="check_file"),
]
