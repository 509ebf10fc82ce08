"""A mobile telephone number in the prose that is not the body's own contact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_NUMBER = re.compile(r"1(?<![0-9A-Za-z._/=-]1)[3-9][0-9]{9}(?![0-9A-Za-z_/-]|\.[0-9a-z])")
_OWN = re.compile(r"联系|咨询|热线|监督|举报|投诉|传真|服务电话|办公电话|值班")
_OTHERS = re.compile(r"申请人|当事人|原告|第三人|先生|女士|群众|村民|市民")
_BEFORE = 20


@rule(
    code="F308",
    name="mobile-number-exposed",
    weight=Weight.DOUBT,
    message="正文里有手机号码（{masked}），看不出是本机关的联系电话；个人号码应当隐去",
)
def mobile_number_exposed(evidence: Evidence) -> Iterator[Fault]:
    """正文里有不像本机关联系电话的手机号码。

    查什么：文字里的11位手机号码，前面没有“联系”“咨询”“热线”一类字样，或者前面说的是
    申请人。发现里只显示首尾几位。
    依据：政府信息公开条例（2019年修订）第十五条；个人信息保护法第四条
    为什么：申请人、当事人的号码是个人信息，不应当写进报告。
    例：“申请人王某（电话……）申请公开征地批复”。
    何时不算错：本机关公布的联系电话、热线。
    怎么改：隐去号码；是本机关电话的，写明“联系电话”。
    """
    text = evidence.prose.text
    for hit in evidence.prose.hits(_NUMBER):
        before = text[max(hit.match.start() - _BEFORE, 0) : hit.match.start()]
        if _OWN.search(before) and not _OTHERS.search(before):
            continue
        masked = f"{hit.match[0][:3]}****{hit.match[0][-4:]}"
        yield Fault({"masked": masked}, (hit.place,), quote=masked)
