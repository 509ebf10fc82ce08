"""One report on the desk: where it came from, what it says, what was found."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Finding, Weight
from mingtang.text import label_key
from mingtang.writing.titles import title_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.document import Document
    from mingtang.report import Report

SIGNS: Mapping[Weight, str] = {
    Weight.BREACH: "×",
    Weight.CONTRADICTION: "≠",
    Weight.DOUBT: "?",
    Weight.NOTE: "i",
}
"""What marks a weight beside its colour, so that colour is never the only cue."""

REMEDIES: Mapping[str, str] = {
    "certain": "可以直接改：",
    "likely": "可能的改法：",
    "ask": "下一步：",
}
"""What stands before a remedy, by how sure it is."""

FOREIGN = "这不像政府信息公开工作年度报告：三张统计表和六个部分的标题都没有读到"
"""What is said of a file that is no report, before anything else."""

_FOREIGN_ADVICE = "拿错了文件的，请换成年报再{}；确是年报的，{}。"
_RECOVERED: Mapping[str, str] = {
    "html": "多半是另存时丢了正文和表格，请把原网页另存为 HTML，"
    "或者把全文连同表格复制到文本文件",
    "image": "请用更清楚、完整的扫描件（300 dpi），各页合成一个 PDF 或多页 TIFF",
    "json": "请给出 mingtang read 或 convert 写出的 JSON",
    "csv": "请给出 mingtang convert 写出的 CSV，或者年报的 Word、网页",
    "xlsx": "请核对三张表的行名和列名是否完整",
}
"""What to do with a report of that kind that was not read as one."""
_RECOVERED_ELSE = "请核对文件里有没有正文和三张表，或者请给出原来的 Word、网页"
_REFERENCE_ONLY = "下面的发现是照年报的要求查出来的，只供参考。"

_TITLE = re.compile(r"报告(?:\d{4}年?度?)?$")


class Sheet(NamedTuple):
    """A report with its findings, as every writer takes it.

    `name` and `sha256` are the file's; `document` is the page it was read
    from; `findings` are all that shall be printed, in any order; `text` is
    what a flattened file holds, empty for a format that has no lines;
    `command` is what was done with it, ``check`` or ``read``.
    """

    name: str
    sha256: str
    document: Document
    report: Report
    findings: tuple[Finding, ...] = ()
    text: str = ""
    command: str = "check"

    @property
    def counts(self) -> dict[Weight, int]:
        """Return how many findings of each weight were judged, heaviest first."""
        found = Counter(finding.weight for finding in self.findings if finding.assessed)
        return {weight: found[weight] for weight in Weight}

    @property
    def unassessed(self) -> int:
        """Return how many rules could not be judged."""
        return sum(not finding.assessed for finding in self.findings)

    @property
    def is_report(self) -> bool:
        """Return whether the file looks like a disclosure report at all.

        A table or two headings of the form are enough, or a title that names
        body and year and ends as such titles do.
        """
        report = self.report
        headings = sum(part.number is not None for part in report.sections)
        if report.edition or report.old_sheet or headings > 1:
            return True
        named = report.title_body is not None and report.title_year is not None
        return named and _TITLE.search(label_key(report.title or "")) is not None

    @property
    def foreign_advice(self) -> str:
        """Return what to do with a file that is no report."""
        recovered = _RECOVERED.get(self.document.kind, _RECOVERED_ELSE)
        if self.command == "read":
            return _FOREIGN_ADVICE.format("读", recovered)
        after = _REFERENCE_ONLY if self.findings else ""
        return f"{_FOREIGN_ADVICE.format('查', recovered)}{after}"

    @property
    def verdict(self) -> str:
        """Return what is said where nothing was found.

        What is no report is never told to be in order.
        """
        if not self.is_report:
            return "没有从这个文件读到年报的内容。"
        if self.command == "read":
            return "已读取，没有读不出的地方；没有作检查。要检查：mingtang check 文件"
        return "没有发现问题。文字里写的数字没有逐一与各表比对，须由人逐处核对。"

    @property
    def caption(self) -> str:
        """Return what the report calls itself, or the file's name.

        >>> from mingtang.document import Document
        >>> from mingtang.report import Report, Signature
        >>> none = (None,) * 7
        >>> report = Report(*none, Signature(), {}, (), (), ())
        >>> Sheet("a.txt", "", Document("text", ()), report).caption
        'a.txt'
        """
        report = self.report
        if not self.is_report:
            return self.name
        if report.title:
            return title_line(report)
        if report.body and report.year:
            return f"{report.body}{report.year}年政府信息公开工作年度报告"
        return report.body or self.name
