"""A title that names its body in short, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.bodies import plain_name
from mingtang.checking.headings import title_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence
    from mingtang.report import Report

_RELATIVE = re.compile(
    r"(?:我|本|区|盟|县(?![街城底溪南北])|市(?!中区|南区|北区|中心|桥|口)|省(?![庄璜])|州(?![城门景圩]))"
)
_SHORT = re.compile(
    r".*(?:发改|工信|经信|教体|人社|住建|农业农村委|卫健|卫计|市监|自规|文旅|文广旅|政数|民宗|退役军人|应急|医保)(?:局|委|厅)"
    r"|.*区?(?:科委|民委|建委|农委)|.*政府办"
)


@rule(
    code="F203",
    name="title-body-shortened",
    weight=Weight.DOUBT,
    message="题目里的机关{how}；题目应当用机关全称",
)
def title_body_shortened(evidence: Evidence) -> Iterator[Fault]:
    """题目没有用机关全称。

    查什么：题目里的机关名称是不是全称：有没有省去行政区划，有没有用“发改局”“政数局”一
    类简称。
    依据：国办公开办函〔2021〕30号
    为什么：报告公布以后，读者不一定知道是哪个区的局；同名的局全国有很多。
    例：“区政数局2024年……”，既没有区名，机关也是简称。
    何时不算错：正式名称本来就是这几个字的。
    怎么改：照“三定”规定上的全称写，包括行政区划。
    """
    report = evidence.report
    if report.title is None or not evidence.owes_the_form:
        return
    how = _how(report)
    if how:
        yield Fault(
            {"how": how},
            title_places(report),
            quote=report.title,
            subject=report.title_body or "",
        )


def _how(report: Report) -> str | None:
    """Return in what way the title's body is no full name, or None."""
    if not report.title_body:
        return "没有写出"
    name = plain_name(report.title_body)
    full = plain_name(report.body or name)
    if len(full) > len(name) and full.endswith(name):
        return f"“{name}”不是全称，文中另作“{full}”"
    if _RELATIVE.match(name):
        return f"“{name}”没有行政区划名"
    return f"“{name}”是简称" if _SHORT.fullmatch(name) else None
