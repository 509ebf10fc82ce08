"""Text without borders cut into rows: they begin at labels, and may be lines.

A number of something else may stand among a row's figures: a page's, the
row's own. Rows where that may be are doubtful, and must be proved by sums.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.rows import Item, Row, heads
from mingtang.reading.vocabulary import Kind
from mingtang.text import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.place import Place
    from mingtang.reading.vocabulary import Sense

LINES = 0.8
"""Where so large a share of rows stands on one line each, a row is a line."""
_CORNER_END = "第四项之和"
_COUNTERS = frozenset({"序号", "行次", "编号", "项次", "行号"})


class Token(NamedTuple):
    """A stretch of a block taken for one cell."""

    text: str
    sense: Sense
    address: Place


class Cut(NamedTuple):
    """The tokens of one row, its number, and whether others' figures may be among them."""

    tokens: tuple[Token, ...]
    number: int
    doubtful: bool

    @property
    def blocks(self) -> set[int | None]:
        """Return the blocks that the row's label and figures stand in."""
        kinds = (Kind.LINE, Kind.FIGURE)
        held = [token for token in self.tokens if token.sense.kind in kinds]
        return {token.address.paragraph for token in held}

    @property
    def full(self) -> bool:
        """Return whether the row has a label and figures."""
        kinds = {token.sense.kind for token in self.tokens}
        return Kind.LINE in kinds and Kind.FIGURE in kinds


def cut_rows(tokens: Sequence[Token]) -> Iterator[Cut]:
    """Yield rows that begin at labels; a header row runs on over its headers."""
    doubtful = any(map(_heads_other, tokens))
    starts = [
        index
        for index, token in enumerate(tokens)
        if index == 0 or _begins(tokens[index - 1].sense, token.sense)
    ]
    for number, (start, end) in enumerate(pairwise([*starts, len(tokens)]), 1):
        yield Cut(tuple(tokens[start:end]), number, doubtful)


def _heads_other(token: Token) -> bool:
    """Return whether a token heads, perhaps among others, a column of its own kind."""
    key = label_key(token.text)
    if token.sense.kind is Kind.CORNER:
        return key.partition(_CORNER_END)[2] not in ("", "申请人情况")
    return key in _COUNTERS


def rows_of(cuts: Sequence[Cut]) -> tuple[Row, ...]:
    """Return the rows; where rows are lines, a figure on another line is doubtful."""
    full = [cut for cut in cuts if cut.full]
    lines = sum(len(cut.blocks) == 1 for cut in full) >= len(full) * LINES
    return tuple(
        _row(cut, doubtful=cut.doubtful or (lines and len(cut.blocks) > 1)) for cut in cuts
    )


def _begins(last: Sense, this: Sense) -> bool:
    """Return whether a row begins between two neighbouring tokens."""
    kind = this.kind
    if kind in (Kind.CAPTION, Kind.LEAD, Kind.CORNER):
        return True
    if kind in (Kind.LINE, Kind.GROUP):
        return not heads(last)
    if kind is Kind.FIGURE:
        return last.kind in (Kind.COLUMN, Kind.PARENT)
    return last.kind in (Kind.FIGURE, Kind.LINE)


def _row(cut: Cut, *, doubtful: bool) -> Row:
    items = tuple(
        Item(token.text, token.sense, column, 1, token.address)
        for column, token in enumerate(cut.tokens)
    )
    return Row(items, 0, cut.number, vanishing=True, doubtful=doubtful)
