"""The registers of section one against the ledger: entries, and each step of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.activities.actions import KIND, NOW, REGISTERED, STEP
from mingtang_web.activities.models import Activity, Step, What
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told


def activities(body: Body, found: Told) -> Iterator[str]:
    """Yield every entry of a register that is not as it was told last."""
    told = found.kept["activity"]
    rows = Activity.objects.filter(body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = told.pop(row.pk, {})
        own = fingerprint(row, *REGISTERED), fingerprint(row, *NOW)
        if (said.get("row"), said.get("now"), said.get("number")) != (*own, row.number):
            yield f"{row.number}与台账不符"
    yield from (f"台账所记的工作登记（内部编号{pk}）已不在" for pk in told)


def steps(body: Body, _found: Told) -> Iterator[str]:
    """Yield every step that is not as its entry tells, and entries that lack theirs."""
    rows = Step.objects.filter(activity__body=body).select_related("entry").order_by("pk")
    marked, struck, left = set(), set(), 0
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = row.entry.content
        told = row.entry.kind, said.get("step"), said.get("of")
        if told != (f"{KIND}{row.what}", fingerprint(row, *STEP), row.of_id):
            yield f"工作登记的经过（内部编号{row.pk}）与台账不符"
        marked |= {row.pk} if row.struck else set()
        struck |= {row.of_id} if row.what == What.STRUCK and row.of_id else set()
        left += 1
    yield from (f"巡查（内部编号{pk}）的作废与台账不符" for pk in sorted(marked ^ struck))
    versions = sum(Activity.objects.filter(body=body).values_list("version", flat=True))
    if versions != left:
        yield f"工作登记的经过应有{versions}条，实有{left}条"


ACTIVE = (activities, steps)
