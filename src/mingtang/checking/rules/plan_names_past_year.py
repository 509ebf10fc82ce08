"""A plan for a year that is already over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import shortened
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_PLAN = re.compile(
    r"(?:^|(?<=[。；]))[ \t\u3000\xa0]*在?(20[0-9]{2})\s*年度?(?:的|里|内|中)?[^。；\n]*?"
    r"(?:将(?:进一步|继续|持续|着力|重点|从|以|不断|按照|围绕|坚持|严格|认真|结合|努力|加强|在|做好)"
    r"|力争|下一步|努力做到|打算|拟)[^。；\n]*",
    re.MULTILINE,
)
_YEAR = re.compile(r"20[0-9]{2}")
_DONE = re.compile(r"取得|存在|不足|问题|已|了|有待|虽|但|成效|完成|上年|去年|工作中")


@rule(
    code="F210",
    name="plan-names-past-year",
    weight=Weight.DOUBT,
    message="第五部分的打算写的是{named}年：“{quote}”；{year}年度报告的打算应在{next_year}年或以后",
)
def plan_names_past_year(evidence: Evidence) -> Iterator[Fault]:
    """下一年的打算写成了报告年度或者更早。

    查什么：第五部分里表示打算的句子，句首写的年份是否还是报告年度或者以前。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：已经过去的年份不能再打算，多半是照抄上年的稿子。
    例：2024年度报告写“2024年……力争做到公开及时、内容全面”。
    何时不算错：说的是上级当年文件的名称，或者回顾当年工作的，不算；句中有“取得”“存在”
    “已”等字样的不报。
    怎么改：改成下一年，并核对整段是不是旧稿。
    """
    year = evidence.report.year
    part = evidence.parts.get(5)
    if part is None or year is None:
        return
    if not any(int(named) <= year for named in _YEAR.findall(part.text)):
        return
    for hit in part.hits(_PLAN):
        if int(hit.match[1]) <= year and not _DONE.search(hit.match[0]):
            quote = hit.quote.strip()
            words = {
                "named": hit.match[1],
                "quote": shortened(quote),
                "year": year,
                "next_year": year + 1,
            }
            yield Fault(words, (hit.place,), quote=quote)
