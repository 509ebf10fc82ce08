"""Everything public written into a folder, page by page, from what leads to what.

A page is written where its bytes differ from those that lie there. A round that was cut
off goes on as long as nothing public changed since it began; else it begins anew, and
writes again only what differs.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import Count, Max, Sum
from django.urls import reverse

from mingtang_web.annual.models import Annual
from mingtang_web.bodies.models import Body
from mingtang_web.portal.exports import places
from mingtang_web.portal.exports.fetching import Fetcher
from mingtang_web.portal.exports.leading import Leader
from mingtang_web.publication import queries
from mingtang_web.publication.models import Document
from mingtang_web.whereabouts import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang_web.portal.exports.fetching import Answer
    from mingtang_web.portal.exports.rounds import Round

MISSING = "404.html"
FIRST = ("/", "/open/", "/reports/", "/site-map/", "/sitemap.xml", "/robots.txt")
KEPT = {200, 410}
"""Answers that are pages of their own; a tombstone is one."""


class ForeignFolderError(Exception):
    """A folder holds what no export put there; nothing of it is touched."""


class Outcome(NamedTuple):
    """What an export did: files written anew, files taken away, addresses not kept."""

    written: int
    removed: int
    missed: list[str]


class Export:
    """One export: where to, under which address it will stand, which site takes forms."""

    def __init__(self, folder: Path, address: str, live: str) -> None:
        self.folder, self._address, self._live = folder, address, live
        self._fetcher, self._leader = Fetcher(address), Leader(live)
        self._statics: set[str] = set()
        self._written = 0
        self._missed: list[str] = []

    def run(self, kept: Round, tell: Callable[[int, int], None]) -> Outcome:
        """Write everything; raises `ForeignFolderError`."""
        if not kept.knows_files() and self.folder.exists() and any(self.folder.iterdir()):
            raise ForeignFolderError
        mark = self._mark()
        if not kept.goes_on(mark):
            kept.begin(mark, _seeds())
        self._fixed(kept)
        for address in kept.waiting():
            kept.done(address, self._page(kept, address))
            tell(*kept.progress())
        removed = self._swept(kept)
        kept.finish()
        return Outcome(self._written, removed, self._missed)

    def _mark(self) -> str:
        """Return what stays the same as long as nothing public changes."""
        documents = Document.objects.aggregate(
            Count("pk"), Sum("version"), Max("published")
        )
        told = [
            settings.VERSION, self._address, self._live,
            list(documents.values()),
            list(Annual.objects.aggregate(Count("pk"), Sum("version")).values()),
            list(Body.objects.order_by("pk").values_list("code", "name", "telephone")),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _fixed(self, kept: Round) -> None:
        """Write what stands in every export, whatever is public."""
        context: dict[str, object] = {"live": self._live}
        page = "portal/exported/not_here.html"
        data = self._fetcher.rendered(page, places.NOT_HERE, context)
        self._html(kept, places.NOT_HERE, data)
        missing = self._fetcher.rendered("portal/exported/missing.html", "/", context)
        self._put(kept, {MISSING: missing})

    def _page(self, kept: Round, address: str) -> set[str]:
        """Write what stands at an address; return the addresses that it leads to."""
        answer = self._fetcher.get(address)
        if answer.status not in KEPT:
            self._missed.append(f"{address}（{answer.status}）")
            return set()
        name = places.file_named(address)
        if name and answer.status == 200:  # noqa: PLR2004 - as the web counts
            self._put(kept, _file(address, name, answer))
            return set()
        if answer.kind == "text/html":
            return self._html(kept, address, answer.data)
        self._put(kept, {places.folder_of(address): answer.data})
        found = re.findall(re.escape(self._address) + r'(/[^<"\s]*)', answer.data.decode())
        return {each for each in map(places.plain, found) if places.is_exported(each)}

    def _html(self, kept: Round, address: str, data: bytes) -> set[str]:
        led = self._leader.led(data, address)
        for name in sorted(led.statics - self._statics):
            source = finders.find(name)
            if source:
                lies = f"{within(settings.STATIC_URL).strip('/')}/{name}"
                self._put(kept, {lies: Path(source).read_bytes()})
        self._statics |= led.statics
        self._put(kept, {places.folder_of(address): led.data})
        return led.pages

    def _put(self, kept: Round, files: dict[str, bytes]) -> None:
        """Write files that are not there as they should be, each at once or not at all."""
        kept.writes(files)
        for name, data in files.items():
            path = self.folder / name
            if path.is_file() and path.read_bytes() == data:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{secrets.token_hex(4)}.part")
            draft.write_bytes(data)
            draft.replace(path)
            self._written += 1

    def _swept(self, kept: Round) -> int:
        """Delete what an earlier export wrote and is public no longer."""
        gone = kept.left_over()
        for name in gone:
            path = self.folder / name
            path.unlink(missing_ok=True)
            for above in path.parents:
                if above == self.folder or not above.is_dir() or any(above.iterdir()):
                    break
                above.rmdir()
            kept.forget(name)
        for draft in self.folder.rglob(".*.part"):
            draft.unlink()
        return len(gone)


def _seeds() -> Iterator[str]:
    """Yield what nothing may lead to: documents, tombstones, every issue of a report."""
    numbers = (
        queries.with_tombstones().order_by("pk").values_list("index_number", flat=True)
    )
    out = Annual.objects.filter(published_on__isnull=False).order_by("pk")
    told = out.values_list("body__code", "year", "issue")
    yield from chain(
        FIRST,
        (_plain("information", number) for number in numbers.iterator()),
        (_plain("report", code, year) for code, year, _ in told),
        (_plain("report_issue", *each) for each in told),
    )


def _plain(name: str, *said: object) -> str:
    return places.plain(within(reverse(name, args=said)))


def _file(address: str, name: str, answer: Answer) -> dict[str, bytes]:
    """Return a file beside a page that leads to it: a folder cannot give out a file."""
    page = (
        f'<!doctype html>\n<html lang="zh-hans"><meta charset="utf-8"><title>{name}</title>'
        f'<meta http-equiv="refresh" content="0;url={name}"><a href="{name}">{name}</a>\n'
    )
    return {places.target(address): answer.data, places.folder_of(address): page.encode()}
