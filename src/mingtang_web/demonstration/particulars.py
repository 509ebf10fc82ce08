"""An offered act made into its event, with particulars that are in order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.choosing import ground_refusal, grounds_open
from mingtang.case.conditions import silent
from mingtang.case.overriding import overrides
from mingtang.case.recording import KINDS
from mingtang.law.fees import fee_by_pages, fee_of_item
from mingtang.law.terms import term
from mingtang_web.demonstration import weights
from mingtang_web.demonstration.days import later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from random import Random

    from mingtang.case.act import Act
    from mingtang.case.situation import Situation

FEWEST_PAGES, MOST_PAGES = 31, 220


@dataclass(frozen=True)
class Leaning:
    """What a story tends to beyond the usual: factors to acts and grounds.

    ``stance`` is what its third parties say, ``cause`` why its answer is given anew;
    ``slow`` lets the last day pass; ``position`` is the how-manieth
    request of its applicant's month it is, where a fee is taken by items; ``until``
    is the phase in which the story stops.
    """

    acts: Mapping[str, float] = field(default_factory=dict)
    grounds: Mapping[str, float] = field(default_factory=dict)
    stance: str = ""
    slow: bool = False
    position: int = 0
    until: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Setting:
    """What a story's particulars are drawn from.

    ``delivery`` is how the applicant wants the answer; ``codes`` are the other
    bodies' codes, to which a case may be transferred.
    """

    random: Random
    leaning: Leaning
    delivery: str
    codes: tuple[str, ...]

    def draw(self, choices: Mapping[str, float]) -> str:
        """Return one of the choices by their weights."""
        names = list(choices)
        return self.random.choices(names, [choices[name] for name in names])[0]


def event_of(act: Act, now: Situation, setting: Setting) -> e.Event:
    """Return the event of an offered act, on the day of the situation."""
    if act.event in _DRAWN:
        return _DRAWN[act.event](act, now, setting)
    return KINDS[act.event](on=now.on)


PART, WHOLE = "part", "whole"
"""Stand for numbers of other cases until those are given out."""


def _later(now: Situation, setting: Setting, first: int, last: int) -> date:
    return later(now.on, setting.random.randint(first, last))


def _reclassified(_act: Act, now: Situation, setting: Setting) -> e.Event:
    others = {k: w for k, w in weights.KINDS.items() if k != now.case.applicant}
    return e.Reclassified(on=now.on, applicant=setting.draw(others))


def _reason_accepted(_act: Act, now: Situation, setting: Setting) -> e.Event:
    answer_by = _later(now, setting, 15, 30) if setting.random.random() < HALF else None
    return e.ReasonAccepted(on=now.on, answer_by=answer_by)


HALF = 0.5


def _consulted(act: Act, now: Situation, _setting: Setting) -> e.Event:
    asked = sum(len(each.opinions) for each in now.case.rounds)
    return e.Consulted(on=now.on, party=str(asked + 1), role=act.role or "")


def _consultation_delivered(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    waiting = [o for o in now.case.round.open_opinions if o.delivered is None]
    return e.ConsultationDelivered(on=now.on, party=waiting[0].party)


def _opinion_received(_act: Act, now: Situation, setting: Setting) -> e.Event:
    stance = setting.leaning.stance or setting.draw(weights.STANCES)
    return e.OpinionReceived(
        on=now.on, party=now.case.round.open_opinions[0].party, stance=stance
    )


def _silence(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    quiet = [o for o in now.case.round.open_opinions if silent(o, now)]
    return e.SilenceNoted(on=now.on, party=quiet[0].party)


def _recalled(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    return e.ConsultationRecalled(on=now.on, party=now.case.round.open_opinions[0].party)


def _extended(_act: Act, now: Situation, setting: Setting) -> e.Event:
    longest = term("extension", now.case.received or now.on).amount
    days = setting.random.choice((longest, longest, longest // 2))
    return e.Extended(on=now.on, days=days)


def _fee_notified(_act: Act, now: Situation, setting: Setting) -> e.Event:
    position = setting.leaning.position
    if position:
        owed = fee_of_item(position, now.on)
        return e.FeeNotified(on=now.on, basis="items", pieces=position, yuan=owed)
    pages = setting.random.randint(FEWEST_PAGES, MOST_PAGES)
    owed = fee_by_pages(pages, now.on)
    return e.FeeNotified(on=now.on, basis="pages", pieces=pages, yuan=owed)


def _fee_paid(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    fee = now.case.round.fee
    return e.FeePaid(on=now.on, yuan=fee.yuan if fee else 0)


def _refunded(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    fees = [each.fee for each in now.case.rounds if each.fee]
    left = sum(fee.collected - fee.refunded for fee in fees)
    return e.FeeRefunded(on=now.on, yuan=max(1, left // 2))


def _decided(_act: Act, now: Situation, setting: Setting) -> e.Event:
    leaning = setting.leaning.grounds
    able = {
        known.code: weights.GROUNDS[known.code] * leaning.get(known.code, 1.0)
        for known in grounds_open(now)
    }
    ground = setting.draw(able)
    made = e.Decided(on=now.on, ground=ground)
    if ground == "P1":
        parts = {c: w for c, w in weights.WITHHELD.items() if not ground_refusal(c, now)}
        made = replace(made, withheld=(setting.draw(parts),))
    return replace(made, overrides="unsound") if overrides(made, now.case) else made


def _dispatched(_act: Act, now: Situation, setting: Setting) -> e.Event:
    return e.Dispatched(on=now.on, mode=setting.draw(weights.MODES[setting.delivery]))


def _delivered(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    answer = now.case.round.answer
    at_once = answer and answer.mode == "on_the_spot" and answer.dispatched
    return e.Delivered(on=at_once or now.on)


def _transferred(_act: Act, now: Situation, setting: Setting) -> e.Event:
    return e.Transferred(on=now.on, to=setting.random.choice(setting.codes))


def _split(_act: Act, now: Situation, setting: Setting) -> e.Event:
    count = setting.random.choice((2, 2, 3))
    return e.Split(on=now.on, parts=tuple(f"{PART}{n}" for n in range(count)))


def _merged(_act: Act, now: Situation, _setting: Setting) -> e.Event:
    return e.Merged(on=now.on, into=WHOLE)


def _reopened(_act: Act, now: Situation, setting: Setting) -> e.Event:
    answer_by = _later(now, setting, 15, 25) if setting.random.random() < HALF else None
    cause = setting.leaning.cause or setting.draw(weights.CAUSES)
    return e.Reopened(on=now.on, cause=cause, answer_by=answer_by)


_DRAWN: Mapping[str, Callable[[Act, Situation, Setting], e.Event]] = {
    "reclassified": _reclassified,
    "correction_asked": lambda _, now, drawn: e.CorrectionAsked(
        on=now.on, until=_later(now, drawn, 10, 15)
    ),
    "reason_asked": lambda _, now, drawn: e.ReasonAsked(
        on=now.on, until=_later(now, drawn, 7, 10)
    ),
    "reason_accepted": _reason_accepted,
    "consulted": _consulted,
    "consultation_delivered": _consultation_delivered,
    "opinion_received": _opinion_received,
    "silence_noted": _silence,
    "consultation_recalled": _recalled,
    "extended": _extended,
    "fee_notified": _fee_notified,
    "fee_paid": _fee_paid,
    "fee_refunded": _refunded,
    "decided": _decided,
    "dispatched": _dispatched,
    "delivered": _delivered,
    "transferred": _transferred,
    "split": _split,
    "merged": _merged,
    "reopened": _reopened,
}
