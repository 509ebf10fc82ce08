"""Which cell of a row is which column: by true columns, or by a full count.

Where true columns are known each figure must stand under one header. Else a
row is placed when its cells leave only one way to stand, and when its length
is that of its neighbours: a row that lost or gained a cell is unreadable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import FILL
from mingtang.reading.digits import balanced, proved, split_digits
from mingtang.reading.shapes import (
    Shape,
    behind_of,
    filled_of,
    printed_behind,
    shape_of,
    starts_of,
)
from mingtang.reading.vocabulary import WORD, WORDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.columns import Headed
    from mingtang.reading.locating import Entry, Located
    from mingtang.reading.rows import Item, Row


_BLANKS = "有空格，无法确定各格属于哪一列"
_UNPROVED = "这一行比表式多出格，各数之和又与总计不符，无法确定各数属于哪一列"


class Placed(NamedTuple):
    """The cells of an entry in the order of its columns, or why there are none.

    `shifted` says that the figures did not stand under their headers and were
    taken in order, all of them being there; `weighed` that the figures
    themselves, and not only labels and blanks, decided.
    """

    entry: Entry
    items: tuple[Item, ...]
    trouble: str = ""
    shifted: bool = False
    weighed: bool = False


def place(located: Located) -> list[Placed]:
    """Return every entry with its cells placed or refused."""
    groups: dict[tuple[int, str], list[Entry]] = {}
    for entry in located.entries:
        groups.setdefault((entry.row.source, entry.table), []).append(entry)
    widths: dict[int, list[Row]] = {}
    for row in located.rows:
        widths.setdefault(row.source, []).append(row)
    behind = behind_of(located.entries)
    shapes = {
        key: shape_of(entries, widths[key[0]])._replace(behind=behind)
        for key, entries in groups.items()
    }
    strict = balanced(located.entries)
    askew = {key for key, entries in groups.items() if _askew(entries)}
    return [
        _by_count(entry, strict=strict)
        if entry.row.vanishing and not entry.headed.trouble
        else _place(
            entry,
            shapes[entry.row.source, entry.table],
            askew=(entry.row.source, entry.table) in askew,
        )
        for entry in located.entries
    ]


def _place(entry: Entry, shape: Shape, *, askew: bool) -> Placed:
    if entry.headed.trouble:
        return Placed(entry, (), entry.headed.trouble)
    if entry.row.spans and entry.headed.spans:
        under = _under_headers(entry, entry.headed)
        fits = shape.width in (None, entry.row.width)
        if entry.table == "disclosure":
            # Its blocks differ in width: each has the width of its own header.
            fits = entry.row.width == max(head.row.width for head in entry.headed.heads)
        if under is not None and fits and not askew:
            return Placed(entry, under)
        return _in_order(entry, shape, shifted=True)
    return _in_order(entry, shape, shifted=False)


def _askew(entries: Sequence[Entry]) -> bool:
    """Return whether many rows of a table do not stand under its headers.

    Then those that seem to may owe it to a blank: one table is read one way.
    """
    rows = [e for e in entries if e.row.spans and e.headed.spans and not e.headed.trouble]
    away = sum(_under_headers(entry, entry.headed) is None for entry in rows)
    return away * 3 > len(rows)


def _under_headers(entry: Entry, headed: Headed) -> tuple[Item, ...] | None:
    """Return the cells under each header, None unless each header has its own.

    Cells under no header must be blank.
    """
    values = entry.values
    heads = headed.heads
    if len(values) == len(heads) and all(
        item.column == head.item.column and item.colspan == head.item.colspan
        for item, head in zip(values, heads, strict=True)
    ):
        return values
    found: list[Item] = []
    rest = list(values)
    for head in heads:
        start = head.item.column
        end = start + head.item.colspan
        here = [
            item
            for item in rest
            if item.column < end and item.column + item.colspan > start
        ]
        if len(here) != 1 or (
            here[0].column + here[0].colspan > end and _crosses(here[0], headed)
        ):
            return None
        found.append(here[0])
        rest.remove(here[0])
    if any(item.sense.kind is not Kind.BLANK for item in rest):
        return None
    return tuple(found)


def _crosses(item: Item, headed: Headed) -> bool:
    """Return whether a cell reaches under more than one header."""
    end = item.column + item.colspan
    return (
        sum(
            head.item.column < end and head.item.column + head.item.colspan > item.column
            for head in headed.heads
        )
        > 1
    )


def _in_order(entry: Entry, shape: Shape, *, shifted: bool) -> Placed:
    """Place a row in the order of its cells, where that order is sure.

    A row that goes on longer behind its figures than table 三's full rows do may
    hold a figure cut in two: its own totals must prove it.
    """
    values = entry.values
    count = len(entry.headed.ids)
    starts = starts_of(values, count)
    trouble = _refusal(entry, shape, starts, shifted=shifted)
    if trouble:
        return Placed(entry, (), trouble)
    start = starts[0] if len(starts) == 1 else _chosen(entry, shape, starts)
    if start is None:
        return Placed(entry, (), _BLANKS)
    taken = tuple(values[start : start + count])
    if start > 0 and not _expected(entry, shape, start):
        sure = _adds_up(entry._replace(values=taken))
        return Placed(entry, taken if sure else (), "" if sure else _BLANKS, weighed=True)
    longer = _goes_on(entry, shape, start + count)
    if longer and not proved(entry._replace(values=taken)):
        return Placed(entry, (), _UNPROVED, weighed=True)
    away = shape.first is not None and values[start].column != shape.first
    return Placed(entry, taken, shifted=shifted or away, weighed=longer)


def _goes_on(entry: Entry, shape: Shape, end: int) -> bool:
    """Return whether a full row goes on behind its figures where its like do not.

    The row of table 四 has none like it: full or not, it is held to end with
    its figures.
    """
    more = printed_behind(entry.values, end)
    if entry.label is None:
        return more > (shape.behind.common or 0)
    full = len(filled_of(entry.values)) == len(entry.headed.ids)
    expected = shape.behind.at(entry.label.column)
    return full and expected is not None and more > expected


def _adds_up(entry: Entry) -> bool:
    """Return whether a full row of table 三 has figures other than 0 that prove it."""
    figures = [item.sense.figure.value for item in entry.values if item.sense.figure]
    full = entry.table == "requests" and all(value is not None for value in figures)
    return full and any(figures) and proved(entry)


def _refusal(entry: Entry, shape: Shape, starts: Sequence[int], *, shifted: bool) -> str:
    """Return why a row cannot be placed in the order of its cells, or nothing."""
    values = entry.values
    count = len(entry.headed.ids)
    filled = len(filled_of(values))
    whole = filled == count
    printed = sum(item.text != FILL for item in values)
    unproved = (shape.width is None and shape.slack is None) or entry.label is None
    words = any(item.sense.targets in (WORD, WORDS) for item in values)
    reasons = (
        (not starts, _count_trouble(filled, count)),
        (words and len(values) > count, "数字之间有文字，无法确定各格属于哪一列"),
        (
            entry.headed.odd and printed != count,
            "表头里有认不出的列，无法确定各格属于哪一列",
        ),
        (shifted and not whole, "数字没有对齐列标题，又有空格，无法确定各格属于哪一列"),
        (
            not _regular(entry, shape) and not (whole and len(values) == count),
            "这一行的格数与同表其他行不同，可能少了或多了格",
        ),
        (
            not whole and unproved and printed > count,
            "有空格，又没有可对照的行，无法确定各格属于哪一列",
        ),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _expected(entry: Entry, shape: Shape, start: int) -> bool:
    """Return whether figures may begin after blanks: under the header, or as others do.

    In table 四 a column that is empty all the way down stands before the row (it
    ends the header) and after it.
    """
    column = entry.label.column if entry.label is not None else -1
    if entry.label is None and entry.row.flow:
        return start == len(entry.values) - start - len(entry.headed.ids)
    under = shape.first is not None and entry.values[start].column == shape.first
    return under or shape.offsets.get(column, []).count(start) > 1


def _regular(entry: Entry, shape: Shape) -> bool:
    if shape.width is not None:
        return entry.row.width == shape.width
    if shape.slack is not None:
        return len(entry.values) - len(entry.headed.ids) == shape.slack
    return True


def _chosen(entry: Entry, shape: Shape, starts: Sequence[int]) -> int | None:
    """Return where the cells begin when blanks leave more than one way.

    True columns tell where every row of the table keeps to them; else a header
    that starts at the left edge tells that filling stands at the right.
    """
    count = len(entry.headed.ids)
    if not filled_of(entry.values) and len({item.text for item in entry.values}) == 1:
        return starts[0]
    if shape.irregular:
        return None
    if shape.first is not None:
        aligned = shape.first - entry.values[0].column
        return aligned if aligned in starts else None
    left = shape.compact or len(entry.values) == count
    return 0 if left and 0 in starts else None


def _count_trouble(seen: int, count: int) -> str:
    return f"应有 {count} 个数，见到 {seen} 个，无法确定各属于哪一列"


def _by_count(entry: Entry, *, strict: bool) -> Placed:
    """Place a row whose empty cells have vanished: only a full row is sure.

    A page's number or the next row's may have filled up a row that lost a
    blank: in a report that balances, a row's total must prove that it is a row.
    """
    count = len(entry.headed.ids)
    if len(entry.values) == count and all(
        item.sense.kind is Kind.FIGURE for item in entry.values
    ):
        doubtful = strict or entry.row.doubtful or entry.headed.odd
        if not doubtful or proved(entry):
            return Placed(entry, entry.values)
        return Placed(
            entry, (), "没有格线可依，各数之和又与总计不符，无法确定各数属于哪一列"
        )
    if len(entry.values) == 1 and count > 1:
        split = split_digits(entry, count)
        if split is not None:
            return Placed(entry, split)
    return Placed(entry, (), _count_trouble(len(entry.values), count))
