"""Asking, page by page; what was sent of each page is kept sealed until the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock, typed
from mingtang_web.accounts.lockout import address
from mingtang_web.asking.acting import LARGEST, MOST_FILES
from mingtang_web.asking.drafts import Filling, begin, drop
from mingtang_web.asking.limiting import BEGUN, LONGEST, UPLOADED, spend
from mingtang_web.asking.queries import usual
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import called
from mingtang_web.cases.attaching import hold, let_go
from mingtang_web.files.actions import RefusedFileError
from mingtang_web.portal import published
from mingtang_web.portal.doors import ASK, Door, by_both, door_of
from mingtang_web.portal.forms import PaperForm
from mingtang_web.portal.steps import COUNT, after, before, lacking, page_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse, QueryDict

    from mingtang_web.asking.limiting import Limit

LISTED, A_MINUTE = 60, 60


@require_safe
def start(request: HttpRequest, door: str) -> HttpResponse:
    """Say what asking takes, and list the bodies; few words find one of many."""
    here = door_of(request, door)
    words = typed.sought(request.GET.get("q", ""), 50)
    only = list(here.bodies()[:2]) if here.at_counter and not words else []
    if len(only) == 1:
        return here.go("body", only[0].code)
    context: dict[str, object] = {
        "listing": _listing(here, words),
        "words": words,
        "filling": here.filling(request) if here.cookie in request.COOKIES else None,
    }
    return shown(request, here, "start", context)


@require_safe
def body(request: HttpRequest, door: str, code: str) -> HttpResponse:
    """Show whom one would ask: where it is, how it is reached, how long it takes."""
    here = door_of(request, door)
    chosen = _body(here, code)
    known = usual(chosen, clock.today())
    only = here.at_counter and len(here.bodies()) == 1
    back = "" if only else here.address("start")
    context: dict[str, object] = {"body": chosen, "usual": known, "back": back}
    return shown(request, here, "start", context, "portal/ask/body.html")


@require_POST
def choose(request: HttpRequest, door: str, code: str) -> HttpResponse:
    """Begin a request to a body, or turn one that is under way to it."""
    here = door_of(request, door)
    chosen = _body(here, code)
    filling = here.filling(request)
    if filling and filling.row.case_id is None:
        filling.save(body=chosen.code)
        return here.go("look" if lacking(filling.said, "check") else "check")
    if not here.at_counter and not spend(BEGUN, address(request)):
        return too_often(request, BEGUN)
    filling = begin({"body": chosen.code}, here.clerk)
    answer = here.go("look")
    here.keep(request, answer, filling.token)
    return answer


@require_safe
def look(request: HttpRequest, door: str) -> HttpResponse:
    """Show what is public already, for words typed, before anything is asked."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None:
        return here.go("start")
    if filling.row.case_id:
        return here.go("receipt")
    words = typed.sought(request.GET.get("q", ""), 100)
    chosen = body_of(filling)
    searchable = published.anything(chosen)
    context = {
        "words": words,
        "body": chosen,
        "found": published.search(chosen, words) if words else None,
        "searchable": searchable,
        "others": not searchable and published.of_others(chosen),
    }
    return shown(request, here, "look", context)


def step(request: HttpRequest, door: str, page: str) -> HttpResponse:
    """Show one page's form; keep what it says and go on to the next."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None or lacking(filling.said, page):
        return gone_back(here, filling, page)
    known = page_of(page)
    assert known.form is not None  # noqa: S101 - of pages with a form
    if request.method != "POST":
        form = known.form(filling.said, initial=filling.said)
    else:
        form = known.form(filling.said, request.POST)
    if not form.is_valid():
        context = {"form": form, "changing": _changing(request), "filling": filling}
        return shown(request, here, page, context, f"portal/ask/{page}.html")
    filling.save(**form.told())
    return here.go(_next(request, filling, page))


def papers(request: HttpRequest, door: str) -> HttpResponse:
    """Take files in, one at a time, and let them be taken out again."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None or lacking(filling.said, "papers"):
        return gone_back(here, filling, "papers")
    form = PaperForm(filling.said, sent_with(request), request.FILES or None)
    if "remove" in request.POST:
        chosen = request.POST["remove"][:18]
        let_go(filling.papers().filter(pk=int(chosen) if chosen.isdecimal() else 0))
        return here.go("papers")
    if request.method == "POST" and form.is_valid():
        upload, what = form.cleaned_data["file"], form.cleaned_data["what"]
        fault = _taken(request, filling, upload, what)
        if not fault:
            return here.go("papers")
        form.add_error("file", fault)
    held = filling.papers()
    context = {
        "form": form,
        "filling": filling,
        "held": held,
        "full": len(held) >= MOST_FILES,
        "onward": here.address(_next(request, filling, "papers")),
        "changing": _changing(request),
    }
    return shown(request, here, "papers", context)


@require_POST
def clear(request: HttpRequest, door: str) -> HttpResponse:
    """Throw away what was filled in, and leave nothing in the browser."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is not None and filling.row.case_id is None:
        drop(filling)
    answer = here.go("start")
    here.forget(answer)
    return answer


def gone_back(here: Door, filling: Filling | None, page: str) -> HttpResponse:
    """Lead whoever came too early, or too late, to where they can go on."""
    if filling is None:
        return here.go("start")
    if filling.row.case_id:
        return here.go("receipt")
    gap = lacking(filling.said, page)
    return here.go(gap.name if gap else "start")


def shown(
    request: HttpRequest,
    here: Door,
    page: str,
    context: dict[str, object],
    template: str = "",
) -> HttpResponse:
    """Return a page in its place among the steps."""
    known = page_of(page)
    filling = context.get("filling")
    said = filling.said if isinstance(filling, Filling) else {}
    earlier = here.address(before(page, said).name) if page != "start" else ""
    context = {
        "door": here,
        "page": known,
        "steps": COUNT,
        "base": here.template,
        "back": earlier,
        **context,
    }
    return render(request, template or f"portal/ask/{page}.html", context)


def too_often(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Say that one address has done too much, when it may again, and what ways are open."""
    context = {
        "a_day": limit.within >= LONGEST,
        "filling": Door(ASK).filling(request),
    }
    return render(request, "portal/too_often.html", context, status=429)


def sent_with(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, none where a page was only opened; nothing is something."""
    return request.POST if request.method == "POST" else None


def body_of(filling: Filling) -> Body:
    """Return the body that a draft asks."""
    return Body.objects.get(code=filling.said["body"])


def _listing(here: Door, words: str) -> str:
    """Return the bodies as a list; the public's whole one is remembered for a minute."""
    key = f"bodies:{get_language()}"
    known: str | None = None if words or here.at_counter else cache.get(key)
    if known is not None:
        return known
    rows = here.bodies()
    named = called(rows, words, LISTED + 1) if words else []
    found = named or list(rows.only("name", "code")[: LISTED + 1])
    context = {
        "none": bool(words) and not named,
        "bodies": found[:LISTED],
        "more": len(found) > LISTED,
        "words": words,
        "start": here.address("start"),
    }
    made = render_to_string("portal/ask/bodies.html", context)
    if not words and not here.at_counter:
        cache.set(key, made, A_MINUTE)
    return made


def _next(request: HttpRequest, filling: Filling, page: str) -> str:
    """Return the page after one: the last where one thing alone was to be changed."""
    changed = _changing(request) and lacking(filling.said, "check") is None
    return "check" if changed else after(page, filling.said).name


def _changing(request: HttpRequest) -> bool:
    return "change" in request.GET


def _taken(
    request: HttpRequest, filling: Filling, upload: UploadedFile[bytes], what: str
) -> str:
    """Put a file to a draft; return why not, in words, where it is refused."""
    if filling.papers().count() >= MOST_FILES:
        return _("最多上传 %(most)s 个文件，这一个没有保存") % {"most": MOST_FILES}
    if (upload.size or 0) > LARGEST:
        most = LARGEST // 1024 // 1024
        return _("文件超过 %(most)s MB 的上限，没有保存；请换小一些的") % {"most": most}
    if filling.row.clerk is None and not spend(UPLOADED, address(request)):
        return _("从您所在的网络上传的文件太多，请一小时后再试，或者先不上传")
    try:
        hold(upload, what, body_of(filling), filling.row.clerk, filling.token.name)
    except RefusedFileError as why:
        return str(why)
    return ""


def _body(here: Door, code: str) -> Body:
    found = here.bodies().filter(code=code).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    *by_both("", start, "start"),
    *by_both("bodies/<str:code>/", body, "body"),
    *by_both("bodies/<str:code>/choose/", choose, "choose"),
    *by_both("look/", look, "look"),
    *by_both("kind/", step, "kind", page="kind"),
    *by_both("who/", step, "who", page="who"),
    *by_both("what/", step, "what", page="what"),
    *by_both("how/", step, "how", page="how"),
    *by_both("agent/", step, "agent", page="agent"),
    *by_both("papers/", papers, "papers"),
    *by_both("clear/", clear, "clear"),
]
