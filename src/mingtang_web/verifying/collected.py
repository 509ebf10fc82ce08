"""Seasons of reports, and all that bodies handed in, against the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.collecting.models import Member, Season
from mingtang_web.collecting.recording import MEMBER, ROWS, SEASON
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told

_OF_BODY = {
    "delivery": "member__body",
    "receipt": "delivery__member__body",
    "product": "delivery__member__body",
    "handing": "member__body",
}


def seasons(body: Body, found: Told) -> Iterator[str]:
    """Yield every season of an office that is not as it was opened."""
    for row in Season.objects.filter(body=body).order_by("pk"):
        if found.seasons.pop(row.pk, None) != fingerprint(row, *SEASON):
            yield f"{row.year}年度的年报收集与台账不符"
    yield from (f"台账所记的年报收集（内部编号{pk}）已不在" for pk in found.seasons)


def handed(body: Body, found: Told) -> Iterator[str]:
    """Yield everything a body was asked for, handed in or was told that is not as told."""
    for member in Member.objects.filter(body=body).order_by("pk"):
        if found.members.pop(member.pk, None) != fingerprint(member, *MEMBER):
            yield f"年报报送（内部编号{member.pk}）与台账不符"
    yield from (f"台账所记的年报报送（内部编号{pk}）已不在" for pk in found.members)
    for name, (model, columns) in ROWS.items():
        told = found.parts[name]
        rows = model._default_manager.filter(**{_OF_BODY[name]: body})
        for row in rows.order_by("pk").iterator(chunk_size=100):
            if told.pop(row.pk, None) != fingerprint(row, *columns):
                yield f"年报报送的{name}（内部编号{row.pk}）与台账不符"
        yield from (f"台账所记年报报送的{name}（内部编号{pk}）已不在" for pk in told)


COLLECTED = (seasons, handed)
