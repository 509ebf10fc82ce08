"""Reports from the bodies' own desks: handed in, published, corrected, withdrawn.

What a body publishes or withdraws at its desk is done to its line at once, in the same
transaction: a district's totals never rest on a report that its body has taken back.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.compiling import CompileError
from mingtang_web.annual.compiling import compiled_of
from mingtang_web.annual.models import Annual
from mingtang_web.annual.models import State as Annually
from mingtang_web.collecting.handing import Handed, may_hand, put
from mingtang_web.collecting.models import LEFT, Delivery, Member, State, Step
from mingtang_web.collecting.opening import tell_recalled
from mingtang_web.collecting.reading import abandon
from mingtang_web.collecting.recording import (
    OutOfTurnError,
    came_before,
    in_turn,
    locked,
    moved,
)

if TYPE_CHECKING:
    from mingtang_web.cases.actions import Doing

SENT = frozenset({Annually.SIGNED, Annually.PUBLISHED})
"""The states in which a report of the desk may be handed in."""
STANDING = frozenset({State.READING, State.HELD, State.READ, State.ACCEPTED})
"""The states in which a version may not stand any longer once its report is withdrawn."""


@transaction.atomic
def hand_in_annual(member: Member, annual: Annual, doing: Doing) -> Delivery:
    """Hand in what was signed at the body's own desk.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    rows = Annual.objects.select_for_update(of=("self",), no_key=True)
    signed = rows.select_related("snapshot", "body").get(pk=annual.pk)
    present, _way = may_hand(member, doing)
    last = present.deliveries.last()
    if last and came_before(present.body, doing):
        return last
    in_turn(present, doing)
    return _from_desk(present, signed, doing)


def arrive(annual: Annual, doing: Doing) -> None:
    """Hand in what is published, where a season awaits it; within the publication.

    A correction takes the place of the issue that it corrects, whatever was decided on
    that one: it is read and decided on anew, and until then nothing of it counts.
    """
    asked = Member.objects.filter(body=annual.body_id, season__year=annual.year)
    for pk in asked.order_by("pk").values_list("pk", flat=True):
        member = locked(pk)
        last = member.deliveries.select_related("annual", "file").last()
        if last is None or last.state in LEFT:
            _from_desk(member, annual, doing)
        elif _is_corrected(last, annual):
            _from_desk(member, annual, doing, replaces=True)
            if last.state == State.READING:
                transaction.on_commit(partial(abandon, last))
            if last.state == State.ACCEPTED:
                tell_recalled(member)


def recall(annual: Annual, doing: Doing) -> None:
    """Take back what a withdrawn report was handed in as; within the withdrawal.

    It counts no longer, even where it was accepted; ``doing.note`` says why the body
    withdrew it, and its office is told.
    """
    asked = Member.objects.filter(deliveries__annual=annual).distinct()
    for pk in asked.order_by("pk").values_list("pk", flat=True):
        member = locked(pk)
        last = member.deliveries.select_related("file").last()
        if last is None or last.annual_id != annual.pk or last.state not in STANDING:
            continue
        last.member = member
        if last.state == State.READING:
            transaction.on_commit(partial(abandon, last))
        last.state = State.RECALLED
        moved(member, last, Step.Verdict.RECALLED, doing)
        tell_recalled(member)


def _is_corrected(last: Delivery, annual: Annual) -> bool:
    """Return whether a version is an earlier issue of a report."""
    before = last.annual
    return before is not None and before.issue < annual.issue


def _from_desk(
    member: Member, annual: Annual, doing: Doing, *, replaces: bool = False
) -> Delivery:
    if annual.state not in SENT or annual.snapshot is None:
        raise OutOfTurnError(_("这份年度报告还没有签发，不能报送"))
    if (annual.body_id, annual.year) != (member.body_id, member.season.year):
        raise OutOfTurnError(_("这不是本机关当年的年度报告，不能报送"))
    handed = Handed(
        annual.snapshot,
        Delivery.Way.DESK,
        annual,
        fees=_fees(annual),
        replaces=replaces,
        why=annual.why,
    )
    return put(member, handed, doing)


def _fees(annual: Annual) -> dict[str, str]:
    """Return the fees that the ledger keeps of a report's year, none where it keeps none.

    Where the tallies are being made anew, what the report states will do.
    """
    with suppress(CompileError):
        fees = compiled_of(annual).fees
        return {name: str(n) for name, n in fees._asdict().items()} if fees else {}
    return {}
