"""Recording a delivery once: at the letter, with its proof; the case follows.

Both stand or fall together. What the case knows already is not written twice, and a
record that says otherwise is refused; `cases.backing` refuses the event that says
otherwise than the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.permitting import NotPermittedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.deliveries import following, place_of, worded_for_another_way
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case
from mingtang_web.files.actions import taken
from mingtang_web.letters import delivering
from mingtang_web.letters.actions import LetterError, kept
from mingtang_web.letters.models import MODES, DeliveryRecord, Letter

if TYPE_CHECKING:
    from django.core.files.base import File

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.deliveries import Place
    from mingtang_web.files.examining import Examined
    from mingtang_web.letters.delivering import Delivered

_REFUSED = (NotPermittedError, SignOffError, NotAllowedError)


class Recorded(NamedTuple):
    """A delivery on record: the events that it brought, and why no more of them."""

    record: DeliveryRecord
    events: tuple[Event, ...] = ()
    why_not: str = ""


def record_delivery(
    letter: Letter, told: Delivered, actor: User, upload: File[bytes] | None = None
) -> Recorded:
    """Record a letter's delivery, and in its case what follows from it.

    Raises `NotAllowedError`, `RefusedFileError`, and `LetterError` where the record
    does not fit the letter or says otherwise than the case.
    """
    delivering.ask(letter, told, actor)
    found = taken(upload, letter.body, actor, letter.reader) if upload else None
    return _recorded(letter, told, actor, found)


@transaction.atomic
def _recorded(
    letter: Letter, told: Delivered, actor: User, found: Examined | None
) -> Recorded:
    # The case is locked first, here as everywhere.
    case = locked(Case(pk=letter.case_id)) if letter.case_id else None
    before = kept(letter.body_id, told.key, delivering.DELIVERED, letter=letter.pk)
    place = place_of(letter) if case and not before else None
    if place and place.known:
        _agrees(letter, told, place)
    wrong = None if before else worded_for_another_way(case, letter, told.mode)
    if wrong:
        raise LetterError(wrong, "mode")
    record = delivering.recorded(letter, told, actor, found)
    if case is None or place is None:
        return Recorded(record)
    if place.known is None:
        return Recorded(record, (), _("案件后来另有处理，这份文书的送达不再改动案件"))
    return _followed(record, case, following(place, told), actor)


def _followed(
    record: DeliveryRecord, case: Case, events: list[Event], actor: User
) -> Recorded:
    """Write the events that the law permits, up to the first that it does not."""
    done: list[Event] = []
    for event in events:
        try:
            case = do(case, event, Doing(actor, case.version))
        except _REFUSED as problem:
            return Recorded(record, tuple(done), str(problem))
        done.append(event)
    return Recorded(record, tuple(done))


def _agrees(letter: Letter, told: Delivered, place: Place) -> None:
    """Let a record pass that the case does not contradict; raises `LetterError`.

    A letter sent again has other days than the first time, which must be on record.
    """
    earlier = DeliveryRecord.objects.filter(letter__in=place.family)
    sent = {(each.mode, each.dispatched) for each in earlier}
    came = {each.received for each in earlier}
    mode, out, arrived = place.of_letter(letter)
    sent.add((told.mode, told.dispatched))
    if out and (mode, out) not in sent:
        why = _("案件已登记%(day)s以“%(mode)s”发出，与此不同；%(next)s")
        raise LetterError(
            why % {"day": out, "mode": dict(MODES).get(mode or ""), "next": _next()},
            "dispatched",
        )
    came.add(told.received or arrived)
    if arrived and arrived not in came:
        why = _("案件已登记%(day)s送达，与此不同；%(next)s")
        raise LetterError(why % {"day": arrived, "next": _next()}, "received")


def _next() -> str:
    return _(
        "另有一次寄送的，先登记案件所记的那一次；案件登记有误的，先请审批人在案件里更正"
    )
