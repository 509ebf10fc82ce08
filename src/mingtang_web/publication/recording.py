"""What every act in a document has in common: locked, in turn, in the ledger, one on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.queries import require, standing
from mingtang_web.ledger.actions import KeyTakenError, Record, append
from mingtang_web.ledger.canonical import canonical
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.publication import policy
from mingtang_web.publication.models import (
    Attachment,
    Document,
    Revision,
    SecrecyItem,
    Stage,
    Step,
    Waiver,
)
from mingtang_web.publication.norms import ForceEvent, Interpretation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Part

NOW = (
    "body_id", "index_number", "column", "created_at", "version", "state", "stage", "plan",
    "position", "current_id", "published_id", "first_published_on", "published_on",
    "publish_at", "withdrawn_on", "withdrawn_why", "title", "document_number", "attribute",
    "matter", "formed_on", "due",
)  # fmt: skip
"""What every entry of a document holds of the document as it stands after it."""
_PART = ("document_id", "revision_id", "by_id", "at")
ROWS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "document_revision": (
        Revision,
        ("document_id", "number", "content", "note", "by_id", "at"),
    ),
    "document_attachment": (
        Attachment,
        ("document_id", "revision_id", "file_id", "name", "position"),
    ),
    "document_step": (
        Step,
        (*_PART, "verdict", "stage", "reason", "content", "stead_id"),
    ),
    "document_secrecyitem": (SecrecyItem, (*_PART, "item", "conclusion", "basis")),
    "document_waiver": (Waiver, (*_PART, "fingerprint", "kind", "shown", "reason")),
    "document_forceevent": (
        ForceEvent,
        (
            *_PART, "kind", "norm", "on", "effective_on", "expires_on", "trial",
            "by_document_id", "by_name", "basis", "source", "campaign_id", "stage",
            "confirmed_by_id", "confirmed_at", "confirmed_why",
        ),
    ),
    "document_interpretation": (
        Interpretation,
        (
            "document_id", "interprets_id", "means", "by_id", "at", "undone_by_id",
            "undone_at", "undone_why",
        ),
    ),
}  # fmt: skip
"""What the ledger holds of each row of a document, by the name it has there.

Each has its document in ``document``.
"""
KIND = "publication."
"""What the kinds of all entries begin with that are of a document."""


class OutOfTurnError(Exception):
    """The document has moved on, or the act comes too early or late; nothing was done."""


class SentOtherwiseError(KeyTakenError):
    """A form was sent before and done, and now says something else; nothing was done."""

    def __init__(self, earlier: Entry) -> None:
        super().__init__()
        at = earlier.recorded_at.astimezone(clock.CHINA)
        self.args = (
            _(
                "这张表单%(at)s已经提交过一次，那次的已经办成；这次的内容与那次不同，没有保存、"
                "没有办理。请看过最新情况，要照这次的办，再提交一次"
            )
            % {"at": f"{at:%m-%d %H:%M}"},
        )


def begin(document: Document, act: Act, doing: Doing) -> Document:
    """Return a document as it now stands, locked, once the person may do the act.

    Raises `NotAllowedError`.
    """
    present = locked(document)
    require(doing.person, act, present.body, clock.today())
    return present


def locked(document: Document) -> Document:
    """Return a document as it now stands, locked until the transaction ends."""
    rows = Document.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body", "current", "published").get(pk=document.pk)


def in_turn(document: Document, doing: Doing, *states: str) -> None:
    """Let an act pass that was decided on the document as it stands, in some states.

    Raises `OutOfTurnError`.
    """
    if doing.version != document.version:
        raise OutOfTurnError(
            _("%(n)s在您打开之后已有新的改动，本次未作任何改动；请看过最新情况再办")
            % {"n": document.index_number}
        )
    if document.state not in states:
        raise OutOfTurnError(
            _("%(n)s处于“%(state)s”，不能办理此事")
            % {"n": document.index_number, "state": document.get_state_display()}
        )


def made(document: Document, part: Part, doing: Doing) -> Part:
    """Put a row into a document, on its present revision."""
    part.document, part.by, part.at = document, doing.actor, clock.now()
    part.revision = document.newest
    part.save(force_insert=True)
    return part


def stepped(document: Document, verdict: str, doing: Doing, stage: str = "") -> Step:
    """Put a step into a document, on the content that its newest revision has.

    ``stage`` is that of the review it was taken at; in whose stead, is looked up.
    """
    row = Step(
        verdict=verdict,
        stage=stage,
        reason=doing.note.strip()[:500],
        content=document.newest.content,
    )
    if stage:
        row.stead_id = stead(document, policy.REVIEWING[Stage(stage)], doing)
    made(document, row, doing)
    return row


def record(
    document: Document,
    name: str,
    doing: Doing,
    rows: Iterable[Model],
    asked: Plain = None,
    **more: Plain,
) -> Document:
    """Save a document one act further on; the entry holds it and the rows touched.

    ``asked`` is what the act was asked with beside the note, by which `repeated` knows
    the same submission again.
    """
    document.version += 1
    document.save()
    said: dict[str, Plain] = {
        "document": document.pk,
        "now": fingerprint(document, *NOW),
        "rows": [told(row) for row in rows],
        "asked": asked_with(doing, asked),
        **more,
    }
    append(Record(document.body, KIND + name, said, actor=doing.actor, key=doing.key))
    return document


def told(row: Model) -> list[Plain]:
    """Return what the ledger says of a row: its name there, its id, its hash."""
    name = f"document_{type(row).__name__.lower()}"
    return [name, row.pk, fingerprint(row, *ROWS[name][1])]


def repeated(document: Document, name: str, doing: Doing, asked: Plain = None) -> bool:
    """Return whether this very submission came before: a form that was sent twice.

    Raises `SentOtherwiseError` where its key came before with something else.
    """
    found = sent_before(document.body, KIND + name, doing, asked)
    if found is not None and found.content.get("document") != document.pk:
        raise SentOtherwiseError(found)
    return found is not None


def sent_before(body: Body, kind: str, doing: Doing, asked: Plain = None) -> Entry | None:
    """Return the entry that the same submission made before, none where it is the first.

    ``kind`` is the entry's whole kind. Raises `SentOtherwiseError`.
    """
    if doing.key is None:
        return None
    found = Entry.objects.filter(body=body, key=doing.key).first()
    if found is None:
        return None
    actor = doing.actor.pk if doing.actor else None
    said = (found.kind, found.actor_id, found.content.get("asked"))
    if said != (kind, actor, asked_with(doing, asked)):
        raise SentOtherwiseError(found)
    return found


def asked_with(doing: Doing, asked: Plain = None) -> str:
    """Return the hash of what an act was asked with: version seen, note, and the rest."""
    said = canonical([doing.version, doing.note.strip(), asked])
    return hashlib.sha256(said.encode()).hexdigest()


def stead(document: Document, act: Act, doing: Doing) -> int | None:
    """Return in whose stead somebody does an act, where a role is on loan to them."""
    return standing(doing.person, clock.today()).lender_for(act, document.body)
