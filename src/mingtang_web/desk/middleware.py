"""What every answer has in common: its language, and that browsers keep none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answering = Callable[[HttpRequest], HttpResponse]

_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


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
