"""The screens of notices: one's own, how one is told, and how the jobs go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import standing
from mingtang_web.clock import CHINA
from mingtang_web.desk.notices_forms import AheadForm, DaysForm, TimesForm, WaysForm
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of, one_time_key
from mingtang_web.notices import actions, queries
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.leading import Ahead
from mingtang_web.notices.models import Kind, Run
from mingtang_web.notices.wording import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrOrPromise

    from mingtang_web.notices.models import Notice
    from mingtang_web.notices.running import Job

LAST_RUNS = 12
PAGES = {
    Kind.OVERDUE_BELOW: "overview",
    Kind.CALENDAR: "recounts",
    Kind.IMPORTED: "overview",
    Kind.UNSENT: "jobs",
    Kind.REPORT_REVIEW: "annuals",
    Kind.REPORT_ASKED: "seasons",
    Kind.REPORT_DUE: "seasons",
    Kind.REPORT_LATE: "seasons",
    Kind.REPORT_URGED: "seasons",
    Kind.REPORT_RETURNED: "seasons",
    Kind.REPORT_RECALLED: "seasons",
    Kind.DOCUMENT_REVIEW: "documents",
    Kind.DOCUMENT_CLEARED: "documents",
    Kind.DOCUMENT_RETURNED: "documents",
    Kind.DOCUMENT_HELD: "documents",
}
"""Where what concerns a whole body is dealt with."""
URGENT = frozenset({
    Kind.OVERDUE, Kind.OVERDUE_BELOW, Kind.DISPUTE_LATE, Kind.PERFORMANCE_LATE,
    Kind.MATTER_LATE, Kind.UNSENT, Kind.REPORT_LATE, Kind.REPORT_URGED,
    Kind.GUIDE_LATE, Kind.DOCUMENT_HELD, Kind.ORDER_LATE, Kind.ORDER_RETURNED,
    Kind.MISTAKE_LATE,
})  # fmt: skip
SILENT = 3
"""After how many missed starts a job counts as standing still."""


OPENED = frozenset({
    "document", "norm", "dispute", "matter", "guides_body", "import_proposal",
    "supervision_order", "erratum",
})  # fmt: skip
"""The pages by whose opening what was told of their matter is read."""


class Line(NamedTuple):
    """A notice as a list shows it: ``link`` is empty where nothing can be opened."""

    notice: Notice
    text: str
    link: str
    urgent: bool


class Going(NamedTuple):
    """A job, its last run, and how it goes: ``ok``, ``late`` or ``off``, and in a word."""

    label: _StrOrPromise
    last: Run | None
    tone: str
    word: str


class ReadByOpening:
    """Marks what was told of a matter as read as its page is opened, by whoever was told.

    Before the page is made, so that its head counts what is still unread.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Mark a person's own notices; a form that is sent opens nothing."""
        match = request.resolver_match
        if match is None or match.url_name not in OPENED or request.method != "GET":
            return
        if request.user.is_authenticated:
            [number] = match.kwargs.values()
            actions.seen(request.user, f"{match.url_name}/{number}")


def unread(request: HttpRequest) -> dict[str, object]:
    """Return how many notices are unread, asked only by a page that shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: queries.unread(user.pk))}


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """Show the person's notices, the newest first; all, or the unread ones alone."""
    user = signed_in(request)
    only_unread = request.GET.get("show") == "unread"
    rows = queries.own(user)
    page = page_of(request, rows.filter(read_at__isnull=True) if only_unread else rows)
    context = {
        "page": page,
        "lines": sorted(map(_line, page), key=_weight),
        "only_unread": only_unread,
        "administers": bool(queries.administered(desk_of(request).held)),
    }
    return render(request, "desk/notices/list.html", context)


@require_POST
@login_required
def read(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Mark one notice as read, or all, and go back to the list as it was."""
    user = signed_in(request)
    if pk is not None and not user.notices.filter(pk=pk).exists():
        raise Http404
    actions.mark_read(user, pk)
    shown = "?show=unread" if request.POST.get("show") == "unread" else ""
    return redirect(reverse("notices") + shown)


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Show how the person is told, and let them change it."""
    user = signed_in(request)
    kept = queries.preference_of(user)
    form, ways = TimesForm(request.POST or None, instance=kept), WaysForm(request.POST)
    ahead = AheadForm(request.POST or None, initial=AheadForm.of(kept))
    if request.method == "POST":
        if not ways.is_valid():
            raise BadRequest
        kept.email, kept.sms = ways.cleaned_data["email"], ways.cleaned_data["sms"]
        if form.is_valid() and ahead.is_valid():
            kept.ahead = ahead.days_chosen()
            actions.prefer(kept)
            messages.success(request, _("已保存，对今后的通知生效"))
            return redirect("notice_preferences")
    context = {"form": form, "ahead": ahead, "groups": WaysForm.groups(kept)}
    return render(request, "desk/notices/preferences.html", context)


@require_safe
@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Show administrators how the jobs go, and what could not be sent."""
    held = desk_of(request).held
    if not queries.administered(held):
        raise Http404
    page = page_of(request, queries.troubled(held))
    now = clock.now()
    context = {
        "jobs": [stands(job, queries.last_run(job.name), now) for job in JOBS.values()],
        "page": page,
        "lines": [(each, text_of(each.notice), one_time_key()) for each in page],
        "runs": [(_label(run), run) for run in Run.objects.all()[:LAST_RUNS]],
    }
    return render(request, "desk/notices/jobs.html", context)


@login_required
def lead_times(request: HttpRequest) -> HttpResponse:
    """Let an administrator choose how long ahead the terms of a body are told."""
    actor = signed_in(request)
    held = standing(actor, clock.today())
    bodies = list(Body.objects.filter(pk__in=queries.administered(held)))
    if not bodies:
        raise Http404
    ahead = Ahead({})
    forms = {
        body: DaysForm(
            request.POST if request.POST.get("body") == str(body.pk) else None,
            auto_id=f"id_{body.pk}_%s",
            initial={"days": ahead.of_body(body.pk)},
        )
        for body in bodies
    }
    sent = next((body for body in bodies if forms[body].is_bound), None)
    if sent and forms[sent].is_valid():
        actions.lead(sent, *forms[sent].chosen(actor))
        messages.success(request, _("已保存，对今后的提醒生效"))
        return redirect("lead_times")
    return render(request, "desk/notices/lead_times.html", {"forms": forms})


@require_POST
@login_required
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what could not be sent."""
    user = signed_in(request)
    held = desk_of(request).held
    sending = get_object_or_404(queries.in_administered(held), pk=pk)
    actions.retry(sending, user, request.POST.get("key", "")[:64] or None)
    messages.success(request, _("已重新排队，一分钟内再发"))
    return redirect("jobs")


def stands(job: Job, last: Run | None, now: datetime) -> Going:
    """Return how a job goes; one that nobody has run for long stands still."""
    if last is None:
        return Going(job.label, last, "off", _("还没有运行过"))
    if last.ended_at is None:
        if last.held_until > now:
            return Going(job.label, last, "ok", _("正在运行"))
        return Going(job.label, last, "late", _("中断，等待接着做"))
    if now - last.started_at > SILENT * job.every and job.waits(now):
        return Going(job.label, last, "late", _("没有按时运行"))
    if last.failed:
        return Going(job.label, last, "late", _("有失败"))
    return Going(job.label, last, "ok", _("正常"))


def _label(run: Run) -> _StrOrPromise:
    """Return a job's own words; a job that is no more has its name alone."""
    return JOBS[run.job].label if run.job in JOBS else run.job


def _line(notice: Notice) -> Line:
    return Line(notice, text_of(notice), _link(notice), Kind(notice.kind) in URGENT)


def _weight(line: Line) -> tuple[int, bool]:
    """Return by what a page is ordered: day by day, and of each day the urgent first."""
    return (-line.notice.created_at.astimezone(CHINA).toordinal(), not line.urgent)


def _link(notice: Notice) -> str:
    """Return where the matter of a notice is dealt with."""
    if notice.case_id:
        return reverse("case", args=(notice.case_id,))
    if notice.matter:
        name, _slash, number = notice.matter.partition("/")
        return reverse(name, args=(number,))
    page = PAGES.get(Kind(notice.kind))
    return reverse(page) if page else ""


urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/read/", read, name="notices_read"),
    path("notices/<int:pk>/read/", read, name="notice_read"),
    path("notices/preferences/", preferences, name="notice_preferences"),
    path("jobs/", jobs, name="jobs"),
    path("jobs/lead-times/", lead_times, name="lead_times"),
    path("jobs/sendings/<int:pk>/retry/", retry, name="sending_retry"),
]
