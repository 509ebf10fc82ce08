"""The screens of the quarterly bulletin: looked at before, issued, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang.manuscript import Drawn
from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.desk.inspections import WhyForm
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, body_choice, told, tried
from mingtang_web.files.actions import content
from mingtang_web.files.downloads import TYPES, handed_out
from mingtang_web.supervision import bulletin, policy, queries
from mingtang_web.supervision.bulletin import Quarter, quarter_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.models import Body


class QuarterForm(Submission):
    """Whose, of which year and quarter."""

    year = typed.Whole(label=lazy("年度"), min_value=2019, max_value=2999)
    quarter = forms.TypedChoiceField(
        label=lazy("季度"), coerce=int, choices=[(n, n) for n in range(1, 5)]
    )

    def __init__(self, *args: Any, offices: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the offices for which somebody tells."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(offices)

    def asked(self) -> Quarter:
        """Return the quarter."""
        return Quarter(self.cleaned_data["year"], self.cleaned_data["quarter"])


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the bulletins that somebody sees; ask for another."""
    desk = desk_of(request)
    offices = queries.offices(desk.held)
    now = quarter_of(desk.today)._asdict()
    context = {
        "page": page_of(request, queries.bulletins(desk.held)),
        "form": QuarterForm(offices=offices, initial=now) if offices else None,
    }
    return render(request, "desk/supervision/bulletins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def made(request: HttpRequest) -> HttpResponse:
    """Show a quarter's bulletin as it stands today; issue it."""
    desk = desk_of(request)
    offices = queries.offices(desk.held)
    if not offices:
        raise Http404
    if request.method == "POST":
        form = QuarterForm(request.POST, offices=offices)

        def act() -> HttpResponse:
            office = form.cleaned_data["body"]
            row = bulletin.issue(office, form.asked(), form.doing(desk.user))
            return told(request, _("已印发，下级机关都看得到"), "bulletin", row.pk)

        done = tried(form, act)
        if done:
            return done
    else:
        now = quarter_of(desk.today)._asdict() | {"body": offices[0].pk}
        said = now | {name: request.GET[name] for name in now if name in request.GET}
        form = QuarterForm(said | {"key": "0", "version": "0"}, offices=offices)
    text = None
    if form.is_valid() or not {"year", "quarter", "body"} & set(form.errors):
        text = bulletin.manuscript(form.cleaned_data["body"], form.asked(), desk.today)
    sending = None
    if text is not None:
        begun = {**form.asked()._asdict(), "body": form.cleaned_data["body"].pk}
        sending = QuarterForm(offices=offices, initial=begun)
    context = {
        "pieces": [(isinstance(each, Drawn), each) for each in text.pieces] if text else [],
        "form": form,
        "sending": sending,
    }
    status = 422 if request.method == "POST" or text is None else 200
    return render(request, "desk/supervision/bulletin_made.html", context, status=status)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issued bulletin: what it is, its files, who issued it."""
    return _page(request, number)


@require_POST
@login_required
def struck(request: HttpRequest, number: int) -> HttpResponse:
    """Take a bulletin back."""
    row = get_object_or_404(queries.bulletins(desk_of(request).held), pk=number)
    form, actor = WhyForm(request.POST), signed_in(request)

    def act() -> HttpResponse:
        bulletin.strike(row, form.doing(actor, form.cleaned_data["why"]))
        return told(request, _("已作废；记录仍然留存"), "bulletin", row.pk)

    return tried(form, act) or _page(request, number, form, 422)


@require_safe
@login_required
def file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Give out an issued bulletin as Word or PDF."""
    row = get_object_or_404(queries.bulletins(desk_of(request).held), pk=number)
    stored = {"docx": row.word, "pdf": row.pdf}.get(kind)
    if stored is None:
        raise Http404
    name = f"{row.body.short_name}{Quarter(row.year, row.quarter).label}通报.{kind}"
    return handed_out(content(stored), TYPES[kind], name)


def _page(
    request: HttpRequest, number: int, sent: WhyForm | None = None, status: int = 200
) -> HttpResponse:
    desk = desk_of(request)
    row = get_object_or_404(queries.bulletins(desk.held), pk=number)
    may = not row.struck and desk.held.allows(policy.TELL, row.body)
    context = {
        "row": row,
        "label": Quarter(row.year, row.quarter).label,
        "steps": row.steps.select_related("entry__actor").order_by("-pk"),
        "strike": (sent or WhyForm(version=row.version)) if may else None,
        "sent": sent is not None,
    }
    return render(request, "desk/supervision/bulletin.html", context, status=status)


urlpatterns = [
    path("quarterly/", listed, name="bulletins"),
    path("quarterly/new/", made, name="bulletin_new"),
    path("quarterly/<int:number>/", shown, name="bulletin"),
    path("quarterly/<int:number>/strike/", struck, name="bulletin_strike"),
    path("quarterly/<int:number>/<slug:kind>/", file, name="bulletin_file"),
]
