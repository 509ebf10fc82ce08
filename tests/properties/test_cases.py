"""Laws that every history of a case obeys, whatever happened in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.act import act_of, acts
from mingtang.case.consenting import need
from mingtang.case.deadlines import Running, Timeliness, answer_term
from mingtang.case.judging import round_timeliness, timeliness
from mingtang.case.permitting import NotPermittedError, admit, offers
from mingtang.case.recording import parse, plain
from mingtang.case.replaying import follow, replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.situation import Situation
from mingtang.case.state import Phase
from mingtang.law.calendar import Calendar, UncoveredYearError, holiday_year
from mingtang.law.grounds import grounds
from tests.properties.histories import RULES, event_of, histories

# By hand from the articles, not from acts.yaml: where a case can stand after an act.
LEADS_TO = {
    "confirm": {"in_hand"},
    "ask_correction": {"correction"},
    "receive_correction": {"in_hand"},
    "ask_reason": {"reason"},
    "receive_reason": {"reason"},
    "accept_reason": {"in_hand"},
    "consult_third_party": {"consulting"},
    "consult_co_author": {"consulting"},
    "consult_other_body": {"consulting"},
    "record_consultation_delivery": {"consulting"},
    "receive_opinion": {"consulting", "in_hand"},
    "note_silence": {"consulting", "in_hand"},
    "recall_consultation": {"consulting", "in_hand"},
    "extend": {"in_hand", "reason", "consulting"},
    "notify_fee": {"fee"},
    "record_fee_delivery": {"fee"},
    "record_payment": {"in_hand"},
    "decide": {"decided"},
    "dispatch": {"dispatched"},
    "record_delivery": {"delivered"},
    "withdraw": {"closed"},
    "transfer": {"closed"},
    "split": {"closed"},
    "merge": {"closed"},
    "reopen": {"in_hand"},
    "archive": {"archived"},
}


@given(histories())
def test_what_is_offered_is_admitted(history: list[e.Event]) -> None:
    for place in range(1, len(history)):
        admit(history[:place], history[place], RULES)


@given(histories())
def test_a_history_leads_where_the_law_says(history: list[e.Event]) -> None:
    for place in range(1, len(history)):
        known = act_of(history[place])
        assert known
        if known.id in LEADS_TO:
            phase = replay(history[: place + 1]).phase
            assert phase.value in LEADS_TO[known.id], (known.id, phase)


@given(histories(), st.data())
def test_following_is_replaying(history: list[e.Event], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(history)))
    case = replay(history[:cut])
    for event in history[cut:]:
        case = follow(case, event)
    assert case == replay(history)


@given(histories())
def test_what_is_recorded_is_read_back(history: list[e.Event]) -> None:
    records = json.loads(json.dumps([plain(event) for event in history]))
    assert [parse(record) for record in records] == history


@given(histories(), st.data())
def test_what_is_not_offered_is_refused(
    history: list[e.Event], data: st.DataObject
) -> None:
    now = Situation(replay(history), history[-1].on + timedelta(days=3), RULES)
    offered = {offer.act.id for offer in offers(now)}
    foreign = data.draw(histories())
    for event in foreign[1:]:
        moved = replace(event, on=now.on)
        known = act_of(moved)
        assert known
        if known.id not in offered:
            with pytest.raises(NotPermittedError) as refused:
                admit(history, moved, RULES)
            assert refused.value.cite == known.cite


@given(histories())
def test_a_decision_ends_a_round_once(history: list[e.Event]) -> None:
    rounds = 1 + sum(isinstance(event, e.Reopened) for event in history)
    decisions = sum(isinstance(event, e.Decided) for event in history)
    assert rounds - 1 <= decisions <= rounds
    assert len(replay(history).rounds) == rounds


@given(histories())
def test_a_pause_never_brings_a_deadline_nearer(history: list[e.Event]) -> None:
    asked = (
        e.Consulted
        | e.ConsultationDelivered
        | e.OpinionReceived
        | e.SilenceNoted
        | e.ConsultationRecalled
    )
    case = replay(history)
    without = replace(case, rounds=(*case.rounds[:-1], replace(case.round, opinions=())))
    paused, plainly = answer_term(case, RULES), answer_term(without, RULES)
    if paused and plainly and paused.due and plainly.due:
        assert paused.due >= plainly.due
    if not any(isinstance(event, asked) for event in history):
        assert paused == plainly


@given(histories(), st.data())
def test_nothing_the_body_does_hides_that_it_is_late(
    history: list[e.Event], data: st.DataObject
) -> None:
    """An answer overdue stays overdue until it is given, or the case ends otherwise.

    But for what two persons consent to.
    """
    case, after = replay(history), data.draw(st.integers(0, 60))
    now = Situation(case, history[-1].on + timedelta(days=after), RULES)
    if timeliness(case, now.on, RULES) is not Timeliness.OVERDUE:
        return
    for offer in offers(now):
        event = data.draw(event_of(offer, now))
        then = follow(case, event)
        if then.closing or len(then.rounds) > len(case.rounds) or then.round.answer:
            continue
        if need(event, now) is not None:
            continue
        assert timeliness(then, now.on, RULES) is Timeliness.OVERDUE, offer.act.id


def test_random_histories_reach_every_state_every_act_and_every_ground() -> None:
    """What the laws here hold of is not a corner of what can happen."""
    missing = {each.id for each in acts()} | {each.code for each in grounds()}
    missing |= {phase.value for phase in Phase} - {Phase.SUBMITTED}

    @settings(
        max_examples=5000,
        phases=[Stage.generate],
        database=None,
        deadline=None,
        derandomize=True,
    )
    @given(histories())
    def look(history: list[e.Event]) -> None:
        case = replay(history[:1])
        for event in history[1:]:
            case, known = follow(case, event), act_of(event)
            missing.discard(known.id if known else "")
            missing.discard(event.ground if isinstance(event, e.Decided) else "")
            missing.discard(case.phase)
        assert missing, "everything was reached"

    with pytest.raises(AssertionError, match="everything was reached"):
        look()


@given(histories(), st.integers(0, 400))
def test_nothing_is_late_where_the_notice_is_missing(
    history: list[e.Event], days: int
) -> None:
    def nothing(year: int) -> None:
        raise UncoveredYearError(year)

    blind = Rulebook(Calendar(nothing))
    case = replay(history)
    on = history[-1].on + timedelta(days=days)
    term = answer_term(case, blind)
    fixed = term is not None and term.running is Running.FIXED
    held = round_timeliness(case, on, blind)
    assert fixed or held not in {Timeliness.LATE, Timeliness.OVERDUE}


@given(histories())
def test_a_missing_notice_changes_no_state_and_no_record(history: list[e.Event]) -> None:
    def until_2024(year: int) -> object:
        if year > 2024:
            raise UncoveredYearError(year)
        return holiday_year(year)

    case = replay(history)
    early = answer_term(case, Rulebook(Calendar(until_2024)))
    whole = answer_term(case, RULES)
    if early and early.due:
        assert early == whole


@given(histories(), st.data())
def test_a_strike_leaves_what_the_rest_makes(
    history: list[e.Event], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(history) - 1))
    strike = e.Struck(on=history[-1].on, entry=place)
    try:
        admit(history, strike, RULES)
    except NotPermittedError:
        return
    rest = history[:place] + history[place + 1 :]
    assert replay([*history, strike]) == replay(rest)


@given(histories(longest=6), st.data())
def test_an_act_before_its_cause_is_refused(
    history: list[e.Event], data: st.DataObject
) -> None:
    now = Situation(replay(history), history[-1].on, RULES)
    for offer in offers(now):
        if offer.act.id in {"reclassify", "record_delivery"}:
            continue
        event = data.draw(event_of(offer, now))
        if isinstance(event, e.SilenceNoted | e.FeeNotified | e.Extended):
            continue
        long_ago = replace(event, on=date(2023, 12, 1))
        with pytest.raises(NotPermittedError):
            admit(history, long_ago, RULES)


def test_every_act_is_named_in_the_specification() -> None:
    unphased = {"reclassify", "record_refund"}
    assert {known.id for known in acts()} == LEADS_TO.keys() | unphased
    assert {Phase(name) for names in LEADS_TO.values() for name in names} | {
        Phase.SUBMITTED
    } == set(Phase)
