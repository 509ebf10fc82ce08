"""What the law permits in a case on a day, and what it refuses, with the article.

`offers` is what a desk shows; `admit` is asked again with the very event before
it is written. Both read the same table and the same conditions, so that what is
not offered is refused and what is offered is admitted, if its own particulars
are in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.act import Act, act_of, acts, title_of
from mingtang.case.beginning import first_fault
from mingtang.case.choosing import grounds_open, refused_ground, rests_on
from mingtang.case.clock import begins_anew
from mingtang.case.conditions import condition, confirmation_warning, last_day
from mingtang.case.deadlines import ran_out
from mingtang.case.events import Divided, Split, Struck, Submitted
from mingtang.case.particulars import fault
from mingtang.case.replaying import replay, standing
from mingtang.case.situation import Situation
from mingtang.case.state import PHASE_NAMES
from mingtang.case.steps import ImpossibleHistoryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook


class NotPermittedError(ValueError):
    """The law forbids an act in the case as it stands (不得办理).

    `title` is what was attempted, `why` the reason, `cite` the source, all in
    Chinese.
    """

    def __init__(self, title: str, why: str, cite: str) -> None:
        self.title = title
        self.why = why
        self.cite = cite
        super().__init__(f"不能“{title}”：{why}（{cite}）")


class Offer(NamedTuple):
    """An act that may be done now.

    `until` is the last day on which it is in time, None where none is set or none
    can be said; `warning` says in Chinese what is amiss when it is done late;
    `consequence` what follows as the case stands.
    """

    act: Act
    until: date | None
    warning: str | None
    consequence: str


def offers(now: Situation) -> tuple[Offer, ...]:
    """Return the acts the law permits now, in the order of a case's life.

    >>> from datetime import date
    >>> from mingtang.case.events import Submitted
    >>> from mingtang.case.rulebook import Rulebook
    >>> day = date(2026, 3, 2)
    >>> online = replay([Submitted(on=day, channel="online", applicant="person")])
    >>> [offer.act.id for offer in offers(Situation(online, day, Rulebook()))]
    ['confirm', 'reclassify', 'withdraw', 'transfer', 'merge']
    """
    return tuple(
        Offer(known, last_day(known.id, now), _warning(known, now), consequence(known, now))
        for known in acts()
        if refusal(known, now) is None
    )


def consequence(known: Act, now: Situation) -> str:
    """Return what follows from an act as the case stands, in Chinese."""
    return known.too_late if known.too_late and _too_late(known, now) else known.consequence


def _too_late(known: Act, now: Situation) -> bool:
    """Return whether an act comes too late to move the answer's term."""
    if known.role:
        return ran_out(now.term, now.on, now.rulebook)
    correction = now.case.correction
    asked = correction.asked if correction else now.on
    return not begins_anew(now.case, asked, now.rulebook)


def refusal(asked: Act, now: Situation) -> str | None:
    """Return why an act may not be done now, in Chinese; None where it may."""
    if now.phase not in asked.phases:
        phases = "、".join(PHASE_NAMES[phase] for phase in sorted(asked.phases))
        return f"案件处于“{PHASE_NAMES[now.phase]}”，此事只能在“{phases}”时办理"
    if asked.id == "decide" and not grounds_open(now):
        return "此时没有可以依据的办理结果：等待的期限尚未届满"
    return condition(asked.id, now)


def admit(history: Sequence[Event], event: Event, rulebook: Rulebook) -> None:
    """Return if an event may lawfully follow a history; else say why not.

    Raises `NotPermittedError` where the law, the phase or the event's own
    particulars stand against it, `ImpossibleHistoryError` where the history itself
    cannot be read.
    """
    if not history:
        _admit_first(event)
        return
    if isinstance(event, Struck):
        _admit_strike(history, event, rulebook)
        return
    now = Situation(replay(history), event.on, rulebook)
    asked = act_of(event)
    if asked is None:
        raise NotPermittedError(title_of(event), "案件已经有第一条记录", _RECEIPT)
    why = refusal(asked, now)
    if why:
        raise NotPermittedError(asked.title, why, asked.cite)
    why = fault(event, now)
    if why:
        code = refused_ground(event, now)
        raise NotPermittedError(asked.title, why, rests_on(code) if code else asked.cite)


_RECEIPT = "政府信息公开条例（2019年修订）第三十一条"
_REGISTER, _STRIKE = "登记申请", "更正登记"
_LEDGER = "政府信息公开条例（2019年修订）第四十五条"


def _admit_first(event: Event) -> None:
    if not isinstance(event, Submitted | Divided):
        why = "案件的第一条记录须是收到申请"
        raise NotPermittedError(title_of(event), why, _RECEIPT)
    wrong = first_fault(event)
    if wrong:
        raise NotPermittedError(_REGISTER, wrong, _RECEIPT)


def _admit_strike(history: Sequence[Event], event: Struck, rulebook: Rulebook) -> None:
    if event.entry == 0:
        why = "收到申请的记录不能更正，只能另行登记"
        raise NotPermittedError(_STRIKE, why, _LEDGER)
    try:
        rest = standing([*history, event])
        replay(rest)
    except ImpossibleHistoryError as problem:
        why = f"去掉这条记录后，其余记录不能成立：{problem}"
        raise NotPermittedError(_STRIKE, why, _LEDGER) from problem
    if isinstance(history[event.entry], Split):
        why = "拆分已经得到各子件，不能再更正；请在子件中分别办理"
        raise NotPermittedError(_STRIKE, why, _LEDGER)
    broken = _broken(standing(history), rest, rulebook)
    if broken:
        why = f"去掉这条记录后，后面的记录不能成立：{broken}"
        raise NotPermittedError(_STRIKE, why, _LEDGER)


def _broken(
    whole: Sequence[Event], rest: Sequence[Event], rulebook: Rulebook
) -> NotPermittedError | None:
    """Return why a record was lawful in the whole history and is not in the rest.

    What has become unlawful by itself, by a calendar entered since, stands.
    """
    for place, event in enumerate(rest[1:], start=1):
        refused = _refused(rest[:place], event, rulebook)
        if refused and whole[place] is not event:
            before = _refused(whole[: place + 1], event, rulebook)
            if before is None:
                return refused
    return None


def _refused(
    history: Sequence[Event], event: Event, rulebook: Rulebook
) -> NotPermittedError | None:
    try:
        admit(history, event, rulebook)
    except NotPermittedError as refused:
        return refused
    return None


def _warning(known: Act, now: Situation) -> str | None:
    until = last_day(known.id, now)
    if until is None or now.on <= until:
        return None
    if known.id == "confirm":
        return confirmation_warning(now.on, now)
    if known.id == "record_payment":
        return f"缴费期限已于{until}届满，只能登记在此之前缴纳的"
    if known.id == "notify_fee":
        return f"答复期限已于{until}届满，只能补记在此之前发出的收费通知，须经另一人审批"
    if known.id == "ask_correction":
        return f"已过一次性告知补正的期限{until}，答复期限是否重新计算依本单位口径"
    return f"已过期限{until}"
