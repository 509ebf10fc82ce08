"""Topics of the overview promoted to parts, or numerals that begin anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.law.citation import numeral
from mingtang.text import fold, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from mingtang.checking.evidence import Evidence
    from mingtang.report import Section

_TABLE_LINE = re.compile(r"一本年新收|二上年|三本年度办理|四结转")
_TOPIC = re.compile(r"主动公开|申请公开|信息管理|平台建设|监督保障|组织领导|制度建设")


@rule(
    code="F106",
    name="numbering-restarted",
    weight=Weight.BREACH,
    message="“{heading}”不是规定的部分，却{why}；应作为下一级写进所属部分",
)
def numbering_restarted(evidence: Evidence) -> Iterator[Fault]:
    """序号重新起头，或者综述的方面升成了部分。

    查什么：六个部分之外，有没有标题用了与某一部分相同的序号，或者把总体情况的五个方面各立
    成一部分。
    依据：国办公开办函〔2021〕30号
    为什么：同一个“二、”指两处内容，读者和汇总的人都会取错。
    例：先是“一、主动公开”到“五、监督保障”，接着又从“一、总体情况”排起。
    何时不算错：第六部分之后另有“七、附件”之类，序号不重复，只作提示。
    怎么改：五个方面用（一）到（五），写在“一、总体情况”里面；六个部分用一到六。
    """
    if not evidence.owes_the_form or None not in evidence.numbers:
        return
    taken = {section.ordinal for section in evidence.report.sections if section.number}
    for section in evidence.report.sections:
        why = restart(section, taken)
        if why:
            yield Fault(
                {"heading": section.heading, "why": why},
                (section.place,),
                quote=section.heading,
            )


def restart(section: Section, taken: Set[int | None]) -> str | None:
    """Return how a part that the form does not know starts the numerals anew."""
    if section.number is not None or section.ordinal is None:
        return None
    if broke_loose(section):
        return None
    if section.ordinal in taken:
        return f"与规定的第{numeral(section.ordinal)}部分用了同一个序号"
    if _TOPIC.search(fold(section.heading)):
        return "把综述的一个方面排成了与六个部分并列的一部分"
    return None


def broke_loose(section: Section) -> bool:
    """Return whether the heading is a line of table 三 that lost its table.

    Those lines are numbered like parts, and a text that breaks off inside one
    leaves it looking like a heading.
    """
    return _TABLE_LINE.match(label_key(section.heading)) is not None
