"""A report signed by another body than its title names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.bodies import plain_name
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_OFFICE = re.compile(
    r"(?:人民)?政府(?:办公室|办公厅|办)?$|(?:办公室|办公厅)$|[（(].*[)）]$"
)


@rule(
    code="F206",
    name="signing-body-differs",
    weight=Weight.DOUBT,
    message="题目的机关是“{title_body}”，落款却是“{signing_body}”；两处应当一致",
)
def signing_body_differs(evidence: Evidence) -> Iterator[Fault]:
    """落款机关与题目不同。

    查什么：落款的机关与题目的机关是不是同一个。简称、政府与政府办公室之间的差别不计。
    依据：国办公开办函〔2021〕30号
    为什么：落款不同，多半是套用了别的机关的稿子。
    例：题目是“某区教育局”，落款是“某区卫生健康局”。
    何时不算错：机关更名、合并，题目用旧名而落款用新名的，文中应有说明。
    怎么改：核对是哪一处错，改成同一个全称。
    """
    report = evidence.report
    signed = report.signature.body
    if not report.title_body or not signed:
        return
    if signed == report.title_body:
        return
    if not _same(plain_name(report.title_body), plain_name(signed)):
        places = [
            place for place in (report.signature.body_place, report.title_place) if place
        ]
        words = {"title_body": report.title_body, "signing_body": signed}
        yield Fault(words, tuple(places), quote=signed, subject=report.title_body)


def _same(one: str, other: str) -> bool:
    """Return whether one name may be the other in short, office or not."""
    one, other = _OFFICE.sub("", one), _OFFICE.sub("", other)
    return within(one, other) or within(other, one)


def within(short: str, long: str) -> bool:
    """Return whether the letters of a short name stand in the long one in order.

    >>> within("西塞山区政数局", "西塞山区政务服务和大数据局")
    True
    """
    letters = iter(long)
    return all(letter in letters for letter in short)
