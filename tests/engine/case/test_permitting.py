"""Every act is attempted in every place a case can stand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.act import act, act_of, acts
from mingtang.case.choosing import grounds_open
from mingtang.case.permitting import NotPermittedError, admit, consequence, offers
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.situation import Situation
from mingtang.law.calendar import Calendar, UncoveredYearError
from mingtang.law.grounds import grounds
from tests.engine.case import histories as h

RULES = Rulebook()
ANEW = Rulebook(choices={"late_correction": "restart"})
D = date
CONSULT = {"consult_third_party", "consult_co_author", "consult_other_body"}
IN_HAND = CONSULT | {
    "reclassify", "ask_correction", "ask_reason", "extend", "notify_fee", "decide",
    "withdraw", "transfer", "split", "merge",
}  # fmt: skip

# Written by hand, as the specification: place, day, and what may be done there.
SPECIFICATION = {
    "online": (
        (h.submitted(channel="online"),),
        D(2026, 3, 3),
        {"confirm", "reclassify", "withdraw", "transfer", "merge"},
    ),
    "in hand": (h.IN_HAND, D(2026, 3, 3), IN_HAND),
    "in hand, overdue": (
        h.IN_HAND,
        D(2026, 3, 31),
        IN_HAND - {"extend", "merge"},
    ),
    "in hand, next year": (
        (h.submitted(D(2025, 12, 25)),),
        D(2026, 1, 5),
        IN_HAND - {"split", "merge"},
    ),
    "correction": (
        h.CORRECTION,
        D(2026, 3, 20),
        {"reclassify", "receive_correction", "withdraw", "merge"},
    ),
    "correction lapsed": (
        h.CORRECTION,
        D(2026, 3, 21),
        {"reclassify", "receive_correction", "withdraw", "merge", "decide"},
    ),
    "corrected": (h.CORRECTED, D(2026, 3, 17), IN_HAND - {"ask_correction"}),
    "reason": (
        h.REASON,
        D(2026, 3, 16),
        {"reclassify", "receive_reason", "extend", "withdraw"},
    ),
    "reason lapsed": (
        h.REASON,
        D(2026, 3, 17),
        {"reclassify", "receive_reason", "extend", "withdraw", "decide"},
    ),
    "reasoned": (
        h.REASONED,
        D(2026, 3, 11),
        {"reclassify", "accept_reason", "extend", "withdraw", "decide"},
    ),
    "consulting": (
        h.CONSULTING,
        D(2026, 3, 9),
        CONSULT
        | {
            "reclassify",
            "record_consultation_delivery",
            "receive_opinion",
            "recall_consultation",
            "extend",
            "withdraw",
        },
    ),
    "consulted, last day": (
        h.CONSULTED,
        D(2026, 3, 27),
        CONSULT
        | {
            "reclassify",
            "receive_opinion",
            "recall_consultation",
            "extend",
            "withdraw",
        },
    ),
    "consulted, silent": (
        h.CONSULTED,
        D(2026, 3, 28),
        CONSULT
        | {
            "reclassify",
            "receive_opinion",
            "recall_consultation",
            "note_silence",
            "extend",
            "withdraw",
        },
    ),
    "objected": (h.OBJECTED, D(2026, 3, 23), IN_HAND - {"split"}),
    "fee": (
        h.FEE,
        D(2026, 3, 13),
        {"reclassify", "record_fee_delivery", "record_payment", "withdraw"},
    ),
    "fee known": (
        h.FEE_KNOWN,
        D(2026, 4, 13),
        {"reclassify", "record_payment", "withdraw"},
    ),
    "fee lapsed": (
        h.FEE_KNOWN,
        D(2026, 4, 14),
        {"reclassify", "record_payment", "withdraw", "decide"},
    ),
    "paid": (
        h.PAID,
        D(2026, 4, 2),
        (IN_HAND | {"record_refund"}) - {"notify_fee", "split"},
    ),
    "decided": (h.DECIDED, D(2026, 3, 26), {"reclassify", "dispatch", "withdraw"}),
    "dispatched": (
        h.DISPATCHED,
        D(2026, 3, 31),
        {"reclassify", "record_delivery", "reopen"},
    ),
    "delivered": (h.DELIVERED, D(2026, 4, 1), {"reclassify", "reopen", "archive"}),
    "archived": (h.ARCHIVED, D(2026, 5, 6), {"reclassify", "reopen"}),
    "reopened": (
        h.REOPENED,
        D(2026, 7, 2),
        IN_HAND - {"ask_correction", "notify_fee", "split", "merge"},
    ),
    "withdrawn": (h.WITHDRAWN, D(2026, 3, 10), {"reclassify", "archive"}),
}


@pytest.mark.parametrize("place", SPECIFICATION)
def test_what_may_be_done_is_what_the_specification_says(place: str) -> None:
    history, day, permitted = SPECIFICATION[place]
    now = Situation(replay(history), day, RULES)
    assert {offer.act.id for offer in offers(now)} == permitted


@pytest.mark.parametrize("place", SPECIFICATION)
def test_what_may_not_be_done_is_refused_with_its_article(place: str) -> None:
    history, day, permitted = SPECIFICATION[place]
    for known in acts():
        if known.id not in permitted:
            with pytest.raises(NotPermittedError) as refused:
                admit(history, replace(ATTEMPTS[known.id], on=day), RULES)
            assert refused.value.cite == known.cite
            assert refused.value.title == known.title


ATTEMPTS: dict[str, e.Event] = {
    "confirm": e.Confirmed(on=D.min),
    "reclassify": e.Reclassified(on=D.min, applicant="company"),
    "ask_correction": e.CorrectionAsked(on=D.min, until=D.max),
    "receive_correction": e.Corrected(on=D.min),
    "ask_reason": e.ReasonAsked(on=D.min, until=D.max),
    "receive_reason": e.ReasonGiven(on=D.min),
    "accept_reason": e.ReasonAccepted(on=D.min),
    "consult_third_party": e.Consulted(on=D.min, party="9", role="third_party"),
    "consult_co_author": e.Consulted(on=D.min, party="9", role="co_author"),
    "consult_other_body": e.Consulted(on=D.min, party="9", role="other_body"),
    "record_consultation_delivery": e.ConsultationDelivered(on=D.min, party="1"),
    "receive_opinion": e.OpinionReceived(on=D.min, party="1", stance="consents"),
    "note_silence": e.SilenceNoted(on=D.min, party="1"),
    "recall_consultation": e.ConsultationRecalled(on=D.min, party="1"),
    "extend": e.Extended(on=D.min, days=20),
    "notify_fee": e.FeeNotified(on=D.min, basis="pages", pieces=68, yuan=380),
    "record_fee_delivery": e.FeeNoticeDelivered(on=D.min),
    "record_payment": e.FeePaid(on=D.min, yuan=380),
    "record_refund": e.FeeRefunded(on=D.min, yuan=10),
    "decide": e.Decided(on=D.min, ground="G2"),
    "dispatch": e.Dispatched(on=D.min, mode="post"),
    "record_delivery": e.Delivered(on=D.min),
    "withdraw": e.Withdrawn(on=D.min),
    "transfer": e.Transferred(on=D.min, to="X"),
    "split": e.Split(on=D.min, parts=("1", "2")),
    "merge": e.Merged(on=D.min, into="1"),
    "reopen": e.Reopened(on=D.min, cause="review"),
    "archive": e.Archived(on=D.min),
}


def test_there_is_an_attempt_for_every_act() -> None:
    assert {name: act_of(event) for name, event in ATTEMPTS.items()} == {
        known.id: known for known in acts()
    }


ANY = {known.code for known in grounds()}


@pytest.mark.parametrize(
    ("history", "day", "open_to"),
    [
        (h.IN_HAND, D(2026, 3, 3), ANY - {"O1", "O2", "U3", "X4", "N4"}),
        (h.CORRECTION, D(2026, 3, 20), set()),
        (h.CORRECTION, D(2026, 3, 21), {"O1"}),
        (h.CORRECTED, D(2026, 3, 17), ANY - {"O1", "O2", "X4", "N4"}),
        (h.REASONED, D(2026, 3, 11), {"X4"}),
        (h.FEE_KNOWN, D(2026, 4, 13), set()),
        (h.FEE_KNOWN, D(2026, 4, 14), {"O2"}),
        (h.OBJECTED, D(2026, 3, 23), ANY - {"O1", "O2", "U3", "X4"}),
    ],
)
def test_a_ground_presupposes_what_leads_to_it(
    history: tuple[e.Event, ...], day: date, open_to: set[str]
) -> None:
    now = Situation(replay(history), day, RULES)
    assert {ground.code for ground in grounds_open(now)} == open_to


@pytest.mark.parametrize(
    ("history", "event", "why"),
    [
        (h.IN_HAND, e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 5)), "晚于"),
        (h.IN_HAND, e.Extended(on=D(2026, 3, 5), days=21), "1至20个工作日"),
        (
            h.IN_HAND,
            e.FeeNotified(on=D(2026, 3, 5), basis="pages", pieces=68, yuan=390),
            "380元",
        ),
        (
            h.IN_HAND,
            e.FeeNotified(on=D(2026, 3, 5), basis="items", pieces=10, yuan=0),
            "不收费",
        ),
        (h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="P1"), "剔除部分"),
        (h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="Z9"), "Z9"),
        (h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="O3", remedy="RF"), "第二十三条"),
        (h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="O3", remedy="XX"), "救济途径"),
        (
            h.IN_HAND,
            e.Decided(on=D(2026, 3, 5), ground="P1", withheld=("N4",)),
            "第三方",
        ),
        (h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="N1", withheld=("N2",)), "部分"),
        (h.FEE, e.FeePaid(on=D(2026, 3, 13), yuan=370), "380元"),
        (h.FEE_KNOWN, e.FeePaid(on=D(2026, 4, 14), yuan=380), "届满"),
        (h.PAID, e.FeeRefunded(on=D(2026, 4, 2), yuan=381), "1至380元"),
        (h.DECIDED, e.Dispatched(on=D(2026, 3, 24), mode="post"), "早于"),
        (h.DECIDED, e.Dispatched(on=D(2026, 3, 25), mode="pigeon"), "pigeon"),
        (
            h.CONSULTED,
            e.OpinionReceived(on=D(2026, 3, 9), party="2", stance="objects"),
            "2",
        ),
        (h.CONSULTED, e.Consulted(on=D(2026, 3, 9), party="1", role="co_author"), "尚未"),
        (h.IN_HAND, e.Split(on=D(2026, 3, 9), parts=("1", "1")), "两件以上"),
        (h.DELIVERED, e.Reopened(on=D(2026, 6, 1), cause="whim"), "whim"),
        (h.CONFIRMED_LATE, e.Withdrawn(on=D(2025, 12, 31)), "早于收到申请"),
        (h.CONFIRMED_LATE, e.Transferred(on=D(2025, 12, 31), to="X"), "早于收到申请"),
        (
            (h.submitted(channel="fax"), e.Confirmed(on=D(2026, 3, 6))),
            e.Merged(on=D(2026, 3, 5), into="X"),
            "早于收到申请",
        ),
        (h.DECIDED_LAST_YEAR, e.Withdrawn(on=D(2026, 1, 5)), "2025年的办理结果"),
        (
            h.REASONED,
            e.ReasonAccepted(on=D(2026, 3, 11), answer_by=D(2026, 3, 30)),
            "晚于原来的答复期限2026-03-30",
        ),
        (
            h.REASONED,
            e.ReasonAccepted(on=D(2026, 3, 31), answer_by=D(2026, 5, 6)),
            "届满前告知",
        ),
        (
            h.ORDERED_REASONED,
            e.ReasonAccepted(on=D(2026, 7, 8), answer_by=D(2026, 9, 1)),
            "已由复议决定或者判决确定",
        ),
        (h.PAID, e.Decided(on=D(2026, 4, 2), ground="G1"), "先退付"),
        ((), replace(h.PART, extended=D(2026, 3, 4)), "不相符"),
        ((), replace(h.PART, days=20), "不相符"),
        ((), replace(h.PART, extended=D(2026, 3, 4), days=21), "不相符"),
        ((), replace(h.PART, extended=D(2026, 3, 6), days=20), "晚于拆分"),
        ((), replace(h.PART, clock=D(2026, 2, 27)), "早于收到"),
        (h.SPLIT, e.Struck(on=D(2026, 3, 9), entry=1), "子件"),
        (h.GRANTED_AFTER_FEE, e.Struck(on=D(2026, 4, 9), entry=3), "后面的记录不能成立"),
        (h.ACCEPTED, e.Struck(on=D(2026, 3, 12), entry=2), "尚未收到理由说明"),
        ((), e.Confirmed(on=D(2026, 3, 2)), "第一条"),
        (h.IN_HAND, h.submitted(), "第一条"),
        ((), h.submitted(channel="telepathy"), "telepathy"),
        (h.IN_HAND, e.Struck(on=D(2026, 3, 3), entry=0), "不能更正"),
        (h.CORRECTED, e.Struck(on=D(2026, 3, 17), entry=1), "不能成立"),
        (h.CORRECTED, e.Struck(on=D(2026, 3, 17), entry=7), "不能更正"),
    ],
)
def test_particulars_out_of_order_are_refused(
    history: tuple[e.Event, ...], event: e.Event, why: str
) -> None:
    with pytest.raises(NotPermittedError, match=why):
        admit(history, event, RULES)


def test_a_third_party_who_consents_protects_nothing() -> None:
    consent = e.OpinionReceived(on=D(2026, 3, 20), party="1", stance="consents")
    with pytest.raises(NotPermittedError, match="第三方同意公开"):
        admit([*h.CONSULTED, consent], e.Decided(on=D(2026, 3, 23), ground="N4"), RULES)


def test_a_late_correction_notice_is_possible_and_warned_of() -> None:
    now = Situation(replay(h.IN_HAND), D(2026, 3, 12), RULES)
    [offer] = [offer for offer in offers(now) if offer.act is act("ask_correction")]
    assert offer.until == D(2026, 3, 11)
    assert offer.warning
    assert "重新计算" in offer.warning
    assert "期限不重新计算" in offer.consequence
    for other in (replace(now, on=D(2026, 3, 11)), replace(now, rulebook=ANEW)):
        assert "期限重新计算" in consequence(act("ask_correction"), other)


def test_a_third_party_that_was_not_asked_is_refused_by_its_own_article() -> None:
    with pytest.raises(NotPermittedError, match="征求第三方意见") as refused:
        admit(h.IN_HAND, e.Decided(on=D(2026, 3, 5), ground="N4"), RULES)
    assert refused.value.cite.endswith("第三十二条")


def test_nothing_is_held_against_the_applicant_without_a_calendar() -> None:
    def nothing(year: int) -> None:
        raise UncoveredYearError(year)

    blind = Rulebook(Calendar(nothing))
    lapsed = Situation(replay(h.FEE_KNOWN), D(2026, 12, 31), blind)
    assert "decide" not in {offer.act.id for offer in offers(lapsed)}
    quiet = Situation(replay(h.CONSULTED), D(2026, 12, 31), blind)
    assert "note_silence" not in {offer.act.id for offer in offers(quiet)}
    in_hand = Situation(replay(h.IN_HAND), D(2026, 12, 31), blind)
    assert "extend" in {offer.act.id for offer in offers(in_hand)}


def test_a_wrong_entry_is_struck_and_the_rest_stands() -> None:
    wrong = [*h.IN_HAND, e.Extended(on=D(2026, 3, 9), days=20)]
    strike = e.Struck(on=D(2026, 3, 10), entry=1)
    admit(wrong, strike, RULES)
    assert replay([*wrong, strike]) == replay(h.IN_HAND)


def test_a_payment_in_time_may_be_entered_when_the_term_is_over() -> None:
    """A slip from the bank comes days later; what was paid in time was paid in time."""
    now = Situation(replay(h.FEE_KNOWN), D(2026, 4, 20), RULES)
    [offer] = [each for each in offers(now) if each.act is act("record_payment")]
    assert offer.until == D(2026, 4, 13)
    assert offer.warning
    assert "只能登记在此之前缴纳的" in offer.warning
    admit(h.FEE_KNOWN, e.FeePaid(on=D(2026, 4, 13), yuan=380), RULES)


def test_a_strike_of_what_nothing_rests_on_is_admitted_whatever_became_unlawful() -> None:
    """An extension told too late, by a calendar entered since, stays; so may a strike."""
    late = (
        *h.IN_HAND,
        e.Reclassified(on=D(2026, 3, 3), applicant="company"),
        e.Extended(on=D(2026, 4, 1), days=5),
    )
    admit(late, e.Struck(on=D(2026, 4, 2), entry=1), RULES)


def test_the_last_word_of_a_third_party_counts() -> None:
    asked_again = (
        *h.OBJECTED,
        e.Consulted(on=D(2026, 3, 23), party="1", role="third_party"),
        e.OpinionReceived(on=D(2026, 3, 24), party="1", stance="consents"),
    )
    with pytest.raises(NotPermittedError, match="第三方同意公开"):
        admit(asked_again, e.Decided(on=D(2026, 3, 25), ground="N4"), RULES)
    another = (
        *asked_again,
        e.Consulted(on=D(2026, 3, 25), party="2", role="third_party"),
        e.OpinionReceived(on=D(2026, 3, 26), party="2", stance="objects"),
    )
    admit(another, e.Decided(on=D(2026, 3, 27), ground="N4"), RULES)


def test_who_was_asked_before_the_first_answer_was_asked() -> None:
    again = (
        *h.OBJECTED,
        e.Decided(on=D(2026, 3, 23), ground="N4"),
        e.Dispatched(on=D(2026, 3, 24), mode="post"),
        e.Reopened(on=D(2026, 7, 1), cause="review"),
    )
    admit(again, e.Decided(on=D(2026, 7, 6), ground="N4"), RULES)


def test_page_fees_given_back_no_longer_stand_in_the_way() -> None:
    back = (*h.PAID, e.FeeRefunded(on=D(2026, 4, 2), yuan=380))
    admit(back, e.Decided(on=D(2026, 4, 2), ground="G1"), RULES)


def test_a_part_is_extended_as_the_whole_was() -> None:
    part = replace(h.PART, extended=D(2026, 3, 4), days=20)
    admit((), part, RULES)
    with pytest.raises(NotPermittedError, match="已经延长过"):
        admit([part], e.Extended(on=D(2026, 3, 9), days=5), RULES)


def test_a_decision_still_in_the_house_counts_by_its_dispatch_where_the_body_chose_so() -> (
    None
):
    by_dispatch = Rulebook(choices={"result_year": "dispatched"})
    admit(h.DECIDED_LAST_YEAR, e.Withdrawn(on=D(2026, 1, 5)), by_dispatch)


@pytest.mark.parametrize("wrong", [1, 5])
def test_what_an_old_ledger_never_recorded_does_not_stop_a_strike(wrong: int) -> None:
    history = (
        e.Submitted(on=D(2026, 3, 2), channel="in_person", applicant="person"),
        e.Extended(on=D(2026, 3, 6), days=20),
        e.Decided(on=D(2026, 3, 20), ground="N4"),
        e.Dispatched(on=D(2026, 3, 20), mode="post"),
        e.Delivered(on=D(2026, 3, 23)),
        e.Archived(on=D(2026, 3, 30)),
    )
    with pytest.raises(NotPermittedError, match="须先书面征求第三方意见"):
        admit(history[:2], history[2], Rulebook())
    admit(history, e.Struck(on=D(2026, 4, 1), entry=wrong), Rulebook())


def test_a_fee_notice_sent_in_time_may_be_entered_after_the_term() -> None:
    past = Situation(replay(h.IN_HAND), D(2026, 4, 3), RULES)
    [offer] = [each for each in offers(past) if each.act.id == "notify_fee"]
    assert "只能补记" in (offer.warning or "")
    told = e.FeeNotified(on=D(2026, 3, 30), basis="pages", pieces=68, yuan=380)
    admit(h.IN_HAND, told, RULES)
    with pytest.raises(NotPermittedError, match="期限已于2026-03-30届满"):
        admit(h.IN_HAND, replace(told, on=D(2026, 3, 31)), RULES)
