"""Section five with problems and no measures, or the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_SHORTEST = 6
_PROBLEMS = (
    "问题", "不足", "差距", "短板", "薄弱", "困难", "有待", "不够", "欠缺", "不高",
    "不强", "不多", "不及时", "不全面", "单一", "滞后", "偏", "还需", "仍需",
)  # fmt: skip
_MEASURES = (
    "改进", "措施", "下一步", "下步", "今后", "将", "加强", "进一步", "整改", "完善",
    "提升", "提高", "优化", "强化", "计划", "持续", "拓宽", "规范",
)  # fmt: skip


@rule(
    code="F114",
    name="improvement-section-one-sided",
    weight=Weight.DOUBT,
    message="“{heading}”里看不出{missing}；问题和改进情况两样都要有",
)
def improvement_section_one_sided(evidence: Evidence) -> Iterator[Fault]:
    """只有问题没有改进，或者只有改进没有问题。

    查什么：第五部分的文字里，表示问题的词和表示改进的词是否都有。
    依据：政府信息公开条例（2019年修订）第五十条第一款第（四）项
    为什么：两样都是规定要报告的内容，缺一样就不完整。
    例：全部文字只有“公开内容还不够全面。”，没有改进情况。
    何时不算错：用了别的说法而意思都在，由人判断。
    怎么改：缺问题的补问题，缺改进的逐条对应补上。
    """
    section = evidence.report.section(5)
    words = evidence.words(5)
    if section is None or len(words.strip()) < _SHORTEST or not evidence.owes_the_form:
        return
    missing = [
        name
        for name, said in (("存在的问题", _PROBLEMS), ("改进情况", _MEASURES))
        if not says(words, said)
    ]
    if missing:
        absent = "、".join(missing)
        yield Fault(
            {"heading": section.heading, "missing": absent},
            (section.place,),
            quote=section.heading,
            subject=absent,
        )
