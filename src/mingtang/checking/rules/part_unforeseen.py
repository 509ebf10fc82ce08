"""A part that the form does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.checking.rules.numbering_restarted import broke_loose, restart
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F111",
    name="part-unforeseen",
    weight=Weight.NOTE,
    message="“{heading}”不在规定的六个部分之内；内容宜归入第六部分或者不写",
)
def part_unforeseen(evidence: Evidence) -> Iterator[Fault]:
    """多出格式没有的部分。

    查什么：与六个部分并列的标题里，有没有格式没有的。
    依据：政府信息公开条例（2019年修订）第五十条；国办公开办函〔2021〕30号
    为什么：报告内容要求不能遗漏，也不宜泛化。另立部分往往写的是别的工作。
    例：“七、名词解释”“七、附件”。
    何时不算错：上级要求另附的内容，可以保留。
    怎么改：与信息公开有关的归入“六、其他需要报告的事项”，无关的删去。
    """
    if not evidence.owes_the_form or None not in evidence.numbers:
        return
    taken = {section.ordinal for section in evidence.report.sections if section.number}
    for section in evidence.report.sections:
        if (
            section.number is None
            and not broke_loose(section)
            and not restart(section, taken)
        ):
            yield Fault(
                {"heading": section.heading}, (section.place,), quote=section.heading
            )
