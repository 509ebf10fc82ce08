"""A government's report without assessment, public appraisal, accountability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.bodies import Kind, kind_of
from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_MATTERS = (
    ("工作考核", ("考核", "考评", "绩效")),
    ("社会评议", ("评议", "满意度", "社会评价", "评估")),
    ("责任追究", ("追究", "追责", "问责")),
)


@rule(
    code="F116",
    name="government-assessment-unreported",
    weight=Weight.DOUBT,
    message="{body}的报告没有提到{missing}；人民政府的年度报告应当包括工作考核、社会评议和责任追究结果",
)
def government_assessment_unreported(evidence: Evidence) -> Iterator[Fault]:
    """人民政府的报告没有考核、评议、追责情况。

    查什么：县级以上人民政府的报告，全文有没有提到工作考核、社会评议、责任追究。
    依据：政府信息公开条例（2019年修订）第五十条第一款第（四）项
    为什么：条例对各级人民政府的报告另有这三项要求，没有发生也要交代。
    例：监督保障一段只写了培训，没有“今年没有责任追究情形”。
    何时不算错：部门、办公室自己的报告不查。换了说法的由人判断。
    怎么改：在“监督保障”或者第五部分写明三项结果；没有的写没有。
    """
    report = evidence.report
    if not evidence.owes_the_form or not evidence.prose.text:
        return
    if kind_of(report.body) is not Kind.GOVERNMENT:
        return
    text = evidence.prose.text
    missing = [matter for matter, words in _MATTERS if not says(text, words)]
    if missing:
        unsaid = "、".join(missing)
        places = () if report.title_place is None else (report.title_place,)
        yield Fault({"body": report.body, "missing": unsaid}, places, subject=unsaid)
