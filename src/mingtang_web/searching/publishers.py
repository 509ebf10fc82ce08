"""What each room makes public, as the search holds it; and whether it still is.

Every room says by one predicate of its own what everybody may read. The search asks
it when an entry is made, and again before a result is handed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q

from mingtang_web.annual import publishing
from mingtang_web.annual.compiling import frozen
from mingtang_web.bodies.models import Body
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.publication import queries
from mingtang_web.publication.contents import content_hash
from mingtang_web.publication.models import Attachment, Attribute, Column
from mingtang_web.richtext.limits import TooLargeError
from mingtang_web.richtext.reading import plain
from mingtang_web.searching.attachments import text_of
from mingtang_web.searching.entries import Entry, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from mingtang_web.annual.models import Annual
    from mingtang_web.publication.models import Document

DOCUMENT, REPORT = "document", "report"
_YEARS = 10_000
"""A report's number here is its body's, times so many, and its year."""
_DOCUMENT = ("pk", "published_id", "validity", "first_published_on", "body__path")
_REPORT = ("pk", "body__path", "body__name")


class Publisher(NamedTuple):
    """A room that publishes.

    ``stamps`` tells, in the order of their numbers, what is public behind a number, and
    how it now stands; ``known`` the same of some numbers, in one query; ``entries`` makes
    entries of some, leaving out what cannot be vouched for; ``total`` how many there are.
    """

    stamps: Callable[[int, int], list[tuple[int, str]]]
    known: Callable[[Collection[int]], dict[int, str]]
    entries: Callable[[Collection[int]], list[Entry]]
    total: Callable[[], int]


def documents() -> QuerySet[Document]:
    """Return the documents that everybody may read and find (主动公开)."""
    return queries.public().filter(published__attribute=Attribute.PROACTIVE)


def _document_stamps(after: int, most: int) -> list[tuple[int, str]]:
    rows = documents().filter(pk__gt=after).order_by("pk")
    return list(_stamped(rows.values_list(*_DOCUMENT)[:most]))


def _known_documents(refs: Collection[int]) -> dict[int, str]:
    rows = documents().filter(pk__in=list(refs)).order_by()
    return dict(_stamped(rows.values_list(*_DOCUMENT)))


def _stamped(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, str]]:
    for pk, *held in rows:
        yield int(str(pk)), "|".join(map(str, held))


def _documents(refs: Collection[int]) -> list[Entry]:
    rows = documents().filter(pk__in=list(refs)).order_by("pk")
    held = list(rows.select_related("published__forwards"))
    above = _codes(row.body for row in held)
    files: dict[int, list[Attachment]] = {}
    told = Attachment.objects.filter(revision__in=[row.published_id for row in held])
    for each in told.select_related("file").order_by("position"):
        files.setdefault(each.revision_id, []).append(each)
    found = (_document(row, files.get(row.published_id or 0, []), above) for row in held)
    return [entry for entry in found if entry]


def _document(
    row: Document, files: Sequence[Attachment], above: dict[str, tuple[str, ...]]
) -> Entry | None:
    """Return a document's entry; none where its words are not those that were reviewed."""
    said = row.published
    if said is None or content_hash(row, said, files) != said.content:
        return None
    kind = DOCUMENT if row.column == Column.STATUTORY else row.column
    day = row.first_published_on or said.formed_on
    stamp = "|".join(
        map(str, (row.published_id, row.validity, row.first_published_on, row.body.path))
    )
    return Entry(
        key=Key(DOCUMENT, row.pk),
        stamp=stamp,
        kind=kind,
        bodies=above[row.body.path],
        title=said.title,
        day=day,
        number=said.document_number,
        index_number=row.index_number,
        text="\n".join(filter(None, (said.abstract, said.keywords, _text(said.html)))),
        attachments=tuple((each.name, text_of(each.file)) for each in files),
        topic=said.topic,
        genre=said.genre,
        year=day.year,
        validity=row.validity,
    )


def _text(html: str) -> str:
    try:
        return plain(html)
    except TooLargeError:
        return ""


def _report_stamps(after: int, most: int) -> list[tuple[int, str]]:
    rows = publishing.public().annotate(ref=F("body") * _YEARS + F("year"))
    rows = rows.filter(ref__gt=after).order_by("ref")
    return list(_stamped(rows.values_list("ref", *_REPORT)[:most]))


def _known_reports(refs: Collection[int]) -> dict[int, str]:
    rows = _reports(refs).annotate(ref=F("body") * _YEARS + F("year")).order_by()
    return dict(_stamped(rows.values_list("ref", *_REPORT)))


def _reports(refs: Collection[int]) -> QuerySet[Annual]:
    wanted = Q(pk__in=())
    for ref in refs:
        wanted |= Q(body=ref // _YEARS, year=ref % _YEARS)
    return publishing.public().filter(wanted)


def _annuals(refs: Collection[int]) -> list[Entry]:
    held = list(_reports(refs).order_by("body", "year"))
    above = _codes(row.body for row in held)
    return [entry for row in held if (entry := _annual(row, above))]


def _annual(row: Annual, above: dict[str, tuple[str, ...]]) -> Entry | None:
    """Return a report's entry; none where its file is not what was signed."""
    try:
        text = "\n".join(publishing.said(frozen(row)))
    except AlteredFileError:
        return None
    assert row.published_on is not None  # noqa: S101 - it is public
    return Entry(
        key=Key(REPORT, report_ref(row.body_id, row.year)),
        stamp="|".join(map(str, (row.pk, row.body.path, row.body.name))),
        kind=REPORT,
        bodies=above[row.body.path],
        title=f"{row.body.name}{row.year}年政府信息公开工作年度报告",
        day=row.published_on,
        text=text,
        year=row.year,
    )


def report_ref(body: int, year: int) -> int:
    """Return the number of a body's report of a year: its issues stand in one place."""
    return body * _YEARS + year


def _codes(bodies: Iterable[Body]) -> dict[str, tuple[str, ...]]:
    """Return by paths the codes of the bodies on them, the top first: one query."""
    paths = {body.path for body in bodies}
    parts = {path: [int(each) for each in path.split("/") if each] for path in paths}
    ids = {each for part in parts.values() for each in part}
    codes = dict(Body.objects.filter(pk__in=ids).values_list("pk", "code"))
    return {path: tuple(codes[each] for each in part) for path, part in parts.items()}


PUBLISHERS = {
    DOCUMENT: Publisher(
        _document_stamps, _known_documents, _documents, lambda: documents().count()
    ),
    REPORT: Publisher(
        _report_stamps, _known_reports, _annuals, lambda: publishing.public().count()
    ),
}
"""By rooms, in the order in which an index is made."""
