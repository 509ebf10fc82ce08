"""Reading aids of the public's pages (辅助阅读): traditional script, strong contrast.

They are chosen with a button that works without a script and kept in a cookie. A page in
traditional script is the same page converted as it goes out: its words, and what names
things aloud; never what a form sends back, an address, or what somebody typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from mingtang.traditional import to_traditional
from mingtang_web.toggling import toggled

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from opencc import OpenCC

AIDS = {"script": "hant", "contrast": "strong"}
"""The cookies, and what they hold where an aid is chosen."""
_TAG = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b.*?</\1\s*>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.S | re.I,
)
_NAMED = re.compile(r'(\s(?:aria-label|title|alt|placeholder|data-label|label)=")([^"]*)"')
_SIMPLIFIED = 'lang="zh-hans"'


def chosen(request: HttpRequest) -> dict[str, bool]:
    """Return which aids somebody reads with."""
    return {aid: request.COOKIES.get(aid) == held for aid, held in AIDS.items()}


@require_POST
def turned(request: HttpRequest, aid: str) -> HttpResponse:
    """Turn an aid on or off, and go back to the page."""
    if aid not in AIDS:
        raise Http404
    return toggled(request, aid, AIDS[aid])


def in_the_script_chosen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Convert the public's pages for whoever reads traditional script."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not _is_page(request, response):
            return response
        patch_vary_headers(response, ("Cookie",))
        if chosen(request)["script"]:
            text = response.content.decode(response.charset)
            response.content = traditional(text).encode(response.charset)
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def traditional(page: str) -> str:
    """Return a page with its words in traditional script.

    >>> traditional('<p title="发"><a href="/后">后台</a><input value="后"></p>')
    '<p title="發"><a href="/后">後臺</a><input value="后"></p>'
    """
    convert = _converter().convert
    made, at = [], 0
    for tag in _TAG.finditer(page):
        made.append(convert(page[at : tag.start()]))
        said = tag[0]
        made.append(said if tag[1] else _NAMED.sub(_converted, said))
        at = tag.end()
    made.append(convert(page[at:]))
    return "".join(made).replace(_SIMPLIFIED, 'lang="zh-hant"', 1)


def _converted(found: re.Match[str]) -> str:
    return f'{found[1]}{_converter().convert(found[2])}"'


@cache
def _converter() -> OpenCC:
    return to_traditional()


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    if match is None or response.streaming:
        return False
    html = response.get("Content-Type", "").startswith("text/html")
    return html and match.func.__module__.startswith("mingtang_web.portal")


urlpatterns = [path("reading/<slug:aid>/", turned, name="reading")]
