"""A citizen's identity number in the prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.identity import checks_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_NUMBER = re.compile(
    r"[1-9](?<![0-9A-Za-z].)[0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
# Sought first, as plain letters are found many times faster than digits of any
# kind: the year of birth, behind the six digits of a place.
_BORN_BEFORE_2000 = re.compile(r"19(?<=[0-9]{8})")
_BORN_SINCE = re.compile(r"20(?<=[0-9]{8})")


@rule(
    code="F307",
    name="identity-number-exposed",
    weight=Weight.BREACH,
    message="正文里有居民身份证号码（{masked}）；属于个人隐私，应当立即撤下处理",
)
def identity_number_exposed(evidence: Evidence) -> Iterator[Fault]:
    """正文里公开了居民身份证号码。

    查什么：文字里有没有校验码正确的18位居民身份证号码。发现里只显示首尾几位，不重复公开。
    依据：政府信息公开条例（2019年修订）第十五条；个人信息保护法第二十八条
    为什么：身份证号码一经公开就收不回来，会给当事人造成损害。
    例：举例说明申请办理情况时，把申请人的姓名和身份证号码一起写进了报告。
    何时不算错：校验码不对的数字串不报；统一社会信用代码不是身份证号码。
    怎么改：立即撤下，隐去号码后重新公布，并检查附件和历史版本。
    """
    text = evidence.prose.text
    if not _BORN_BEFORE_2000.search(text) and not _BORN_SINCE.search(text):
        return
    for hit in evidence.prose.hits(_NUMBER):
        number = hit.match[0].upper()
        if checks_out(number):
            masked = f"{number[:3]}{'*' * 11}{number[-4:]}"
            yield Fault({"masked": masked}, (hit.place,), quote=masked)
