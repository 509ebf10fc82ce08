"""Spaces inside a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.headings import title_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_SPACED = re.compile(r"\S[ \t\u3000\xa0]+(?=\S)")


@rule(
    code="F304",
    name="title-spaced",
    weight=Weight.NOTE,
    message="题目“{title}”中间有空格；题目不留空格",
)
def title_spaced(evidence: Evidence) -> Iterator[Fault]:
    """题目中间有空格。

    查什么：题目的字与字之间有没有空格。换行不算。
    依据：党政机关公文格式（GB/T 9704—2012）
    为什么：空格多半是排版残留，会妨碍检索。
    例：“某局 2023 年政府信息公开工作年度报告”。
    何时不算错：题目分成两行的，行与行之间不算。
    怎么改：删去空格。
    """
    title = evidence.report.title
    if title is not None and _SPACED.search(title.strip()):
        yield Fault({"title": title.strip()}, title_places(evidence.report), quote=title)
