"""Headings of the form in another order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.law.citation import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F104",
    name="headings-out-of-order",
    weight=Weight.BREACH,
    message="各部分次序不对：文中依次是第{order}部分，应从第一部分排到第六部分",
)
def headings_out_of_order(evidence: Evidence) -> Iterator[Fault]:
    """各部分没有按规定的次序排列。

    查什么：文中出现的各部分，先后是否与格式一致。缺的部分不影响次序。
    依据：国办公开办函〔2021〕30号
    为什么：次序固定，不同机关、不同年度的报告才能对着看。
    例：“五、存在的主要问题及改进情况”排在“四、政府信息公开行政复议、行政诉讼情况”之
    前。
    何时不算错：目录或者前言里列举各部分，不算各部分本身。
    怎么改：整段移动，使六个部分依次排列；移动后核对序号。
    """
    order = list(dict.fromkeys(filter(None, evidence.numbers)))
    if not evidence.owes_the_form or order == sorted(order):
        return
    known = {
        section.number: section
        for section in reversed(evidence.report.sections)
        if section.number
    }
    early = [after for before, after in pairwise(order) if after < before]
    printed = "、".join(numeral(number) for number in order)
    yield Fault(
        {"order": printed},
        tuple(known[number].place for number in early),
        quote=known[early[0]].heading,
        subject=printed,
    )
