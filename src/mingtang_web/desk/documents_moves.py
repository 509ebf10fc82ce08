"""The steps of a document: their words, who may, in which states, what each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as lazy

from mingtang_web.publication import drafting, policy, releasing, reviewing
from mingtang_web.publication.chains import why_not
from mingtang_web.publication.models import READY, WRITTEN, Stage, State
from mingtang_web.publication.staffing import short_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.utils.functional import _StrPromise

    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document


class Move(NamedTuple):
    """A step that may be offered: who may, in which states, and what does it.

    ``then`` says what follows and is empty for a step that does not lead on. Where
    ``by_another`` is set nobody takes it who wrote the document or passed a stage.
    """

    label: _StrPromise
    done: _StrPromise
    act: Act | None
    states: frozenset[str]
    does: Callable[[Document, Doing], Document]
    then: _StrPromise | str = ""
    words: _StrPromise | str = ""
    by_another: bool = False


MOVES = {
    "send": Move(
        lazy("送审"), lazy("已送审"), policy.WRITE, WRITTEN, reviewing.send,
        lazy("文件依次经各审核环节，其间不能修改"),
    ),
    "take_back": Move(
        lazy("撤回送审"), lazy("已撤回送审，可以继续修改"), policy.WRITE,
        frozenset({State.IN_REVIEW}), reviewing.take_back, words=lazy("撤回的理由"),
    ),
    "pass": Move(
        lazy("审核通过"), lazy("已通过，转下一环节"), None, frozenset({State.IN_REVIEW}),
        reviewing.pass_on, lazy("转到下一环节；最后一个环节通过后即可发布"),
        by_another=True,
    ),
    "return": Move(
        lazy("退回修改"), lazy("已退回"), None, frozenset({State.IN_REVIEW}),
        reviewing.send_back, words=lazy("退回的理由"),
    ),
    "publish": Move(
        lazy("发布"), lazy("已发布"), policy.PUBLISH, READY, releasing.publish,
        lazy("公众立即可见；发布前再筛查一遍，并核对与审核的文稿一字不差"),
    ),
    "unschedule": Move(
        lazy("取消定时"), lazy("已取消定时发布"), policy.PUBLISH,
        frozenset({State.SCHEDULED}), releasing.unschedule,
    ),
    "reopen": Move(
        lazy("修订"), lazy("已开始修订；新的版本逐级审核通过后才发布"), policy.WRITE,
        frozenset({State.PUBLISHED, State.FILED, State.WITHDRAWN, *READY}),
        drafting.reopen, words=lazy("为什么修订"),
    ),
    "discard": Move(
        lazy("放弃这一稿"), lazy("已放弃"), policy.WRITE, WRITTEN, drafting.discard,
        words=lazy("为什么放弃"),
    ),
    "withdraw": Move(
        lazy("撤下"), lazy("已撤下；原地址显示撤下的原因"), policy.WITHDRAW,
        frozenset(set(State) - {State.WITHDRAWN, State.DISCARDED}), releasing.withdraw,
        words=lazy("撤下的原因（公众可见）"),
    ),
}  # fmt: skip
"""Every step, by its name in the address."""
_ENOUGH = lazy(
    "请先由管理员在“机关”页面给另一人加上职责，由担任这一职责的人委托另一人代办，"
    "或者在“审核环节和索引号”里省去可省的环节"
)
HALTING = {
    "send": lazy(
        "送审以后，“%(stage)s”环节没有人能办：担任这一职责、能登录的人，都起草、修改过这一稿，或者要办"
        "别的环节（一个人只办一个环节）。%(enough)s"
    ),
    "pass": lazy(
        "您通过以后，“%(stage)s”环节就没有人能办了（起草的人不能审核，一个人只办一个环节）。"
        "这一环节请让另一人通过；没有别人的，%(enough)s"
    ),
}
"""What is said where a step would leave a later stage with nobody."""


def halting(name: str, document: Document, held: Standing) -> str:
    """Return that a step would leave a later stage with nobody, and what to do."""
    if name not in HALTING or held.user_id is None:
        return ""
    stage = short_of(document, held.user_id)
    return HALTING[name] % {"stage": stage.label, "enough": _ENOUGH} if stage else ""


def open_moves(document: Document, held: Standing) -> Iterator[tuple[str, Move]]:
    """Yield the steps that a person may take in a document as it stands."""
    for name, move in MOVES.items():
        act = move.act or policy.REVIEWING[Stage(document.stage or Stage.SECTION)]
        if document.state not in move.states or not held.allows(act, document.body):
            continue
        if _is_shut(name, document) or _is_for_another(name, move, document, held):
            continue
        yield name, move


def _is_shut(name: str, document: Document) -> bool:
    """Return whether a step has no place where a document is, whoever would take it."""
    return {
        "withdraw": not document.is_out,
        "take_back": document.position > 0,
        "pass": document.stage == Stage.SECRECY,
    }.get(name, False)


def _is_for_another(name: str, move: Move, document: Document, held: Standing) -> bool:
    """Return whether somebody else takes a step than whoever wrote or passed the document.

    Whoever wrote it and can take it back does not return it to themselves.
    """
    takes_back = not document.position and held.allows(policy.WRITE, document.body)
    apart = move.by_another or (name == "return" and takes_back)
    return apart and barred(document, held) is not None


def barred(document: Document, held: Standing) -> str | None:
    """Return why somebody whose office it is may not review now, None where they may."""
    if document.state != State.IN_REVIEW or held.user_id is None:
        return None
    if not held.allows(policy.REVIEWING[Stage(document.stage)], document.body):
        return None
    return why_not(document, held.user_id)
