"""An overview much longer than the customary thousand characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_LIMIT = 1000


@rule(
    code="F115",
    name="overview-overlong",
    weight=Weight.NOTE,
    message="“一、总体情况”有{count}字，超过1000字；有的地方要求不超过1000字",
)
def overview_overlong(evidence: Evidence) -> Iterator[Fault]:
    """总体情况篇幅过长。

    查什么：第一部分的字数是否超过1000字，空格不计。
    依据：国办公开办函〔2021〕30号
    为什么：格式要求内容不宜泛化。有的地方明确总体情况不超过1000字，过长往往写了别的工作。
    例：一段领导讲话加五个方面，共2600字。
    何时不算错：字数是地方的要求，全国没有规定，这里只作提示。
    怎么改：删去与信息公开无关的内容，数字留给表格。
    """
    section = evidence.report.section(1)
    words = evidence.words(1)
    if section is None or len(words) <= _LIMIT:
        return
    count = len("".join(words.split()))
    if count > _LIMIT:
        yield Fault({"count": count}, (section.place,), quote=section.heading, subject="一")
