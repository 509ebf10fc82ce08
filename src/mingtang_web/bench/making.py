"""What the bench makes of a report: its paper, its findings, its marked copy."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

from mingtang.checking import check
from mingtang.cli.comparing import unlike
from mingtang.combining import stated_fees
from mingtang.marking import UnmarkableError, marked
from mingtang.reading import Source, read
from mingtang.reading.source import UnreadableSourceError, content
from mingtang.writing import UnwritableError, write
from mingtang.writing.marker import is_ours
from mingtang.writing.marks import marks
from mingtang.writing.objects import as_json, decimal
from mingtang.writing.page import section
from mingtang.writing.sheet import Sheet
from mingtang.writing.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.reading import Reading
    from mingtang.report import Fact

RAW = 60
"""Of what is printed in a cell so many characters are told."""
_FLATTENED = frozenset({"text", "markdown"})
_HEADS = (
    ("序号", 6), ("轻重", 8), ("规则", 8), ("题目", 28), ("发现", 60), ("位置", 28),
    ("依据", 40), ("改法", 40), ("左边", 10), ("右边", 10), ("相差", 10), ("单元格", 40),
)  # fmt: skip


class MarkedCopy(NamedTuple):
    """The copy with the findings in it, none where the file can carry none.

    ``rewritten`` says that the file itself could not, and that the copy was written as
    a Word document from what was read.
    """

    data: bytes = b""
    kind: str = ""
    noted: int = 0
    left_out: int = 0
    rewritten: bool = False

    def said(self) -> dict[str, object]:
        """Return what the page says of it."""
        return {
            "marked": self.kind,
            "noted": self.noted,
            "left_out": self.left_out,
            "rewritten": self.rewritten,
        }


class Made:
    """One report, read and checked."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        findings = (*reading.findings, *check(reading.report))
        kind = reading.document.kind
        text = content(reading.source).text if kind in _FLATTENED else ""
        self.sheet = Sheet(
            reading.source.name,
            reading.source.sha256,
            reading.document,
            reading.report,
            findings,
            text,
        )
        self.remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: bytes, name: str) -> Made:
        """Return what a file holds; raises `UnreadableSourceError`."""
        return cls(_opened(data, name))

    def compare(self, data: bytes, name: str) -> None:
        """Hold last year's report beside it: of the same body, of the year before.

        Raises `UnreadableSourceError`, also for what is no report.
        """
        before = _opened(data, name)
        beside = Sheet(name, "", before.document, before.report)
        if not beside.is_report:
            reason = "作为上一年度报告给出的这个文件不像年报；请换一个，或者不放"
            raise before.source.refuse(reason)
        self.remarks = tuple(unlike(self.reading.report, before.report))

    def paper(self, rules: str) -> bytes:
        """Return the report as it is printed, with its findings in the margin."""
        return section(self.sheet, 1, rules).encode()

    def as_object(self) -> bytes:
        """Return report and findings as the contract's JSON."""
        return as_json(self.sheet, indent=2).encode()

    def snapshot(self) -> bytes:
        """Return the report as it was read, in the engine's own JSON."""
        return write(self.reading.report, "json")

    def as_sheet(self) -> bytes:
        """Return the findings as a workbook, in the order they stand on the paper."""
        written = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(written, options) as book:
            page = book.add_worksheet("发现")
            bold = book.add_format({"bold": True, "bottom": 1})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            page.freeze_panes(1, 0)
            for column, (head, width) in enumerate(_HEADS):
                page.set_column(column, column, width)
                page.write_string(0, column, head, bold)
            for row, cells in enumerate(self._lines(), start=1):
                for column, cell in enumerate(cells):
                    page.write_string(row, column, cell, wrapped)
        return written.getvalue()

    def _lines(self) -> Iterator[tuple[str, ...]]:
        found, where = marks(self.sheet), Whereabouts(self.sheet)
        for note in (*found.notes, *found.unassessed):
            finding = note.finding
            sides = finding.equation[:3] if finding.equation else ("", "", "")
            yield (
                str(note.number) if finding.assessed else "",
                finding.weight.label if finding.assessed else "未判",
                finding.rule.code,
                finding.rule.title,
                finding.message,
                where.of(finding) or "",
                finding.rule.basis,
                finding.next_step.message,
                *sides,
                "、".join(finding.cells),
            )

    def marked(self) -> MarkedCopy:
        """Return the file with its findings in it, or a Word document made of it."""
        try:
            made = marked(self.reading, self.sheet.findings)
        except UnmarkableError:
            return self._rewritten()
        return MarkedCopy(*made)

    def _rewritten(self) -> MarkedCopy:
        if not self.sheet.is_report:
            return MarkedCopy()
        try:
            words = write(self.reading.report, "docx")
            again = Made.of(words, f"{self.sheet.name}.docx")
            made = marked(again.reading, again.sheet.findings)
        except (UnwritableError, UnmarkableError, UnreadableSourceError):
            return MarkedCopy()
        return MarkedCopy(*made, rewritten=True)

    def facts(self) -> dict[str, object]:
        """Return whose report of which year it is, its cells as read, what rules found.

        With the day it bears, and the fees that its section six states, as text.
        """
        report = self.reading.report
        found = Counter(each.rule.code for each in self.sheet.findings if each.assessed)
        return {
            "named": report.body or "",
            "year": report.year,
            "edition": report.edition.id if report.edition else "",
            "facts": {cell: _said(fact) for cell, fact in report.facts.items()},
            "found": dict(found.most_common()),
            "dated": report.signed_on.isoformat() if report.signed_on else "",
            "fees": {
                name: decimal(value)
                for name, value in stated_fees(report)._asdict().items()
                if value is not None
            },
        }

    def summary(self) -> dict[str, object]:
        """Return what the page's head says."""
        sheet = self.sheet
        return {
            "caption": sheet.caption,
            "kind": sheet.document.kind,
            "counts": {weight.label: number for weight, number in sheet.counts.items()},
            "is_report": sheet.is_report,
            "before": list(self.remarks),
            "columns": [
                cell.rpartition("/")[2]
                for finding in sheet.findings
                if finding.assessed
                for cell in finding.cells[-1:]
                if cell.startswith("requests/")
            ],
        }


def _said(fact: Fact) -> list[str | None]:
    """Return a cell's state, its number, its unit, and what is printed there."""
    number = None if fact.value is None else decimal(fact.value)
    return [fact.state.value, number, fact.unit, fact.raw[:RAW]]


def _opened(data: bytes, name: str) -> Reading:
    source = Source(data, name)
    if is_ours(data):
        reason = "这是明堂写出的结果网页，不是年报，没有检查；请给出年报本身的文件"
        raise source.refuse(reason)
    return read(source)
