"""One short history for every place a case can stand in."""

from __future__ import annotations

from datetime import date

from mingtang.case import events as e

D = date
MONDAY = D(2026, 3, 2)


def submitted(day: date = MONDAY, channel: str = "in_person") -> e.Submitted:
    return e.Submitted(on=day, channel=channel, applicant="person")


IN_HAND = (submitted(),)
CORRECTION = (*IN_HAND, e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 20)))
CORRECTED = (*CORRECTION, e.Corrected(on=D(2026, 3, 16)))
REASON = (*IN_HAND, e.ReasonAsked(on=D(2026, 3, 4), until=D(2026, 3, 16)))
REASONED = (*REASON, e.ReasonGiven(on=D(2026, 3, 10)))
CONSULTING = (*IN_HAND, e.Consulted(on=D(2026, 3, 6), party="1", role="third_party"))
CONSULTED = (*CONSULTING, e.ConsultationDelivered(on=D(2026, 3, 6), party="1"))
OBJECTED = (
    *CONSULTED,
    e.OpinionReceived(on=D(2026, 3, 20), party="1", stance="objects"),
)
FEE = (
    *IN_HAND,
    e.FeeNotified(on=D(2026, 3, 12), basis="pages", pieces=68, yuan=380),
)
FEE_KNOWN = (*FEE, e.FeeNoticeDelivered(on=D(2026, 3, 13)))
PAID = (*FEE_KNOWN, e.FeePaid(on=D(2026, 4, 1), yuan=380))
DECIDED = (*IN_HAND, e.Decided(on=D(2026, 3, 25), ground="G2"))
DISPATCHED = (*DECIDED, e.Dispatched(on=D(2026, 3, 26), mode="post"))
DELIVERED = (*DISPATCHED, e.Delivered(on=D(2026, 3, 31)))
ARCHIVED = (*DELIVERED, e.Archived(on=D(2026, 4, 7)))
REOPENED = (*DELIVERED, e.Reopened(on=D(2026, 7, 1), cause="review"))
WITHDRAWN = (*IN_HAND, e.Withdrawn(on=D(2026, 3, 9)))
