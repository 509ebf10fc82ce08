"""A report that gives no way to reach its body or to fetch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CONTACT = (
    "联系", "电话", "地址", "邮箱", "邮编", "传真", "网址", "http", "www.", "下载", "二维码"
)  # fmt: skip


@rule(
    code="F211",
    name="contact-missing",
    weight=Weight.NOTE,
    message="全文没有联系方式和下载地址；有的地方要求在引言里写明",
)
def contact_missing(evidence: Evidence) -> Iterator[Fault]:
    """没有联系方式和下载地址。

    查什么：全文有没有联系电话、地址、网址或者下载途径。
    依据：政府信息公开条例（2019年修订）第十二条第二款
    为什么：读者有疑问时知道找谁。
    例：引言写“如有疑问，请与某局办公室联系（电话……）”就有了。
    何时不算错：条例要求公开指南写明联系方式，年度报告的全国格式没有要求，是一些地方的做法，这里
    只作提示。
    怎么改：在引言末尾加一句联系方式和下载地址。
    """
    if evidence.prose.text and not says(evidence.prose.text, _CONTACT):
        yield Fault({}, subject="contact")
