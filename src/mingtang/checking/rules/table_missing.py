"""A statutory table that is not in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F110",
    name="table-missing",
    weight=Weight.BREACH,
    message="没有读到{tables}；规定的表格即使全部为0也要列出",
)
def table_missing(evidence: Evidence) -> Iterator[Fault]:
    """规定的统计表不在文中。

    查什么：第二、三、四部分的三张表是否在文中。表中个别行缺失或者读不出，另行提示。
    依据：国办公开办函〔2021〕30号
    为什么：三张表是年度报告的主体，汇总、比较都靠它们。
    例：标题“三、收到和处理政府信息公开申请情况”下面没有表，直接就是第四部分。
    何时不算错：表格做成图片或者只在附件里的，原件有而文字没有；这时应改为网页表格。2018年
    度及以前用另一种统计表。
    怎么改：把表格照格式补上；没有发生的填0。
    """
    report = evidence.report
    if not evidence.owes_the_form:
        return
    form = evidence.form
    if form is None:
        yield Fault({"tables": "表二、表三、表四"}, subject="all")
        return
    for table in form.plan.edition.tables:
        if form.is_absent(table.id):
            section = report.section(table.section)
            name = f"{table.number}（{table.title}）"
            places = () if section is None else (section.place,)
            yield Fault({"tables": name}, places, subject=table.id)
