"""Reviews and suits as histories, and the column of table four each stands in.

One dispute is one history, from its filing through every instance to its last
ruling (一案一计). A body that is sued only together with the review organ, or
because it was the review organ, does not count the suit: the body whose act is
in dispute does (国办公开办函〔2016〕201号).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mingtang.case.outcome import PROCEDURES, outcome
from mingtang.case.recording import kind_of, shaped
from mingtang.case.steps import ImpossibleHistoryError
from mingtang.law.terms import term_due

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mingtang.law.calendar import Calendar

PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEvent:
    """Something that happened in a dispute, on a day in Shanghai."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(DisputeEvent):
    """A review was applied for or a suit brought (提起).

    `procedure` is ``review`` or ``suit``; `after_review` says that a suit follows a
    review (复议后起诉); `counts` is false where the body is only a co-defendant as
    review organ.
    """

    procedure: str
    after_review: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReceived(DisputeEvent):
    """The body received the copy of the application or complaint (收到副本).

    `answer_by` is the day that the organ itself set, where it did: a court does in the
    simple procedure (法释〔2018〕1号第一百零四条，凭记忆，须核对), or when it lets
    evidence come late (行政诉讼法第三十六条第一款).
    """

    simple: bool = False
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(DisputeEvent):
    """The body handed in its answer and evidence (提交答复和证据)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(DisputeEvent):
    """The proceedings were suspended (中止)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(DisputeEvent):
    """The proceedings went on (恢复)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled(DisputeEvent):
    """A ruling of one instance (裁决), by the id of its `outcome`.

    `final` says that it binds: a decision on review, a judgment nobody appealed
    in time or one of second instance.
    """

    outcome: str
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(DisputeEvent):
    """Somebody appealed, or the case is tried anew (上诉、再审)."""


DISPUTE_EVENTS: tuple[type[DisputeEvent], ...] = (
    Filed,
    CopyReceived,
    Answered,
    Suspended,
    Resumed,
    Ruled,
    Appealed,
)
"""Every kind of event of a dispute, in the order in which they may first happen."""
DISPUTE_KINDS: Mapping[str, type[DisputeEvent]] = {
    kind_of(cls): cls for cls in DISPUTE_EVENTS
}
"""Each kind of event of a dispute by its name."""


def parse_dispute(record: Mapping[str, object]) -> DisputeEvent:
    """Return the event of a dispute that `recording.plain` wrote.

    Raises `InvalidEventError` for an unknown kind or any field that does not fit.

    >>> parse_dispute({"kind": "answered", "on": "2026-05-20"})
    Answered(on=datetime.date(2026, 5, 20))
    """
    return shaped(record, DISPUTE_KINDS)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A review or suit (行政复议、行政诉讼), as its events left it.

    `rulings` are in the order they were made; `appealed` is the day since when the
    last of them is before a higher instance. `kind` is the block of table four: ``review``,
    ``suit_direct`` or ``suit_after_review``.
    """

    kind: str
    filed: date
    counts: bool
    copy: CopyReceived | None = None
    answered: date | None = None
    suspended: bool = False
    rulings: tuple[Ruled, ...] = ()
    appealed: date | None = None

    @property
    def ended(self) -> Ruled | None:
        """Return the ruling that ended it, None while it is pending."""
        last = self.rulings[-1] if self.rulings else None
        return last if last and last.final else None


def replay_dispute(history: Iterable[DisputeEvent]) -> Dispute:
    """Return the dispute that a history makes.

    Raises `ImpossibleHistoryError` where an event cannot follow what came before.
    """
    entries = tuple(history)
    first = entries[0] if entries else None
    if not isinstance(first, Filed) or first.procedure not in PROCEDURES:
        message = "复议、诉讼的第一条记录须是提起"
        raise ImpossibleHistoryError(message)
    kind = "review" if first.procedure == "review" else "suit_direct"
    if first.procedure == "suit" and first.after_review:
        kind = "suit_after_review"
    dispute = Dispute(kind, first.on, first.counts)
    for event in entries[1:]:
        dispute = _follow(dispute, event)
    return dispute


def standing_on(
    history: Iterable[DisputeEvent], day: date, choices: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the block and column of table four in which a dispute stands on a day.

    The column is ``upheld``, ``corrected``, ``other`` or ``pending`` (尚未审结).
    None where it was not yet filed, or does not count for this body.
    """
    past = [event for event in history if event.on <= day]
    if not past:
        return None
    dispute = replay_dispute(past)
    if not dispute.counts:
        return None
    ended = dispute.ended
    column = outcome(ended.outcome).column_by(choices) if ended else PENDING
    return dispute.kind, column


def answer_due(dispute: Dispute, calendar: Calendar) -> date | None:
    """Return the last day for the body's answer and evidence, None where none runs.

    In a review (行政复议法第四十八条、第五十四条) ten working days from the copy, five
    in the simple procedure; in a suit (行政诉讼法第六十七条) fifteen days. In a suit's
    simple procedure the court sets the day: None until it is entered. Raises
    `UncoveredYearError`, and `UncoveredDayError` for reviews before 2024 and suits
    before May 2015.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> copied = CopyReceived(on=date(2026, 9, 28), simple=True)
    >>> answer_due(Dispute("review", date(2026, 9, 20), True, copied), Calendar())
    datetime.date(2026, 10, 10)
    """
    copy = dispute.copy
    if copy is None or dispute.answered:
        return None
    if copy.answer_by:
        return copy.answer_by
    if dispute.kind == "review":
        name = "review_answer_simple" if copy.simple else "review_answer"
        return term_due(name, copy.on, calendar)
    return None if copy.simple else term_due("suit_answer", copy.on, calendar)


def _follow(dispute: Dispute, event: DisputeEvent) -> Dispute:
    if event.on < dispute.filed:
        message = f"{event.on}早于提起之日{dispute.filed}"
        raise ImpossibleHistoryError(message)
    if dispute.ended and not isinstance(event, Appealed):
        message = "已经审结的复议、诉讼，除再审外不能再登记"
        raise ImpossibleHistoryError(message)
    if isinstance(event, Ruled | Appealed):
        return _instance(dispute, event)
    if isinstance(event, CopyReceived):
        return replace(dispute, copy=event)
    if isinstance(event, Answered):
        return replace(dispute, answered=event.on)
    if isinstance(event, Suspended | Resumed):
        return replace(dispute, suspended=isinstance(event, Suspended))
    message = "提起只能是第一条记录"
    raise ImpossibleHistoryError(message)


def _instance(dispute: Dispute, event: Ruled | Appealed) -> Dispute:
    if isinstance(event, Appealed):
        if not dispute.rulings:
            message = "尚无裁判，不能登记上诉或者再审"
            raise ImpossibleHistoryError(message)
        last = replace(dispute.rulings[-1], final=False)
        return replace(dispute, rulings=(*dispute.rulings[:-1], last), appealed=event.on)
    procedure = "review" if dispute.kind == "review" else "suit"
    if outcome(event.outcome).procedure != procedure:
        message = f"“{outcome(event.outcome).title}”不是{PROCEDURES[procedure]}的结果"
        raise ImpossibleHistoryError(message)
    rulings = (*dispute.rulings, event)
    return replace(dispute, rulings=rulings, suspended=False, appealed=None)
