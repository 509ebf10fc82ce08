"""A sub-heading's number that stands twice in one run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_BRACKETS = "（("
_MARK = re.compile(
    r"[ \t\u3000\xa0]*[（(]([一二三四五六七八九十]{1,3})[)）][^。：:\n]{0,30}"
)


@rule(
    code="F108",
    name="subheading-number-repeated",
    weight=Weight.DOUBT,
    message="序号“（{number}）”在同一部分里用了两次：“{quote}”；后面的序号应顺延",
)
def subheading_number_repeated(evidence: Evidence) -> Iterator[Fault]:
    """同一部分里小标题序号重复。

    查什么：每一部分里以（一）（二）起头的段落，一轮之内有没有两个相同的序号。
    依据：党政机关公文格式（GB/T 9704—2012）
    为什么：序号重复，多半是增删段落后没有改，也可能漏了一段。
    例：“（二）政府信息管理情况”之后又是“（二）制度建设情况”。
    何时不算错：重新从（一）排起的是另一轮，如问题一轮、措施一轮。
    怎么改：核对有没有漏段，再把序号顺延。
    """
    for part in evidence.parts.values():
        if not says(part.text, _BRACKETS):
            continue
        seen: set[str] = set()
        for index, match in enumerate(map(_MARK.match, part.lines)):
            if match is None:
                continue
            number = match[1]
            if number == "一":
                seen = set()
            elif number in seen:
                hit = part.opening(index, match)
                quote = hit.quote.strip()
                yield Fault({"number": number, "quote": quote}, (hit.place,), quote=quote)
            seen.add(number)
