"""One report on the desk: where it came from, what it says, what was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Finding, Weight

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


class Sheet(NamedTuple):
    """A report with its findings, as every writer takes it.

    `name` and `sha256` are the file's; `document` is the page it was read
    from; `findings` are all that shall be printed, in any order; `text` is
    what a flattened file holds, empty for a format that has no lines.
    """

    name: str
    sha256: str
    document: Document
    report: Report
    findings: tuple[Finding, ...] = ()
    text: str = ""

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
        if report.title:
            return report.title
        if report.body and report.year:
            return f"{report.body}{report.year}年政府信息公开工作年度报告"
        return report.body or self.name
