"""Handing a report in as a file; confirming whose it is; withdrawing."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.reading.kinds import binary_kind
from mingtang_web import clock, masking
from mingtang_web.bench.limits import KINDS, LARGEST
from mingtang_web.bodies.queries import may, require
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import Delivery, Member, Receipt, State, Step
from mingtang_web.collecting.reading import (
    begin_later,
    folder_of,
    may_be_confirmed,
    trouble_of,
)
from mingtang_web.collecting.receiving import (
    check_received,
    claim,
    first_day,
    is_afterwards,
)
from mingtang_web.collecting.recording import (
    Done,
    OutOfTurnError,
    came_before,
    in_turn,
    in_words,
    last_in,
    locked,
    moved,
    record,
)
from mingtang_web.files.actions import RefusedFileError, keep
from mingtang_web.files.dangers import Look
from mingtang_web.files.examining import Examined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.core.files.base import File

    from mingtang_web.annual.models import Annual
    from mingtang_web.cases.actions import Doing
    from mingtang_web.files.models import StoredFile

LEFT_BEHIND = {State.READ: State.REPLACED, State.HELD: State.WITHDRAWN}
"""What becomes of a version when another is handed in; one that was held never counted."""
CORRECTED = LEFT_BEHIND | {
    State.READING: State.REPLACED,
    State.ACCEPTED: State.REPLACED,
}
"""What becomes of a version when its correction is published."""
LONGEST_KIND = 8
_MIB = 1024 * 1024


class Handed(NamedTuple):
    """What is handed in: a file, how it came, the desk's report that it is, and when.

    ``on`` is the day it reached the office where that enters it later, ``source`` what
    shows that; ``claimed`` one that another person has to look at first. ``fees`` are
    those that a ledger keeps; ``replaces`` says that it corrects the last version, and
    ``why`` what was corrected.
    """

    file: Examined | StoredFile
    way: str
    annual: Annual | None = None
    on: date | None = None
    source: str = ""
    fees: Mapping[str, str] = MappingProxyType({})
    replaces: bool = False
    why: str = ""
    claimed: date | None = None


def examined(upload: File[bytes]) -> Examined:
    """Return an upload that may be kept: of any format that the engine reads.

    Raises `RefusedFileError`.
    """
    size = upload.size or 0
    if not size:
        raise RefusedFileError(_("文件是空的，没有接收；请重新选择"))
    if size > LARGEST:
        known = {"size": -(-size // _MIB), "most": LARGEST // _MIB}
        said = _("文件有%(size)s MB，超过%(most)s MB的上限，没有接收；请只给出年报正文")
        raise RefusedFileError(said % known)
    data = upload.read()
    ending = PurePath(upload.name or "").suffix.lower()
    fault = Look().danger(data)
    if fault:
        said = _("没有接收这个文件，原因：%(fault)s。请换一个文件再交")
        raise RefusedFileError(said % {"fault": fault})
    kind = binary_kind(data) or (ending if ending in KINDS else ".txt")
    return Examined(data, kind.lstrip(".")[:LONGEST_KIND])


@transaction.atomic
def hand_in(
    member: Member,
    found: Examined,
    doing: Doing,
    on: date | None = None,
    source: str = "",
) -> Delivery:
    """Hand a file in, by the body or by the office on its behalf; it is read at once.

    The office alone may say ``on`` which day it came, as on paper, and by what
    ``source`` that can be looked up; not, once it was read, before the day that the
    report bears itself. One entered afterwards counts when another person has looked at
    it (`receiving`). Raises `NotAllowedError`, `OutOfTurnError`, `ValidationError`, and
    `RefusedFileError` for a file that came before.
    """
    present, way = may_hand(member, doing)
    last = present.deliveries.last()
    if last and came_before(present.body, doing):
        return last
    in_turn(present, doing)
    _refuse_known(present, hashlib.sha256(found.data).hexdigest())
    if on is None or way != Delivery.Way.BEHALF:
        return put(present, Handed(found, way), doing)
    check_received(present, on, source)
    handed = Handed(found, way, source=source.strip())
    if is_afterwards(present, on):
        return put(present, handed._replace(claimed=on), doing)
    return put(present, handed._replace(on=on), doing)


@transaction.atomic
def confirm(delivery: Delivery, doing: Doing) -> Member:
    """Say of a version that is held that it is this body's; ``doing.note`` says why.

    Until somebody does, one that names another body, or none, cannot be accepted.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, _way = may_hand(delivery.member, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.HELD)
    in_words(doing.note, "note")
    if not may_be_confirmed(row):
        raise OutOfTurnError(trouble_of(row))
    row.state = State.READ
    return moved(present, row, Step.Verdict.CONFIRMED, doing)


@transaction.atomic
def withdraw(delivery: Delivery, doing: Doing) -> Member:
    """Take a version back before it is decided on; ``doing.note`` says why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, _way = may_hand(delivery.member, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.HELD, State.READ, State.UNREADABLE)
    masking.to_keep(doing.note, "note")
    row.state = State.WITHDRAWN
    return moved(present, row, Step.Verdict.WITHDRAWN, doing)


@transaction.atomic
def read_again(delivery: Delivery, doing: Doing) -> Member:
    """Read once more what could not be read.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    present, _way = may_hand(delivery.member, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.UNREADABLE)
    row.state, row.trouble = State.READING, ""
    folder_of(row).remove()
    begin_later(row)
    return moved(present, row, Step.Verdict.AGAIN, doing)


@transaction.atomic
def note_published(member: Member, on: date, doing: Doing) -> Member:
    """Enter the day on which a body made its report public.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, _way = may_hand(member, doing)
    if came_before(present.body, doing):
        return present
    in_turn(present, doing)
    if on > clock.today():
        raise ValidationError({"on": _("公布日期不能晚于今天")})
    first = first_day(present)
    if on < first:
        said = _("%(year)s年度还没有过完，公布日期不能早于%(day)s")
        known = {"year": present.season.year, "day": first.isoformat()}
        raise ValidationError({"on": said % known})
    present.published_on = on
    return record(present, Done(Step.Verdict.PUBLISHED, on.isoformat()), doing)


def may_hand(member: Member, doing: Doing) -> tuple[Member, str]:
    """Return a member, locked, and the way by which this person may hand in for it.

    Raises `NotAllowedError`.
    """
    present, today = locked(member.pk), clock.today()
    if may(doing.person, policy.HAND, present.body, today):
        return present, Delivery.Way.FILE
    require(doing.person, policy.DECIDE, present.season.body, today)
    return present, Delivery.Way.BEHALF


def put(member: Member, handed: Handed, doing: Doing) -> Delivery:
    """Put another version into a member, which is locked, and begin to read it.

    Raises `OutOfTurnError`.
    """
    last = member.deliveries.last()
    rows: tuple[Delivery | Receipt, ...] = ()
    if last:
        if not handed.replaces:
            _refuse_undecided(last)
        rows = tuple(_left_behind(last, CORRECTED if handed.replaces else LEFT_BEHIND))
    file = handed.file
    is_fresh = isinstance(file, Examined)
    if isinstance(file, Examined):
        file = keep(file, member.body, doing.actor)
    row = Delivery.objects.create(
        member=member,
        number=last.number + 1 if last else 1,
        way=handed.way,
        annual=handed.annual,
        file=file,
        handed_on=handed.on or clock.today(),
        source=handed.source,
        fees=dict(handed.fees),
        state=State.READING,
    )
    fresh = (file,) if is_fresh else ()
    made = (*rows, row)
    if handed.claimed:
        made = (*made, claim(row, handed.claimed, doing))
    record(member, Done(Step.Verdict.HANDED, handed.why, row, made, fresh), doing)
    begin_later(row)
    return row


def _left_behind(last: Delivery, fates: Mapping[State, State]) -> Iterator[Delivery]:
    """Yield the last version where another one changes its state."""
    if last.state in fates:
        last.state = fates[State(last.state)]
        last.save()
        yield last


def _refuse_undecided(last: Delivery) -> None:
    if last.state == State.READING:
        raise OutOfTurnError(_("上一版还在读，请等读完再报"))
    if last.state == State.ACCEPTED:
        raise OutOfTurnError(_("报告已经接受；要换一版，请收集机关先撤销接受"))


def _refuse_known(member: Member, sha256: str) -> None:
    """Refuse a file that was handed in before, by this body or another."""
    rows = Delivery.objects.filter(member__season=member.season, file__sha256=sha256)
    known = rows.exclude(member=member, state=State.WITHDRAWN).order_by("pk").first()
    if known is None:
        return
    if known.member_id != member.pk:
        raise RefusedFileError(
            _("另一机关已经报送过同一个文件，没有接收；请核对是不是拿错了文件")
        )
    said = _("同一个文件已作为第%(n)s次报送交过，没有接收；请交改好的一版")
    raise RefusedFileError(said % {"n": known.number})
