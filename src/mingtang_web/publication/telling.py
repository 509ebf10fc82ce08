"""Telling those whose turn it is: reviewers, publishers, whoever wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.notices.actions import settle, tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted
from mingtang_web.publication import policy
from mingtang_web.publication.chains import passed_by, writers
from mingtang_web.publication.models import Stage

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingtang_web.publication.models import Document

TURNS = (
    Kind.DOCUMENT_REVIEW,
    Kind.DOCUMENT_CLEARED,
    Kind.DOCUMENT_RETURNED,
    Kind.DOCUMENT_HELD,
)
"""What tells somebody that a document waits for them."""


def tell_reviewers(document: Document) -> None:
    """Tell whoever may review a document at the stage where it now is.

    Not those who wrote it or passed a stage before: it is not their turn.
    """
    roles = policy.REVIEWING[Stage(document.stage)].roles
    but = frozenset(writers(document) | passed_by(document))
    _tell(document, Kind.DOCUMENT_REVIEW, roles, but)


def tell_publishers(document: Document) -> None:
    """Tell whoever may publish that a document is cleared, or was held at its hour."""
    _tell(document, Kind.DOCUMENT_CLEARED, policy.PUBLISH.roles)


def tell_writers(document: Document) -> None:
    """Tell those who write that a document was returned."""
    _tell(document, Kind.DOCUMENT_RETURNED, policy.WRITE.roles)


def tell_held(document: Document) -> None:
    """Tell who may publish, and who may answer or mend, that it did not go out."""
    tell_publishers(document)
    _tell(document, Kind.DOCUMENT_HELD, policy.WAIVE.roles, over=False)


def turn_is_over(document: Document, *, withdrawn: bool = False) -> None:
    """Let nobody be waited for whose turn it was: a document has moved on.

    What was told of a turn that is ``withdrawn`` is taken back where nobody has read it.
    """
    settle(TURNS, matter_of(document), withdrawn=withdrawn)


def matter_of(document: Document) -> str:
    """Return what notices of a document have for their matter: where it is opened."""
    return f"document/{document.pk}"


def _tell(
    document: Document,
    kind: Kind,
    roles: Collection[Role],
    but: frozenset[int] = frozenset(),
    *,
    over: bool = True,
) -> None:
    if over:
        turn_is_over(document)
    today = clock.today()
    wanted = Wanted(
        kind,
        document.body_id,
        today,
        tuple(role for role in Role if role in roles),
        about=str(document.version),
        but=but,
        matter=matter_of(document),
        title=document.title[:40],
        anybody=True,
    )
    tell([wanted], Staff(today), clock.now())
