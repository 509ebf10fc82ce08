"""What screening found in a document, by file and kind, a page at a time.

What nobody has answered for comes first and alone; what was answered is a page of its
own, so that the last of five hundred is found.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from mingtang_web import masking
from mingtang_web.publication.enclosures import file_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.core.paginator import Page
    from django.http import HttpRequest

    from mingtang_web.publication.found import Found
    from mingtang_web.publication.models import Revision

A_PAGE = 40
"""So many hits are shown at a time, each with a form of its own."""
FOLDED = 10
"""A kind with more hits than this is folded, until somebody goes through the pages."""
TEXT = "text"


class Row(NamedTuple):
    """A hit as it is shown: its place within the file, and its form, if any."""

    hit: Found
    where: str
    form: object


class OfKind(NamedTuple):
    """The hits of one kind in one file: those of this page, and how many there are."""

    name: str
    number: int
    rows: list[Row]
    folded: bool


class InFile(NamedTuple):
    """The hits of one file, or of the text; ``page`` is where they begin."""

    anchor: str
    label: str
    number: int
    page: int
    kinds: list[OfKind]


class Hits(NamedTuple):
    """What is shown of all hits; ``files`` are those of the page, ``all`` every one."""

    files: list[InFile]
    every: list[InFile]
    page: Page[Found]
    left: int
    answered: int
    shows_answered: bool


def grouped(
    revision: Revision,
    hits: Sequence[Found],
    request: HttpRequest,
    form_of: Callable[[Found], object] = lambda _hit: None,
    refused: str = "",
) -> Hits:
    """Return the hits of the page that the address asks for, by file and by kind.

    ``refused`` is the fingerprint of a hit whose form came back: its page is shown.
    """
    labels = _labels(revision)
    order = {part: number for number, part in enumerate(labels)}
    left = [hit for hit in hits if hit.waiver is None]
    answered = [hit for hit in hits if hit.waiver is not None]
    shows_answered = bool(answered) and (not left or "answered" in request.GET)
    chosen = sorted(
        answered if shows_answered else left,
        key=lambda hit: (order.get(_part(hit), len(order)), hit.name),
    )
    pages = Paginator(chosen, A_PAGE)
    asked = [n for n, hit in enumerate(chosen) if hit.fingerprint == refused]
    page = pages.get_page(asked[0] // A_PAGE + 1 if asked else request.GET.get("hits"))
    shown = {hit.fingerprint for hit in page.object_list}
    every = list(_files(chosen, labels, form_of))
    folds = "hits" not in request.GET and not refused
    files = [_within(each, shown, folds=folds) for each in every]
    return Hits(
        [each for each in files if each.kinds], every, page, len(left), len(answered),
        shows_answered,
    )  # fmt: skip


def _labels(revision: Revision) -> dict[str, str]:
    """Return what each part of a revision is called, the text first."""
    found = {TEXT: _("正文和要素")}
    for row in revision.attachments.select_related("file"):
        name = _("附件“%(name)s”") % {"name": masking.masked(row.name)}
        part = file_part(row)
        found[part] = f"{found[part]}、{name}" if part in found else name
    return found


def _part(hit: Found) -> str:
    return hit.part if hit.part.startswith("file:") else TEXT


def _files(
    hits: Sequence[Found],
    labels: dict[str, str],
    form_of: Callable[[Found], object],
) -> Iterator[InFile]:
    """Yield the files of all hits, in which every hit stands."""
    before = 0
    for number, (part, some) in enumerate(groupby(hits, _part), 1):
        rows = list(some)
        label = labels.get(part, part)
        kinds = []
        for name, of_kind in groupby(rows, lambda hit: hit.name):
            told = [Row(hit, _where(hit, label), form_of(hit)) for hit in of_kind]
            kinds.append(OfKind(name, len(told), told, folded=False))
        page = before // A_PAGE + 1
        yield InFile(f"file-{number}", label, len(rows), page, kinds)
        before += len(rows)


def _where(hit: Found, label: str) -> str:
    """Return a hit's place, without the file's name that stands above it."""
    place = hit.where.removeprefix(label).strip()
    return place or hit.where


def _within(file: InFile, shown: set[str], *, folds: bool) -> InFile:
    """Return what of a file stands on a page."""
    kinds = []
    for kind in file.kinds:
        rows = [row for row in kind.rows if row.hit.fingerprint in shown]
        if rows:
            folded = folds and len(rows) > FOLDED
            kinds.append(kind._replace(rows=rows, folded=folded))
    return file._replace(kinds=kinds)
