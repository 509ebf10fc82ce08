"""Handing a report in, as a file or from the body's own desk; confirming; withdrawing."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.reading.kinds import binary_kind
from mingtang_web import clock, masking
from mingtang_web.annual.models import Annual
from mingtang_web.annual.models import State as Annually
from mingtang_web.bench.limits import KINDS, LARGEST
from mingtang_web.bodies.queries import may, require
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import LEFT, Delivery, Member, State, Step
from mingtang_web.collecting.reading import begin_later, folder_of, may_be_confirmed
from mingtang_web.collecting.recording import (
    Done,
    OutOfTurnError,
    came_before,
    in_turn,
    last_in,
    locked,
    moved,
    record,
)
from mingtang_web.files.actions import RefusedFileError, keep
from mingtang_web.files.dangers import Look
from mingtang_web.files.examining import Examined

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.base import File

    from mingtang_web.cases.actions import Doing
    from mingtang_web.files.models import StoredFile

SENT = frozenset({Annually.SIGNED, Annually.PUBLISHED})
"""The states in which a report of the desk may be handed in."""
LEFT_BEHIND = {State.READ: State.REPLACED, State.HELD: State.WITHDRAWN}
"""What becomes of a version when another is handed in; one that was held never counted."""
LONGEST_KIND = 8
_MIB = 1024 * 1024


class Handed(NamedTuple):
    """What is handed in: a file, how it came, the desk's report that it is, and when.

    ``on`` is the day it reached the office where that enters it later.
    """

    file: Examined | StoredFile
    way: str
    annual: Annual | None = None
    on: date | None = None


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
        said = _("文件%(fault)s，没有接收；请换一个文件")
        raise RefusedFileError(said % {"fault": fault})
    kind = binary_kind(data) or (ending if ending in KINDS else ".txt")
    return Examined(data, kind.lstrip(".")[:LONGEST_KIND])


@transaction.atomic
def hand_in(
    member: Member, found: Examined, doing: Doing, on: date | None = None
) -> Delivery:
    """Hand a file in, by the body or by the office on its behalf; it is read at once.

    The office alone may say ``on`` which day it came, as on paper. Raises
    `NotAllowedError`, `OutOfTurnError`, `ValidationError`, and `RefusedFileError` for a
    file that came before.
    """
    present, way = _may_hand(member, doing)
    last = present.deliveries.last()
    if last and came_before(present.body, doing):
        return last
    in_turn(present, doing)
    _refuse_known(present, hashlib.sha256(found.data).hexdigest())
    if on and way != Delivery.Way.BEHALF:
        on = None
    if on and on > clock.today():
        raise ValidationError({"on": _("收到日期不能晚于今天")})
    return _handed(present, Handed(found, way, on=on), doing)


@transaction.atomic
def hand_in_annual(member: Member, annual: Annual, doing: Doing) -> Delivery:
    """Hand in what was signed at the body's own desk.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    present, _way = _may_hand(member, doing)
    last = present.deliveries.last()
    if last and came_before(present.body, doing):
        return last
    in_turn(present, doing)
    return _from_desk(present, annual, doing)


def arrive(annual: Annual, doing: Doing) -> None:
    """Hand in what is published, where a season awaits it; within the publication."""
    asked = Member.objects.filter(body=annual.body_id, season__year=annual.year)
    for pk in asked.order_by("pk").values_list("pk", flat=True):
        member = locked(pk)
        last = member.deliveries.last()
        if last is None or last.state in LEFT:
            _from_desk(member, annual, doing)


@transaction.atomic
def confirm(delivery: Delivery, doing: Doing) -> Member:
    """Say of a version that is held that it is this body's; ``doing.note`` says why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, _way = _may_hand(delivery.member, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.HELD)
    masking.to_keep(doing.note, "note")
    if not may_be_confirmed(row):
        raise OutOfTurnError(_("这是别的年度的报告，不能报送；请撤回，换一份"))
    row.state = State.READ
    return moved(present, row, Step.Verdict.CONFIRMED, doing)


@transaction.atomic
def withdraw(delivery: Delivery, doing: Doing) -> Member:
    """Take a version back before it is decided on; ``doing.note`` says why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, _way = _may_hand(delivery.member, doing)
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
    present, _way = _may_hand(delivery.member, doing)
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
    present, _way = _may_hand(member, doing)
    if came_before(present.body, doing):
        return present
    in_turn(present, doing)
    if on > clock.today():
        raise ValidationError({"on": _("公布日期不能晚于今天")})
    present.published_on = on
    return record(present, Done(Step.Verdict.PUBLISHED, on.isoformat()), doing)


def _may_hand(member: Member, doing: Doing) -> tuple[Member, str]:
    """Return a member, locked, and the way by which this person may hand in for it."""
    present, today = locked(member.pk), clock.today()
    if may(doing.person, policy.HAND, present.body, today):
        return present, Delivery.Way.FILE
    require(doing.person, policy.DECIDE, present.season.body, today)
    return present, Delivery.Way.BEHALF


def _from_desk(member: Member, annual: Annual, doing: Doing) -> Delivery:
    if annual.state not in SENT or annual.snapshot is None:
        raise OutOfTurnError(_("这份年度报告还没有签发，不能报送"))
    if (annual.body_id, annual.year) != (member.body_id, member.season.year):
        raise OutOfTurnError(_("这不是本机关当年的年度报告，不能报送"))
    handed = Handed(annual.snapshot, Delivery.Way.DESK, annual)
    return _handed(member, handed, doing)


def _handed(member: Member, handed: Handed, doing: Doing) -> Delivery:
    """Put another version into a member and begin to read it."""
    last = member.deliveries.last()
    rows: tuple[Delivery, ...] = ()
    if last:
        _refuse_undecided(last)
        if last.state in LEFT_BEHIND:
            last.state = LEFT_BEHIND[State(last.state)]
            last.save()
            rows = (last,)
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
        state=State.READING,
    )
    fresh = (file,) if is_fresh else ()
    record(member, Done(Step.Verdict.HANDED, "", row, (*rows, row), fresh), doing)
    begin_later(row)
    return row


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
