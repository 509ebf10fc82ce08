"""Links in a document's text that lead nowhere (失效链接), as far as the site can tell.

Empty and malformed addresses, and addresses of this very site that the public cannot
open. Nothing is asked of the network: whether another site answers is not known here.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from mingtang_web.publication.models import Attachment, Document
from mingtang_web.whereabouts import is_here, within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

KIND = "dead_link"
"""What a hit of this kind is called; the engine does not know of links."""
_PUBLIC = "/info/"
_FILES = re.compile(r"/info-files/(\d{1,18})/")
_STAFF = "/documents/"
_HOST = re.compile(r"(?:[^\s.:@/]+\.)+[^\s.:@/]{2,}|\[[0-9a-f:.]+\]", re.I)
_MAIL = re.compile(r"[^\s@?]+@[^\s@?]+\.[^\s@?]+")


class Dead(NamedTuple):
    """A link that leads nowhere: its address, the words it stands on, and why."""

    address: str
    words: str
    why: str


def dead_links(html: str) -> Iterator[Dead]:
    """Yield the links of a text that lead nowhere, in its order."""
    told: dict[str, str | None] = {}
    for address, words in _links(html):
        if address not in told:
            told[address] = why_dead(address)
        why = told[address]
        if why:
            yield Dead(address, words, why)


def why_dead(address: str) -> str | None:
    """Return why an address leads nowhere, None where nothing is known against it."""
    said = address.strip()
    if not said or said == "#":
        return _("链接没有地址")
    try:
        parts = urlsplit(said)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - asked for what it raises
    except ValueError:
        return _("地址写法不对")
    if parts.scheme in {"http", "https"} or parts.netloc:
        return _site(parts, host)
    if parts.scheme:
        return _other(parts)
    return (
        _own(parts) if parts.path.startswith("/") else _("地址不完整，离开原页面就打不开")
    )


def _site(parts: SplitResult, host: str) -> str | None:
    if host and _is_own(host):
        return _own(parts)
    return None if _HOST.fullmatch(host) else _("地址写法不对，没有网站名")


def _other(parts: SplitResult) -> str | None:
    if parts.scheme == "mailto":
        return None if _MAIL.fullmatch(parts.path) else _("邮箱地址写法不对")
    if parts.scheme == "tel":
        return None if any(each.isdecimal() for each in parts.path) else _("没有电话号码")
    return _("这种地址公众打不开，只能链接网页、邮箱和电话")


def _is_own(host: str) -> bool:
    return any(host == each.lstrip(".") for each in settings.ALLOWED_HOSTS)


def _own(parts: SplitResult) -> str | None:
    """Return why an address of this site leads nowhere for the public."""
    if not is_here(parts.path):
        return None  # of the site beside which this one stands
    path = within(unquote(parts.path))
    if path.startswith(_PUBLIC):
        return _document(path.removeprefix(_PUBLIC).rstrip("/"))
    file = _FILES.fullmatch(path)
    if file:
        return _file(int(file[1]))
    if path.startswith(_STAFF):
        return _("这是工作人员的页面，公众打不开；请改用公开的地址")
    try:
        resolve(path)
    except Resolver404:
        return _("本站没有这个地址")
    return None


def _document(number: str) -> str | None:
    document = Document.objects.filter(index_number=number).first()
    if document is None:
        return _("本站没有索引号为“%(number)s”的文件") % {"number": number[:60]}
    if document.published_id is None:
        return _("链接的文件“%(title)s”没有公开") % {"title": document.title}
    if document.withdrawn_on:
        return _("链接的文件“%(title)s”已经撤下") % {"title": document.title}
    return None


def _file(pk: int) -> str | None:
    rows = Attachment.objects.select_related("revision__document")
    row = rows.filter(pk=pk).first()
    if row is None:
        return _("本站没有这个附件")
    document = row.revision.document
    if not document.is_out or document.published_id != row.revision_id:
        return _("链接的附件“%(name)s”没有公开") % {"name": row.name}
    return None


class _Reader(HTMLParser):
    """Gathers the links of a text with the words they stand on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link."""
        if tag == "a":
            self.close_link()
            self._open = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._open is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        if tag == "a":
            self.close_link()

    def close_link(self) -> None:
        """Keep the link that is open, if any."""
        if self._open is not None:
            self.found.append((self._open, "".join(self._words).strip()))
        self._open, self._words = None, []


def _links(html: str) -> list[tuple[str, str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.close_link()
    return reader.found
