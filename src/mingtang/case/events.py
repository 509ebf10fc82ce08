"""What can happen to a request, each thing with the day it happened.

A case is the history of its events and nothing else: where it stands, by when
it must be answered and which line of the annual report it counts in all follow
from them. Events hold no names, no identity numbers and no words of the
applicant, so that a ledger of them can be kept for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a case, on a day in Shanghai."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Event):
    """A request arrived (收到申请), by a channel of ``law.delivery.receipts``.

    条例第三十一条. `applicant` is a column of table three: ``person``,
    ``company``, ``research``, ``charity``, ``legal_service`` or ``other``.
    """

    channel: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided(Event):
    """This case is one part of a request that was split (一事一申请拆分).

    `received` and `clock` are the parent's day of receipt and the day its
    answer is counted from; `corrected` says that the parent had been corrected,
    `extended` and `days` when and for how many working days its answer was extended.
    """

    parent: str
    channel: str
    applicant: str
    received: date
    clock: date
    corrected: bool = False
    extended: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Event):
    """Body and applicant confirmed that the request arrived (双方确认)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified(Event):
    """The applicant belongs in another column of table three than was entered."""

    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked(Event):
    """The applicant was told, once, what to correct (补正告知), by the day `until`."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """The correction arrived (收到补正)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonAsked(Event):
    """The applicant was asked why the requests are so many (说明理由), by `until`."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonGiven(Event):
    """The applicant's reason arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonAccepted(Event):
    """The reason is sound; `answer_by` is the later day set for the answer, if any."""

    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted(Event):
    """A letter asking an opinion went out (征求意见).

    `party` names the consulted one within the case by a number or letter;
    `role` is ``third_party``, ``co_author`` or ``other_body``.
    """

    party: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationDelivered(Event):
    """The consulted one received the letter; its term runs from this day."""

    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionReceived(Event):
    """The opinion arrived; `stance` is ``consents`` or ``objects``."""

    party: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceNoted(Event):
    """The consulted one's term ended without an opinion (逾期未答复)."""

    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRecalled(Event):
    """The letter was taken back; its pause ends on this day."""

    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """The applicant was told that the answer takes `days` working days more (延期)."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotified(Event):
    """A fee notice went out (收费通知).

    `basis` is ``items`` (`pieces`: this item is the how-manieth of the month) or
    ``pages`` (`pieces`: how many pages); `yuan` is the amount.
    """

    basis: str
    pieces: int
    yuan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNoticeDelivered(Event):
    """The applicant received the fee notice; the term of payment runs from this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePaid(Event):
    """The fee was paid in full (缴费完成)."""

    yuan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRefunded(Event):
    """Part or all of the fee was given back (退付)."""

    yuan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Event):
    """The body decided (作出处理决定) on one ground of ``law.grounds``.

    `withheld` holds the grounds of the parts left out of a partial answer. `remedy`
    is the one of ``law.grounds.Remedy`` that a person chose, where the ground leaves
    it to the case (O3). `overrides` says why a third party's refusal does not stand
    against disclosure: ``unsound`` or ``public_interest``.
    """

    ground: str
    withheld: tuple[str, ...] = ()
    remedy: str | None = None
    overrides: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched(Event):
    """The answer went out (发出、交邮), by a way of ``law.delivery.deliveries``."""

    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The applicant received the answer (签收、到达)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The applicant took the request back (撤回申请)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Event):
    """The whole case was handed to another body (移送), named by its code."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Event):
    """The request was split into cases of one matter each, named by their numbers."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """The same request had come twice; it goes on as the case of that number."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The answer must be given anew (重新作出处理).

    `cause` is ``review``, ``judgment`` or ``own``; `answer_by` is the day that the
    ruling sets, None where the statutory term applies.
    """

    cause: str
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Event):
    """The file was closed and kept (归档)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck(Event):
    """An earlier event had been entered wrongly and no longer counts (更正登记).

    `entry` is its place in the history, from 0. The event stays in the ledger.
    """

    entry: int


EVENTS: tuple[type[Event], ...] = (
    Submitted,
    Divided,
    Confirmed,
    Reclassified,
    CorrectionAsked,
    Corrected,
    ReasonAsked,
    ReasonGiven,
    ReasonAccepted,
    Consulted,
    ConsultationDelivered,
    OpinionReceived,
    SilenceNoted,
    ConsultationRecalled,
    Extended,
    FeeNotified,
    FeeNoticeDelivered,
    FeePaid,
    FeeRefunded,
    Decided,
    Dispatched,
    Delivered,
    Withdrawn,
    Transferred,
    Split,
    Merged,
    Reopened,
    Archived,
    Struck,
)
"""Every kind of event, in the order in which they may first happen."""
