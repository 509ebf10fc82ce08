"""Everything that a body has made public, as zips that are written as they are read.

An export is made anew each time it is fetched, never kept: what was taken down in
between is in none. It comes in parts, each whole by itself with its own list of files
and their hashes, so that one that breaks off is fetched again alone; a part is read
again by the import of this site (`mingtang_web.bringing.staging`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Max, Prefetch, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import override

from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.bringing import bound, policy
from mingtang_web.bringing.fields import FIELDS, NEITHER, choices
from mingtang_web.bringing.packages import PREFERRED
from mingtang_web.bringing.recording import EXPORTED
from mingtang_web.files.actions import content
from mingtang_web.ledger.actions import Record, append
from mingtang_web.publication.models import Attachment, Document, Revision, Step
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

A_PART = 2000
"""A part holds the documents of so many that follow each other."""
AT_A_TIME = 100
SCHEMA = "mingtang.publication/1"
_LEFT = {"validity", "text_file", "html", "attachments"}
_VALUED = (
    "attribute", "column", "normative", "matter", "topic", "genre", "lead_attribute",
    "original_attribute",
)  # fmt: skip
_OUT = (Step.Verdict.PUBLISHED, Step.Verdict.IMPORTED)
_TOLD = (*_OUT, Step.Verdict.WITHDRAWN)


class Slice(NamedTuple):
    """A part of a body's documents: its number, from which on, up to which, how many."""

    number: int
    first: int
    last: int
    documents: int


class _Sink(io.RawIOBase):
    """Where a zip is written that nobody can go back in: kept until it is taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._held += data  # type: ignore[arg-type]
        return len(data)  # type: ignore[arg-type]

    def taken(self) -> bytes:
        data, self._held = bytes(self._held), bytearray()
        return data


def slices(body: Body) -> list[Slice]:
    """Return the parts of a body's export as it now is: two queries."""
    told = _public(body).aggregate(last=Max("pk"), n=Count("pk"))
    place = Window(RowNumber(), order_by="pk")
    rows = _public(body).annotate(part=place % A_PART).filter(part__lte=1).order_by("pk")
    edges = [pk for pk, _part in rows.values_list("pk", "part")]
    if len(edges) % 2:  # the last part is not full
        edges.append(told["last"])
    pairs = zip(edges[::2], edges[1::2], strict=True)
    found = []
    for number, (first, last) in enumerate(pairs, start=1):
        count = min(A_PART, told["n"] - (number - 1) * A_PART)
        found.append(Slice(number, first, last, count))
    return found


def export(body: Body, part: Slice, actor: User | None) -> Iterator[bytes]:
    """Return a part of a body's export as a stream of bytes, told in the ledger.

    ``actor`` is none for whoever runs the server. Raises `NotAllowedError` at once, and
    `AlteredFileError` in the middle where an attachment is not what it was.
    """
    if actor is not None:
        require(actor, policy.EXPORT, body, clock.today())
    said = {"part": part.number, "first": part.first, "last": part.last}
    append(Record(body, EXPORTED, {**said, "documents": part.documents}, actor=actor))
    return _Writing(body, part).stream()


class _Writing:
    """A zip on its way: what is in it so far, with the hash of each file."""

    def __init__(self, body: Body, part: Slice) -> None:
        self.body, self.part = body, part
        self.sink = _Sink()
        self.files: dict[str, str] = {}
        self.count = 0

    def stream(self) -> Iterator[bytes]:
        with zipfile.ZipFile(self.sink, "w", zipfile.ZIP_DEFLATED) as made:
            for name, lines in (
                (PREFERRED, self._json()),
                ("documents.csv", self._csv()),
                ("withdrawn.csv", self._withdrawn()),
            ):
                yield from self._file(made, name, lines)
            for document in self._documents():
                for path, row in _paths(document):
                    yield from self._file(made, path, [content(row.file)])
            yield from self._file(made, "manifest.json", [self._manifest()])
        yield self.sink.taken()

    def _file(
        self, made: zipfile.ZipFile, name: str, parts: Iterable[bytes]
    ) -> Iterator[bytes]:
        told = hashlib.sha256()
        info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        with made.open(info, "w", force_zip64=True) as out:
            for part in parts:
                told.update(part)
                out.write(part)
                yield self.sink.taken()
        self.files[name] = told.hexdigest()
        yield self.sink.taken()

    def _documents(self) -> Iterator[Document]:
        between = _public(self.body).filter(pk__gte=self.part.first, pk__lte=self.part.last)
        enclosed = Attachment.objects.select_related("file").order_by("position")
        rows = between.select_related(
            "published__forwards__published", "origin"
        ).prefetch_related(
            Prefetch("published__attachments", queryset=enclosed),
            Prefetch("steps", Step.objects.filter(verdict__in=_TOLD).order_by("id")),
            "steps__revision",
        )
        yield from rows.order_by("pk").iterator(chunk_size=AT_A_TIME)

    def _json(self) -> Iterator[bytes]:
        before = "[\n"
        for document in self._documents():
            said = json.dumps(told_of(document), ensure_ascii=False)
            yield (before + said).encode()
            before = ",\n"
            self.count += 1
        yield ("\n]\n" if self.count else "[]\n").encode()

    def _csv(self) -> Iterator[bytes]:
        with override(None):  # headings that every import knows again
            shown = [each for each in FIELDS if each.id not in _LEFT]
            yield "\ufeff".encode()
            labels = [str(each.label) for each in shown]
            yield _line([*labels, "附件", "正文字符数"])
            for document in self._documents():
                told = told_of(document)
                cells = [_shown(each.id, str(told[each.id] or "")) for each in shown]
                paths = "\n".join(path for path, _row in _paths(document))
                yield _line([*cells, paths, str(len(str(told["html"])))])

    def _withdrawn(self) -> Iterator[bytes]:
        yield "\ufeff".encode()
        yield _line(["索引号", "撤下日期", "撤下的原因"])
        rows = Document.objects.filter(body=self.body, withdrawn_on__isnull=False)
        if self.part.number > 1:
            rows = rows.none()  # all of them stand in the first part
        for document in rows.order_by("pk").iterator(chunk_size=AT_A_TIME):
            down = document.withdrawn_on.isoformat() if document.withdrawn_on else ""
            yield _line([document.index_number, down, document.withdrawn_why])

    def _manifest(self) -> bytes:
        with override(None):
            schema = {each.id: str(each.label) for each in FIELDS}
        said = {
            "schema": SCHEMA,
            "body": {"code": self.body.code, "name": self.body.name},
            "exported_at": clock.now().isoformat(timespec="seconds"),
            "part": self.part.number,
            "documents": self.count,
            "fields": {**schema, "attachments": "附件：路径、名称、SHA-256",
                       "revisions": "历次公开的版本，先后为序，最后一个是现在公开的"},
            "values": {
                name: {value: str(label) for value, label in choices(name).items()}
                for name in _VALUED
            },
            "files": self.files,
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


def told_of(document: Document) -> dict[str, object]:
    """Return what an export says of a public document; the keys are those of the import."""
    revision = document.published
    assert revision is not None  # noqa: S101 - only what is public is exported
    said: dict[str, object] = {
        "index_number": document.index_number,
        "published_on": _day(document.first_published_on),
        "updated_on": _day(document.published_on),
        "column": document.column,
        **_said(revision),
        "attachments": [
            {"path": path, "name": row.name, "sha256": row.file.sha256}
            for path, row in _paths(document)
        ],
        "content": revision.content,
    }
    earlier = [row for pk, row in _were_out(document).items() if pk != revision.pk]
    said["revisions"] = len(earlier) + 1
    if earlier:
        said["earlier"] = json.dumps([_said(row) for row in earlier], ensure_ascii=False)
    return said


def _were_out(document: Document) -> dict[int, Revision]:
    """Return the versions that were public here since a document was last taken down.

    What came in as a draft alone never was; what was public before it was taken down
    was taken down with it.
    """
    out: dict[int, Revision] = {}
    for step in document.steps.all():
        if step.verdict == Step.Verdict.WITHDRAWN:
            out = {}
        elif step.verdict == Step.Verdict.PUBLISHED or document.origin.is_public:
            out[step.revision_id] = step.revision
    return out


def _said(revision: Revision) -> dict[str, object]:
    return {
        "title": revision.title,
        "issuer": revision.issuer,
        "document_number": revision.document_number,
        "formed_on": _day(revision.formed_on),
        "effective_on": _day(revision.effective_on),
        "expires_on": _day(revision.expires_on),
        "attribute": revision.attribute,
        "normative": revision.normative or NEITHER,
        "matter": revision.matter,
        "topic": revision.topic,
        "genre": revision.genre,
        **bound.told_of(revision),
        "keywords": revision.keywords,
        "abstract": revision.abstract,
        "html": revision.html,
    }


def _public(body: Body) -> QuerySet[Document]:
    return Document.objects.filter(
        body=body, published__isnull=False, withdrawn_on__isnull=True
    )


def _paths(document: Document) -> Iterator[tuple[str, Attachment]]:
    assert document.published is not None  # noqa: S101
    folder = document.index_number.translate(str.maketrans('/\\:*?"<>|', "_" * 9))
    for row in document.published.attachments.all():
        name = row.name.translate(str.maketrans('/\\:*?"<>|', "_" * 9))
        yield f"attachments/{folder}~{document.pk}/{row.position + 1:02}-{name}", row


def _shown(name: str, value: str) -> str:
    known = choices(name)
    return str(known.get(value, value)) if known else value


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode()


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def file_name(body: Body, part: Slice) -> str:
    """Return under which name a part is handed out."""
    told = {"body": body.short_name, "day": clock.today().isoformat(), "n": part.number}
    return _("%(body)s-信息导出-%(day)s-第%(n)s部分.zip") % told
