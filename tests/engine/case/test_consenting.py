"""Who must consent: always, against a third party, or to what undoes a lateness."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.conditions import correction_warning, delay_warning
from mingtang.case.consenting import Consent, by_nature, need, undoes_lateness
from mingtang.case.deadlines import Timeliness
from mingtang.case.judging import timeliness
from mingtang.case.overriding import override_refusal, telling_refusal
from mingtang.case.replaying import follow, replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.situation import Situation

D = date
CAME = e.Submitted(on=D(2026, 3, 2), channel="in_person", applicant="person")
ASKED = e.Consulted(on=D(2026, 3, 4), party="1", role="third_party")
REFUSED = e.OpinionReceived(on=D(2026, 3, 9), party="1", stance="objects")
GIVEN = e.Decided(on=D(2026, 3, 12), ground="G2")
DAY, LATE = D(2026, 3, 12), D(2026, 4, 7)


def situation(*events: e.Event, on: date = DAY) -> Situation:
    history = (CAME, *events)
    return Situation(replay(history), on, Rulebook(), history)


@pytest.mark.parametrize(
    ("event", "whose"),
    [
        (GIVEN, None),
        (e.Decided(on=D(2026, 3, 12), ground="N5"), Consent.LEGAL),
        (e.Extended(on=D(2026, 3, 12), days=5), Consent.APPROVAL),
        (e.ReasonAccepted(on=D(2026, 3, 12)), None),
        (
            e.ReasonAccepted(on=D(2026, 3, 12), answer_by=D(2026, 5, 8)),
            Consent.APPROVAL,
        ),
        (e.Struck(on=D(2026, 3, 12), entry=1), None),
    ],
)
def test_what_puts_off_or_refuses_takes_two(event: e.Event, whose: Consent | None) -> None:
    assert by_nature(event) == whose


def test_disclosing_against_a_third_party_needs_a_reason_and_two_others() -> None:
    now = situation(ASKED, REFUSED)
    assert "不采纳" not in (override_refusal(GIVEN, situation().case) or "")
    assert "第三方不同意公开" in (override_refusal(GIVEN, now.case) or "")
    said = e.Decided(on=GIVEN.on, ground="G2", overrides="public_interest")
    assert override_refusal(said, now.case) is None
    assert need(said, now).consent is Consent.LEGAL
    assert "没有第三方" in (override_refusal(said, situation().case) or "")
    strange = e.Decided(on=GIVEN.on, ground="G2", overrides="wanted")
    assert "没有“wanted”" in (override_refusal(strange, now.case) or "")


def test_a_third_party_is_told_of_a_disclosure_that_is_decided_alone() -> None:
    case = situation(ASKED, REFUSED).case
    public = e.Decided(on=GIVEN.on, ground="G1")
    spared = e.Decided(on=GIVEN.on, ground="P1", withheld=("N4",))
    for event in (None, public, spared):
        assert "不能告知" in (telling_refusal(event, "1", case) or "")
    assert telling_refusal(GIVEN, "1", case) is None
    assert telling_refusal(spared, "2", case) is None


def test_silence_consent_and_withholding_leave_nothing_to_override() -> None:
    agreed = e.OpinionReceived(on=D(2026, 3, 9), party="1", stance="consents")
    assert override_refusal(GIVEN, situation(ASKED, agreed).case) is None
    now = situation(ASKED, REFUSED)
    part = e.Decided(on=GIVEN.on, ground="P1", withheld=("N4",))
    assert override_refusal(part, now.case) is None
    other = e.Decided(on=GIVEN.on, ground="P1", withheld=("N5",))
    assert override_refusal(other, now.case)
    refused = e.Decided(on=GIVEN.on, ground="N4")
    assert override_refusal(refused, now.case) is None


def test_an_earlier_day_that_makes_a_late_case_timely_takes_two() -> None:
    decided = e.Decided(on=D(2026, 3, 27), ground="G2")
    late = situation(decided, on=LATE)
    sent = e.Dispatched(on=D(2026, 3, 30), mode="post")
    assert undoes_lateness(sent, late)
    assert need(sent, late).consent is Consent.APPROVAL
    assert not undoes_lateness(e.Dispatched(on=LATE, mode="post"), late)
    assert not undoes_lateness(e.Dispatched(on=D(2026, 4, 1), mode="post"), late)
    in_time = situation(decided, on=D(2026, 3, 30))
    assert not undoes_lateness(e.Dispatched(on=D(2026, 3, 27), mode="post"), in_time)


def test_a_term_that_has_passed_is_moved_by_two() -> None:
    late = situation(on=LATE)
    assert undoes_lateness(e.CorrectionAsked(on=D(2026, 3, 9), until=D(2026, 4, 9)), late)
    assert undoes_lateness(ASKED, late)


_MOVING = {
    "correction": lambda day: e.CorrectionAsked(on=day, until=D(2026, 4, 9)),
    "reason": lambda day: e.ReasonAsked(on=day, until=D(2026, 4, 9)),
    "third party": lambda day: e.Consulted(on=day, party="1", role="third_party"),
    "other body": lambda day: e.Consulted(on=day, party="1", role="other_body"),
    "fee": lambda day: e.FeeNotified(on=day, basis="pages", pieces=68, yuan=380),
}


@pytest.mark.parametrize("made", _MOVING.values(), ids=_MOVING)
@pytest.mark.parametrize("today", [D(2026, 3, 5), D(2026, 3, 11), D(2026, 3, 30)])
def test_a_term_that_runs_is_moved_by_its_letter_of_the_day_or_by_two(made, today):
    now = situation(on=today)
    alone, before = made(today), made(D(2026, 3, 4))
    early = today <= D(2026, 3, 11) or not isinstance(alone, e.CorrectionAsked)
    assert need(alone, now) is None
    untold = need(alone, now, untold=True)
    assert (untold and "不发文书" in untold.why) or not early
    assert need(before, now).consent is Consent.APPROVAL


def test_a_correction_is_not_asked_for_by_one_within_a_time_that_is_over() -> None:
    now = situation(on=D(2026, 3, 12))
    in_time = e.CorrectionAsked(on=D(2026, 3, 11), until=D(2026, 4, 9))
    assert undoes_lateness(in_time, now)
    assert not undoes_lateness(in_time, situation(on=D(2026, 3, 11)))
    late = e.CorrectionAsked(on=D(2026, 3, 12), until=D(2026, 4, 9))
    assert need(late, situation(on=D(2026, 3, 16))) is None  # it restarts nothing


def test_asking_after_the_term_ran_out_moves_nothing() -> None:
    late = situation(on=LATE)
    asked = e.Consulted(on=D(2026, 4, 1), party="1", role="third_party")
    assert need(asked, late, untold=True) is None


def test_what_arrives_from_outside_moves_the_term_by_itself() -> None:
    asked = e.CorrectionAsked(on=D(2026, 3, 9), until=D(2026, 4, 9))
    late = situation(asked, on=D(2026, 6, 1))
    assert not undoes_lateness(e.Corrected(on=D(2026, 3, 20)), late)


def test_a_withdrawal_does_not_undo_a_lateness_by_one_hand() -> None:
    late, early = situation(on=LATE), e.Withdrawn(on=D(2026, 3, 20))
    assert need(early, late).consent is Consent.APPROVAL
    assert need(early, situation(on=D(2026, 3, 24))).why.startswith("补记2026-03-20的撤回")
    assert need(early, situation(on=early.on)) is None
    assert need(e.Withdrawn(on=LATE), late) is None
    for day in (D(2026, 3, 31), LATE):
        gone = e.Withdrawn(on=day)
        assert timeliness(follow(late.case, gone), LATE, Rulebook()) is Timeliness.LATE


def test_a_late_request_is_split_by_one_its_parts_being_as_late() -> None:
    parts = e.Split(on=D(2026, 3, 20), parts=("1", "2"))
    assert need(parts, situation(on=LATE)) is None
    assert not undoes_lateness(parts, situation(on=LATE))


def test_what_two_decided_or_was_sent_is_not_struck_by_one() -> None:
    refused = e.Decided(on=DAY, ground="N4")
    given, sent = e.Decided(on=DAY, ground="G2"), e.Dispatched(on=DAY, mode="post")
    for history, entry, two in (
        ((refused,), -1, True),
        ((given,), -1, False),
        ((given, sent), -1, True),
        ((given, sent, e.Struck(on=DAY, entry=2)), 1, True),
        ((given, sent, e.Delivered(on=DAY)), -1, False),
    ):
        now = situation(*history)
        place = entry if entry > 0 else len(now.events) - 1
        asked = need(e.Struck(on=DAY, entry=place), now)
        assert bool(asked) is two, history


def test_another_kind_of_applicant_takes_two_once_the_case_is_over() -> None:
    other = e.Reclassified(on=DAY, applicant="company")
    assert need(other, situation()) is None
    over = situation(e.Withdrawn(on=DAY))
    assert need(other, over).consent is Consent.APPROVAL
    assert need(other, situation(e.Withdrawn(on=DAY), e.Archived(on=DAY))) is not None


def test_a_decision_that_nobody_is_told_of_takes_two() -> None:
    assert need(GIVEN, situation(), untold=True).consent is Consent.APPROVAL
    assert need(GIVEN, situation()) is None


def test_a_long_delay_and_a_strange_term_are_warned_of() -> None:
    now = situation()
    assert delay_warning(D(2026, 4, 28), now) is None
    assert "超过20个工作日" in (delay_warning(D(2026, 4, 30), now) or "")
    assert "超过20个工作日" in (delay_warning(D(2035, 12, 31), now) or "")
    assert correction_warning(D(2026, 3, 25), now) is None
    assert "为1个工作日" in (correction_warning(D(2026, 3, 13), now) or "")
    assert "请核对" in (correction_warning(D(2026, 6, 30), now) or "")
