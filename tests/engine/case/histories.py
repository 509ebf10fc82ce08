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
CONFIRMED_LATE = (submitted(D(2025, 12, 30), "online"), e.Confirmed(on=D(2026, 1, 4)))
ACCEPTED = (*REASONED, e.ReasonAccepted(on=D(2026, 3, 11), answer_by=D(2026, 6, 30)))
ORDERED_REASONED = (
    *DELIVERED,
    e.Reopened(on=D(2026, 7, 1), cause="judgment", answer_by=D(2026, 7, 16)),
    e.ReasonAsked(on=D(2026, 7, 2), until=D(2026, 7, 9)),
    e.ReasonGiven(on=D(2026, 7, 7)),
)
PART = e.Divided(
    on=D(2026, 3, 5),
    parent="2026-0001",
    channel="in_person",
    applicant="person",
    received=MONDAY,
    clock=MONDAY,
)
SPLIT = (*IN_HAND, e.Split(on=D(2026, 3, 5), parts=("2026-0002", "2026-0003")))
GRANTED_AFTER_FEE = (*PAID, e.Decided(on=D(2026, 4, 8), ground="G2"))
DECIDED_LAST_YEAR = (
    submitted(D(2025, 12, 8)),
    e.Decided(on=D(2025, 12, 30), ground="G2"),
)
