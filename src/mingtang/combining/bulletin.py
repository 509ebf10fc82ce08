"""A whole district's bulletin: coverage, totals and indicators as words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.combining.rates import rates
from mingtang.manuscript import HEADING, TEXT, TITLE, Drawn, Manuscript, Square, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.combining.choosing import Coverage
    from mingtang.combining.rates import Rate
    from mingtang.combining.totals import Combined, Total
    from mingtang.form.edition import Block, Column, Line, Table

_NAMED = 20
_NONE = "—"


def bulletin(combined: Combined, area: str = "") -> Manuscript:
    """Return the bulletin of a year, titled with the area where one is named.

    A figure over some of the reports is marked ``*``, and under its table stands over
    how many and whose are lacking; one that nobody gave is a stroke.
    """
    title = f"{area}{combined.year}年政府信息公开工作年度报告汇总"
    pieces = (
        Words(TITLE, title),
        *(Words(TEXT, line) for line in coverage_lines(combined)),
        *_tables(combined),
        Words(HEADING, "指标"),
        Words(TEXT, "每项只计分子、分母各数都有的报告；占比四舍五入，保留一位小数。"),
        _rates(rates(combined)),
    )
    return Manuscript(title, area, None, pieces)


def coverage_lines(combined: Combined) -> Iterator[str]:
    """Yield in Chinese whose reports the totals hold, and whose they do not."""
    covered = combined.coverage
    whole = sum(total.is_whole for total in combined.totals.values())
    yield f"计入 {len(covered.counted)} 份报告：{listed(covered.counted)}。"
    if covered.missing:
        yield f"缺 {len(covered.missing)} 个机关的报告：{listed(covered.missing)}。"
    for each in covered.left_out:
        yield f"没有计入“{each.body}”：{each.why}。"
    yield from _doubts(covered)
    some = len(combined.totals) - whole
    if some:
        yield (
            f"{len(combined.totals)} 格中 {some} 格不是每份报告都有数，标 * 并写明"
            "几份有数；空白不当作零。"
        )


def shown(total: Total) -> str:
    """Return a total as printed, marked where it is not over all reports.

    >>> from mingtang.combining.totals import Total
    >>> shown(Total(12, 3, 5)), shown(Total(12, 5, 5)), shown(Total(None, 0, 5))
    ('12*', '12', '—')
    """
    if total.value is None:
        return _NONE
    value = str(total.value) if isinstance(total.value, int) else format(total.value, "f")
    return value if total.is_whole else f"{value}*"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, the first twenty of many.

    >>> listed(["水务局", "财政局"])
    '水务局、财政局'
    """
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}"


def _doubts(covered: Coverage) -> Iterator[str]:
    for government, office in covered.doubtful:
        yield (
            f"“{government}”与“{office}”可能报了同一批申请，都计入了；"
            "请用机关名单写明哪一份是汇总"
        )


def _tables(combined: Combined) -> Iterator[Words | Drawn]:
    for table in combined.edition.tables:
        heading = combined.edition.sections[table.section - 1].heading
        yield Words(HEADING, heading)
        for block in table.blocks:
            yield _drawn(table, block, combined)
            for line in _lacking(table, block, combined):
                yield Words(TEXT, line)


def _drawn(table: Table, block: Block, combined: Combined) -> Drawn:
    head = (Square("corner", ""), *map(_head, block.columns))
    body = [
        (_label(line), *_figures(table, line, block.columns, combined))
        for line in block.lines
    ]
    title = f"{table.number} {block.caption or table.title}"
    return Drawn(table.id, title, len(head), (head, *body), 1)


def _lacking(table: Table, block: Block, combined: Combined) -> Iterator[str]:
    """Yield for which lines of a block whose reports give no number."""
    groups: dict[tuple[str, ...], dict[str, None]] = {}
    for line in block.lines:
        for column in block.columns:
            total = combined.totals[f"{table.id}/{line.id}/{column.id}"]
            names = tuple(each.body for each in total.lacking)
            if names:
                groups.setdefault(names, {})[f"“{line.label}”"] = None
    reports = len(combined.counted)
    for names, labels in groups.items():
        given = reports - len(names)
        yield (
            f"* {'、'.join(labels)}：{reports} 份报告中 {given} 份有数，"
            f"没有数的是{listed(names)}。"
        )


def _head(column: Column) -> Square:
    return Square("head", column.label, scope="col")


def _label(line: Line) -> Square:
    text = f"{line.group} {line.label}" if line.group else line.label
    return Square("label", text, scope="row")


def _figures(
    table: Table, line: Line, columns: Iterable[Column], combined: Combined
) -> Iterator[Square]:
    for column in columns:
        cell = f"{table.id}/{line.id}/{column.id}"
        yield Square("figure", shown(combined.totals[cell]), cell=cell)


def _rates(found: Sequence[Rate]) -> Drawn:
    heads = ("指标", "占什么", "分子", "分母", "占比", "报告")
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (
            Square("label", rate.title, scope="row"),
            Square("figure", rate.over),
            Square("figure", _NONE if rate.part is None else str(rate.part)),
            Square("figure", _NONE if rate.whole is None else str(rate.whole)),
            Square("figure", _NONE if rate.value is None else f"{rate.value}%"),
            Square("figure", f"{rate.given}/{rate.reports}"),
        )
        for rate in found
    ]
    return Drawn("rates", "占比", len(heads), (head, *body), 1)
