"""Section six that speaks of the fee but leaves out notices or amounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says, shortened
from mingtang.checking.fees import FEE, charged, fee_words, owes_fee_report
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Remedy, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_ELEMENTS = (
    (
        "收费通知件数",
        re.compile(r"收费通知|通知.{0,8}[0-9]+[件份次]|[0-9]+[件份次].{0,6}通知"),
    ),
    ("收费总金额", re.compile(r"总?金额|[0-9]万?元|零元|总额|总费用")),
    (
        "实际收取金额",
        re.compile(
            r"实际收取|实收|(?:无|未|没有|不|共|已)[^。；]{0,6}收取"
            r"|收取[^。；]{0,16}(?:[0-9]|零|无)|[0-9]万?元"
        ),
    ),
)
_NONE = "写成“发出收费通知的件数和总金额以及实际收取的总金额均为0”。"
_REAL = "补写收费通知件数、总金额、实收金额的实数。"


@rule(
    code="F402",
    name="fee-report-incomplete",
    weight=Weight.NOTE,
    message="第六部分说到信息处理费，但没有写{missing}；{how}",
)
def fee_report_incomplete(evidence: Evidence) -> Iterator[Fault]:
    """信息处理费的三项没有写全。

    查什么：第六部分说到信息处理费时，收费通知件数、总金额、实际收取总金额三项是否都写了。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）六；国办函〔2020〕109号
    为什么：只说“没有收取”，看不出是没有发过通知，还是发了通知没有人缴。
    例：“本年未收取信息处理费。”没有说件数和总金额。
    何时不算错：意思清楚而没有逐项写的，不影响公布，只作提示。
    怎么改：没有收费的写成“发出收费通知的件数和总金额以及实际收取的总金额均为0”；有收费的
    补写收费通知件数、总金额、实收金额的实数。
    """
    section = evidence.report.section(6)
    if section is None or not owes_fee_report(evidence):
        return
    words = fee_words(evidence)
    if not says(words, FEE):
        return
    missing = [name for name, pattern in _ELEMENTS if not pattern.search(words)]
    if missing:
        said = "、".join(missing)
        places = [paragraph.place() for paragraph in section.paragraphs[:1]]
        quote = section.paragraphs[0].text if section.paragraphs else section.heading
        figure = charged(words)
        yield Fault(
            {"missing": said, "how": _how(figure)},
            tuple(places or [section.place]),
            quote=shortened(quote.strip()),
            subject=said,
            remedy=Remedy("ask", _REAL if figure else _NONE),
        )


def _how(figure: str | None) -> str:
    """Return what the message asks for: real figures where one is printed."""
    if figure:
        return f"已写明{figure}，其余各项也要写实数"
    return "三项为0也宜逐项写明"
