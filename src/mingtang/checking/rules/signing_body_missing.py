"""A report that nobody signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.extent import breaks_off
from mingtang.checking.headings import last_place
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F207",
    name="signing-body-missing",
    weight=Weight.DOUBT,
    message="文末没有读到落款机关；报告应当署编制机关的全称",
)
def signing_body_missing(evidence: Evidence) -> Iterator[Fault]:
    """没有落款机关。

    查什么：正文末尾有没有署编制机关的名称。
    依据：党政机关公文格式（GB/T 9704—2012）
    为什么：落款表明谁对报告负责，转载以后仍能知道出处。
    例：“六、其他需要报告的事项”写完就结束。
    何时不算错：发布系统另有“发布机构”一栏的，由人判断。文件在第五部分之前就断
    了的，不查。
    怎么改：在文末署机关全称和日期。
    """
    unsaid = evidence.report.signature.body is None
    if evidence.report.sections and unsaid and not breaks_off(evidence):
        yield Fault({}, last_place(evidence.report), subject="body")
