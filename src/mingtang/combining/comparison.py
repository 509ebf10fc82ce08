"""A year beside the year before as words and tables: totals, changes, broken carryings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mingtang.combining.bulletin import shown
from mingtang.combining.changes import changes, uncarried
from mingtang.manuscript import HEADING, TEXT, Drawn, Square, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.combining.changes import Change, Uncarried
    from mingtang.combining.totals import Combined
    from mingtang.form.edition import Block, Column, Table
    from mingtang.report import Count, Fact

HEADS = (
    "本年合计", "上年合计", "可比机关", "可比机关本年", "可比机关上年", "增减", "增减幅度",
)  # fmt: skip
_NONE = "—"
_TOTAL = "total"


def comparison(
    now: Combined, before: Combined, column: str = _TOTAL
) -> Iterator[Words | Drawn]:
    """Yield two years' totals side by side, of one column where a table sums several up.

    Raises `CombineError` where ``before`` is not of the year before.
    """
    found = changes(now, before)
    yield Words(
        TEXT,
        "增减是可比机关本年减去可比机关上年的差：只算两年都有数的机关（可比机关），"
        "不是本年合计减上年合计；幅度以可比机关上年为基数，四舍五入保留一位小数，"
        "上年为 0 或者没有数的不算。标 * 的合计不是每份报告都有数。",
    )
    for table in now.edition.tables:
        yield Words(HEADING, f"{table.number} {table.title}")
        for block in table.blocks:
            yield _drawn(table, block, column, found)
    yield Words(HEADING, "上年结转与上年报告的结转下年度")
    yield from _carried(uncarried(now, before), now)


def signed(value: Count | None) -> str:
    """Return a difference with its sign; a stroke where there is none.

    >>> signed(3), signed(-2), signed(0), signed(None)
    ('+3', '-2', '0', '—')
    """
    if value is None:
        return _NONE
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"+{text}" if value > 0 else text


def cells_of(change: Change) -> tuple[str, ...]:
    """Return what stands under `HEADS` of a cell."""
    percent = _NONE if change.percent is None else f"{signed(change.percent)}%"
    before = _NONE if change.before is None else shown(change.before)
    return (
        shown(change.now),
        before,
        f"{change.both} 个" if change.both else _NONE,
        _plain(change.same_now),
        _plain(change.same_before),
        signed(change.difference),
        percent,
    )


def _plain(value: Count | None) -> str:
    """Return a sum as it prints; a stroke where no body gave it in both years."""
    if value is None:
        return _NONE
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _drawn(table: Table, block: Block, column: str, found: Mapping[str, Change]) -> Drawn:
    columns = _columns(block, column)
    head = (Square("corner", ""), *(Square("head", each, scope="col") for each in HEADS))
    body = []
    for line in block.lines:
        for each in columns:
            told = f"{line.group} {line.label}" if line.group else line.label
            label = told if len(columns) == 1 else f"{told} · {each.label}"
            cell = f"{table.id}/{line.id}/{each.id}"
            figures = (Square("figure", text) for text in cells_of(found[cell]))
            body.append((Square("label", label, scope="row"), *figures))
    title = f"{table.number} {block.caption or table.title}"
    title += f"（{columns[0].label}）" if len(columns) == 1 else ""
    title += "：与上年比较"
    return Drawn(f"{table.id}-beside", title, len(head), (head, *body), 1)


def _columns(block: Block, column: str) -> Sequence[Column]:
    """Return the column asked for where they are summed up, otherwise all of them."""
    same = {each.id: each for each in block.columns}
    lines = {line.id for line in block.lines}
    is_summed = column in same and _TOTAL in same and len(lines) > 1 and len(same) > 1
    return (same[column],) if is_summed and "received" in lines else block.columns


def _carried(found: Sequence[Uncarried], now: Combined) -> Iterator[Words | Drawn]:
    broken = [each for each in found if each.assessed]
    unknown = sorted({each.body for each in found if not each.assessed})
    if broken:
        yield _broken(broken, now)
    else:
        yield Words(TEXT, "两年都有数的，上年结转都与上年报告的结转下年度一致。")
    if unknown:
        yield Words(TEXT, f"有一边没有数、不能判断的：{'、'.join(unknown)}。")


def _broken(found: Sequence[Uncarried], now: Combined) -> Drawn:
    heads = ("机关", "申请人", "上年报告结转下年度", "本年报告上年结转", "相差")
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (
            Square("label", each.body, scope="row"),
            Square("figure", now.edition.labels(each.cell)[1].label),
            Square("figure", _said(each.before)),
            Square("figure", _said(each.now)),
            Square("figure", signed(each.now.number - each.before.number)),
        )
        for each in found
    ]
    return Drawn("carried", "上年结转的出入", len(heads), (head, *body), 1)


def _said(fact: Fact) -> str:
    return str(fact.number)
