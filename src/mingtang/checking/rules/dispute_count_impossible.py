"""Figures of table 四 that no count can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import impossible
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="S403",
    name="dispute-count-impossible",
    weight=Weight.BREACH,
    message="{table}“{cell}”填作{figure}：{why}",
)
def dispute_count_impossible(evidence: Evidence) -> Iterator[Fault]:
    """表四里有负数或者小数。

    查什么：表四的每一格是否为非负整数。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）四
    为什么：复议、诉讼按件计，不可能是负的，也不可能有半件。
    例：“尚未审结”填作-1。
    何时不算错：没有例外。数字后面印着“万”一类单位的，由单位的规则提示。
    怎么改：按台账填整数；要表示减少的，在文字里说明，不要填负数。
    """
    yield from impossible(evidence, "disputes")
