"""What word processors leave behind: field codes, markup, control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CODES = (
    "[bookmark",
    "MERGEFORMAT",
    "HYPERLINK",
    "<o:p",
    "mso-",
    "&nbsp;",
    "&lt;",
    "&gt;",
    "&amp;",
    "&quot;",
    "&ldquo;",
)
# What a residue has at least: one pass over the text rules out all of them.
_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ue000-\uf8ff\[<&MHm]")
_RESIDUE = re.compile(
    r"\[bookmark[^\]\n]*\]?|\\?\*? ?MERGEFORMAT|HYPERLINK[^\n]{0,30}"
    r"|</?o:p>?|mso-[a-z-]+|&[a-z]+;"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]+"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")


@rule(
    code="F306",
    name="word-residue",
    weight=Weight.DOUBT,
    message="正文里有排版残留“{quote}”；公布前应当删去",
)
def word_residue(evidence: Evidence) -> Iterator[Fault]:
    """正文里有文字处理软件的残留。

    查什么：书签、域代码、网页代码和不可见的控制字符。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：残留说明内容是复制粘贴后没有看过的，也会妨碍阅读。
    例：“[bookmark: _GoBack]针对以上问题”。
    何时不算错：文章本来就在介绍这些代码的。
    怎么改：删去残留，再看一遍前后有没有丢字。
    """
    text = evidence.prose.text
    if not _SIGN.search(text):
        return
    if not says(text, _CODES) and not _CONTROL.search(text):
        return
    for hit in evidence.prose.hits(_RESIDUE):
        yield Fault({"quote": printable(hit.quote)}, (hit.place,), quote=hit.quote)


def printable(text: str) -> str:
    """Return the text with control characters named by their code."""
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in text)
