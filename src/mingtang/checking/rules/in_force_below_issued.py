"""Fewer documents in force than were issued in the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import fact_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_PAIRS = tuple(
    (f"disclosure/{line}/{fresh}", f"disclosure/{line}/{standing}")
    for line in ("regulations", "normative_documents")
    for fresh, standing in (("issued", "in_force"), ("disclosed", "disclosed_total"))
)


@rule(
    code="S205",
    name="in-force-below-issued",
    weight=Weight.DOUBT,
    message="表二“{line}”：“{less_label}”{less}，少于“{more_label}”{more}；当年新增的也应计在内",
)
def in_force_below_issued(evidence: Evidence) -> Iterator[Fault]:
    """现行有效件数少于本年制发件数。

    查什么：表二规章、行政规范性文件两行，现行有效件数是否不少于本年制发件数；2019年版看对
    外公开总数量与本年新公开数量。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二
    为什么：当年制发的一般年末仍然有效，现行有效的更多才对。更少，多半是只填了当年的。
    例：行政规范性文件制发5、废止0、现行有效3。
    何时不算错：当年制发当年又废止的；机关撤并、文件转由别的机关管理的。
    怎么改：与负责合法性审查、清理的部门核对现行有效文件目录。
    """
    form = evidence.form
    for cells in _PAIRS:
        more, less = map(evidence.figure, cells)
        if form is None or more is None or less is None or less >= more:
            continue
        line, fresh = form.plan.labels[cells[0]]
        _, standing = form.plan.labels[cells[1]]
        words = {
            "line": line.label,
            "more_label": fresh.label,
            "more": more,
            "less_label": standing.label,
            "less": less,
        }
        yield Fault(words, fact_places(evidence.report, cells), cells=cells)
