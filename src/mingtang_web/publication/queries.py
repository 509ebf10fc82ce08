"""Reading documents: what somebody sees, whose turn it is, what the public sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from mingtang_web.bodies.queries import seen
from mingtang_web.publication import policy
from mingtang_web.publication.chains import theirs
from mingtang_web.publication.models import READY, Document, Stage, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing


def visible(held: Standing) -> QuerySet[Document]:
    """Return the documents a person sees: the one authorisation predicate of all lists."""
    return Document.objects.filter(body__in=seen(held)).select_related("body")


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
