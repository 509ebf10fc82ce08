"""What stands behind a report from its body's own desk: adjustments, findings waived.

Whoever sees the body's line sees them, with their reasons: a total that rests on a
report rests on these too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.combining import stated_fees
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Adjustment, Waiver
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from mingtang.combining import Stated
    from mingtang_web.annual.models import Annual
    from mingtang_web.collecting.models import Delivery

_KEPT = 256
"""Reports whose section six is kept at hand; what was signed never changes."""


class Behind(NamedTuple):
    """The adjustments that count in a report, and why findings of it were left."""

    adjustments: Sequence[Adjustment] = ()
    waivers: Sequence[Waiver] = ()


def printed_fees(delivery: Delivery) -> Stated | None:
    """Return the fees that section six of a report from its body's own desk states.

    None where the ledger was not asked, and where the file is not what was signed.
    """
    annual = delivery.annual
    if annual is None or not delivery.fees:
        return None
    try:
        return _stated(annual.snapshot_id, annual)
    except AlteredFileError:
        return None


@lru_cache(maxsize=_KEPT)
def _stated(_snapshot: UUID | None, annual: Annual) -> Stated:
    return stated_fees(frozen(annual))


def behind(delivery: Delivery) -> Behind:
    """Return what stands behind a version: two queries, nothing behind a file."""
    return behind_all([delivery])[delivery.pk]


def behind_all(deliveries: Iterable[Delivery]) -> Mapping[int, Behind]:
    """Return what stands behind each of many versions, by its id: two queries."""
    from_desk = {row.pk: row.annual_id for row in deliveries}
    asked = [pk for pk in from_desk.values() if pk is not None]
    if not asked:
        return dict.fromkeys(from_desk, Behind())
    rows = Adjustment.objects.filter(annual__in=asked)
    adjusted = [row for row in rows.select_related("by", "signed_by") if row.counts]
    waived = list(Waiver.objects.filter(annual__in=asked).select_related("by"))
    return {
        pk: Behind(
            [row for row in adjusted if row.annual_id == annual],
            [row for row in waived if row.annual_id == annual],
        )
        for pk, annual in from_desk.items()
    }
