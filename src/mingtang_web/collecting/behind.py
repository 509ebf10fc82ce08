"""What stands behind a report from its body's own desk: adjustments, findings waived.

Whoever sees the body's line sees them, with their reasons: a total that rests on a
report rests on these too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang_web.annual.models import Adjustment, Waiver
    from mingtang_web.collecting.models import Delivery


class Behind(NamedTuple):
    """The adjustments that count in a report, and why findings of it were left."""

    adjustments: Sequence[Adjustment] = ()
    waivers: Sequence[Waiver] = ()


def behind(delivery: Delivery) -> Behind:
    """Return what stands behind a version: two queries, nothing behind a file."""
    annual = delivery.annual
    if annual is None:
        return Behind()
    adjusted = annual.adjustments.select_related("by", "signed_by")
    waived = annual.waivers.select_related("by")
    return Behind([row for row in adjusted if row.counts], list(waived))
