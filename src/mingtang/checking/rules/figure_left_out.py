"""A number that was never filled in: 主动公开信息  条."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_EMPTY = re.compile(
    r"(?:信息|公开|申请|文件|发布|制发|受理|收到|共计?)"
    r"(?:(?:[ \u3000\xa0]+|_+|[xX\xd7]{2,}|…+)[条件次份篇]|条)(?=[，。；、,;）)]|其中)"
)

# What such a gap ends with, rare enough to spare most texts the long pattern.
_END = re.compile(
    r"[条件次份篇](?<=[息开请件布发理到共计 \u3000\xa0_xX\xd7…].)(?=[，。；、,;）)其])"
)


@rule(
    code="F310",
    name="figure-left-out",
    weight=Weight.DOUBT,
    message="“{quote}”里的数字没有填；请补上，没有的填0",
)
def figure_left_out(evidence: Evidence) -> Iterator[Fault]:
    """该填数字的地方空着。

    查什么：“公开信息”“受理申请”一类字样与量词之间没有数字，只有空格、横线或者叉号。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：这是套用模板忘了填，读者不知道是没有还是漏了。
    例：“主动公开信息  条，其中……”。
    何时不算错：数字在别处、量词只是泛指的。
    怎么改：照台账补上数字；没有发生的填0。
    """
    if not _END.search(evidence.prose.text):
        return
    for hit in evidence.prose.hits(_EMPTY):
        yield Fault({"quote": hit.quote}, (hit.place,), quote=hit.quote)
