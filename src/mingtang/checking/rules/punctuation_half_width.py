"""Half-width marks in Chinese prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_AROUND = 4
_MARKS = ",;:?!("
# All marks in one set first: such a pattern is found many times faster.
_HALF = re.compile(
    r"[,;:?!(](?:(?<=[\u4e00-\u9fff”》][,;:?!])(?=[\u4e00-\u9fff“《])"
    r"|(?<=\()[^()\n]*[\u4e00-\u9fff][^()\n]*\))"
)


@rule(
    code="F303",
    name="punctuation-half-width",
    weight=Weight.NOTE,
    message="中文里用了半角标点，共{count}处，如“{quote}”；宜用全角",
)
def punctuation_half_width(evidence: Evidence) -> Iterator[Fault]:
    """中文里用了半角标点。

    查什么：汉字之间的半角逗号、分号、冒号、问号、叹号，以及括着汉字的半角括号。
    依据：标点符号用法（GB/T 15834—2011）
    为什么：全角半角混用不影响意思，但版面不齐，检索时也要多想一种写法。
    例：“根据《条例》规定,向社会公布”。
    何时不算错：数字、英文之间的半角标点不算。网页系统自动转换的，原稿可能无误。
    怎么改：统一换成全角标点。
    """
    if not says(evidence.prose.text, _MARKS):
        return
    found = list(_HALF.finditer(evidence.prose.text))
    if found:
        start, end = found[0].span()
        line = evidence.prose.text.rfind("\n", 0, start) + 1
        place, quote = evidence.prose.spot(max(start - _AROUND, line), end + _AROUND)
        yield Fault(
            {"count": len(found), "quote": quote}, (place,), quote=quote, subject="half"
        )
