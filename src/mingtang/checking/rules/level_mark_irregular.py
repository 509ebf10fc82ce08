"""Second-level marks other than （一） under a numbered part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.law.citation import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CHINESE = re.compile(r"[ \t\u3000\xa0]*[（(][一二三四五六七八九十]{1,3}[)）]")
_ARABIC = re.compile(
    r"[ \t\u3000\xa0]*(?:[（(][0-9]{1,2}[)）]|[0-9]{1,2}[.\uff0e、](?![0-9]))"
    r"[^。：:\n]{0,20}"
)
_AT_LEAST = 2


@rule(
    code="F109",
    name="level-mark-irregular",
    weight=Weight.NOTE,
    message="第{section}部分的小标题用“{mark}”一类的序号；一级用“一、”时，二级通常用“（一）”",
)
def level_mark_irregular(evidence: Evidence) -> Iterator[Fault]:
    """小标题的层次序号跳级。

    查什么：各部分里没有（一）一级，却直接用（1）或者1.作小标题。
    依据：党政机关公文格式（GB/T 9704—2012）
    为什么：公文的层次序号依次为一、（一）、1.、（1）。跳级不影响内容，但显得不齐。
    例：“一、总体情况”下面直接是“（1）政府信息主动公开情况”。
    何时不算错：格式没有规定二级序号，这里只作提示。
    怎么改：把（1）改为（一），其余顺改。
    """
    for number, part in sorted(evidence.parts.items()):
        if len(part.lines) < _AT_LEAST or any(map(_CHINESE.match, part.lines)):
            continue
        found = enumerate(map(_ARABIC.match, part.lines))
        hits = [part.opening(index, match) for index, match in found if match is not None]
        if len(hits) >= _AT_LEAST:
            mark = hits[0].quote.strip()
            yield Fault(
                {"section": numeral(number), "mark": mark},
                tuple(hit.place for hit in hits),
                quote=mark,
                subject=str(number),
            )
