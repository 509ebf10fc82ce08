"""Whether a normative document is in force, as a history of what happened to it (有效性).

A rule (规章) or a normative document (行政规范性文件) is issued, may be amended, kept in
a clean-up with a new end, repealed or declared void, and lapses by its own day. Where
it stands on a day is read off its history; nothing is stored, and nothing asks what
day it is.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from mingtang.law.calendar import ONE_DAY
from mingtang.publication.events import (
    EVENT_NAMES,
    Amended,
    DeclaredVoid,
    Issued,
    Kept,
    Repealed,
    ValidityEvent,
)
from mingtang.publication.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

CITE = "国办发〔2018〕37号"
"""As remembered: documents are issued under one number, recorded and cleaned up."""


class Status(StrEnum):
    """Where a document stands (有效性); an amended one is in force as amended."""

    NOT_YET = "not_yet_in_force"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    LAPSED = "lapsed"

    @property
    def holds(self) -> bool:
        """Return whether the document is in force."""
        return self in {Status.IN_FORCE, Status.AMENDED}


STATUS_NAMES: Mapping[Status, str] = MappingProxyType(
    {
        Status.NOT_YET: "未施行",
        Status.IN_FORCE: "现行有效",
        Status.AMENDED: "已修改",
        Status.REPEALED: "已废止",
        Status.LAPSED: "失效",
    }
)


class State(NamedTuple):
    """How a document stands on a day: since when, and by which event.

    Where it lapsed by its own day, the event is the one that set that day.
    """

    status: Status
    since: date
    event: ValidityEvent


class Course(NamedTuple):
    """A history read: what set each of its turns.

    `expiry_by` set `expires_on`, its last day of force; `ended` repealed it or declared
    it void.
    """

    issued: Issued
    effective_on: date
    expires_on: date | None
    expiry_by: ValidityEvent
    amended: tuple[Amended, ...] = ()
    kept: Kept | None = None
    ended: Repealed | DeclaredVoid | None = None

    @property
    def ends(self) -> State | None:
        """Return how and from which day it is out of force, None while no end is known."""
        found = []
        if isinstance(self.ended, Repealed):
            day = self.ended.effective_on or self.ended.on
            found.append(State(Status.REPEALED, day, self.ended))
        elif self.ended:
            found.append(State(Status.LAPSED, self.ended.on, self.ended))
        if self.expires_on:
            found.append(State(Status.LAPSED, self.expires_on + ONE_DAY, self.expiry_by))
        return min(found, key=lambda each: each.since) if found else None


def course(history: Iterable[ValidityEvent]) -> Course:
    """Return a history read; raises `RefusedError` where an event cannot follow.

    >>> from datetime import date
    >>> course([Issued(on=date(2026, 3, 2))]).effective_on
    datetime.date(2026, 3, 2)
    """
    found: Course | None = None
    last: date | None = None
    for event in history:
        if found is None or last is None:
            found = _begin(event)
        elif event.on < last:
            _refuse(event, f"{event.on}早于前一条记录的{last}；请按先后登记")
        else:
            found = _follow(found, event)
        last = event.on
    if found is None:
        why = "没有一条记录；第一条须是印发"
        raise RefusedError(EVENT_NAMES[Issued], why, CITE)
    return found


def admit(history: Sequence[ValidityEvent], event: ValidityEvent) -> None:
    """Return if an event may follow a history; raises `RefusedError` with the reason.

    >>> from datetime import date
    >>> gone = [Issued(on=date(2024, 1, 5), expires_on=date(2026, 1, 4))]
    >>> admit(gone, Kept(on=date(2026, 1, 4), expires_on=date(2028, 1, 4)))
    >>> admit(gone, Kept(on=date(2026, 1, 5), expires_on=date(2028, 1, 4)))
    Traceback (most recent call last):
        ...
    mingtang.publication.refused.RefusedError: 不能“继续有效”：有效期止于2026-01-04，\
已经失效；确需继续施行的，请重新印发（国办发〔2018〕37号）
    """
    course([*history, event])


def state_on(history: Iterable[ValidityEvent], day: date) -> State | None:
    """Return how a document stands on a day, None before it was issued.

    What happened later changes nothing. Raises `RefusedError` for a history that
    cannot be.

    >>> from datetime import date
    >>> told = [Issued(on=date(2026, 3, 2), effective_on=date(2026, 4, 1))]
    >>> [state_on(told, date(2026, month, 15)).status.value for month in (3, 4)]
    ['not_yet_in_force', 'in_force']
    """
    past = [event for event in history if event.on <= day]
    if not past:
        return None
    read = course(past)
    if read.ends and read.ends.since <= day:
        return read.ends
    if day < read.effective_on:
        return State(Status.NOT_YET, read.issued.on, read.issued)
    changed = [each for each in read.amended if (each.effective_on or each.on) <= day]
    if changed:
        last = changed[-1]
        return State(Status.AMENDED, last.effective_on or last.on, last)
    if read.kept and read.kept.on >= read.effective_on:
        return State(Status.IN_FORCE, read.kept.on, read.kept)
    return State(Status.IN_FORCE, read.effective_on, read.issued)


def _begin(event: ValidityEvent) -> Course:
    if not isinstance(event, Issued):
        _refuse(event, "第一条记录须是印发；请先登记印发的日期")
    effective = event.effective_on or event.on
    _ends_after(event, event.expires_on, max(event.on, effective))
    return Course(event, effective, event.expires_on, event)


def _follow(read: Course, event: ValidityEvent) -> Course:
    _stands(read, event)
    if isinstance(event, Amended):
        return _amended(read, event)
    if isinstance(event, Kept):
        _ends_after(event, event.expires_on, event.on)
        return read._replace(kept=event, expires_on=event.expires_on, expiry_by=event)
    if isinstance(event, Repealed):
        _not_before(event, event.effective_on)
        return read._replace(ended=event)
    if isinstance(event, DeclaredVoid):
        return read._replace(ended=event)
    return _refuse(event, "已经印发过；另行印发的是另一件文件，请另行登记")


def _amended(read: Course, event: Amended) -> Course:
    _not_before(event, event.effective_on)
    after = read._replace(amended=(*read.amended, event))
    if event.expires_on is None:
        return after
    _ends_after(event, event.expires_on, event.effective_on or event.on)
    return after._replace(expires_on=event.expires_on, expiry_by=event)


def _stands(read: Course, event: ValidityEvent) -> None:
    """Refuse what comes after the document's end."""
    if isinstance(read.ended, Repealed):
        _refuse(event, f"已于{read.ended.on}印发废止；确需施行的，请重新印发")
    if read.ended:
        _refuse(event, f"已于{read.ended.on}宣布失效；确需施行的，请重新印发")
    if read.expires_on and event.on > read.expires_on:
        if isinstance(event, Issued):
            return
        what = "确需继续施行的，请重新印发" if isinstance(event, Kept) else _TOO_LATE
        _refuse(event, f"有效期止于{read.expires_on}，已经失效；{what}")


_TOO_LATE = "当时延长过有效期的，请先补记“继续有效”"


def _ends_after(event: ValidityEvent, expires: date | None, start: date) -> None:
    if expires is not None and expires < start:
        _refuse(event, f"有效期止于{expires}，早于{start}；请核对两个日期")


def _not_before(event: ValidityEvent, effective: date | None) -> None:
    if effective is not None and effective < event.on:
        why = f"生效之日{effective}早于印发之日{event.on}；请核对两个日期"
        _refuse(event, why)


def _refuse(event: ValidityEvent, why: str) -> NoReturn:
    raise RefusedError(EVENT_NAMES[type(event)], why, CITE)
