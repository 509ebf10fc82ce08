"""A heading of the form that stands nowhere in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.extent import has_words
from mingtang.checking.headings import sections_of
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_EVERY = frozenset(range(1, 7))
_TABLES_ALONE = "文件只有表格，没有文字，没有判断标题、题目、落款和各部分的内容"


@rule(
    code="F101",
    name="heading-missing",
    weight=Weight.BREACH,
    message="没有读到标题“{heading}”：{why}",
)
def heading_missing(evidence: Evidence) -> Iterator[Fault]:
    """规定的部分没有标题。

    查什么：六个部分的标题是否都在文中。只看有没有，文字、序号和次序另有规则。
    依据：政府信息公开条例（2019年修订）第五十条；国办公开办函〔2021〕30号
    为什么：年度报告的内容由条例定死，不能遗漏。没有标题，读者就找不到这一部分，也无从知道
    是没有写还是没有发生。
    例：前言说“由六个部分组成”，正文里却没有“四、政府信息公开行政复议、行政诉讼情况”。
    何时不算错：2018年度及以前的报告不用这个格式。文字被截断的网页也会缺标题，先看原文。
    只有表格、没有一个字的文件（例如明堂写出的 CSV）不判断。
    怎么改：补上标题和内容；没有发生的写明没有，表格填0。
    """
    found = set(evidence.numbers)
    if not evidence.owes_the_form or found >= _EVERY:
        return
    if evidence.form is not None and not has_words(evidence):
        words = {"heading": "一至六部分", "why": _TABLES_ALONE}
        yield Fault(words, subject="all", assessed=False)
        return
    if not found - {None}:
        every = "一至六部分"
        yield Fault({"heading": every, "why": "六个部分的标题一个也没有"}, subject="all")
        return
    for title in sections_of(evidence.report):
        if title.number not in found:
            why = "这一部分必须有，没有发生的也要写明"
            yield Fault({"heading": title.heading, "why": why}, subject=str(title.number))
