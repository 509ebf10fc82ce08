"""Reading documents: what somebody sees, whose turn it is, what the public sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower, StrIndex

from mingtang_web.bodies.queries import seen
from mingtang_web.publication import policy
from mingtang_web.publication.chains import theirs
from mingtang_web.publication.models import (
    READY,
    WRITTEN,
    Column,
    Document,
    Revision,
    Stage,
    State,
)
from mingtang_web.publication.norms import ForceEvent, in_register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing


def visible(held: Standing) -> QuerySet[Document]:
    """Return the documents a person sees: the one authorisation predicate of all lists.

    Who supervises nobody sees the bodies they hold a role in: no need to ask which.
    """
    own = sorted(held.body_ids())
    bodies = seen(held) if held.seen_paths() else own
    return Document.objects.filter(body__in=bodies).select_related("body")


def of_ids(ids: Sequence[int]) -> list[Document]:
    """Return documents with their bodies, in the order of their ids: one query."""
    found = Document.objects.select_related("body").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def saying(rows: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Return those of some documents with words in their name, number or index number.

    Letters of either case; every row is looked at, but what is looked at is short.
    """
    found = StrIndex("sought", Lower(Value(words)))
    return rows.annotate(found=found).filter(found__gt=0) if words else rows


def of_column(rows: QuerySet[Document], column: str) -> QuerySet[Document]:
    """Return the documents of a column; those of any but the first by their own index."""
    if column == Column.STATUTORY:
        return rows.filter(column=column)
    return rows.filter(column=column).exclude(column=Column.STATUTORY)


def written_by(rows: QuerySet[Document], user_id: int | None) -> QuerySet[Document]:
    """Return the documents that are written in, of which a person wrote a version."""
    versions = Revision.objects.filter(document=OuterRef("pk"), by=user_id)
    return rows.filter(Exists(versions), state__in=WRITTEN)


def public() -> QuerySet[Document]:
    """Return the documents that everybody sees."""
    rows = Document.objects.filter(published__isnull=False, withdrawn_on__isnull=True)
    return rows.select_related("body", "published")


def holding(body: Body, words: Sequence[str]) -> QuerySet[Document]:
    """Return the public documents of a body that have every one of some words.

    In their title, number, key words or summary; none for no words.
    """
    if not words:
        return Document.objects.none()
    rows = public().filter(body=body)
    for word in words:
        rows = rows.filter(
            Q(published__title__icontains=word)
            | Q(published__document_number__icontains=word)
            | Q(published__keywords__icontains=word)
            | Q(published__abstract__icontains=word)
        )
    return rows.order_by("-published_on", "-pk")


def with_tombstones() -> QuerySet[Document]:
    """Return the documents that ever went out, those taken down included."""
    return Document.objects.filter(published__isnull=False)


def numbered(body: Body, number: str, but: int = 0) -> list[Document]:
    """Return the documents of a body's register with a number, save one of them.

    Whoever entered the same document twice would count it twice.
    """
    rows = Document.objects.filter(body=body, document_number=number.strip())
    rows = rows.exclude(state=State.DISCARDED).exclude(pk=but).order_by("pk")
    asked = rows.filter(forceevents__stage=ForceEvent.Stage.PROPOSED).values("pk")
    return list(rows.filter(~Q(norm="") | Q(pk__in=asked))) if number.strip() else []


def to_confirm(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return the documents of which something waits to be confirmed."""
    asked = ForceEvent.objects.filter(stage=ForceEvent.Stage.PROPOSED).order_by()
    return rows.filter(pk__in=asked.values("document"))


def registered(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return the documents of the register of validity, what waits for it included.

    Two narrow sets and not one condition: each is read off its own index.
    """
    own = rows.filter(in_register()).order_by().values("pk")
    return rows.filter(pk__in=own.union(to_confirm(rows).order_by().values("pk")))


def with_register() -> Q:
    """Return what marks the bodies that have documents in the register, or to come."""
    own = Document.objects.filter(in_register(), body=OuterRef("pk"))
    asked = to_confirm(Document.objects.all()).order_by().values("body")
    return Q(Exists(own)) | Q(pk__in=asked)


def waiting(held: Standing) -> QuerySet[Document]:
    """Return the documents in review at a stage whose roles a person holds.

    Of these the person may not pass on those they wrote or passed before, of which
    `mingtang_web.publication.chains.why_not` tells.
    """
    wanted = Q(pk__in=())
    for stage in Stage:
        roles = policy.REVIEWING[stage].roles
        bodies = {h.body_id for h in held.holdings if h.role in roles}
        if bodies:
            wanted |= Q(stage=stage, body__in=bodies)
    rows = Document.objects.filter(wanted, state=State.IN_REVIEW)
    return rows.select_related("body")


def turns(held: Standing, most: int = 100) -> list[Document]:
    """Return the documents whose next step of review is this person's to take."""
    if held.user_id is None:
        return []
    return theirs(list(waiting(held).order_by("pk")[:most]), held.user_id)


def to_publish(held: Standing) -> QuerySet[Document]:
    """Return the documents that wait to be published by a person."""
    roles = policy.PUBLISH.roles
    bodies = {h.body_id for h in held.holdings if h.role in roles}
    rows = Document.objects.filter(state__in=READY, body__in=bodies)
    return rows.select_related("body")
