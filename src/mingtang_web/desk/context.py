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
        "version": settings.VERSION,
        "oidc": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
