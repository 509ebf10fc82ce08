"""Where in the folder what stands at an address of the portal lies."""

from __future__ import annotations

import re
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.urls import Resolver404, resolve

from mingtang_web.portal.meta import NARROWING
from mingtang_web.publication.models import Attachment

INDEX = "index.html"
NOT_HERE = "/not-here/"
ROOMS = (
    *("/open/", "/info/", "/info-files/", "/reports/", "/feeds/"),
    *("/site-map/", "/sitemap", "/robots.txt"),
)
_WORD = re.compile(r"[\w.-]+")


class UnfitError(ValueError):
    """An address that names no place inside the folder."""


def is_exported(address: str) -> bool:
    """Return whether an address of the site, without its prefix, is among the pages."""
    parts = urlsplit(address)
    if not (parts.path in {"/", NOT_HERE} or parts.path.startswith(ROOMS)):
        return False
    said = parse_qsl(parts.query)
    return all(name in NARROWING and _WORD.fullmatch(word) for name, word in said)


def plain(address: str) -> str:
    """Return an address in the one way of writing it: what narrows it in order."""
    parts = urlsplit(address)
    said = dict(parse_qsl(parts.query))
    query = "&".join(f"{name}={said[name]}" for name in NARROWING if name in said)
    return f"{unquote(parts.path)}?{query}" if query else unquote(parts.path)


def folder_of(address: str) -> str:
    """Return the path of a page's file; raises `UnfitError`.

    What narrows a list becomes folders below it, for a file server knows no queries.

    >>> folder_of("/open/1/list/?year=2024")
    'open/1/list/year/2024/index.html'
    """
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    said = [word for pair in parse_qsl(parts.query) for word in pair]
    steps = [*path.split("/"), *said] if path else said
    if any(step in {"", ".", ".."} or "\0" in step or "\\" in step for step in steps):
        message = f"地址 {address} 不能作为文件的路径"
        raise UnfitError(message)
    whole = "/".join(steps)
    if re.fullmatch(r".*\.(xml|txt)", whole) and not address.startswith("/info/"):
        return whole
    return f"{whole}/{INDEX}" if whole else INDEX


def file_named(address: str) -> str:
    """Return the name of the file that an address gives out; blank for a page."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    said = match.kwargs
    if match.url_name == "information_file":
        row = Attachment.objects.select_related("file").filter(pk=said["pk"]).first()
        return f"{row.pk}.{row.file.kind}" if row else ""
    if match.url_name in {"report_file", "report_issue_file"}:
        return f"{said['code']}-{said['year']}.{said['kind']}"
    return ""


def target(address: str) -> str:
    """Return the path of the file that a link to an address should lead to."""
    place, name = folder_of(address), file_named(address)
    return f"{dirname(place)}/{name}" if name else place


def way(here: str, there: str) -> str:
    """Return the link from one file to another, the same at a root and below one.

    >>> way("open/1/index.html", "info/2/index.html")
    '../../info/2/'
    """
    name = there.rpartition("/")[2]
    if name != INDEX:
        return quote(relpath(there, dirname(here) or "."))
    return quote(relpath(dirname(there) or ".", dirname(here) or ".")) + "/"
