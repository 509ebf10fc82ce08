"""A page of the live site made one of a folder: its links, and forms that need a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from lxml import html

from mingtang_web.portal.exports import places
from mingtang_web.whereabouts import within

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src"}
NEEDS_SITE = "suggesting.js"
"""A script that asks a live site while one types."""


class Led(NamedTuple):
    """A page with its links led: its bytes, the pages and the static files it needs."""

    data: bytes
    pages: set[str]
    statics: set[str]


class Leader:
    """Leads the links of pages; ``live`` is the site that takes forms, blank for none."""

    def __init__(self, live: str) -> None:
        self._live = live

    def led(self, data: bytes, address: str) -> Led:
        """Return a page of an address as it stands in the folder."""
        tree = html.document_fromstring(data.decode())
        here = places.folder_of(address)
        found = Led(b"", set(), set())
        for form in list(tree.iter("form")):
            self._replaced(form, address)
        for tag in list(tree.iter(*LINKS)):
            self._lead(tag, address, here, found)
        text = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
        return found._replace(data=text + b"\n")

    def _lead(self, tag: HtmlElement, address: str, here: str, found: Led) -> None:
        said = tag.get(LINKS[str(tag.tag)])
        if tag.tag == "script" and said and NEEDS_SITE in said:
            tag.drop_tree()
        elif said and not urlsplit(said).scheme and not said.startswith(("#", "//")):
            whole, fragment = urldefrag(urljoin(settings.PREFIX + address, said))
            new = self._new(within(whole), here, found)
            tag.set(LINKS[str(tag.tag)], f"{new}#{fragment}" if fragment else new)

    def _new(self, address: str, here: str, found: Led) -> str:
        static = within(settings.STATIC_URL)
        if address.startswith(static):
            path, _, version = address.partition("?")
            found.statics.add(path.removeprefix(static))
            return places.way(here, path.strip("/")) + (f"?{version}" if version else "")
        if places.is_exported(address):
            known = places.plain(address)
            found.pages.add(known)
            return places.way(here, places.target(known))
        return self._elsewhere(address, here)

    def _elsewhere(self, address: str, here: str) -> str:
        if self._live:
            return f"{self._live}{address}"
        return places.way(here, places.folder_of(places.NOT_HERE))

    def _replaced(self, form: HtmlElement, address: str) -> None:
        """Let a form lead to the live site, or to what says that there is none here."""
        action = within(urljoin(settings.PREFIX + address, form.get("action") or ""))
        if form.getparent().get("class") == "foot":
            form.drop_tree()
        elif self._live and form.get("method", "get") == "get":
            form.set("action", f"{self._live}{action}")
        else:
            words = form.xpath("string(.//button)").strip()
            link = html.Element("a", {"class": "button second"})
            link.text = words
            link.set("href", form.get("data-live") or settings.PREFIX + action)
            link.tail = form.tail
            form.getparent().replace(form, link)
