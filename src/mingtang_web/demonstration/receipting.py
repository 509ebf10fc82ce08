"""A finished letter in every department: the receipt of one request, issued on its day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mingtang.case.events import Submitted
from mingtang.case.replaying import replay
from mingtang_web.cases.lettering import issue_alone
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.recording import Deed
from mingtang_web.letters.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.demonstration.casting import Cast, House

RECEIPT = "registration_receipt"
_SOON = timedelta(minutes=2)


def receipts(house: House, casts: list[Cast]) -> Iterator[Deed]:
    """Yield the receipt of the latest request that was received as it came.

    One a department, so that founding takes no longer; where the accounts work there
    are letters enough.
    """
    if house.body.short_name == WHERE:
        return
    able = [cast for cast in casts if _received_at_once(cast)]
    if able:
        last = max(able, key=lambda each: each.moments[0])
        order, clerk = Order(RECEIPT), house.staff.clerk
        yield Deed(last.moments[0] + _SOON, partial(issue_alone, last.case, order, clerk))


def _received_at_once(cast: Cast) -> bool:
    first = cast.events[0]
    came = cast.case.channel in {"in_person", "signed_post"}
    return came and isinstance(first, Submitted) and replay((first,)).received is not None
