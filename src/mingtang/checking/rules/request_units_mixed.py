"""Requests counted in different measure words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_COUNTED = re.compile(r"申请[^。；，、\n0-9]{0,16}([0-9]+)\s*([件条份宗])")


@rule(
    code="F305",
    name="request-units-mixed",
    weight=Weight.NOTE,
    message="同是申请，量词有{units}：{quotes}；宜统一用“件”",
)
def request_units_mixed(evidence: Evidence) -> Iterator[Fault]:
    """申请的量词不统一。

    查什么：文字里说申请数量时，件、条、份、宗是否混用。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：量词不同，读者会以为说的不是一回事。
    例：一处写“收到依申请公开信息4条”，一处写“收到依申请公开4份”。
    何时不算错：说的是信息条数而不是申请件数的。
    怎么改：申请统一用“件”，信息用“条”。
    """
    first: dict[str, re.Match[str]] = {}
    for match in _COUNTED.finditer(evidence.prose.text):
        first.setdefault(match[2], match)
    if len(first) > 1:
        seen = {unit: evidence.prose.hit(match) for unit, match in first.items()}
        quotes = "、".join(f"“{hit.quote}”" for hit in seen.values())
        yield Fault(
            {"units": "、".join(seen), "quotes": quotes},
            tuple(hit.place for hit in seen.values()),
            quote=next(iter(seen.values())).quote,
            subject="、".join(seen),
        )
