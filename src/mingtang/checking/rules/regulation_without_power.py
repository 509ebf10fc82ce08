"""Rules (规章) counted by a body that may not make any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.bodies import lacks_rule_making_power
from mingtang.checking.cells import fact_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CELLS = tuple(
    f"disclosure/regulations/{column}"
    for column in ("issued", "repealed", "in_force", "made")
)


@rule(
    code="S203",
    name="regulation-without-power",
    weight=Weight.BREACH,
    message="{body}没有规章制定权，表二“规章”却填了{figures}；这一行应为0",
)
def regulation_without_power(evidence: Evidence) -> Iterator[Fault]:
    """没有规章制定权的机关填报了规章。

    查什么：乡镇、街道、县级政府和地方政府部门的表二，“规章”一行的制发、废止、现行有效是
    否都是0。
    依据：立法法（2023年修正）第九十三条；规章制定程序条例第二条
    为什么：规章只能由国务院部门、省级政府、设区的市和自治州政府制定。别的机关填了数，多半
    是把规章制度当成了规章。
    例：某镇“规章”一行制发2、现行有效2，其实是镇里的内部制度。
    何时不算错：从名称看不出有没有规章制定权的机关，不报。
    怎么改：改为0；确是行政规范性文件的，填到下一行。
    """
    report = evidence.report
    wrong = [cell for cell in _CELLS if evidence.figure(cell)]
    form = evidence.form
    if wrong and form is not None and lacks_rule_making_power(report.body):
        figures = "、".join(
            f"“{form.plan.labels[cell][1].label}”{evidence.figure(cell)}" for cell in wrong
        )
        yield Fault(
            {"body": report.body, "figures": figures},
            fact_places(report, wrong),
            cells=tuple(wrong),
        )
