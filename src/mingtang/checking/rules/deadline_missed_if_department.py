"""A report late for a department, by a body whose name does not tell its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.lateness import lateness, said_day
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="L102",
    name="deadline-missed-if-department",
    weight=Weight.DOUBT,
    message="落款{day}，晚于部门的期限{due}；请确认“{body}”的这份报告按哪个期限公布：{why}",
)
def deadline_missed_if_department(evidence: Evidence) -> Iterator[Fault]:
    """如作部门报告则已逾期。

    查什么：政府办公室、管委会、乡镇街道和名称看不出类别的机关，落款晚于次年1月31日而未过3
    月31日。
    依据：政府信息公开条例（2019年修订）第四十九条
    为什么：政府办公室自己的报告按部门期限，代编的本级政府报告按3月31日；条例没有点名乡
    镇、街道，各地多按部门办理。从报告上看不出是哪一种，只能问。
    例：“某区人民政府办公室2024年……报告”落款2025年2月17日。
    何时不算错：这份报告就是本级政府的年度报告，或者当地另定了期限。
    怎么改：确认报告主体；属于部门的，向主管部门说明逾期原因。
    """
    report = evidence.report
    late = lateness(report)
    place = report.signature.day_place
    if late is not None and not late.certain:
        words = {
            "day": said_day(late.day),
            "due": said_day(late.due),
            "body": report.body or "本机关",
            "why": late.who,
        }
        yield Fault(words, () if place is None else (place,), subject=late.day.isoformat())
