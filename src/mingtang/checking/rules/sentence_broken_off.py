"""A section whose last words break off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.law.citation import numeral
from mingtang.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_ENDING = "，、；：,;"


@rule(
    code="F302",
    name="sentence-broken-off",
    weight=Weight.DOUBT,
    message="第{section}部分最后一句没有写完：“{quote}”",
)
def sentence_broken_off(evidence: Evidence) -> Iterator[Fault]:
    """句子没有写完。

    查什么：第一、五、六部分最后一段是否以逗号、顿号、分号或者冒号结尾。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：半句话说明有内容在复制或者删改时丢了。
    例：“下一步，我局将加强培训，”后面就是下一部分。
    何时不算错：冒号后面接表格的不算，第二、三、四部分因此不查。
    怎么改：找回原稿补全，或者删去半句。
    """
    for number in (1, 5, 6):
        part = evidence.parts.get(number)
        lines = [] if part is None else [one for one in part.printed if one.text.strip()]
        if lines and lines[-1].text.rstrip()[-1] in _ENDING:
            quote = lines[-1].text.rstrip()[-20:]
            yield Fault(
                {"section": numeral(number), "quote": quote},
                (Place(paragraph=lines[-1].number),),
                quote=quote,
            )
