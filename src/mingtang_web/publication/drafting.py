"""Drafting: a document begun, its revisions, and drafts given up."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang_web import clock, masking
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import keep, said_of
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.actions import hold
from mingtang_web.publication import policy
from mingtang_web.publication.bonds import Bonds, own_reason
from mingtang_web.publication.contents import as_typed, content_hash
from mingtang_web.publication.indexing import next_index_number
from mingtang_web.publication.models import (
    READY,
    WRITTEN,
    Attachment,
    Document,
    Revision,
    State,
    Step,
)
from mingtang_web.publication.recording import (
    KIND,
    in_turn,
    made,
    record,
    repeated,
    sent_before,
    stepped,
)
from mingtang_web.publication.recording import begin as begun
from mingtang_web.publication.telling import turn_is_over
from mingtang_web.publication.terms import due_of
from mingtang_web.publication.wording import written

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from mingtang_web.bodies.models import Body
    from mingtang_web.files.examining import Examined
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing

Verdict = Step.Verdict


class Enclosed(NamedTuple):
    """A file that goes with a revision: one that is kept already, or a fresh one."""

    name: str
    file: StoredFile | Examined


@dataclass(frozen=True)
class Draft:
    """What an officer writes of a document; the fields are those of `Revision`.

    ``html`` is cleaned when it is kept; ``enclosed`` are all attachments, in order.
    ``attribute`` may be blank where it follows the lead body's or the original's, and
    ``issuer`` where it is this body or all of a joint document's.
    """

    title: str
    formed_on: date
    attribute: str
    topic: str
    genre: str
    html: str = ""
    document_number: str = ""
    issuer: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    attribute_reason: str = ""
    normative: str = ""
    matter: str = ""
    keywords: str = ""
    abstract: str = ""
    note: str = ""
    bonds: Bonds = field(default=Bonds())
    enclosed: tuple[Enclosed, ...] = field(default=())


@transaction.atomic
def begin(body: Body, column: str, draft: Draft, doing: Doing) -> Document:
    """Begin a document and return it; a submission sent twice is one document.

    Raises `NotAllowedError`, `ClosedBodyError` and `ValidationError`.
    """
    require(doing.person, policy.WRITE, body, clock.today())
    if body.closed_on:
        raise ClosedBodyError(policy.WRITE, body)
    asked: Plain = [column, as_typed(draft)]
    before = sent_before(body, f"{KIND}begun", doing, asked)
    if before:
        return Document.objects.get(pk=before.content["document"])
    revision = written(draft, body)
    year = clock.today().year
    document = Document(
        body=body,
        index_number=next_index_number(body, draft.topic, draft.genre, year),
        column=column,
        created_at=clock.now(),
        state=State.DRAFTING,
    )
    _show(document, revision)
    document.save(force_insert=True)
    rows = _keep(document, revision, _attached(draft, body, doing), doing)
    step = Step(verdict=Verdict.BEGUN, content=revision.content)
    rows.append(made(document, step, doing))
    return record(document, "begun", doing, rows, asked, files=_files(revision))


@transaction.atomic
def revise(document: Document, draft: Draft, doing: Doing, asked: Plain = None) -> Document:
    """Keep another revision of a document that is being written.

    One that says what the last one does is not kept again. ``asked`` is by what the
    same submission is known again where that is not the whole draft. Raises
    `NotAllowedError`, `OutOfTurnError`, `SentOtherwiseError` and `ValidationError`.
    """
    present = begun(document, policy.WRITE, doing)
    asked = asked or as_typed(draft)
    if repeated(present, "revised", doing, asked):
        return present
    in_turn(present, doing, *WRITTEN)
    hold(present.body)
    last = present.current
    revision = written(draft, present.body)
    revision.number = last.number + 1 if last else 1
    enclosed = _attached(draft, present.body, doing)
    if last and content_hash(present, revision, enclosed) == last.content:
        return present
    _show(present, revision)
    rows = _keep(present, revision, enclosed, doing)
    return record(present, "revised", doing, rows, asked, files=_files(revision))


@transaction.atomic
def reopen(document: Document, doing: Doing) -> Document:
    """Begin to revise a document that is out, cleared or down, ``doing.note`` saying why.

    What is public stays so until the new revision has gone through every stage. Raises
    `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begun(document, policy.WRITE, doing)
    if repeated(present, "revising", doing):
        return present
    in_turn(present, doing, State.PUBLISHED, State.FILED, State.WITHDRAWN, *READY)
    masking.to_keep(doing.note, "note")
    present.state, present.publish_at = State.DRAFTING, None
    turn_is_over(present)
    step = stepped(present, Verdict.REVISING, doing)
    return record(present, "revising", doing, [step])


@transaction.atomic
def discard(document: Document, doing: Doing) -> Document:
    """Give a draft up, ``doing.note`` saying why; what is public stays as it is.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begun(document, policy.WRITE, doing)
    if repeated(present, "discarded", doing):
        return present
    in_turn(present, doing, *WRITTEN)
    masking.to_keep(doing.note, "note")
    turn_is_over(present)
    step = stepped(present, Verdict.DISCARDED, doing)
    _back(present)
    return record(present, "discarded", doing, [step])


def _back(document: Document) -> None:
    """Let a document be what it was before its draft, or nothing where it was nothing."""
    filed = document.steps.filter(verdict=Verdict.FILED).order_by("id").last()
    if document.published is not None:
        document.current = document.published
        down = document.withdrawn_on is not None
        document.state = State.WITHDRAWN if down else State.PUBLISHED
    elif filed is not None:
        document.current, document.state = filed.revision, State.FILED
    else:
        document.state = State.DISCARDED
    if document.current is not None:
        _show(document, document.current)


def as_draft(revision: Revision) -> Draft:
    """Return what a revision says as a draft, to be altered."""
    held = {
        each.name: getattr(revision, each.name)
        for each in fields(Draft)
        if each.name not in {"enclosed", "note", "bonds"}
    }
    bonds = Bonds.of(revision)
    if bonds.issuers:
        held["issuer"] = ""  # all of them, said by ``bonds``
    if bonds.forwards is not None:
        bonds = bonds._replace(original_attribute="")  # as it is when it is kept again
    held["attribute_reason"] = own_reason(revision)
    rows = revision.attachments.select_related("file")
    enclosed = tuple(Enclosed(row.name, row.file) for row in rows)
    return Draft(**held, bonds=bonds, enclosed=enclosed)


def _show(document: Document, revision: Revision) -> None:
    """Let a document's lists follow one of its revisions."""
    for name in ("title", "document_number", "attribute", "matter", "formed_on"):
        setattr(document, name, getattr(revision, name))
    document.due = due_of(revision)


def _keep(
    document: Document, revision: Revision, enclosed: list[Attachment], doing: Doing
) -> list[Model]:
    """Save a revision with its attachments; the document points at it."""
    revision.document, revision.by, revision.at = document, doing.person, clock.now()
    revision.content = content_hash(document, revision, enclosed)
    revision.save(force_insert=True)
    for position, row in enumerate(enclosed):
        row.document, row.revision, row.position = document, revision, position
        row.save(force_insert=True)
    document.current = revision
    return [revision, *enclosed]


def _files(revision: Revision) -> list[dict[str, Plain]]:
    """Return what the ledger says of a revision's files."""
    rows = revision.attachments.select_related("file")
    return [said_of(row.file) for row in rows]


def _attached(draft: Draft, body: Body, doing: Doing) -> list[Attachment]:
    """Return a draft's attachments, unsaved; what is fresh of their files is kept."""
    rows = []
    for name, file in draft.enclosed:
        known = file if isinstance(file, StoredFile) else keep(file, body, doing.actor)
        rows.append(Attachment(name=name, file=known))
    return rows
