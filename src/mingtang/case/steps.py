"""One step a kind of event: the case before it, the case after it.

A step asks nothing of the law and nothing of the calendar; it raises
`ImpossibleHistoryError` only where what it changes is not there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING, NoReturn

from mingtang.case import events
from mingtang.case.act import title_of
from mingtang.case.state import (
    Case,
    Closing,
    Correction,
    Decision,
    Extension,
    Fee,
    Opinion,
    Reason,
    Round,
)

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event


class ImpossibleHistoryError(ValueError):
    """An event cannot follow what came before it."""


@singledispatch
def step(event: Event, _case: Case) -> Case:
    """Return the case after an event; raises `ImpossibleHistoryError`."""
    message = f"“{title_of(event)}”只能是案件的第一条记录，或者须先行更正"
    raise ImpossibleHistoryError(message)


@step.register
def _(event: events.Confirmed, case: Case) -> Case:
    return replace(case, received=event.on)


@step.register
def _(event: events.Reclassified, case: Case) -> Case:
    return replace(case, applicant=event.applicant)


@step.register
def _(event: events.CorrectionAsked, case: Case) -> Case:
    if case.correction:
        _refuse("补正已经告知过一次")
    return replace(case, correction=Correction(event.on, event.until))


@step.register
def _(event: events.Corrected, case: Case) -> Case:
    if case.correction is None:
        _refuse("没有告知过补正")
    arrived = replace(case.correction, arrived=event.on)
    after = replace(case, correction=arrived, corrected=True)
    told = case.round.extension
    return after.in_round(extension=replace(told, corrected=True)) if told else after


@step.register
def _(event: events.ReasonAsked, case: Case) -> Case:
    return case.in_round(reason=Reason(event.on, event.until))


@step.register
def _(event: events.ReasonGiven, case: Case) -> Case:
    return case.in_round(reason=replace(_asked(case), given=event.on))


@step.register
def _(event: events.ReasonAccepted, case: Case) -> Case:
    accepted = replace(_asked(case), accepted=event.on, answer_by=event.answer_by)
    return case.in_round(reason=accepted)


@step.register
def _(event: events.Consulted, case: Case) -> Case:
    known = case.round.opinion(event.party)
    if known and known.ended is None:
        _refuse("对这一方的征求意见尚未结束")
    asked = Opinion(event.party, event.role, event.on)
    return case.in_round(opinions=(*case.round.opinions, asked))


@step.register
def _(event: events.ConsultationDelivered, case: Case) -> Case:
    found = _consulted(case, event.party)
    return _put(case, found, replace(found, delivered=event.on))


@step.register
def _(event: events.OpinionReceived, case: Case) -> Case:
    return _end(case, event.party, event.on, event.stance)


@step.register
def _(event: events.SilenceNoted, case: Case) -> Case:
    return _end(case, event.party, event.on, "silent")


@step.register
def _(event: events.ConsultationRecalled, case: Case) -> Case:
    return _end(case, event.party, event.on, "recalled")


@step.register
def _(event: events.Extended, case: Case) -> Case:
    told = case.round.extension
    if told and not (told.corrected or told.paid):
        _refuse("答复期限已经延长过一次")
    return case.in_round(extension=Extension(event.on, event.days))


@step.register
def _(event: events.FeeNotified, case: Case) -> Case:
    if case.round.fee:
        _refuse("收费通知已经发出过一次")
    return case.in_round(fee=Fee(event.on, event.basis, event.pieces, event.yuan))


@step.register
def _(event: events.FeeNoticeDelivered, case: Case) -> Case:
    return case.in_round(fee=replace(_fee(case), delivered=event.on))


@step.register
def _(event: events.FeePaid, case: Case) -> Case:
    paid = replace(_fee(case), paid=event.on, collected=event.yuan)
    told = case.round.extension
    before = replace(told, paid=True) if told else None
    return case.in_round(fee=paid, extension=before)


@step.register
def _(event: events.FeeRefunded, case: Case) -> Case:
    rounds = list(case.rounds)
    for place, each in reversed(list(enumerate(rounds))):
        if each.fee and each.fee.paid:
            fee = replace(each.fee, refunded=each.fee.refunded + event.yuan)
            rounds[place] = replace(each, fee=fee)
            return replace(case, rounds=tuple(rounds))
    return _refuse("没有收取过费用")


@step.register
def _(event: events.Decided, case: Case) -> Case:
    return case.in_round(answer=Decision(event.on, event.ground, event.withheld))


@step.register
def _(event: events.Dispatched, case: Case) -> Case:
    return case.in_round(
        answer=replace(_answer(case), mode=event.mode, dispatched=event.on)
    )


@step.register
def _(event: events.Delivered, case: Case) -> Case:
    return case.in_round(answer=replace(_answer(case), delivered=event.on))


@step.register
def _(event: events.Withdrawn, case: Case) -> Case:
    return replace(case, closing=Closing(event.on, "withdrawn"))


@step.register
def _(event: events.Transferred, case: Case) -> Case:
    return replace(case, closing=Closing(event.on, "transferred", (event.to,)))


@step.register
def _(event: events.Split, case: Case) -> Case:
    return replace(case, closing=Closing(event.on, "split", event.parts))


@step.register
def _(event: events.Merged, case: Case) -> Case:
    return replace(case, closing=Closing(event.on, "merged", (event.into,)))


@step.register
def _(event: events.Reopened, case: Case) -> Case:
    opened = Round(event.on, event.cause, event.answer_by)
    return replace(case, rounds=(*case.rounds, opened), archived=None)


@step.register
def _(event: events.Archived, case: Case) -> Case:
    return replace(case, archived=event.on)


def _refuse(why: str) -> NoReturn:
    raise ImpossibleHistoryError(why)


def _asked(case: Case) -> Reason:
    return case.round.reason or _refuse("没有要求过说明理由")


def _fee(case: Case) -> Fee:
    return case.round.fee or _refuse("没有发出过收费通知")


def _answer(case: Case) -> Decision:
    return case.round.answer or _refuse("尚未作出处理决定")


def _consulted(case: Case, party: str) -> Opinion:
    found = case.round.opinion(party)
    if found is None or found.ended:
        _refuse("没有正在征求这一方的意见")
    return found


def _end(case: Case, party: str, on: date, how: str) -> Case:
    found = _consulted(case, party)
    return _put(case, found, replace(found, ended=on, how=how))


def _put(case: Case, old: Opinion, new: Opinion) -> Case:
    opinions = tuple(new if each is old else each for each in case.round.opinions)
    return case.in_round(opinions=opinions)
