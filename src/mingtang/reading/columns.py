"""Which column of a table is which, from the headers above it.

A column is known by its printed label, in whatever order the labels stand; a
damaged label is taken only in its own place between labels that are whole. A
header that misses a column places nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.form.loading import editions
from mingtang.reading.vocabulary import (
    COLUMN_LIKENESS,
    Kind,
    column_likeness,
    edition_columns,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.form.edition import Edition
    from mingtang.reading.rows import Item, Row

Expected = tuple[tuple[str, str], ...]
"""The (id, label) of the columns a form prescribes, in its order."""

DISPUTE_LINES = {
    "行政复议": "review",
    "未经复议直接起诉": "suit_direct",
    "复议后起诉": "suit_after_review",
}
"""The group headers of table 四 and the lines they stand for."""


class Head(NamedTuple):
    """One header cell with the row it stands in."""

    row: Row
    item: Item


class Headed(NamedTuple):
    """The columns of a table in the order of its figures.

    `ids` has None for a column the form does not know; `heads` are the header
    cells; `likeness` how sure each is; `trouble` says in Chinese why the
    header places nothing, empty where it does; `odd` that the header holds words
    that nobody knows, above a column perhaps.
    """

    ids: tuple[str | None, ...]
    heads: tuple[Head, ...]
    likeness: tuple[float, ...] = ()
    trouble: str = ""
    edition: Edition | None = None
    odd: bool = False

    @property
    def foreign(self) -> bool:
        """Return whether no header at all is one of the form's: another kind of table."""
        unknown = bool(self.ids) and all(name is None for name in self.ids)
        return bool(self.trouble) and (not self.heads or unknown)

    @property
    def spans(self) -> bool:
        """Return whether all headers stand in one grid, each in columns of its own."""
        return _true_columns(self.heads)


def _true_columns(heads: Sequence[Head]) -> bool:
    """Return whether headers stand in one grid and none above or below another.

    A page that lost its colspans puts two headers in one column: its columns
    are only an order.
    """
    if not heads or not all(
        head.row.spans and head.row.source == heads[0].row.source for head in heads
    ):
        return False
    bounds = sorted((head.item.column, head.item.colspan) for head in heads)
    return all(
        column + width <= following for (column, width), (following, _) in pairwise(bounds)
    )


def match(texts: Sequence[str], expected: Expected) -> tuple[list[str | None], list[float]]:
    """Return the column id of each printed header, None where none is sure.

    Whole labels first, wherever they stand; then damaged ones in their own
    place. Two headers with one label are both left out.
    """
    found: list[str | None] = [None] * len(texts)
    likeness = [0.0] * len(texts)
    claims: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        for name, label in expected:
            if column_likeness(text, label) == 1.0:
                claims.setdefault(name, []).append(index)
    for name, indexes in claims.items():
        if len(indexes) == 1:
            found[indexes[0]], likeness[indexes[0]] = name, 1.0
    if len(texts) == len(expected):
        _match_damaged(texts, expected, found, likeness, set(claims))
    return found, likeness


def _match_damaged(
    texts: Sequence[str],
    expected: Expected,
    found: list[str | None],
    likeness: list[float],
    claimed: set[str],
) -> None:
    for index, (name, label) in enumerate(expected):
        if found[index] is None and name not in claimed:
            alike = column_likeness(texts[index], label)
            others = [
                column_likeness(texts[index], each) for key, each in expected if key != name
            ]
            in_place = all(
                other is None or other == expected[place][0]
                for place, other in enumerate(found)
            )
            unclaimed = not any(other == 1.0 for other in others)
            if (
                unclaimed
                and in_place
                and (alike >= COLUMN_LIKENESS or _anchored(found, index))
            ):
                found[index], likeness[index] = name, alike


def _anchored(found: Sequence[str | None], index: int) -> bool:
    """Return whether every other header is known, so that this one is left over."""
    return len(found) > 1 and all(
        name is not None for place, name in enumerate(found) if place != index
    )


def disclosure_columns(heads: Sequence[Head], line: str) -> Headed:
    """Return the columns of a line of table 二 under the header last seen."""
    texts = [head.item.text for head in heads]
    best: tuple[float, Headed] | None = None
    for edition in editions():
        expected = edition_columns(edition, "disclosure", line)
        if not expected or not texts:
            continue
        found, likeness = match(texts, expected)
        missing = len(expected) - sum(name is not None for name in found)
        unknown = sum(name is None for name in found)
        score = sum(likeness) - 0.5 * missing - 0.5 * unknown
        trouble = "" if not missing else "表头认不全，无法确定各列是什么"
        made = Headed(tuple(found), tuple(heads), tuple(likeness), trouble, edition)
        if best is None or score > best[0]:
            best = (score, made)
    if best is None:
        return Headed((), (), trouble="没有表头，无法确定各列是什么")
    return best[1]


def request_columns(heads: Sequence[Head]) -> Headed:
    """Return the columns of table 三 from its header rows.

    The five kinds of organisation stand under 法人或其他组织, 总计 to the
    right of everything under 申请人情况; true columns decide where they are
    known.
    """
    expected = edition_columns(editions()[0], "requests", "received")
    leaves = _leaves(heads, "requests")
    if not leaves:
        return Headed((), (), trouble="没有表头，无法确定各列是什么")
    if _true_columns(leaves):
        leaves.sort(key=lambda head: head.item.column)
    else:
        leaves = _in_order(leaves, heads)
    if not leaves:
        return Headed((), (), trouble="表头层次不清，无法确定各列的先后")
    found, likeness = match([head.item.text for head in leaves], expected)
    missing = [label for name, label in expected if name not in found]
    trouble = f"表头缺少或认不出“{missing[0]}”列，无法确定各列" if missing else ""
    if not trouble and _scattered(found):
        trouble = "表头层次不清，无法确定各列的先后"
    top = heads[0].row.number
    odd = any(
        head.item.sense.kind is Kind.OTHER
        and head not in leaves
        and (head.item.column > 0 or head.row.number != top)
        for head in heads
    )
    return Headed(tuple(found), tuple(leaves), tuple(likeness), trouble, odd=odd)


def _scattered(found: Sequence[str | None]) -> bool:
    """Return whether 总计 stands among the kinds of organisation, as no table prints it."""
    kinds = [at for at, name in enumerate(found) if name not in (None, "person", "total")]
    return kinds[0] < found.index("total") < kinds[-1]


def _leaves(heads: Sequence[Head], table: str) -> list[Head]:
    """Return the header cells that stand right above figures."""
    leaves: list[Head] = []
    nested = any("申请人情况" in head.item.sense.targets for head in heads)
    rows: dict[tuple[int, int], list[Head]] = {}
    for head in heads:
        rows.setdefault((head.row.source, head.row.number), []).append(head)
    for row in rows.values():
        known = [index for index, head in enumerate(row) if _is_column(head, table)]
        lowest = nested and any("requests//person" in h.item.sense.targets for h in row)
        for index, head in enumerate(row):
            kind = head.item.sense.kind
            inside = len(known) > 1 and (lowest or known[0] <= index)
            if index in known or (inside and kind in (Kind.OTHER, Kind.FIGURE)):
                leaves.append(head)
    return leaves


def _is_column(head: Head, table: str) -> bool:
    each = head.item.sense
    return each.kind is Kind.COLUMN and any(
        target.startswith(f"{table}//") for target in each.targets
    )


def _in_order(leaves: list[Head], heads: Sequence[Head]) -> list[Head]:
    """Return leaf headers in the order of the figures, read from nested headers.

    总计 printed before the kinds of organisation stands to their right when
    something above them, whole or damaged, spans them; without it nobody can
    tell, and nothing is returned.
    """
    known = [head for head in leaves if _is_column(head, "requests")]
    total = next(
        (head for head in known if "requests//total" in head.item.sense.targets), None
    )
    if total is None or leaves[-1] is total or known[-1] is total:
        return leaves
    order = list(heads)
    before = order[: order.index(total)]
    above = [head for head in before if head.item.sense.kind is Kind.PARENT]
    damaged = [head for head in before if head in leaves and head not in known]
    if above or len(damaged) == 1:
        return [head for head in leaves if head is not total and head not in damaged] + [
            total
        ]
    return leaves if known[0] is total else []


def dispute_columns(heads: Sequence[Head]) -> Headed:
    """Return the columns of table 四 as ``line/column``, from its header rows."""
    expected = edition_columns(editions()[0], "disputes", "review")
    leaves = _leaves(heads, "disputes")
    spans = _true_columns(leaves)
    if spans:
        leaves.sort(key=lambda head: head.item.column)
    # A heading run together with the table lends it words: the last ones are the header's.
    named = {
        DISPUTE_LINES[head.item.sense.targets[1]]: head
        for head in heads
        if head.item.sense.kind is Kind.PARENT
        and head.item.sense.targets[1] in DISPUTE_LINES
    }
    groups = sorted(named.items(), key=lambda group: heads.index(group[1]))
    size = len(expected)
    chunks = [leaves[start : start + size] for start in range(0, len(leaves), size)]
    if not groups or len(chunks) != len(groups) or len(chunks[-1]) != size:
        return Headed((), tuple(leaves), trouble="表四表头不全，无法确定各列是什么")
    ids: list[str | None] = []
    likeness: list[float] = []
    for (line, group), chunk in zip(_by_column(groups, spans=spans), chunks, strict=True):
        found, sure = match([head.item.text for head in chunk], expected)
        if _is_mixed(chunk, found) or (spans and not _covers(group, chunk)):
            return Headed((), tuple(leaves), trouble="表四表头对不上，无法确定各列是什么")
        ids += [f"{line}/{name}" for name in found]
        likeness += sure
    return Headed(tuple(ids), tuple(leaves), tuple(likeness))


def _is_mixed(chunk: Sequence[Head], found: Sequence[str | None]) -> bool:
    """Return whether a column is unknown, or a head cut by a page's end out of order."""
    parted = len({head.row.source for head in chunk}) > 1
    names = [name for name, _ in edition_columns(editions()[0], "disputes", "review")]
    return None in found or (parted and list(found) != names)


def _by_column(groups: list[tuple[str, Head]], *, spans: bool) -> list[tuple[str, Head]]:
    if spans and all(head.row.spans for _, head in groups):
        return sorted(groups, key=lambda group: group[1].item.column)
    order = list(DISPUTE_LINES.values())
    late = [group for group in groups if group[0] != "review"]
    return [*(group for group in groups if group[0] == order[0]), *late]


def _covers(group: Head, chunk: Sequence[Head]) -> bool:
    start = group.item.column
    end = start + group.item.colspan
    return all(start <= head.item.column < end for head in chunk)
