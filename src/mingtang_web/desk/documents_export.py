"""The screen of taking a body's public documents out, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Body
from mingtang_web.bringing import exporting, policy
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the parts in which each of a person's bodies goes out."""
    desk = desk_of(request)
    desk.demand(policy.EXPORT)
    bodies = bodies_for(policy.EXPORT, desk.held)
    context = {
        "bodies": [(body, exporting.slices(body)) for body in bodies],
        "form": Submission(),
    }
    return render(request, "desk/documents/export.html", context)


@require_POST
@login_required
def given(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Give one part of a body's export as it is written."""
    desk = desk_of(request)
    body = get_object_or_404(Body, pk__in=desk.own(*policy.EXPORT.roles), pk=number)
    found = [each for each in exporting.slices(body) if each.number == part]
    if not found:
        raise Http404
    stream = exporting.export(body, found[0], signed_in(request))
    answer = StreamingHttpResponse(stream, content_type="application/zip")
    name = quote(exporting.file_name(body, found[0]))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer  # type: ignore[return-value]


urlpatterns = [
    path("documents/export/", listed, name="document_export"),
    path("documents/export/<int:number>/<int:part>/", given, name="document_export_part"),
]
