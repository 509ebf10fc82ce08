"""Section five with nothing in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_LONGEST = 12
_NOTHING = re.compile(r"(?:无|没有|暂无|略|不存在|无问题|本年度?无|/|-|—)*[。.]?")


@rule(
    code="F113",
    name="improvement-section-empty",
    weight=Weight.BREACH,
    message="“{heading}”没有内容；存在的问题和改进情况都要写",
)
def improvement_section_empty(evidence: Evidence) -> Iterator[Fault]:
    """问题及改进部分没有内容。

    查什么：第五部分是不是空的，或者只写“无”。
    依据：政府信息公开条例（2019年修订）第五十条第一款第（四）项
    为什么：条例要求报告存在的主要问题及改进情况。写“无”等于没有报告，属于敷衍。
    例：标题“五、存在的主要问题及改进情况”下面只有“无。”。
    何时不算错：第五部分的文字被截断或者做成图片的，先看原文。
    怎么改：写清今年的主要问题、上年问题的改进情况和下一步措施。
    """
    section = evidence.report.section(5)
    if section is None or not evidence.owes_the_form:
        return
    words = evidence.words(5).strip()
    if len(words) <= _LONGEST and _NOTHING.fullmatch(squeeze(words)):
        places = [section.place]
        places += [paragraph.place() for paragraph in section.paragraphs[:1]]
        yield Fault({"heading": section.heading}, tuple(places), quote=section.heading)
