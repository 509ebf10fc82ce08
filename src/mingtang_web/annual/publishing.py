"""What everybody may read: reports that were published, as they were signed.

条例第四十九条、第五十条. Of a body and year the last issue that was published stands; one
that was withdrawn since leaves a note in its place, and nothing of what it said.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from django.db.models import Exists, OuterRef

from mingtang.manuscript import TEXT, Words
from mingtang.report import Report
from mingtang.writing.manuscript import manuscript
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual, State
from mingtang_web.bodies.models import Body
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.publication.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet


_AROUND = 30
"""Characters of a paragraph on either side of what was found in it."""
_KEPT = 256
"""Reports whose words are kept at hand; what was signed never changes."""


class Hit(NamedTuple):
    """A report that holds what was looked for, and a line of it."""

    annual: Annual
    line: str


def public() -> QuerySet[Annual]:
    """Return the reports anybody may read, one a body and year, the newest year first."""
    later = Annual.objects.filter(
        body=OuterRef("body"), year=OuterRef("year"),
        issue__gt=OuterRef("issue"), published_on__isnull=False,
    )  # fmt: skip
    rows = Annual.objects.filter(~Exists(later), state=State.PUBLISHED)
    return rows.select_related("body", "snapshot")


def open_bodies() -> QuerySet[Body]:
    """Return the bodies that have anything public, the top ones first."""
    out = Document.objects.filter(
        body=OuterRef("pk"), published__isnull=False, withdrawn_on=None
    )
    told = public().filter(body=OuterRef("pk"))
    return Body.objects.filter(Exists(out) | Exists(told)).order_by("path")


def standing(body: Body, year: int) -> Annual | None:
    """Return the last issue of a year that was ever published, withdrawn or not."""
    rows = Annual.objects.filter(body=body, year=year, published_on__isnull=False)
    return rows.select_related("body", "snapshot", "corrects").order_by("-issue").first()


def issue(body: Body, year: int, number: int) -> Annual | None:
    """Return one issue of a year that was ever published, replaced or withdrawn too."""
    rows = Annual.objects.filter(body=body, year=year, published_on__isnull=False)
    return rows.select_related("body", "snapshot").filter(issue=number).first()


def found(body: Body, words: str) -> Iterator[Hit]:
    """Yield the public reports of a body that hold every one of some words.

    The line is the paragraph that holds the most of those that its title does not,
    cut around the longest. A report whose file is not what was signed is not found.
    """
    wanted = plain(words).split()
    if not wanted:
        return
    for annual in public().filter(body=body):
        try:
            lines = _lines(annual.snapshot_id, annual)
        except AlteredFileError:
            continue
        whole = [
            plain(f"{body.name}{annual.year}年政府信息公开工作年度报告年报"),
            *map(plain, lines),
        ]
        if all(any(word in line for line in whole) for word in wanted):
            own = [word for word in wanted if word not in whole[0]] or wanted
            best = max(lines, key=lambda line: _held(line, own), default="")
            yield Hit(annual, _cut(best, own))


def plain(text: str) -> str:
    """Return a text as it is compared: widths and cases alike.

    >>> plain("PDF")
    'pdf'
    """
    return normalize("NFKC", text).casefold()


def signed(annual: Annual) -> Report:
    """Return a published report as it was signed, at hand once it was read.

    Raises `AlteredFileError`.
    """
    return _signed(annual.snapshot_id, annual)


@lru_cache(maxsize=_KEPT)
def _signed(_snapshot: UUID | None, annual: Annual) -> Report:
    return frozen(annual)


@lru_cache(maxsize=_KEPT)
def _lines(_snapshot: UUID | None, annual: Annual) -> tuple[str, ...]:
    return tuple(said(frozen(annual)))


def said(report: Report) -> Iterator[str]:
    """Yield the paragraphs of a report."""
    for piece in manuscript(report).pieces:
        if isinstance(piece, Words) and piece.role == TEXT:
            yield piece.text


def _held(line: str, wanted: list[str]) -> int:
    """Return how much of what is wanted a paragraph holds; longer words say more."""
    return sum(len(word) for word in wanted if word in plain(line))


def _cut(line: str, wanted: list[str]) -> str:
    """Return what stands around the longest word, nothing where none does.

    >>> _cut("本机关主动公开公租房配租结果", ["配租"])
    '本机关主动公开公租房配租结果'
    """
    held = [word for word in wanted if word in plain(line)]
    if not held:
        return ""
    place = plain(line).find(max(held, key=len))
    first, last = max(place - _AROUND, 0), place + 2 * _AROUND
    before, after = "…" if first else "", "…" if last < len(line) else ""
    return f"{before}{line[first:last]}{after}"
