"""What may be recorded in a review or suit as it stands, and why anything else may not.

Folding a history (`disputes.replay_dispute`) asks only whether it can be read;
here it is asked whether a record says something that can have happened.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.deadlines import Running, answer_term
from mingtang.case.disputes import Answered, CopyReceived, Ruled, replay_dispute
from mingtang.case.events import Reopened
from mingtang.case.outcome import PROCEDURES, outcome, outcomes
from mingtang.case.permitting import NotPermittedError
from mingtang.case.recording import kind_of
from mingtang.case.reopening import basis
from mingtang.case.replaying import replay, standing
from mingtang.case.steps import ImpossibleHistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from mingtang.case.disputes import Dispute, DisputeEvent
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook


class Untold(StrEnum):
    """Why who disputes a decision may not have it yet: not sent, or not arrived."""

    UNSENT = "unsent"
    UNSERVED = "unserved"


class Proceeding(NamedTuple):
    """Something that can be recorded in a dispute (登记事项), with its source.

    `event` is the kind of event it writes.
    """

    event: str
    title: str
    cite: str


_COPY = "行政复议法（2023年修订）第四十八条；行政诉讼法（2017年修正）第六十七条"
_STAY = "行政复议法（2023年修订）第三十九条；法释〔2018〕1号第八十七条"
_RULING = "行政复议法（2023年修订）第五章；行政诉讼法（2017年修正）第七章"
_APPEAL = "行政诉讼法（2017年修正）第八十五条；行政诉讼法（2017年修正）第九十条"
_ANEW = {"review": basis("review").cite, "suit": basis("judgment").cite}
_NOT_YET = (
    "裁判还没有生效，不能据此重新处理：上诉期满没有上诉的，登记同一结果生效时勾选案件；"
    "上诉的，以二审裁判为准（行政诉讼法（2017年修正）第八十五条）"
)
FILING = Proceeding(
    "filed", "登记提起", "政府信息公开条例（2019年修订）第五十一条；第五十条"
)
PROCEEDINGS = (
    Proceeding("copy_received", "收到申请书、起诉状副本", _COPY),
    Proceeding("answered", "提交答复、答辩和证据", _COPY),
    Proceeding("suspended", "中止审理", _STAY),
    Proceeding("resumed", "恢复审理", _STAY),
    Proceeding("ruled", "登记决定、裁判", _RULING),
    Proceeding("appealed", "登记上诉、再审", _APPEAL),
)
"""What can follow the filing, in the order of a dispute's life."""


def proceedings_open(dispute: Dispute) -> tuple[Proceeding, ...]:
    """Return what may be recorded in a dispute now.

    >>> from datetime import date
    >>> from mingtang.case.disputes import Filed
    >>> filed = replay_dispute([Filed(on=date(2026, 5, 6), procedure="review")])
    >>> [each.event for each in proceedings_open(filed)]
    ['copy_received', 'suspended', 'ruled']
    """
    return tuple(each for each in PROCEEDINGS if not _refusal(each.event, dispute))


def untimely(history: Sequence[Event], filed: date, rulebook: Rulebook) -> str | None:
    """Return why nobody can have disputed a case on a day, in Chinese, or None.

    ``history`` is the case's own. Before the first answer only its absence can be
    disputed, once the term is over (行政复议法第十一条, 行政诉讼法第四十七条); what is
    told in an ending without an answer can be from then on.
    """
    case = replay(_first_round(history))
    if filed < case.submitted:
        return f"提起日期{filed}早于收到申请之日{case.submitted}"
    told = [end.on for end in (case.round.answer, case.closing) if end]
    answer = answer_term(case, rulebook)
    if answer is None or any(filed >= on for on in told):
        return None
    if answer.running in {Running.STOPPED, Running.PAUSED} and answer.due is None:
        return f"{filed}还没有答复，答复期限停止计算，谈不上逾期不答复"
    if answer.due is None or filed > answer.due:
        return None
    return (
        f"{filed}还没有答复，答复期限到{answer.due}：期限届满以前没有可以申请复议、"
        "起诉的行为；请核对提起日期和案件编号"
    )


def untold(history: Sequence[Event], filed: date) -> Untold | None:
    """Return whether what is disputed had not gone out or not arrived on a day.

    None where it had arrived, and where its absence is disputed. The term of a review
    or suit runs from when the decision is known (行政复议法第二十条, 行政诉讼法第四十六条).
    """
    rounds = reversed(replay(history).rounds)
    answers = (each.answer for each in rounds if each.answer and each.answer.on <= filed)
    answer = next(answers, None)
    if answer is None or (answer.delivered and answer.delivered <= filed):
        return None
    sent = answer.dispatched is not None and answer.dispatched <= filed
    return Untold.UNSERVED if sent else Untold.UNSENT


def order_refusal(event: DisputeEvent) -> str | None:
    """Return why no case is to be answered anew by what happened, in Chinese, or None.

    A judgment of first instance orders nothing before it binds (行政诉讼法第八十五条).
    """
    if not isinstance(event, Ruled):
        return "只有决定、裁判才能责令重新处理"
    known = outcome(event.outcome)
    if known.reopens:
        return None if event.final else _NOT_YET
    titles = [
        each.title
        for each in outcomes()
        if each.reopens and each.procedure == known.procedure
    ]
    return (
        f"“{known.title}”不责令重新处理，请不要勾选案件：只有{'、'.join(titles)}"
        f"才会重新作出处理（{_ANEW[known.procedure]}）"
    )


def _first_round(history: Sequence[Event]) -> tuple[Event, ...]:
    """Return what counts of a case until it was first opened anew."""
    counting = standing(history)
    again = (n for n, event in enumerate(counting) if isinstance(event, Reopened))
    return counting[: next(again, None)]


def admit_dispute(history: Sequence[DisputeEvent], event: DisputeEvent) -> None:
    """Return if an event may follow a dispute's history; else say why not.

    Raises `NotPermittedError`, with the source, where it cannot have happened so.
    """
    asked = next((e for e in PROCEEDINGS if e.event == kind_of(event)), FILING)
    why = None
    try:
        if history:
            dispute = replay_dispute(history)
            why = _refusal(asked.event, dispute) or _fault(event, dispute)
        if why is None:
            replay_dispute([*history, event])
    except ImpossibleHistoryError as problem:
        why = str(problem)
    if why:
        raise NotPermittedError(asked.title, why, asked.cite)


def _refusal(kind: str, dispute: Dispute) -> str | None:
    if kind == "filed":
        return "提起只能登记一次"
    if dispute.ended and kind != "appealed":
        return "已经审结，除再审外不能再登记"
    return _CONDITIONS[kind](dispute)


def _appealed(dispute: Dispute) -> str | None:
    if dispute.kind == "review":
        return "复议决定不能上诉；不服复议决定起诉的，另行登记一件诉讼"
    if not dispute.rulings or dispute.appealed:
        return "尚无可以上诉、再审的裁判"
    return None


_CONDITIONS: Mapping[str, Callable[[Dispute], str | None]] = {
    "copy_received": lambda d: "副本已经收到" if d.copy else None,
    "answered": lambda d: (
        "已经提交过" if d.answered else None if d.copy else "尚未登记收到副本"
    ),
    "suspended": lambda d: "已经中止" if d.suspended else None,
    "resumed": lambda d: None if d.suspended else "没有中止",
    "ruled": lambda _: None,
    "appealed": _appealed,
}


def _fault(event: DisputeEvent, dispute: Dispute) -> str | None:
    """Return what is wrong with an event's own particulars, in Chinese, or None."""
    if isinstance(event, Answered) and dispute.copy and event.on < dispute.copy.on:
        return f"{event.on}早于收到副本之日{dispute.copy.on}"
    if isinstance(event, CopyReceived) and event.answer_by and event.answer_by < event.on:
        return f"答复期限{event.answer_by}早于收到副本之日{event.on}"
    if dispute.rulings and event.on < dispute.rulings[-1].on:
        return f"{event.on}早于上次裁判之日{dispute.rulings[-1].on}"
    if dispute.appealed and event.on < dispute.appealed:
        return f"{event.on}早于上诉、再审之日{dispute.appealed}"
    if isinstance(event, Ruled):
        return _ruling_fault(event, dispute)
    return None


def _ruling_fault(event: Ruled, dispute: Dispute) -> str | None:
    try:
        known = outcome(event.outcome)
    except KeyError:
        return f"没有“{event.outcome}”这种审理结果"
    procedure = "review" if dispute.kind == "review" else "suit"
    if known.procedure != procedure:
        return f"“{known.title}”不是{PROCEDURES[procedure]}的结果"
    if dispute.kind == "review" and not event.final:
        return "复议决定就是终局的结果，须登记为生效"
    waits = dispute.rulings and not dispute.appealed
    if waits and not (event.final and event.outcome == dispute.rulings[-1].outcome):
        return "上次裁判尚未上诉：没有上诉的，登记同一结果生效；上诉的，先登记上诉"
    return None
