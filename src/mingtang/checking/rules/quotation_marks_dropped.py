"""The quotation marks of “三安全一稳定” left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_PHRASE = "三安全一稳定"
_OPENING = r"“”\"'\u2018「『\uff02"
_CLOSING = r"“”\"'\u2019」』\uff02"
_BARE = re.compile(f"(?<![{_OPENING}]){_PHRASE}(?![{_CLOSING}])")


@rule(
    code="F309",
    name="quotation-marks-dropped",
    weight=Weight.NOTE,
    message="“{quote}”里的“三安全一稳定”没有加引号；格式印有引号",
)
def quotation_marks_dropped(evidence: Evidence) -> Iterator[Fault]:
    """“三安全一稳定”没有加引号。

    查什么：表三行名和正文里的“三安全一稳定”前后有没有引号。
    依据：国办公开办函〔2021〕30号
    为什么：这是简称，格式里加了引号；行名应与格式一字不差。
    例：行名印作“3.危及三安全一稳定”。
    何时不算错：空格、引号的样式不计；只丢了一边的不报，多半是转成文本时丢的。
    怎么改：照格式补上引号。
    """
    # 稳 is rare, so that few labels need their spaces taken out.
    for label in [one for one in evidence.report.labels if "稳" in one.printed]:
        printed = "".join(label.printed.split())
        if _PHRASE in printed and _BARE.search(printed):
            yield Fault({"quote": printed}, (label.place,), quote=label.printed)
    if _PHRASE in evidence.prose.text:
        for hit in evidence.prose.hits(_BARE):
            yield Fault({"quote": hit.quote}, (hit.place,), quote=hit.quote)
