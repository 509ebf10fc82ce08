"""Where the site stands, as the operator sets it: host, path, whose website it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mingtang_web import environment


def address() -> str:
    """Return what people type to come here, without a slash at its end.

    Raises `ImproperlyConfigured` for what is no ``https://`` or ``http://`` address.
    """
    word = environment.text("ADDRESS").rstrip("/")
    try:
        parts = urlsplit(word)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        good = good and not parts.path and not parts.query
    except ValueError:
        good = False
    if good or not word:
        return word
    message = (
        "环境变量 MINGTANG_ADDRESS 应形如 https://xxgk.example.gov.cn，不带路径，"
        f"现为“{word}”；请改正后重新启动"
    )
    raise ImproperlyConfigured(message)


def prefix() -> str:
    """Return under which path of an existing site this one stands; blank for none.

    Raises `ImproperlyConfigured` for what is no path of plain letters.
    """
    word = environment.text("PREFIX").rstrip("/")
    if not word or re.fullmatch(r"(/[A-Za-z0-9_-]+)+", word):
        return word
    message = (
        "环境变量 MINGTANG_PREFIX 应形如 /xxgk，以斜线开头，只用字母、数字、-、_，"
        f"现为“{word}”；请改正后重新启动"
    )
    raise ImproperlyConfigured(message)


def within(path: str) -> str:
    """Return a path of the site as if it stood at a root; another site's as it is.

    What resolves addresses knows nothing of the prefix, what reverses them writes it.
    """
    rest = path.removeprefix(settings.PREFIX)
    if rest and not rest.startswith("/"):
        return path
    return rest or "/"


def is_here(path: str) -> bool:
    """Return whether a path of this host belongs to the site, and not to one beside it."""
    return not settings.PREFIX or f"{path}/".startswith(f"{settings.PREFIX}/")


def site_code() -> str:
    """Return the code by which the website is known (网站标识码); blank for none.

    Ministries have ``bm`` and 8 digits, local governments the 6 of their region and 4.
    Raises `ImproperlyConfigured` for anything else.
    """
    word = environment.text("SITE_CODE")
    if not word or re.fullmatch(r"bm[0-9]{8}|[0-9]{10}", word):
        return word
    message = (
        "环境变量 MINGTANG_SITE_CODE 是网站标识码，应为10位数字，部委网站为 bm 加8位数字，"
        f"现为“{word}”；请改正后重新启动"
    )
    raise ImproperlyConfigured(message)
