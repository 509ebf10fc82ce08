"""Half-filled forms on screen: kept as somebody types, offered again, thrown away.

Only a few addresses keep anything, and an address bears no more than numbers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import Resolver404, path, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.cases.models import Case
from mingtang_web.disputes.models import Dispute
from mingtang_web.letters.models import Letter
from mingtang_web.registers.models import Matter
from mingtang_web.unsent import actions
from mingtang_web.whereabouts import within

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from mingtang_web.applicants.models import Applicant
    from mingtang_web.unsent.actions import Typed

PLACES = frozenset({
    "register", "case_act", "case_ground", "case_search", "letter_new", "letter_reissue",
    "letter_wording", "matter_new", "matter", "matter_answer", "dispute_new", "dispute",
    "dispute_record", "letter_void", "letter_delivery", "case_amend", "document_new",
    "document", "document_edit", "document_secrecy", "activity_new", "activity",
    "activity_amend",
})  # fmt: skip
"""The pages on which what is typed is kept."""
LARGEST = 1_600_000
"""Bytes of one save; Chinese text takes three a character."""


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed on a page, as its script sends it."""
    if len(request.body) > LARGEST:
        return HttpResponse(status=413)
    place, typed = _told(request.body)
    try:
        actions.save(signed_in(request), place, typed)
    except actions.TooLargeError:
        return HttpResponse(status=413)
    except actions.TooOftenError:
        return HttpResponse(status=429)
    return HttpResponse(status=204)


@require_safe
@login_required
def take(request: HttpRequest, number: UUID) -> HttpResponse:
    """Give back what the person has typed; somebody else's is not there."""
    typed = actions.opened(signed_in(request), number)
    if typed is None:
        raise Http404
    return JsonResponse({"typed": typed})


@require_POST
@login_required
def drop(request: HttpRequest, number: UUID) -> HttpResponse:
    """Throw away what the person has typed, and go back to the page."""
    if not actions.drop(signed_in(request), number):
        raise Http404
    messages.success(request, _("已丢弃上次未提交的填写"))
    back = request.POST.get("place", "")
    return redirect(back if keeps(back) else "home")


@require_safe
@login_required
def still(request: HttpRequest) -> HttpResponse:
    """Say who is signed in and by which token their forms are known now."""
    return JsonResponse({"token": get_token(request), "who": str(request.user.pk)})


def keeps(place: str) -> bool:
    """Return whether a page keeps what is typed on it."""
    try:
        return place.startswith("/") and resolve(within(place)).url_name in PLACES
    except Resolver404:
        return False


def forgotten_once_sent(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Forget what was kept of a page once its form was taken: its answer leads on."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "POST" and response.status_code == 302:  # noqa: PLR2004 - led on
            came_from = urlsplit(request.headers.get("Referer", "")).path
            places = [each for each in (request.path, came_from) if keeps(each)]
            if places and request.user.is_authenticated:
                actions.sent(request.user, places)
        return response

    return answered


def forgotten_with(applicant: Applicant) -> int:
    """Forget what anybody has typed of an applicant who is erased; return how many.

    That is what lies at pages of the cases in which somebody asked or was consulted, of
    their letters and disputes, and of a matter of the registers. A half-filled
    registration belongs to nobody yet: it goes within the week.
    """
    asked = Q(applicant=applicant) | Q(consultations__person=applicant)
    cases = list(Case.objects.filter(asked).values_list("pk", flat=True))
    letters = Letter.objects.filter(Q(case_id__in=cases) | Q(reader=applicant))
    found = {
        "case": cases,
        "letter": letters.values_list("pk", flat=True),
        "dispute": Dispute.objects.filter(cases__in=cases).values_list("pk", flat=True),
        "matter": Matter.objects.filter(sender=applicant).values_list("pk", flat=True),
    }
    places = {reverse(name, args=[pk]) for name, keys in found.items() for pk in keys}
    return actions.forget(places)


def _told(body: bytes) -> tuple[str, Typed]:
    """Return the page and what is typed on it.

    Raises `Http404` for a page that keeps nothing, and for what no page of ours sends.
    """
    try:
        said = json.loads(body)
        place = str(said["place"])
        typed = [(str(form), str(name), str(value)) for form, name, value in said["typed"]]
    except (KeyError, TypeError, ValueError) as nothing:
        raise Http404 from nothing
    if len(place) > 200 or not keeps(place):  # noqa: PLR2004 - the column's width
        raise Http404
    return place, typed


urlpatterns = [
    path("unsent/", save, name="unsent"),
    path("unsent/still/", still, name="unsent_still"),
    path("unsent/<uuid:number>/", take, name="unsent_take"),
    path("unsent/<uuid:number>/drop/", drop, name="unsent_drop"),
]
