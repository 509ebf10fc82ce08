"""Figures of table 二 that no count can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import impossible
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="S201",
    name="disclosure-figure-impossible",
    weight=Weight.BREACH,
    message="{table}“{cell}”填作{figure}：{why}",
)
def disclosure_figure_impossible(evidence: Evidence) -> Iterator[Fault]:
    """表二里有负数，或者件数带小数。

    查什么：表二的件数是否为非负整数，收费金额是否不小于0。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二
    为什么：件数不可能是负的，也不可能有半件；这样的数多半填错了格或者带错了单位。
    例：“行政许可”填作12.5，“行政事业性收费”填作-3。
    何时不算错：收费金额以万元计，可以有小数；2019年版的“本年增/减”可以是负数；数字后面
    印着“万”一类单位的，由单位的规则提示。
    怎么改：按台账填整数；金额没有的填0。
    """
    yield from impossible(evidence, "disclosure")
