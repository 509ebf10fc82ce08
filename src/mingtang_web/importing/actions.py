"""Taking over an old ledger: upload, mapping, trial, import row by row, clearing away."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.permitting import NotPermittedError
from mingtang_web import clock
from mingtang_web.applicants.actions import keep, open_text, seal_text
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import FutureError, Request
from mingtang_web.cases.adopting import adopt, unrecorded
from mingtang_web.cases.rules import rulebook
from mingtang_web.importing import mapping, policy, tables, trying
from mingtang_web.importing.cells import Refused, RefusedError
from mingtang_web.importing.histories import By, taken
from mingtang_web.importing.models import ImportedRow, Refusal, Source
from mingtang_web.ledger.actions import PersonalDataError, Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Case
    from mingtang_web.importing.mapping import Reading
    from mingtang_web.importing.tables import Row, Table
    from mingtang_web.importing.trying import Trial
    from mingtang_web.ledger.canonical import Plain


IMPORT_UPLOADED, IMPORT_FINISHED = "import.uploaded", "import.finished"
UPLOADED = "name", "digest", "holder_id", "rows", "by_id", "uploaded_at"
"""What the entry of an upload holds of its row."""


class ClearedError(Exception):
    """The uploaded table was destroyed and can be neither read nor imported."""


class UnfinishedError(Exception):
    """The same file was begun before; ``source`` is where it stands."""

    def __init__(self, source: Source) -> None:
        super().__init__(_("这份文件已经上传过，导入没有完成；请继续上次的导入，不要另起"))
        self.source = source


class Progress(NamedTuple):
    """How far an import has come: of ``rows``, so many taken over and refused."""

    rows: int
    imported: int
    refused: int

    @property
    def left(self) -> int:
        """Return how many rows are still to be looked at."""
        return self.rows - self.imported - self.refused


@transaction.atomic
def upload(body: Body, name: str, data: bytes, actor: User | None) -> Source:
    """Keep an old ledger's file, sealed, with the mapping its headers suggest.

    ``actor`` is none for whoever runs the server. Raises `NotAllowedError`,
    `TableError`, and `UnfinishedError` where the same file waits to be finished.
    """
    _allowed(actor, body)
    digest = hashlib.sha256(data).hexdigest()
    begun = Source.objects.filter(body=body, digest=digest, finished_at=None).first()
    if begun:
        raise UnfinishedError(begun)
    table = tables.read(data)
    holder = keep(Person(name=_("旧台账文件")), Kind.OTHER, body)
    source = Source.objects.create(
        body=body,
        name=name[-200:],
        digest=digest,
        holder=holder,
        content=seal_text(holder, table.dump()),
        rows=len(table.rows),
        mapping=mapping.guess(table).dump(),
        by=actor,
        uploaded_at=clock.now(),
    )
    said: dict[str, Plain] = {
        "source": source.pk, "digest": digest, "rows": source.rows,
        "content": content_hash(source),
        "row": fingerprint(source, *UPLOADED),
    }  # fmt: skip
    append(Record(body, IMPORT_UPLOADED, said, actor=actor))
    return source


@transaction.atomic
def set_mapping(source: Source, said: object, actor: User | None) -> Reading:
    """Keep how the file is to be read; what was refused before is open again.

    Raises `NotAllowedError`, `MappingError` and `ClearedError`.
    """
    _allowed(actor, source.body)
    made = mapping.load(said, table_of(source).headers)
    source.mapping, source.trial = made.dump(), None
    source.save(update_fields=("mapping", "trial"))
    source.refusals.all().delete()
    return made


@transaction.atomic
def attempt(source: Source, actor: User | None) -> Trial:
    """Try the whole file and keep what was found; no case is written.

    Raises `NotAllowedError` and `ClearedError`.
    """
    _allowed(actor, source.body)
    table = table_of(source)
    found = trying.attempt(table, _by(source, table), source.body)
    source.trial = {
        "rows": found.rows,
        "phases": dict(found.phases),
        "tables": {
            str(year): [[*cell, number] for cell, number in cells.items()]
            for year, cells in found.tables.items()
        },
        "refused": len({row for row, _ in found.refused}),
        "unsent": list(found.unsent),
        "unarrived": list(found.unarrived),
    }
    source.save(update_fields=("trial",))
    source.refusals.filter(trial=True).delete()
    Refusal.objects.bulk_create(
        [Refusal(source=source, row=row, trial=True, **why._asdict())
         for row, why in found.refused]
    )  # fmt: skip
    return found


def run(
    source: Source,
    actor: User | None,
    most: int | None = None,
    seen: Callable[[], object] = lambda: None,
) -> Progress:
    """Take over the rows not yet looked at, at most so many; call ``seen`` after each.

    One transaction a row: a run that is cut short goes on where it stopped, and no
    row is taken over twice. Raises `NotAllowedError` and `ClearedError`.
    """
    _allowed(actor, source.body)
    table = table_of(source)
    by = _by(source, table)
    source.refusals.filter(trial=True).delete()
    done = _looked_at(source)
    waiting = [row for row in table.rows if row.number not in done]
    for row in waiting[:most]:
        _take_over(source, table, row, by, actor)
        seen()
    return progress(source)


def progress(source: Source) -> Progress:
    """Return how far an import has come: two queries."""
    refused = source.refusals.filter(trial=False).values("row").distinct().count()
    return Progress(source.rows, source.imported.count(), refused)


@transaction.atomic
def clear(source: Source, actor: User | None) -> None:
    """Destroy the uploaded table and its key; what was taken over and refused stays.

    Raises `NotAllowedError`.
    """
    _allowed(actor, source.body)
    locked = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if locked.finished_at is None:
        holder = Applicant.objects.select_for_update(no_key=True).get(pk=locked.holder_id)
        holder.sealed, holder.wrapped_key, holder.master = b"", None, ""
        holder.erased_at = clock.now()
        holder.save()
        locked.content, locked.finished_at = b"", clock.now()
        locked.save()
        said = {"source": locked.pk, **progress(locked)._asdict()}
        append(Record(locked.body, IMPORT_FINISHED, said, actor=actor))
    source.refresh_from_db()


def content_hash(source: Source) -> str:
    """Return the hash of an uploaded table as it lies there, sealed."""
    return hashlib.sha256(bytes(source.content)).hexdigest()


def table_of(source: Source) -> Table:
    """Return the table of a file; raises `ClearedError`."""
    if not source.content:
        raise ClearedError(_("上传的台账已经销毁；要再导入，请重新上传"))
    return tables.Table.load(open_text(source.holder, bytes(source.content)))


@transaction.atomic
def _take_over(source: Source, table: Table, row: Row, by: By, actor: User | None) -> None:
    """Take over one row, or keep why not: all of it or nothing."""
    take_turn(source.body_id)
    if row.number in _looked_at(source, row.number):
        return
    try:
        with transaction.atomic():
            _adopt(source, table, row, by, actor)
    except RefusedError as problem:
        Refusal.objects.bulk_create(
            [Refusal(source=source, row=row.number, trial=False, **why._asdict())
             for why in problem.refused]
        )  # fmt: skip


def take_turn(body: int) -> None:
    """Wait for another run over the same body; whoever works in it otherwise goes on."""
    Body.objects.select_for_update(no_key=True).get(pk=body)


def _adopt(source: Source, table: Table, row: Row, by: By, actor: User | None) -> Case:
    mark = trying.fingerprint(table, row, source.body)
    before = ImportedRow.objects.filter(body=source.body_id).select_related("case")
    same = before.filter(fingerprint=mark).first()
    if same:
        raise RefusedError(trying.twin(same))
    found = taken(table, row, by)
    first = found.history[0].on
    named = before.filter(old_number=found.old_number, case__submitted__year=first.year)
    if found.old_number and (same := named.first()):
        raise RefusedError(trying.namesake(same))
    asked = Request(
        body=source.body,
        person=found.person,
        kind=found.kind,
        channel=found.channel,
        arrived=first,
        subject=found.subject,
        description=found.description,
        delivery=found.delivery,
        form=found.form,
    )
    origin: dict[str, Plain] = {
        "source": source.pk, "row": row.number, "old_number": found.old_number,
        "fingerprint": mark,
    }  # fmt: skip
    if found.letter_number:
        origin["letter_number"] = found.letter_number
    if unrecorded(found.history):
        origin["as_found"] = True
    same_day = by.reading.undispatched is mapping.Undispatched.SAME_DAY
    assumed = list(found.unsent) if same_day else []
    if assumed:
        origin["assumed"] = assumed
    try:
        case = adopt(asked, found.history, origin, actor)
    except (NotPermittedError, FutureError, PersonalDataError) as problem:
        raise RefusedError(Refused("整行", str(problem), "请核对这一行")) from problem
    ImportedRow.objects.create(
        source=source,
        body=source.body,
        row=row.number,
        fingerprint=mark,
        old_number=found.old_number,
        letter_number=found.letter_number,
        case=case,
        assumed=assumed,
    )
    return case


def _by(source: Source, table: Table) -> By:
    reading = mapping.load(source.mapping, table.headers)
    return By(reading, rulebook(source.body), clock.today())


def _looked_at(source: Source, row: int | None = None) -> set[int]:
    found: set[int] = set()
    for rows in (source.imported.all(), source.refusals.filter(trial=False)):
        chosen = rows if row is None else rows.filter(row=row)
        found |= set(chosen.values_list("row", flat=True))
    return found


def _allowed(actor: User | None, body: Body) -> None:
    if actor is not None:
        require(actor, policy.IMPORT, body, clock.today())
