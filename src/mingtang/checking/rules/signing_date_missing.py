"""A report without a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.extent import breaks_off
from mingtang.checking.headings import last_place
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F208",
    name="signing-date-missing",
    weight=Weight.DOUBT,
    message="文末没有读到落款日期；没有日期就看不出是否按期公布",
)
def signing_date_missing(evidence: Evidence) -> Iterator[Fault]:
    """没有落款日期。

    查什么：正文末尾有没有写明年月日。
    依据：政府信息公开条例（2019年修订）第四十九条
    为什么：年度报告有公布期限。没有日期，读者和主管部门都无法判断是否按期。
    例：文末只有机关名称，没有日期。
    何时不算错：发布系统另有“发布日期”一栏的，由人判断。文件在第五部分之前就断
    了的，不查。
    怎么改：在落款机关下面写明年月日。
    """
    signature = evidence.report.signature
    unsaid = signature.day is None and signature.misdated is None
    if evidence.report.sections and unsaid and not breaks_off(evidence):
        yield Fault({}, last_place(evidence.report), subject="day")
