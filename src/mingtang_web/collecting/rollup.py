"""The roll-up of a season (汇总): its totals, its fees, and what is to be known of them.

Page, HTML, workbook, JSON, CSV and ZIP are all made from this: whatever one of them says
of the reports that were added up, the others say too.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from mingtang import combining
from mingtang.catalogue import rule
from mingtang.combining.fees import LABELS
from mingtang.form.loading import edition_for
from mingtang.manuscript import HEADING, Drawn, Square, Words
from mingtang_web.collecting.behind import behind_all, printed_fees
from mingtang_web.collecting.models import Step
from mingtang_web.collecting.reports import (
    accepted_but_for_facts,
    blocking,
    combined,
    fees_of,
)
from mingtang_web.collecting.status import reasons_of
from mingtang_web.figures import exact, label_of
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.combining import Combined, Total
    from mingtang.manuscript import Piece
    from mingtang_web.collecting.models import Delivery, Season

COUNTED, MISSING, LEFT_OUT, DOUBTFUL = "counted", "missing", "left_out", "doubtful"
SUMS, OPEN, ADJUSTED, WAIVED, FEES = "sums", "open", "adjusted", "waived", "fees_differ"
COLUMNS = ("year", "kind", "body", "subject", "label", "value", "reason")
"""The columns of the remarks as CSV: the year, and what a `Remark` says."""
TABLES = {
    OPEN: (
        "接受时还有违规、矛盾没有改的",
        ("机关", "规则", "没有改的发现", "处数", "接受的理由"),
    ),
    FEES: (
        "收费与台账不一致的报告",
        ("机关", "", "项目", "台账（计入合计）", "报告第六部分"),
    ),
    ADJUSTED: ("报告中的人工调整", ("机关", "", "行、列", "调整", "理由")),
    WAIVED: ("本机关说明理由不改的发现", ("机关", "规则", "发现", "", "理由")),
}
"""The remarks that are drawn as tables, with their titles and heads."""
SHEET = ("类别", "机关", "编号", "内容", "数", "理由")
"""The heads of the workbook's sheet of remarks."""
KINDS = {
    COUNTED: "计入", MISSING: "缺报告", LEFT_OUT: "没有计入", DOUBTFUL: "可能重复",
    SUMS: "已含下级", OPEN: "接受时没有改",
    FEES: "收费与台账不一致", ADJUSTED: "人工调整", WAIVED: "说明理由不改",
}  # fmt: skip


class Remark(NamedTuple):
    """One thing to be known of the reports: its kind, whose report, what, how much, why.

    ``subject`` is the code of a rule, the id of a cell, or another body; ``label`` says
    it in words. What is not there is empty.
    """

    kind: str
    body: str
    subject: str = ""
    label: str = ""
    value: str = ""
    reason: str = ""


class Rollup(NamedTuple):
    """A season's reports added up, with the fees, and what is to be known of them."""

    combined: Combined
    fees: Mapping[str, Total]
    remarks: tuple[Remark, ...]

    def of(self, kind: str) -> list[Remark]:
        """Return the remarks of a kind."""
        return [each for each in self.remarks if each.kind == kind]


def rolled_up(season: Season) -> Rollup | None:
    """Return the accepted reports rolled up, None where there is none.

    Raises `CombineError`.
    """
    found = combined(season)
    if found is None:
        return None
    rows = accepted_but_for_facts(season)
    said = (*_covered(found), *_accepted(season, rows))
    return Rollup(found, fees_of(season, found), said)


def as_object(found: Rollup) -> dict[str, object]:
    """Return the roll-up as ``mingtang combine --json`` does, with fees and remarks."""
    made = combining.as_object(found.combined, found.fees)
    beside = [each for each in found.remarks if each.kind in {SUMS, *TABLES}]
    return made | {"remarks": [each._asdict() for each in beside]}


def as_json(found: Rollup) -> bytes:
    """Return the roll-up as JSON."""
    return f"{json.dumps(as_object(found), ensure_ascii=False, indent=2)}\n".encode()


def as_csv(found: Rollup) -> bytes:
    """Return the totals as tidy rows: one a cell, then one for each sum of the fees."""
    return combining.as_csv(found.combined, found.fees)


def remarks_csv(found: Rollup) -> bytes:
    """Return the remarks as tidy rows of `COLUMNS`: whose reports, and what of them."""
    held = io.StringIO()
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    year = str(found.combined.year)
    sheet.writerows((year, *_safe(each)) for each in found.remarks)
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def sheet_of(found: Rollup) -> list[Sequence[str]]:
    """Return the remarks as a sheet of a workbook, with its heads."""
    return [SHEET, *((KINDS[each.kind], *each[1:]) for each in found.remarks)]


def pieces(found: Rollup) -> Iterator[Piece]:
    """Yield the fees, and the remarks on the reports, as they stand below the totals."""
    yield from combining.fee_pieces(found.fees)
    yield from tables(found)


def tables(found: Rollup) -> Iterator[Piece]:
    """Yield the remarks on the reports as tables, each under its heading."""
    for kind in TABLES:
        if drawn := found.of(kind):
            table = _table(kind, drawn)
            yield Words(HEADING, table.title)
            yield table


def _safe(each: Remark) -> Remark:
    """Return a remark whose words no spreadsheet takes for a formula."""
    words = {name: harmless(getattr(each, name)) for name in ("body", "label", "reason")}
    return each._replace(**words)


def _covered(found: Combined) -> Iterator[Remark]:
    covered = found.coverage
    yield from (Remark(COUNTED, name) for name in covered.counted)
    yield from (Remark(MISSING, name) for name in covered.missing)
    yield from (Remark(LEFT_OUT, each.body, reason=each.why) for each in covered.left_out)
    yield from (Remark(DOUBTFUL, one, other) for one, other in covered.doubtful)


def _accepted(season: Season, rows: Sequence[Delivery]) -> Iterator[Remark]:
    reasons = reasons_of(Step.objects.filter(member__season=season))
    form, known = edition_for(season.year), behind_all(rows)
    for row in rows:
        if row.member.sums:
            yield Remark(SUMS, row.member.body.name)
    for row in rows:
        name, why = row.member.body.name, reasons.get(row.pk, "")
        for code, times in blocking(row).items():
            yield Remark(OPEN, name, code, rule(code).title, str(times), why)
        yield from _fees_differing(row)
        for each in known[row.pk].adjustments:
            label = label_of(form, each.cell)
            yield Remark(ADJUSTED, name, each.cell, label, each.change, each.reason)
        for left in known[row.pk].waivers:
            yield Remark(WAIVED, name, left.code, left.message, "", left.reason)


def _fees_differing(row: Delivery) -> Iterator[Remark]:
    """Yield which fees the ledger gives, and a report's section six states otherwise."""
    printed = printed_fees(row)
    for name, stands in row.fees.items() if printed else ():
        said = getattr(printed, name)
        if said is None or exact(stands) != said:
            told = "没有写明，或者读不出" if said is None else str(said)
            fee = f"fees/{name}"
            yield Remark(FEES, row.member.body.name, fee, LABELS[name], stands, told)


def _table(kind: str, found: Iterable[Remark]) -> Drawn:
    """Return the remarks of a kind as a table; a column without a head falls away."""
    title, heads = TABLES[kind]
    kept = [at for at, head in enumerate(heads, start=1) if head]
    head = tuple(Square("head", heads[at - 1], scope="col") for at in kept)
    body = [
        (
            Square("label", each.body, scope="row"),
            *(Square("label", each[at]) for at in kept[1:]),
        )
        for each in found
    ]
    return Drawn(kind, title, len(head), (head, *body), 1)
