"""Which row is which line of which table, with the evidence for it.

Rows come in reading order. Header rows gather until a line label is met; then
every labelled row becomes an entry, to be placed when all its neighbours are
known. What no label claims is reported, never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.columns import (
    Head,
    Headed,
    disclosure_columns,
    dispute_columns,
    request_columns,
)
from mingtang.reading.vocabulary import Kind, Sense

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.rows import Item, Row

_HEADERS = frozenset({Kind.COLUMN, Kind.PARENT, Kind.CORNER, Kind.LEAD})
_VALUES = frozenset({Kind.FIGURE, Kind.BLANK})


class Entry(NamedTuple):
    """A row that belongs to a line: its label cell and the cells after it.

    `line` is ``table/line``; for table 四, whose one row holds three lines, it
    is ``disputes`` and there is no label.
    """

    table: str
    line: str
    row: Row
    label: Item | None
    values: tuple[Item, ...]
    headed: Headed


class Stray(NamedTuple):
    """A row with figures that no line of the form claims."""

    row: Row
    reason: str


class Located(NamedTuple):
    """Everything located: entries, stray rows, header cells by table."""

    entries: tuple[Entry, ...]
    strays: tuple[Stray, ...]
    heads: tuple[tuple[str, Headed], ...]
    rows: tuple[Row, ...]


class _Locator:
    """Walks the rows, remembering the table and the header it is under."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.strays: list[Stray] = []
        self.headers: list[tuple[str, Headed]] = []
        self.heads: list[Head] = []
        self.table = ""
        self.headed: Headed | None = None
        self.last_line = ""
        self.source = -1

    def feed(self, row: Row) -> None:
        """Take the next row."""
        if row.source != self.source:
            self._enter(row)
        kinds = {item.sense.kind for item in row.items}
        label = _label_index(row.items)
        if label is None and Kind.COLUMN in kinds and Kind.FIGURE in kinds:
            label = self._bare_label(row)
        if label is not None:
            self._line(row, label)
        elif kinds & _HEADERS:
            self._header(row, kinds)
        elif Kind.CAPTION in kinds:
            self._open("disclosure")
        elif Kind.FIGURE in kinds or self._is_blank_row(row, kinds):
            self._unlabelled(row)

    def _enter(self, row: Row) -> None:
        """Enter another grid: table 四, once it has its row, does not run on into it.

        A head alone at the end of a page still waits for its row.
        """
        self.source = row.source
        ended = bool(self.entries) and self.entries[-1].table == "disputes"
        ended = ended and (self.headed is not None or not self.heads)
        if ended and self.table == "disputes" and not row.vanishing:
            self._open("")

    def _is_blank_row(self, row: Row, kinds: set[Kind]) -> bool:
        """Return whether an empty row stands where table 四 has its figures."""
        if self.table != "disputes" or self.headed is not None or kinds != {Kind.BLANK}:
            return False
        above = self.heads[-1].row if self.heads else row
        follows = above.source == row.source and above.number + 1 == row.number
        headers = sum(head.item.sense.kind is Kind.COLUMN for head in self.heads)
        return follows and 0 < headers <= len(row.items)

    def _open(self, table: str) -> None:
        self.table = table
        self.heads = []
        self.headed = None

    def _bare_label(self, row: Row) -> int | None:
        """Return where 其他 or 总计 without its numeral stands as a line label."""
        filled = [index for index, item in enumerate(row.items) if item.text.strip()]
        first = row.items[filled[0]].sense
        rest = [row.items[index].sense.kind for index in filled[1:]]
        if self.table == "requests" and set(rest) == {Kind.FIGURE}:
            if "requests//total" in first.targets and self.last_line.startswith("other_"):
                return filled[0]
            if "requests//other" in first.targets and self.last_line == "other_unpaid":
                return filled[0]
        return None

    def _header(self, row: Row, kinds: set[Kind]) -> None:
        table = _table_of(row, self.table)
        if Kind.FIGURE in kinds:
            self.strays.append(Stray(row, "表头和数字在同一行，无法确定位置"))
            return
        restart = table != self.table or self.headed is not None or table == "disclosure"
        if restart:
            self._open(table)
        heads = [
            Head(row, item)
            for item in row.items
            if item.sense.kind not in (Kind.BLANK, Kind.LEAD, Kind.CAPTION, Kind.CORNER)
        ]
        if table == "disclosure" and Kind.LEAD not in kinds and _is_lead(heads):
            heads = heads[1:]
        self.heads += heads

    def _line(self, row: Row, index: int) -> None:
        label = row.items[index]
        target = label.sense.targets[0]
        if "//" in target:
            target = "requests/" + (
                "concluded" if target.endswith("total") else "other_other"
            )
        table, line = target.split("/")
        if table != self.table:
            self._open(table)
        values = row.items[index + 1 :]
        headed = self._columns(table, line)
        self.entries.append(Entry(table, line, row, label, values, headed))
        self.last_line = line

    def _columns(self, table: str, line: str) -> Headed:
        if table == "disclosure":
            made = disclosure_columns(self.heads, line)
            self.headed = made
        elif self.headed is None:
            made = request_columns(self.heads)
            self.headed = made
        else:
            made = self.headed
        self.headers.append((table, made))
        return made

    def _unlabelled(self, row: Row) -> None:
        figures = sum(item.sense.kind is Kind.FIGURE for item in row.items)
        if self.table in ("requests", "disclosure") and self.heads and row.vanishing:
            # Figures before any label: labels may follow their figures, trust no header.
            self._open(self.table)
        noted = row.items[0].sense.kind is Kind.OTHER and self.headed is not None
        if self.table == "disputes" and not noted:
            if self.headed is None:
                self.headed = dispute_columns(self.heads)
                self.headers.append(("disputes", self.headed))
            values = _after_words(row.items)
            entry = Entry("disputes", "disputes", row, None, values, self.headed)
            self.entries.append(entry)
        elif self.table and figures > 1 and self.entries:
            words = [item.text for item in row.items if item.sense.kind is Kind.OTHER]
            reason = f"表式里没有“{words[0]}”这一行" if words else "这一行没有行名"
            self.strays.append(Stray(row, reason))


def _is_lead(heads: Sequence[Head]) -> bool:
    """Return whether the first header is a damaged 信息内容, which heads the labels."""
    return len(heads) > 1 and heads[0].item.sense.kind is Kind.OTHER


def _label_index(items: Sequence[Item]) -> int | None:
    """Return where the line label of a row stands: the last before its figures."""
    found: int | None = None
    for index, item in enumerate(items):
        kind = item.sense.kind
        if kind is Kind.FIGURE:
            if (
                index == 0
                and len(items) > 1
                and items[1].sense.kind in (Kind.LINE, Kind.GROUP)
            ):
                continue
            break
        if kind is Kind.LINE:
            found = index
        elif kind is Kind.COLUMN and found is None:
            return None
    return found


def _after_words(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the cells of a row of table 四, without words before the figures."""
    start = next(
        (index for index, item in enumerate(items) if item.sense.kind in _VALUES),
        len(items),
    )
    return tuple(items[start:])


def _table_of(row: Row, current: str) -> str:
    """Return which table a header row opens or continues."""
    votes: dict[str, int] = {}
    for item in row.items:
        for table in _tables(item.sense):
            votes[table] = votes.get(table, 0) + 1
    if not votes:
        return current
    best = max(votes.values())
    leading = [table for table, count in votes.items() if count == best]
    return current if current in leading else leading[0]


def _tables(each: Sense) -> set[str]:
    return {target.split("/")[0] for target in each.targets[:8]} & {
        "disclosure",
        "requests",
        "disputes",
    }


def locate(rows: Iterable[Row]) -> Located:
    """Return what the rows hold, in reading order."""
    locator = _Locator()
    seen = []
    for row in rows:
        seen.append(row)
        locator.feed(row)
    return Located(
        tuple(locator.entries), tuple(locator.strays), tuple(locator.headers), tuple(seen)
    )
