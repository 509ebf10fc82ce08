"""Catalogues of old sites, and who brought them in, against the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.bringing.recording import KEPT
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told


def catalogues(body: Body, _found: Told) -> Iterator[str]:
    """Yield every catalogue that is not as its last step left it."""
    entries = Entry.objects.filter(body=body, kind__startswith="bringing.")
    said = [entry.content for entry in entries.order_by("sequence").iterator()]
    told = {each["catalogue"]: each["now"] for each in said if "now" in each}
    rows = Catalogue.objects.filter(body=body).exclude(state=State.READING)
    for row in rows.order_by("pk"):
        if told.pop(row.pk, None) != fingerprint(row, *KEPT):
            yield f"旧站目录（内部编号{row.pk}）与台账不符"
    yield from (f"台账所记的旧站目录（内部编号{pk}）已不在" for pk in told)


BROUGHT = (catalogues,)
