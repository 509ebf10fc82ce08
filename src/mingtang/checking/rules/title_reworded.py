"""A title in other words or another order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.headings import title_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight
from mingtang.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_TITLE = re.compile(r"[0-9〇零○一二三四五六七八九]{4}年政府信息公开工作年度报告")


@rule(
    code="F202",
    name="title-reworded",
    weight=Weight.DOUBT,
    message="题目“{title}”与通行写法不同；应为“机关全称、年份、政府信息公开工作年度报告”",
)
def title_reworded(evidence: Evidence) -> Iterator[Fault]:
    """题目的写法不规范。

    查什么：题目是否依次为机关全称、年份、“政府信息公开工作年度报告”。换行和空格不计。
    依据：国办公开办函〔2021〕30号
    为什么：题目统一，才好检索；写成“政府信息公开年度工作报告”之类容易与别的报告混淆。
    例：“某某局2024年政府信息公开年度工作报告”，“工作”二字的位置不对。
    何时不算错：题目后面带“（修订）”一类说明的不算。
    怎么改：照“某某局2024年政府信息公开工作年度报告”改。
    """
    report = evidence.report
    if (
        report.title is not None
        and evidence.owes_the_form
        and not _TITLE.search(report.title)
        and not _TITLE.search(squeeze(report.title))
    ):
        yield Fault(
            {"title": " ".join(report.title.split())},
            title_places(report),
            quote=report.title,
        )
