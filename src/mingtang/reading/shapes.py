"""What the rows of a table have in common: the evidence for where cells stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import FILL
from mingtang.reading.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingtang.reading.locating import Entry
    from mingtang.reading.rows import Item, Row

NEARLY_ALL = 0.8
"""The share of rows that must agree on a length before one may be blamed."""

ALL_BUT_FEW = 0.9
"""The share of full rows that must end alike before one that does not is doubted."""

FEW = 3
"""The rows that a label's column must have to tell how its rows are built."""

MOST = 0.5
"""With true columns, the width that so many rows share is the table's."""


class Behind(NamedTuple):
    """How many printed cells full rows of table 三 have behind their figures.

    `common` of nine in ten of them, `by_label` of those whose label stands in
    that column; None and absent where they do not agree.
    """

    common: int | None
    by_label: Mapping[int, int]

    def at(self, column: int) -> int | None:
        """Return what is expected of a row whose label stands in that column."""
        return self.by_label.get(column, self.common)


UNTOLD = Behind(None, {})


class Shape(NamedTuple):
    """What neighbouring rows have in common.

    `width` is the rows' length and `slack` their cells past the columns, each
    None where rows differ; `offsets` tell by label column where full rows
    begin; `first` is the column of the first header where headers stand side
    by side in true columns; `compact` says that filling stands at the right.
    """

    width: int | None
    slack: int | None
    offsets: dict[int, list[int]]
    first: int | None
    compact: bool
    irregular: bool = False
    behind: Behind = UNTOLD


def _common(values: Iterable[int]) -> tuple[int | None, float]:
    counts = Counter(values)
    if not counts:
        return None, 0.0
    value, count = counts.most_common(1)[0]
    return value, count / counts.total()


def shape_of(entries: Sequence[Entry], rows: Sequence[Row]) -> Shape:
    """Return what the entries of one table have in common, given its rows."""
    width, width_share = _common(row.width for row in rows)
    slack, slack_share = _common(len(e.values) - len(e.headed.ids) for e in entries)
    alone = len(entries) == 1
    flow = any(row.flow for row in rows)
    if rows[0].spans or (alone and not flow):
        by_width = width_share > MOST and len(rows) > 1
    else:
        by_width = width_share >= max(NEARLY_ALL, slack_share) and len(rows) > 1
    by_slack = slack_share >= NEARLY_ALL and not alone
    heads = entries[0].headed.heads
    first = None if flow else _first_column([head.item.column for head in heads])
    starts: dict[int, list[int]] = {}
    for entry in entries:
        filled = filled_of(entry.values)
        count = len(entry.headed.ids)
        if entry.label and filled and len(filled) == count == filled[-1] - filled[0] + 1:
            starts.setdefault(entry.label.column, []).append(filled[0])
    compact = bool(heads) and min(head.item.column for head in heads) <= 1
    return Shape(
        width if by_width else None,
        slack if by_slack and not by_width else None,
        starts,
        first,
        compact or flow,
        first is not None and any(not _may_align(entry, first) for entry in entries),
    )


def printed_behind(values: Sequence[Item], end: int) -> int:
    """Return how many cells behind an index are printed and not just filling."""
    return sum(item.text != FILL for item in values[end:])


def behind_of(entries: Iterable[Entry]) -> Behind:
    """Return how many printed cells stand behind the figures of table 三's full rows.

    Rows whose label stands in the same column are built alike: a cell more that
    nearly all of them print belongs to the layout, also where blanks leave but
    one of them full.
    """
    tails: list[int] = []
    labelled: dict[int, list[tuple[int, int | None]]] = {}
    for entry in entries:
        if entry.table != "requests" or not entry.headed.ids:
            continue
        tail = _tail(entry)
        if tail is not None:
            tails.append(tail)
        if entry.label is not None:
            printed = printed_behind(entry.values, 0)
            labelled.setdefault(entry.label.column, []).append((printed, tail))
    tail, share = _common(tails)
    by_label = {column: _own_tail(rows) for column, rows in labelled.items()}
    return Behind(
        tail if share >= ALL_BUT_FEW else None,
        {column: own for column, own in by_label.items() if own is not None},
    )


def _tail(entry: Entry) -> int | None:
    """Return how many printed cells follow a full row's figures, None if not full."""
    filled, count = filled_of(entry.values), len(entry.headed.ids)
    if len(filled) == count == filled[-1] - filled[0] + 1:
        return printed_behind(entry.values, filled[-1] + 1)
    return None


def _own_tail(rows: Sequence[tuple[int, int | None]]) -> int | None:
    """Return the tail of rows with one label column that print as many cells."""
    printed, share = _common(cells for cells, _ in rows)
    tails = {tail for cells, tail in rows if cells == printed and tail is not None}
    alike = len(rows) >= FEW and share >= NEARLY_ALL and len(tails) == 1
    return tails.pop() if alike else None


def _may_align(entry: Entry, first: int) -> bool:
    """Return whether a row's cells can all stand under the headers."""
    if not entry.values or entry.label is None:
        return True
    starts = starts_of(entry.values, len(entry.headed.ids))
    return not starts or first - entry.values[0].column in starts


def starts_of(values: Sequence[Item], count: int) -> list[int]:
    """Return where a row's figures may begin so that everything outside is blank."""
    filled = filled_of(values)
    return [
        start
        for start in range(len(values) - count + 1)
        if all(start <= index < start + count for index in filled)
        and not any(item.text == FILL for item in values[start : start + count])
    ]


def _first_column(columns: Sequence[int]) -> int | None:
    side_by_side = len(columns) > 1 and list(columns) == list(
        range(columns[0], columns[0] + len(columns))
    )
    return columns[0] if side_by_side else None


def filled_of(items: Sequence[Item]) -> list[int]:
    """Return which cells are not blank."""
    return [index for index, item in enumerate(items) if item.sense.kind is not Kind.BLANK]
