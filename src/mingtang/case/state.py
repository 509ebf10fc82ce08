"""Where a case stands: what its events, read in order, have made of it.

`replay` folds a history into a `Case`; the phase is read off the case and is
never stored. Folding asks only whether a history is possible at all. Whether
the law permits an act on a day is asked before the act is done, in `acts`: a
history that was lawful when it was written must still be readable after the
law, or a calendar, has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Phase(StrEnum):
    """Where a case stands (环节)."""

    SUBMITTED = "submitted"
    IN_HAND = "in_hand"
    CORRECTION = "correction"
    REASON = "reason"
    CONSULTING = "consulting"
    FEE = "fee"
    DECIDED = "decided"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    CLOSED = "closed"
    ARCHIVED = "archived"


PHASE_NAMES = {
    Phase.SUBMITTED: "待确认",
    Phase.IN_HAND: "办理中",
    Phase.CORRECTION: "待补正",
    Phase.REASON: "待说明理由",
    Phase.CONSULTING: "征求意见中",
    Phase.FEE: "待缴费",
    Phase.DECIDED: "已决定，待送达",
    Phase.DISPATCHED: "已发出",
    Phase.DELIVERED: "已送达",
    Phase.CLOSED: "已终结",
    Phase.ARCHIVED: "已归档",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was asked for (补正): when, by when, and when it came."""

    asked: date
    until: date
    arrived: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that was asked for (说明理由): when, by when, when it came, was accepted."""

    asked: date
    until: date
    given: date | None = None
    accepted: date | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """One consultation (征求意见) and how it ended.

    `ended` is the day it ended and `how` one of ``consents``, ``objects``,
    ``silent`` and ``recalled``; both are None while it is open.
    """

    party: str
    role: str
    sent: date
    delivered: date | None = None
    ended: date | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee (信息处理费): its notice, how the amount came about, and the payment.

    `yuan`, `collected` and `refunded` are whole yuan.
    """

    notified: date
    basis: str
    pieces: int
    yuan: int
    delivered: date | None = None
    paid: date | None = None
    collected: int = 0
    refunded: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision (处理决定) with its delivery.

    `dispatched` is the day it went out and `delivered` the day it arrived: the
    first may decide whether the body was in time, the second starts the remedies.
    """

    on: date
    ground: str
    withheld: tuple[str, ...] = ()
    mode: str | None = None
    dispatched: date | None = None
    delivered: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """The one extension of an answer (延长): the day it was told, in working days.

    `corrected` and `paid` say that a correction came, or a fee was paid, after it:
    whether it still counts then is asked in `clock.extension`.
    """

    told: date
    days: int
    corrected: bool = False
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ended without a decision of the body.

    `how` is ``withdrawn``, ``transferred``, ``split`` or ``merged``; `to` names the
    other body or cases.
    """

    on: date
    how: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One way from a request, or an order to answer anew, to an answer.

    `opened` is the day of the order, None in the first round; `cause` is
    ``review``, ``judgment`` or ``own``; `answer_by` the day the order sets.
    """

    opened: date | None = None
    cause: str | None = None
    answer_by: date | None = None
    reason: Reason | None = None
    opinions: tuple[Opinion, ...] = ()
    extension: Extension | None = None
    fee: Fee | None = None
    answer: Decision | None = None

    @property
    def open_opinions(self) -> tuple[Opinion, ...]:
        """Return the consultations that have not ended."""
        return tuple(opinion for opinion in self.opinions if opinion.ended is None)

    def opinion(self, party: str) -> Opinion | None:
        """Return the last consultation of a party, None where there was none."""
        found = [opinion for opinion in self.opinions if opinion.party == party]
        return found[-1] if found else None

    @property
    def phase(self) -> Phase:
        """Return where the round stands, all corrections apart."""
        if self.answer:
            return _answered(self.answer)
        if self.reason and not self.reason.accepted:
            return Phase.REASON
        if self.fee and not self.fee.paid:
            return Phase.FEE
        return Phase.CONSULTING if self.open_opinions else Phase.IN_HAND


@dataclass(frozen=True, slots=True)
class Case:
    """A request for government information (政府信息公开申请), as its events left it.

    `received` is the day of receipt in the law's sense (收到之日), None until body
    and applicant have confirmed. A part of a split request has a `parent`, and in
    `clock` the day its answer is counted from. The last of `rounds` is the
    present one; there are several only where an answer had to be given anew.
    """

    channel: str
    applicant: str
    submitted: date
    received: date | None
    parent: str | None = None
    clock: date | None = None
    corrected: bool = False
    correction: Correction | None = None
    rounds: tuple[Round, ...] = (Round(),)
    closing: Closing | None = None
    archived: date | None = None

    @property
    def round(self) -> Round:
        """Return the present round."""
        return self.rounds[-1]

    @property
    def phase(self) -> Phase:
        """Return where the case stands."""
        if self.archived:
            return Phase.ARCHIVED
        if self.closing:
            return Phase.CLOSED
        if self.received is None:
            return Phase.SUBMITTED
        if self.uncorrected and not self.round.answer:
            return Phase.CORRECTION
        return self.round.phase

    @property
    def first_answer(self) -> Decision | None:
        """Return the answer by which the case counts in the annual report (表三).

        The first one; a later round does not count again. A decision that was still
        in the house when the applicant withdrew was no answer.
        """
        given = next((each.answer for each in self.rounds if each.answer), None)
        withdrawn = self.closing is not None and len(self.rounds) == 1
        return None if given and withdrawn and not given.dispatched else given

    @property
    def uncorrected(self) -> bool:
        """Return whether a correction was asked for and never came.

        An order to answer anew settles the matter: there is nothing to wait for.
        """
        waits = self.correction is not None and self.correction.arrived is None
        return waits and len(self.rounds) == 1

    def in_round(self, **changes: object) -> Case:
        """Return the case with fields of its present round changed."""
        changed = replace(self.round, **changes)  # type: ignore[arg-type]
        return replace(self, rounds=(*self.rounds[:-1], changed))


def _answered(answer: Decision) -> Phase:
    if answer.delivered:
        return Phase.DELIVERED
    return Phase.DISPATCHED if answer.dispatched else Phase.DECIDED
