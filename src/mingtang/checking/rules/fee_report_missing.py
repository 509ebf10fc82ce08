"""Section six without a word on the information processing fee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.evidence import says, shortened
from mingtang.checking.fees import FEE, fee_words, owes_fee_report
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F401",
    name="fee-report-missing",
    weight=Weight.BREACH,
    message="“{heading}”没有报告收取信息处理费的情况；收费通知的件数、总金额和实际收取的总金额，为0也要写",
)
def fee_report_missing(evidence: Evidence) -> Iterator[Fault]:
    """第六部分没有报告信息处理费。

    查什么：第六部分有没有提到收取信息处理费的情况。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）六；国办函〔2020〕109号
    为什么：发出收费通知的件数、总金额和实收总金额是第六部分规定要报告的，没有收费也要写
    明。
    例：“六、其他需要报告的事项”下面只有“无。”。
    何时不算错：2020年度及以前的报告没有这项要求，不查。表二的行政事业性收费是另一回事，不
    能代替。
    怎么改：写明“发出收费通知的件数和总金额以及实际收取的总金额均为0”，有收费的写实数。
    """
    report = evidence.report
    section = report.section(6)
    if section is None or not owes_fee_report(evidence) or says(fee_words(evidence), FEE):
        return
    places = [section.place]
    places += [paragraph.place() for paragraph in section.paragraphs[:1]]
    quote = section.paragraphs[0].text if section.paragraphs else section.heading
    yield Fault({"heading": section.heading}, tuple(places), quote=shortened(quote.strip()))
