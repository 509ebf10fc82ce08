"""What every page is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest

ELDER = "elder"


def screen(request: HttpRequest) -> dict[str, object]:
    """Return whether the page is for elder eyes, its languages and the site's version."""
    return {
        "elder": request.COOKIES.get(ELDER) == "1",
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "aids": {aid: request.COOKIES.get(aid, "") for aid in ("script", "contrast")},
        "version": settings.VERSION,
        "site": settings.SITE_FACTS | {"SITE_CODE": settings.SITE_CODE},
        "largest": settings.UPLOAD_LIMIT,
        "largest_form": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "session_lost": _session_lost(request),
        "oidc": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }


def _session_lost(request: HttpRequest) -> bool:
    """Return whether somebody was led to sign in from a page, by a session now gone."""
    match = request.resolver_match
    if match is None or match.url_name != "account_login" or "next" not in request.GET:
        return False
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return known and not request.session.exists(
        request.COOKIES[settings.SESSION_COOKIE_NAME]
    )
