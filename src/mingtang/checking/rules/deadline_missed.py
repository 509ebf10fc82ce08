"""A report signed after the last day that the law allows its body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.lateness import lateness, said_day
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="L101",
    name="deadline-missed",
    weight=Weight.BREACH,
    message="落款{day}，晚于{who}公布年度报告的期限{due}（{cite}）",
)
def deadline_missed(evidence: Evidence) -> Iterator[Fault]:
    """超过法定期限才落款。

    查什么：落款日期是否晚于期限：部门为次年1月31日，本级政府为次年3月31日（2018年度及以前
    均为3月31日）。名称看不出角色的，只在晚于3月31日时报；乡镇、街道也在那时才报，报的是通行
    的1月31日。
    依据：政府信息公开条例（2019年修订）第四十九条
    为什么：条例规定了公布年度报告的期限，逾期要被通报，读者也等不到数。
    例：某区教育局2024年度的报告，落款2025年2月17日。
    何时不算错：落款之前已在网站公布、后来更正重发的，应在文中说明。期限不因周末顺延。
    怎么改：核对公布日期；日期写错的改正，确实逾期的向主管部门说明。
    """
    report = evidence.report
    late = lateness(report)
    place = report.signature.day_place
    if late is not None and late.certain:
        words = {
            "day": said_day(late.day),
            "who": late.who,
            "due": said_day(late.due),
            "cite": late.cite,
        }
        yield Fault(
            words,
            () if place is None else (place,),
            quote=None,
            subject=late.day.isoformat(),
        )
