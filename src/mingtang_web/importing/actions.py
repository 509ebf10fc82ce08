"""Taking over an old ledger: upload, mapping, import row by row, clearing away.

What was not tried is not taken over (`mingtang_web.importing.attempting`), nor what takes
a second person without that person (`mingtang_web.importing.signing`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.permitting import NotPermittedError
from mingtang_web import clock
from mingtang_web.applicants.actions import keep, seal_text
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.models import Body
from mingtang_web.cases.actions import FutureError, Request
from mingtang_web.cases.adopting import adopt, unrecorded
from mingtang_web.importing import consenting, mapping, signing, tables, trying
from mingtang_web.importing.cells import Refused, RefusedError
from mingtang_web.importing.histories import taken
from mingtang_web.importing.models import ImportedRow, Refusal, Source
from mingtang_web.importing.opening import allowed, by_of, content_hash, locked, table_of
from mingtang_web.ledger.actions import PersonalDataError, Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Case
    from mingtang_web.importing.histories import By, Taken
    from mingtang_web.importing.mapping import Reading
    from mingtang_web.importing.models import ImportProposal
    from mingtang_web.importing.tables import Row, Table
    from mingtang_web.ledger.canonical import Plain


IMPORT_UPLOADED, IMPORT_FINISHED = "import.uploaded", "import.finished"
UPLOADED = "name", "digest", "holder_id", "rows", "by_id", "uploaded_at"
"""What the entry of an upload holds of its row."""


class UnfinishedError(Exception):
    """The same file was begun before; ``source`` is where it stands."""

    def __init__(self, source: Source) -> None:
        super().__init__(_("这份文件已经上传过，导入没有完成；请继续上次的导入，不要另起"))
        self.source = source


_NOT_THEN = "试算时不能导入，批准、核对的数里没有这一行"
_ANEW = "请再保存一次列的对应，重新试算后导入"


class Taking(NamedTuple):
    """What all rows of a run have in common; ``consent`` is none where it takes none.

    ``unfit`` are the rows that the trial could not take over: whatever has changed
    since, they were in nobody's figures.
    """

    source: Source
    table: Table
    by: By
    actor: User | None
    consent: ImportProposal | None
    unfit: frozenset[int]


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
    allowed(actor, body)
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
    allowed(actor, source.body)
    present = locked(source)
    made = mapping.load(said, table_of(present).headers)
    present.mapping, present.trial = made.dump(), None
    present.save(update_fields=("mapping", "trial"))
    present.refusals.all().delete()
    signing.lapse_otherwise(present, actor)
    source.refresh_from_db(fields=("mapping", "trial"))
    return made


def run(
    source: Source,
    actor: User | None,
    most: int | None = None,
    seen: Callable[[], object] = lambda: None,
) -> Progress:
    """Take over the rows not yet looked at, at most so many; call ``seen`` after each.

    One transaction a row: a run that is cut short goes on where it stopped, and no
    row is taken over twice. Raises `NotAllowedError`, `ClearedError`, `UntriedError`
    where file and mapping were not tried, and `SignOffError` where another person has
    not consented to them.
    """
    allowed(actor, source.body)
    source.refresh_from_db(fields=("mapping", "trial"))
    table = table_of(source)
    consent = consenting.ready(source, actor)
    unfit = frozenset((source.trial or {})["unfit"])
    taking = Taking(source, table, by_of(source, table), actor, consent, unfit)
    source.refusals.filter(trial=True).delete()
    done = _looked_at(source)
    waiting = [row for row in table.rows if row.number not in done]
    for row in waiting[:most]:
        _take_over(taking, row)
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
    allowed(actor, source.body)
    present = locked(source)
    if present.finished_at is None:
        holder = Applicant.objects.select_for_update(no_key=True).get(pk=present.holder_id)
        holder.sealed, holder.wrapped_key, holder.master = b"", None, ""
        holder.erased_at = clock.now()
        holder.save()
        present.content, present.finished_at = b"", clock.now()
        present.save()
        signing.lapse_otherwise(present, actor)
        said = {"source": present.pk, **progress(present)._asdict()}
        append(Record(present.body, IMPORT_FINISHED, said, actor=actor))
    source.refresh_from_db()


@transaction.atomic
def _take_over(taking: Taking, row: Row) -> None:
    """Take over one row, or keep why not: all of it or nothing."""
    source = taking.source
    take_turn(source.body_id)
    if row.number in _looked_at(source, row.number):
        return
    try:
        with transaction.atomic():
            _adopt(taking, row)
    except RefusedError as problem:
        Refusal.objects.bulk_create(
            [Refusal(source=source, row=row.number, trial=False, **why._asdict())
             for why in problem.refused]
        )  # fmt: skip


def take_turn(body: int) -> None:
    """Wait for another run over the same body; whoever works in it otherwise goes on."""
    Body.objects.select_for_update(no_key=True).get(pk=body)


def _adopt(taking: Taking, row: Row) -> Case:
    source, consent = taking.source, taking.consent
    mark = trying.fingerprint(taking.table, row, source.body)
    found = _fresh(taking, row, mark)
    asked = Request(
        body=source.body,
        person=found.person,
        kind=found.kind,
        channel=found.channel,
        arrived=found.history[0].on,
        subject=found.subject,
        description=found.description,
        delivery=found.delivery,
        form=found.form,
    )
    same_day = taking.by.reading.undispatched is mapping.Undispatched.SAME_DAY
    assumed = list(found.unsent) if same_day else []
    known: dict[str, Plain] = {
        "source": source.pk, "row": row.number, "old_number": found.old_number,
        "fingerprint": mark,
    }  # fmt: skip
    origin = known | {name: value for name, value in (
        ("letter_number", found.letter_number),
        ("as_found", unrecorded(found.history)),
        ("assumed", assumed),
        ("approved", consent and consent.pk),
    ) if value}  # fmt: skip
    approver = consent.closed_by if consent else None
    try:
        case = adopt(asked, found.history, origin, taking.actor, approver)
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


def _fresh(taking: Taking, row: Row, mark: str) -> Taken:
    """Return a row that is new and was found fit; raises `RefusedError`."""
    before = ImportedRow.objects.filter(body=taking.source.body_id).select_related("case")
    same = before.filter(fingerprint=mark).first()
    if same:
        raise RefusedError(trying.twin(same))
    found = taken(taking.table, row, taking.by)
    year = found.history[0].on.year
    named = before.filter(old_number=found.old_number, case__submitted__year=year)
    if found.old_number and (same := named.first()):
        raise RefusedError(trying.namesake(same))
    if row.number in taking.unfit:
        raise RefusedError(Refused("整行", _NOT_THEN, _ANEW))
    return found


def _looked_at(source: Source, row: int | None = None) -> set[int]:
    found: set[int] = set()
    for rows in (source.imported.all(), source.refusals.filter(trial=False)):
        chosen = rows if row is None else rows.filter(row=row)
        found |= set(chosen.values_list("row", flat=True))
    return found
