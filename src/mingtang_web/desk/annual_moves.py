"""The steps of a report's review: their words, who may, in which states, what each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as lazy

from mingtang_web.annual import policy, reviewing
from mingtang_web.annual.models import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.policy import Act
    from mingtang_web.cases.actions import Doing


class Move(NamedTuple):
    """A step that may be offered: who may, in which states, and what does it."""

    label: _StrPromise
    done: _StrPromise
    act: Act
    states: frozenset[str]
    does: Callable[[Annual, Doing], Annual]
    needs_words: bool = False
    then: _StrPromise | None = None


MOVES = {
    "send": Move(
        lazy("送审"), lazy("已送审"), policy.WRITE,
        frozenset({State.DRAFTING, State.RETURNED}), reviewing.send,
        then=lazy(
            "送给另外的人审核；审核期间不能再改，要改的先退回。"
            "改写过的句子和另写的文字里的数没有与各表比对，送审前请由人逐处核对"
        ),
    ),
    "pass": Move(
        lazy("审核通过"), lazy("已通过，转下一环节"), policy.SIGN,
        frozenset({State.IN_REVIEW}), reviewing.pass_on,
        then=lazy("转给下一环节的另一人"),
    ),
    "sign": Move(
        lazy("签发"), lazy("已签发，数字和文字就此固定"), policy.SIGN,
        frozenset({State.IN_REVIEW}), reviewing.sign,
        then=lazy("数字和文字就此固定；以后要改的，只能撤回或者编制更正的一版"),
    ),
    "return": Move(
        lazy("退回修改"), lazy("已退回修改"), policy.SIGN,
        frozenset({State.IN_REVIEW}), reviewing.send_back, needs_words=True,
    ),
    "publish": Move(
        lazy("公布"),
        lazy("已公布，五种格式的文件已生成；请下载，登到本机关网站的年度报告专栏"),
        policy.PUBLISH, frozenset({State.SIGNED}), reviewing.publish,
        then=lazy("生成五种格式的文件；主管机关在收集年报的，同时报送给它"),
    ),
    "correct": Move(
        lazy("更正：编制新的一版"), lazy("已开始编制新的一版；原版保留"), policy.CORRECT,
        frozenset({State.PUBLISHED, State.WITHDRAWN}), reviewing.correct, needs_words=True,
    ),
    "withdraw": Move(
        lazy("撤回"), lazy("已撤回；原文保留"), policy.CORRECT,
        frozenset({State.SIGNED, State.PUBLISHED}), reviewing.withdraw, needs_words=True,
    ),
    "discard": Move(
        lazy("放弃草稿"), lazy("草稿已放弃；记录保留，可以重新编制"), policy.WRITE,
        frozenset({State.DRAFTING}), reviewing.discard, needs_words=True,
    ),
}  # fmt: skip


ANOTHERS = frozenset({"pass", "sign"})
"""The steps for somebody who had no hand in the report yet."""
HALTING = {
    "send": lazy(
        "送审以后，“%(stage)s”环节没有人能办：担任这一职责、能登录的人，都参与了编制，或者要办别的环节"
        "（一个人只办一个环节）。请先由管理员在“机关”页面给另一人加上职责，或者省去承办机构环节"
    ),
    "pass": lazy(
        "您通过以后，“%(stage)s”环节就没有人能办了（编制的人不能审核签发，一个人只办一个环节）。"
        "请让另一人通过这一环节，或者先由管理员在“机关”页面给另一人加上职责"
    ),
}
"""What is said where a step would leave a later stage with nobody."""
WHOLE = frozenset({"send", "sign"})
"""The steps that only a report takes which lacks nothing."""
