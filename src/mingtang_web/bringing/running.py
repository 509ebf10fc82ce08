"""Bringing a catalogue in: part by part, each in one transaction with how far it came.

What comes in was public on the old site and keeps its number and its days. A part that
is cut off leaves nothing; whoever goes on begins behind the last whole one, and two who
do at once never bring a row in twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.bringing import policy
from mingtang_web.bringing.agreed import hold_to_trial
from mingtang_web.bringing.models import Catalogue, Origin, Remark, State
from mingtang_web.bringing.prepared import PUBLIC, REFUSED, Prepared
from mingtang_web.bringing.recording import (
    CLEARED,
    FINISHED,
    OutOfTurnError,
    in_turn,
    locked,
    record,
)
from mingtang_web.bringing.signing import hash_of
from mingtang_web.bringing.staging import place_of
from mingtang_web.bringing.trying import (
    clashes,
    counted,
    followed,
    remarks,
    unaltered,
)
from mingtang_web.files.actions import keep, said_of
from mingtang_web.ledger.actions import Record, append_all
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication import models as publication
from mingtang_web.publication.contents import content_hash
from mingtang_web.publication.issuing import on_publishing
from mingtang_web.publication.models import Attachment, Document, Revision, Step
from mingtang_web.publication.recording import KIND, NOW, told
from mingtang_web.publication.terms import due_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingtang_web.accounts.models import User
    from mingtang_web.bringing.trying import Part
    from mingtang_web.ledger.canonical import Plain

IMPORTED = KIND + "imported"
"""The kind of the entry of each document that was brought in."""
ON_BRINGING: dict[str, Callable[[Sequence[Document]], None]] = {}
"""What else is done as documents come in public, some at a time, by its name.

In the same transaction. Of what `releasing.ON_PUBLISHING` does for what goes out today,
the issue of normative documents is done here: it is of the day they were formed.
"""
AN_HOUR = timedelta(hours=1)
"""No upload is read for longer: one that is was cut off."""
_HELD = ("title", "document_number", "attribute", "matter", "formed_on")


@transaction.atomic
def begin(catalogue: Catalogue, actor: User) -> Catalogue:
    """Begin to bring a catalogue in, or go on with one that was stopped.

    Raises `NotAllowedError`, `ClosedBodyError`, and `OutOfTurnError` where it was not
    agreed to as it is.
    """
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    if present.body.closed_on:
        raise ClosedBodyError(policy.BRING, present.body)
    in_turn(present, State.AGREED, State.STOPPED)
    if present.agreed != hash_of(present):
        raise OutOfTurnError(
            _("文件、对应或者试算与批准的不同，不能导入；请重新试算、送审")
        )
    if present.approver_id == actor.pk:
        raise OutOfTurnError(_("批准的人不办理导入，请由送审人或者另一人导入"))
    unaltered(present)
    if present.state == State.AGREED:
        present.remarks.all().delete()
    present.state, present.fault = State.RUNNING, ""
    present.save()
    return present


@transaction.atomic
def stop(catalogue: Catalogue, actor: User) -> Catalogue:
    """Stop an import behind the part under way; raises as `begin` does."""
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    in_turn(present, State.RUNNING)
    present.state = State.STOPPED
    present.save()
    return present


def require_bringer(catalogue: Catalogue, actor: User) -> None:
    """Let whoever may go on with an import pass; raises `NotAllowedError`."""
    require(actor, policy.BRING, catalogue.body, clock.today())


def step(catalogue: Catalogue) -> Catalogue:
    """Bring the next rows in and return the catalogue as it then stands."""
    return followed(catalogue, State.RUNNING, _written)


@transaction.atomic
def clear(catalogue: Catalogue, actor: User) -> Catalogue:
    """End an import and destroy what was handed in; what came in stays, and the report.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    busy = {State.READING, State.RUNNING, State.TRYING}
    in_turn(present, *(set(State) - {State.CLEARED} - busy), *_left_over(present))
    if present.package:
        place = place_of(present)
        transaction.on_commit(lambda: place.unlink(missing_ok=True))
    present.staged.all().delete()
    present.state = State.CLEARED
    present.finished_at = present.finished_at or clock.now()
    return record(present, CLEARED, actor, found=present.found)


@transaction.atomic
def _written(catalogue: Catalogue, part: Part) -> Catalogue:
    present = locked(catalogue)
    if present.state != State.RUNNING or not part.follows(present):
        return present
    clashes(present, part)
    for row, made in zip(part.rows, part.found, strict=True):
        hold_to_trial(made, row)
    fit = [made for made in part.found if made.outcome != REFUSED]
    documents = _documents(present, fit)
    Remark.objects.bulk_create(remarks(present, part.found, trial=False))
    present.found, present.cursor = counted(present.found, part.found), part.cursor
    out = [each for each in documents if each.published_id]
    for each in out:
        if each.published and each.published.normative:
            on_publishing(each, None, Doing(present.proposer, each.version))
    for does in ON_BRINGING.values():
        does(out)
    if part.rows:
        present.save()
        return present
    present.state, present.finished_at = State.FINISHED, clock.now()
    return record(present, FINISHED, present.proposer, found=present.found)


def _left_over(catalogue: Catalogue) -> tuple[State, ...]:
    """Return `State.READING` where whoever read the file has long been gone."""
    gone = clock.now() - catalogue.uploaded_at > AN_HOUR
    return (State.READING,) if gone else ()


def _documents(catalogue: Catalogue, fit: list[Prepared]) -> list[Document]:
    """Save the documents of a part, with everything of them, and their entries."""
    by, now = catalogue.proposer, clock.now()
    assert by is not None  # noqa: S101 - what was agreed to was proposed
    made = [_document(catalogue, each) for each in fit]
    Document.objects.bulk_create(made)
    revisions, attachments = [], []
    for document, each in zip(made, fit, strict=True):
        row = each.revision
        enclosed = [
            Attachment(
                document=document,
                revision=row,
                position=place,
                name=name,
                file=keep(data, document.body, by),
            )
            for place, (name, data) in enumerate(each.enclosed)
        ]
        row.document, row.by, row.at = document, by, now
        row.content = content_hash(document, row, enclosed)
        revisions.append(row)
        attachments.append(enclosed)
    Revision.objects.bulk_create(revisions)
    for enclosed in attachments:
        for file in enclosed:  # what was pointed at unsaved has its id by now
            file.revision_id, file.document_id = file.revision.pk, file.document.pk
    Attachment.objects.bulk_create([file for enclosed in attachments for file in enclosed])
    steps = [_step(catalogue, *pair) for pair in zip(revisions, fit, strict=True)]
    Step.objects.bulk_create(steps)
    _point(made, revisions)
    Origin.objects.bulk_create(
        Origin(document=document, catalogue=catalogue, row=each.number,
               was_out_on=each.out_on, is_public=each.outcome == PUBLIC)
        for document, each in zip(made, fit, strict=True)
    )  # fmt: skip
    entries = (
        _entry(catalogue, each.number, (revision, *enclosed, step))
        for each, revision, enclosed, step in zip(
            fit, revisions, attachments, steps, strict=True
        )
    )
    append_all(catalogue.body, entries)
    return made


def _document(catalogue: Catalogue, each: Prepared) -> Document:
    is_public = each.outcome == PUBLIC
    row = Document(
        body=catalogue.body,
        index_number=each.index_number,
        column=each.column,
        created_at=clock.now(),
        version=1,
        state=publication.State.PUBLISHED if is_public else publication.State.DRAFTING,
        first_published_on=each.was_out_on if is_public else None,
        published_on=each.was_out_on if is_public else None,
    )
    for name in _HELD:
        setattr(row, name, getattr(each.revision, name))
    row.due = due_of(each.revision)
    return row


def _step(catalogue: Catalogue, revision: Revision, each: Prepared) -> Step:
    said = _("旧站目录《%(name)s》第%(n)s行，%(who)s送审、%(by)s批准")
    told_ = {
        "name": catalogue.name,
        "n": each.number,
        "who": catalogue.proposer and catalogue.proposer.display_name,
        "by": catalogue.approver and catalogue.approver.display_name,
    }
    return Step(
        document=revision.document, revision=revision, by=catalogue.proposer,
        at=revision.at, verdict=Step.Verdict.IMPORTED, reason=(said % told_)[:500],
        content=revision.content,
    )  # fmt: skip


def _point(made: list[Document], revisions: list[Revision]) -> None:
    """Let documents point at their revisions, those that are public as public ones."""
    own = Revision.objects.filter(document=OuterRef("pk")).values("pk")[:1]
    rows = Document.objects.filter(pk__in=[document.pk for document in made])
    rows.update(current=Subquery(own))
    rows.filter(state=publication.State.PUBLISHED).update(published=F("current"))
    for document, revision in zip(made, revisions, strict=True):
        document.current = revision
        if document.state == publication.State.PUBLISHED:
            document.published = revision


def _entry(
    catalogue: Catalogue, number: int, rows: tuple[Revision | Attachment | Step, ...]
) -> Record:
    [revision, *_more] = rows
    assert isinstance(revision, Revision)  # noqa: S101 - it comes first
    document = revision.document
    said: dict[str, Plain] = {
        "document": document.pk,
        "now": fingerprint(document, *NOW),
        "rows": [told(row) for row in rows],
        "files": [said_of(row.file) for row in rows if isinstance(row, Attachment)],
        "catalogue": catalogue.pk,
        "row": number,
    }
    return Record(
        catalogue.body,
        IMPORTED,
        said,
        actor=catalogue.proposer,
        approver=catalogue.approver,
    )
