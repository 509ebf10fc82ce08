"""What every answer has in common: its language, and that browsers keep none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from mingtang_web.desk.views import bad_request, refused, too_large
from mingtang_web.ledger.actions import KeyTakenError, PersonalDataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answering = Callable[[HttpRequest], HttpResponse]

_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def nothing_oversized(answer: Answering) -> Answering:
    """Refuse what is larger than any upload may be, before a byte of it is read."""

    def answered(request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not declared.isdecimal() or int(declared) > most:
            return too_large(request)
        return answer(request)

    return answered


class NothingStrange:
    """Answers in words what no honest form sends, and no view need think of."""

    def __init__(self, answer: Answering) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Refuse the null character in addresses and names, which no database keeps.

        Where it was typed, a form says so at its field. Raises `BadRequest`.
        """
        asked = (text for name, texts in request.GET.lists() for text in (name, *texts))
        if any("\0" in text for text in (*asked, *request.POST)):
            raise BadRequest

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponse | None:
        """Say that a form was used for something else, or holds a person's number."""
        if isinstance(problem, KeyTakenError | PersonalDataError):
            return refused(request, problem)
        if any("\0" in text for _name, texts in request.POST.lists() for text in texts):
            return bad_request(request, problem)
        return None


def language_by_cookie(answer: Answering) -> Answering:
    """Answer in Chinese unless the person has chosen otherwise.

    What the browser prefers is not asked: an English browser in a Chinese
    office is no wish for English.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = answer(request)
            response.headers.setdefault(
                "Content-Language", translation.get_language() or ""
            )
        patch_vary_headers(response, ("Cookie",))
        return response

    return answered


def nothing_kept_by_browsers(answer: Answering) -> Answering:
    """Tell browsers to keep no page: office computers are shared."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response

    return answered


def own_password_first(answer: Answering) -> Answering:
    """Lead whoever came with a one-time password to where they set their own."""

    def answered(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or user.one_time_until is None:
            return answer(request)
        own = reverse("account_change_password")
        open_ones = (
            own,
            reverse("account_logout"),
            reverse("elder"),
            reverse("set_language"),
        )
        return answer(request) if request.path in open_ones else redirect(own)

    return answered
