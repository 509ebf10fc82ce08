"""Cells of table 二 that are blank or marked instead of filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import unfilled
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="S206",
    name="disclosure-cells-unfilled",
    weight=Weight.BREACH,
    message="{table}有{count}格没有填数：{cells}；没有发生的应填0",
)
def disclosure_cells_unfilled(evidence: Evidence) -> Iterator[Fault]:
    """表二有空格，或者填的是“/”之类。

    查什么：表二的每一格是否填了数字。空白、“/”“-”“无”都不是数字。一张表只报一次，列
    出全部空格。
    依据：国办公开办函〔2021〕30号
    为什么：空白可能是没有发生，也可能是漏填，读者分不出来；空着的格也没有办法汇总。
    例：“规章”一行三格都填“/”。
    何时不算错：没有例外。整行读不出或者不在文中的，由读取的规则提示，不在这里报。
    怎么改：没有发生的填0；漏填的按台账补上。空格补齐以后再核对勾稽关系。
    """
    yield from unfilled(evidence, "disclosure")
