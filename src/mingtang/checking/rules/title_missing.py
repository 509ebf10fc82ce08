"""A report without a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F201",
    name="title-missing",
    weight=Weight.DOUBT,
    message="没有读到题目；题目应为“机关全称、年份、政府信息公开工作年度报告”",
)
def title_missing(evidence: Evidence) -> Iterator[Fault]:
    """没有题目。

    查什么：文中有没有“年度报告”一类的题目。
    依据：国办公开办函〔2021〕30号
    为什么：没有题目，就不知道是哪个机关、哪一年的报告。
    例：下载的文件第一行就是“一、总体情况”。
    何时不算错：题目只印在网页栏目上、正文里没有的，由人判断。
    怎么改：在正文最前面写上题目。
    """
    if evidence.report.title is None and evidence.prose.text:
        yield Fault({}, subject="title")
