"""What is told of normative documents: what waits to be confirmed, what ends soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted
from mingtang_web.publication import policy
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import HOLDING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from django.db.models import QuerySet

ENDING = 90
"""So many days before its end a document's keepers are told."""
_AT_A_TIME = 200


def ending(rows: QuerySet[Document], on: date, days: int = ENDING) -> QuerySet[Document]:
    """Return the documents in force whose end comes within some days, the nearest first."""
    until = on + timedelta(days)
    found = rows.exclude(norm="")
    found = found.filter(validity__in=HOLDING, expires_on__range=(on, until))
    return found.order_by("expires_on", "pk")


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every document that ends soon: once, of each end."""
    roles = _ordered(policy.RECORD_FORCE.roles | policy.CONFIRM_FORCE.roles)
    rows = ending(Document.objects.all(), on)
    names = rows.values_list("pk", "body_id", "expires_on", "title", "current__by")
    for pk, body, last, title, writer in names.iterator(chunk_size=_AT_A_TIME):
        if last is not None:
            told = Wanted(Kind.FORCE_ENDING, body, last, roles, handler_id=writer)
            yield told._replace(matter=f"norm/{pk}", title=title[:40])


def tell_confirmers(document: Document, by: int) -> None:
    """Tell whoever may confirm what somebody entered, but for that person."""
    but = frozenset({by})
    _tell(document, Kind.FORCE_ASKED, policy.CONFIRM_FORCE.roles, but=but)


def tell_keeper(document: Document, who: int | None) -> None:
    """Tell who entered something that it was not confirmed."""
    _tell(document, Kind.FORCE_REFUSED, policy.RECORD_FORCE.roles, who)


def _tell(
    document: Document,
    kind: Kind,
    roles: Collection[Role],
    who: int | None = None,
    but: frozenset[int] = frozenset(),
) -> None:
    today = clock.today()
    wanted = Wanted(
        kind,
        document.body_id,
        today,
        _ordered(roles),
        handler_id=who,
        about=str(document.version),
        but=but,
        matter=f"norm/{document.pk}",
        title=document.title[:40],
    )
    tell([wanted], Staff(today), clock.now())


def _ordered(roles: Collection[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)
