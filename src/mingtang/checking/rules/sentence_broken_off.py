"""A section whose last words break off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.law.citation import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence, Prose
    from mingtang.document import Paragraph

_ENDINGS = ("，", "、", "；", "：", ",", ";")


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
        last = None if part is None else _last(part)
        if last is not None and last.text.rstrip().endswith(_ENDINGS):
            quote = last.text.rstrip()[-20:]
            yield Fault(
                {"section": numeral(number), "quote": quote},
                (last.place(),),
                quote=quote,
            )


def _last(part: Prose) -> Paragraph | None:
    """Return the last paragraph that is not empty."""
    return next((one for one in reversed(part.printed) if one.text.strip()), None)
