"""Words that are surely misprinted, doubled letters and marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

# Each begins with a plain letter or set: such a pattern is found many times faster.
_MARKS = re.compile(r"[，、；：。][，、；：。]+")
# Three full stops or more are meant as dots.
_DOTS = "。。。"
_MISPRINTS = (
    "依申清", "申清公开", "行政复义", "行政复仪", "行政诉松", "信息公天", "政务公天",
    "主动工开", "信息工开", "规范姓文件", "本年度止", "政府政府", "信信息", "公公开",
)  # fmt: skip
_WORDS = re.compile(
    "|".join(_MISPRINTS) + "|的的(?<!目的的)(?![确士])|了了(?<!不了了)(?!解)"
    "|及及(?<![以涉普触遍危]及及)(?![时早第])"
)


@rule(
    code="F301",
    name="misprint-in-text",
    weight=Weight.DOUBT,
    message="疑似错字或者标点重复：“{quote}”；请核对",
)
def misprint_in_text(evidence: Evidence) -> Iterator[Fault]:
    """文字里有明显的错字、叠字或者标点重复。

    查什么：一张固定的错字表、误叠的字和连用的标点。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：公布的政府信息应当准确，错字会让人怀疑别处也没有校对。
    例：“行政复仪”“，，”“工作的的基础”。
    何时不算错：引用原文、机关名称里本来如此的。
    怎么改：照原意改正；自己的稿子在公布前校对一遍。
    """
    for pattern in (_MARKS, _WORDS):
        for hit in evidence.prose.hits(pattern):
            if hit.quote.startswith(_DOTS):
                continue
            yield Fault({"quote": hit.quote}, (hit.place,), quote=hit.quote)
