"""How many rules and normative documents were issued, repealed and are in force (表二).

条例第二十条第（一）项. Each document counts in years: when issued, when repealed, and in
which it is in force on 31 December. What the form leaves open is a body's choice
(口径 ``amended_document``, ``lapsed_document``, ``in_force_day``, ``joint_document``).
Every figure names the documents behind it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.calendar import ONE_DAY
from mingtang.law.option import option
from mingtang.publication.chosen import Chosen
from mingtang.publication.disclosure import DEFAULTS
from mingtang.publication.events import DeclaredVoid, Repealed
from mingtang.publication.validity import course

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingtang.publication.events import ValidityEvent
    from mingtang.publication.validity import Course


class Kind(StrEnum):
    """What a document is in table two: a rule (规章) or a normative document (规范性文件).

    Only ministries, provinces, cities with districts and autonomous prefectures make
    rules (规章制定程序条例).
    """

    REGULATION = "regulation"
    NORMATIVE = "normative"


KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {Kind.REGULATION: "规章", Kind.NORMATIVE: "行政规范性文件"}
)


class History(NamedTuple):
    """A document with what happened to it, and the number that names it (文号、索引号).

    `entered` is the day it was entered here where that was later than its issue, as
    when an old stock is imported; None where it was entered when it was issued.
    `led_elsewhere` says that it was issued jointly with another body in the lead.
    """

    number: str
    kind: Kind
    events: Sequence[ValidityEvent]
    entered: date | None = None
    led_elsewhere: bool = False


class Why(StrEnum):
    """Why the effective count moves apart from what was issued and repealed.

    `TIMING`: issued in one year and in force from another, or repealed so; it is there
    only under the choice ``effective`` of ``in_force_day``.
    """

    EXPIRED = "expired"
    DECLARED_VOID = "declared_void"
    TIMING = "timing"
    ENTERED_LATER = "entered_later"


WHY_NAMES: Mapping[Why, str] = MappingProxyType(
    {
        Why.EXPIRED: "有效期届满",
        Why.DECLARED_VOID: "清理中宣布失效",
        Why.TIMING: "印发与施行、废止与停止施行跨年",
        Why.ENTERED_LATER: "上年末以后补登的旧文件",
    }
)


@dataclass(frozen=True, slots=True)
class Years:
    """The years in which one document counts, and how often (计数年度).

    It is in force at the end of each year from `first` to `last`, both included; `first`
    is None where of none, `last` None while no end is known.
    """

    issued: tuple[int, ...]
    repealed: tuple[int, ...]
    first: int | None
    last: int | None

    def holds(self, year: int) -> bool:
        """Return whether it is in force at a year's end."""
        if self.first is None or year < self.first:
            return False
        return self.last is None or year <= self.last


class Counted(NamedTuple):
    """A figure and the documents behind it; one may count twice, and is named once."""

    number: int
    ids: tuple[str, ...]


class Move(NamedTuple):
    """What moved the effective count apart from issue and repeal.

    `by` is how much, `ids` the documents; `campaign` the clean-up, where there was one.
    """

    why: Why
    by: int
    ids: tuple[str, ...]
    campaign: str = ""


class Counts(NamedTuple):
    """A line of table two in a year (制发、废止、现行有效), with the documents behind it.

    `carried` is what was in force at the end of the year before, by the histories as
    they are now; `late` those of it that were entered after that year; `moves` what
    else moved the count. ``in_force = carried + issued − repealed + moves``, always.
    """

    kind: Kind
    year: int
    issued: Counted
    repealed: Counted
    in_force: Counted
    carried: Counted
    late: tuple[str, ...]
    moves: tuple[Move, ...]


def years_of(
    events: Iterable[ValidityEvent], choices: Mapping[str, str] = DEFAULTS
) -> Years:
    """Return the years in which a document counts in table two.

    制发、废止 by the day of issue; what lapses leaves the count in the year of its first
    day out of force. Raises `RefusedError` for a history that cannot be, and
    `UnknownChoiceError`.

    >>> from datetime import date
    >>> from mingtang.publication.events import Issued
    >>> years_of([Issued(on=date(2024, 3, 1), expires_on=date(2025, 12, 31))])
    Years(issued=(2024,), repealed=(), first=2024, last=2025)
    """
    return years_by(events, Chosen.of(choices))


def years_by(events: Iterable[ValidityEvent], chosen: Chosen) -> Years:
    """Return the same by choices that were looked up for many documents at once."""
    return _years(course(events), chosen)


def counts_here(history: History, choices: Mapping[str, str] = DEFAULTS) -> bool:
    """Return whether a body counts a document in its table two at all.

    One issued jointly (联合发文) counts once, with its lead body, unless a body chose
    otherwise (口径 ``joint_document``). 条例第十条 has the lead body answer for it.
    """
    if not history.led_elsewhere:
        return True
    point = option("joint_document")
    return point.choose(choices.get(point.id)) == "every"


def tally(
    histories: Iterable[History], year: int, choices: Mapping[str, str] = DEFAULTS
) -> dict[Kind, Counts]:
    """Return both lines of table two of a year, with the documents behind each figure.

    In whatever order the histories come, without those that do not count here. Raises
    `RefusedError` for one that cannot be and `ValueError` where two have the same number.
    """
    found = {kind: _Line() for kind in Kind}
    chosen = Chosen.of(choices)
    seen: set[str] = set()
    for history in histories:
        if history.number in seen:
            message = f"文件“{history.number}”有两件，会重复计算；请先核对登记簿"
            raise ValueError(message)
        seen.add(history.number)
        if not counts_here(history, choices):
            continue
        found[history.kind].take(history, year, chosen)
    return {kind: line.counts(kind, year) for kind, line in found.items()}


class _Line:
    """Takes one document after another."""

    def __init__(self) -> None:
        self.issued: list[str] = []
        self.repealed: list[str] = []
        self.in_force: list[str] = []
        self.carried: list[str] = []
        self.late: list[str] = []
        self.moves: dict[tuple[Why, str, int], list[str]] = {}

    def take(self, history: History, year: int, chosen: Chosen) -> None:
        read = course(history.events)
        counted = _years(read, chosen)
        name = history.number
        issued, repealed = (each.count(year) for each in (counted.issued, counted.repealed))
        self.issued += [name] * issued
        self.repealed += [name] * repealed
        before, now = counted.holds(year - 1), counted.holds(year)
        self.carried += [name] * before
        self.in_force += [name] * now
        if before and history.entered and history.entered.year >= year:
            self.late.append(name)
        by = now - before - issued + repealed
        if by:
            why, campaign = _cause(read, year)
            self.moves.setdefault((why, campaign, by), []).append(name)

    def counts(self, kind: Kind, year: int) -> Counts:
        moves = (
            Move(why, by * len(ids), tuple(sorted(ids)), campaign)
            for (why, campaign, by), ids in sorted(self.moves.items())
        )
        return Counts(
            kind,
            year,
            issued=_counted(self.issued),
            repealed=_counted(self.repealed),
            in_force=_counted(self.in_force),
            carried=_counted(self.carried),
            late=tuple(sorted(self.late)),
            moves=tuple(moves),
        )


def _counted(names: list[str]) -> Counted:
    return Counted(len(names), tuple(sorted(Counter(names))))


def _years(read: Course, chosen: Chosen) -> Years:
    start = read.issued.on
    if not chosen.by_issue:
        start = max(start, read.effective_on)
    end = _end(read, by_issue=chosen.by_issue)
    last = end.year - 1 if end else None
    first = None if last is not None and last < start.year else start.year
    again = [each.on.year for each in read.amended] if chosen.amendments else []
    issued = tuple(sorted([read.issued.on.year, *again]))
    repealed = tuple(sorted([*again, *_repealed(read, chosen.lapses)]))
    return Years(issued, repealed, first, None if first is None else last)


def _end(read: Course, *, by_issue: bool) -> date | None:
    """Return the first day on which a document counts in force no more."""
    days = [read.expires_on + ONE_DAY] if read.expires_on else []
    if isinstance(read.ended, Repealed) and not by_issue:
        days.append(read.ended.effective_on or read.ended.on)
    elif read.ended:
        days.append(read.ended.on)
    return min(days, default=None)


def _repealed(read: Course, lapses: str) -> tuple[int, ...]:
    """Return the year in which it counts as repealed, none where in none."""
    if isinstance(read.ended, Repealed):
        return (read.ended.on.year,)
    if read.ended:
        return () if lapses == "not_counted" else (read.ended.on.year,)
    if read.expires_on and lapses == "counted":
        return ((read.expires_on + ONE_DAY).year,)
    return ()


def _cause(read: Course, year: int) -> tuple[Why, str]:
    """Return why a document moved the count of a year by itself, and the clean-up."""
    if isinstance(read.ended, DeclaredVoid) and read.ended.on.year == year:
        return Why.DECLARED_VOID, read.ended.campaign or ""
    last = read.expires_on if read.ended is None else None
    if last and (last + ONE_DAY).year == year:
        return Why.EXPIRED, ""
    return Why.TIMING, ""
