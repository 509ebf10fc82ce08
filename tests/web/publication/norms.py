"""Normative documents and what happens to them, for tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingtang_web.publication import norming
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.publication.offices import Newsroom

NORM: dict[str, object] = {
    "normative": "normative",
    "title": "西山区既有住宅加装电梯办法",
    "effective_on": date(2026, 3, 2),
}


def after(document: Document) -> Document:
    return Document.objects.select_related("body", "current", "published").get(
        pk=document.pk
    )


def entered(room: Newsroom, document: Document, happened: Happened) -> Document:
    """What the handler enters; it waits to be confirmed."""
    return norming.propose(document, happened, room.doing(room.writer, document))


def decide(
    room: Newsroom, document: Document, row: ForceEvent, act: Callable, note: str = ""
) -> Document:
    return act(document, row.pk, room.doing(room.approver, document, note))


def happen(room: Newsroom, document: Document, happened: Happened) -> Document:
    document = entered(room, document, happened)
    row = document.forceevents.get(stage="proposed")
    return decide(room, document, row, norming.confirm)


def stock(
    room: Newsroom, issued: date, expires: date | None = None, **more: object
) -> Document:
    """A document from before the system, entered and confirmed."""
    draft = NORM | {"formed_on": issued, "effective_on": issued, "expires_on": expires}
    document = room.drafted(**draft | {"title": "旧的办法"} | more)
    happened = Happened(
        ForceEvent.Kind.ISSUED, issued, "发文目录", issued, expires_on=expires
    )
    return happen(room, document, happened)
