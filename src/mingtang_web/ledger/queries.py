"""Reading the ledger: a case's entries, a body's chain, and whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.ledger import chain
from mingtang_web.ledger.models import Entry, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body

AT_A_TIME = 2000


def of_case(case_id: int) -> QuerySet[Entry]:
    """Return a case's entries in the order they were recorded."""
    return Entry.objects.filter(case_id=case_id).order_by("body", "sequence")


def head_of(body: Body) -> tuple[int, str]:
    """Return how many entries a body's chain has, and the last one's hash."""
    head = Head.objects.filter(body=body).values_list("sequence", "hash").first()
    return head or (0, chain.ORIGIN)


def faults(body: Body, seen: Callable[[], None] = lambda: None) -> Iterator[chain.Fault]:
    """Yield every place where a body's chain does not hold; call ``seen`` for each entry.

    The chain may grow meanwhile, and nobody is made to wait: the head is read
    before the entries, and both again until they meet or nothing new comes.
    """
    head = [(0, chain.ORIGIN)]

    def walked() -> Iterator[chain.Link]:
        last, came = 0, True
        while came:
            head[0], came = head_of(body), False
            for link in _links_after(body, last):
                last, came = link.sequence, True
                seen()
                yield link
            came = came and last != head[0][0]

    yield from chain.faults(body.pk, walked(), lambda: head[0])


def _links_after(body: Body, sequence: int) -> Iterator[chain.Link]:
    """Yield the chain's links in order, a part at a time: a long one needs no memory."""
    rows = Entry.objects.filter(body=body, sequence__gt=sequence).order_by("sequence")
    fields = rows.values_list(*chain.Link._fields)
    return map(chain.Link._make, fields.iterator(chunk_size=AT_A_TIME))
