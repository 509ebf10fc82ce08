"""A preface that lists other parts than the headings."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.text import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_SENTENCE = re.compile(r"[^。\n]+")
_LISTING = ("包括", "包含", "组成", "构成", "分为", "部分")
_NAMES = (
    ("总体情况",),
    ("主动公开",),
    ("申请",),
    ("复议", "诉讼"),
    ("问题",),
    ("其他",),
)
_ORDINAL = re.compile(r"^\s*(?:第?[一二三四五六七八九十]+(?:部分)?[、.\uff0e：: ]*)?")
_ENOUGH = 3
_FIRST = 8


@rule(
    code="F112",
    name="preface-list-differs",
    weight=Weight.NOTE,
    message="前言列举的各部分与正文标题不一致，前言里没有：{missing}",
)
def preface_list_differs(evidence: Evidence) -> Iterator[Fault]:
    """前言列举的部分与正文标题不一致。

    查什么：前言（或者第一部分开头）列举“由……组成”的各部分，是否与正文标题逐个相同。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：前言是给读者的目录。说四个部分而正文六个，或者名称不同，多半是沿用了旧稿。
    例：前言写“因政府信息公开工作被申请行政复议提起行政诉讼情况”，正文标题是“政府信息公
    开行政复议、行政诉讼情况”。
    何时不算错：前言只作概括、并不列举的，不查。
    怎么改：照正文标题改前言，或者删去列举。
    """
    known = [section for section in evidence.report.sections if section.number is not None]
    if not known:
        return
    for sentence in islice(_SENTENCE.finditer(evidence.opening.text), _FIRST):
        words = sentence[0]
        if (
            not says(words, _LISTING)
            or sum([says(words, name) for name in _NAMES]) < _ENOUGH
        ):
            continue
        listed_key = label_key(words)
        titles = [_title(section.heading) for section in known]
        missing = [title for title, key in titles if key not in listed_key]
        if missing:
            place, quote = evidence.opening.spot(sentence.start(), sentence.end())
            yield Fault(
                {"missing": "、".join(f"“{title}”" for title in missing)},
                (place,),
                quote=quote,
            )
        return


@lru_cache(maxsize=1024)
def _title(heading: str) -> tuple[str, str]:
    """Return a heading without its numeral, and what is compared of it."""
    title = _ORDINAL.sub("", heading)
    return title, label_key(title)
