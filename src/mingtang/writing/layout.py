"""The printed form as rows of boxes: what stands where, and what spans what.

Paper and screen draw the same boxes; only the ink differs. Table 二 is drawn
block by block, table 三 with its three rows of heads and its groups, table 四
with its lines side by side.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.form.edition import Block, Column, Line, Table

RESULTS = "三、本年度办理结果"
"""The label that stands over all results in table 三, lines without a figure."""


class Box(NamedTuple):
    """One square of the printed form.

    `kind` is ``corner``, ``head``, ``label`` or ``figure``; `cell` is the id
    of a figure's cell; `target` what a label's printed wording is kept under
    (``requests/received``, a column ``requests//person``); `scope` the HTML
    scope of a head; `upright` says that the form prints it in a narrow column;
    `track` is the column of labels it begins in, from 1.
    """

    kind: str
    text: str = ""
    cell: str = ""
    target: str = ""
    scope: str = ""
    rows: int = 1
    columns: int = 1
    upright: bool = False
    track: int = 1


class Panel(NamedTuple):
    """A drawn table: caption, the widths' names, rows of heads, rows of body."""

    caption: str
    tracks: tuple[str, ...]
    head: tuple[tuple[Box, ...], ...]
    body: tuple[tuple[Box, ...], ...]


def panels(table: Table) -> tuple[Panel, ...]:
    """Return a table of the form as the panels it is printed in."""
    if table.across:
        return (_across(table),)
    if any(block.caption for block in table.blocks):
        return tuple(_block(table, block) for block in table.blocks)
    return (_grouped(table),)


def _column(table: Table, column: Column, *, rows: int = 1, columns: int = 1) -> Box:
    target = f"{table.id}//{column.id}"
    return Box("head", column.label, "", target, "col", rows, columns)


def _figure(table: Table, line: Line, column: Column, columns: int = 1) -> Box:
    return Box("figure", cell=f"{table.id}/{line.id}/{column.id}", columns=columns)


def _block(table: Table, block: Block) -> Panel:
    widest = max(len(other.columns) for other in table.blocks)
    spans = [1] * len(block.columns)
    spans[-1] += widest - len(block.columns)
    head = [Box("corner", table.lead)]
    head += [
        _column(table, column, columns=span)
        for column, span in zip(block.columns, spans, strict=True)
    ]
    body = []
    for line in block.lines:
        row = [Box("label", line.label, "", f"{table.id}/{line.id}", "row")]
        row += [
            _figure(table, line, column, span)
            for column, span in zip(block.columns, spans, strict=True)
        ]
        body.append(tuple(row))
    tracks = ("label", *("figure",) * widest)
    return Panel(block.caption or table.title, tracks, (tuple(head),), tuple(body))


def _runs(columns: Iterable[Column]) -> Iterator[tuple[str | None, list[Column]]]:
    for group, run in groupby(columns, key=lambda column: column.group):
        yield group, list(run)


def _grouped(table: Table) -> Panel:
    (block,) = table.blocks
    runs = list(_runs(block.columns))
    top = runs[0][0] if len(runs[0][1]) == 1 else None
    over = Box("head", top or "", scope="colgroup", columns=len(block.columns))
    corner = Box("corner", table.lead, rows=3, columns=3)
    middle, lower = [], []
    for group, run in runs:
        if len(run) == 1:
            middle.append(_column(table, run[0], rows=2))
        else:
            middle.append(Box("head", group or "", scope="colgroup", columns=len(run)))
            lower += [_column(table, column) for column in run]
    tracks = ("results", "group", "label", *("figure",) * len(block.columns))
    head = ((corner, over), tuple(middle), tuple(lower))
    return Panel(table.title, tracks, head, tuple(_grouped_rows(table, block)))


def _is_result(line: Line) -> bool:
    return line.group is not None or line.label.startswith("（")


def _grouped_rows(table: Table, block: Block) -> Iterator[tuple[Box, ...]]:
    results = sum(map(_is_result, block.lines))
    seen: set[str] = set()
    for line in block.lines:
        labels: list[Box] = []
        if _is_result(line) and RESULTS not in seen:
            seen.add(RESULTS)
            labels.append(_upright(RESULTS, results, track=1))
        if line.group is not None and line.group not in seen:
            seen.add(line.group)
            height = sum(other.group == line.group for other in block.lines)
            labels.append(_upright(line.group, height, track=2))
        track = 3 if line.group else 2 if _is_result(line) else 1
        target = f"{table.id}/{line.id}"
        width = 4 - track
        labels.append(
            Box("label", line.label, "", target, "row", columns=width, track=track)
        )
        yield (*labels, *(_figure(table, line, column) for column in block.columns))


def _upright(text: str, rows: int, track: int) -> Box:
    return Box("label", text, scope="rowgroup", rows=rows, upright=True, track=track)


def _across(table: Table) -> Panel:
    (block,) = table.blocks
    width = len(block.columns)
    top, middle, lower = [], [], []
    for group, run in groupby(block.lines, key=lambda line: line.group):
        lines = list(run)
        for line in lines if group else ():
            middle.append(_side(table, line, width))
            lower += [_column(table, column) for column in block.columns]
        if group:
            top.append(Box("head", group, scope="colgroup", columns=width * len(lines)))
        else:
            top += [_side(table, line, width) for line in lines]
            middle += [
                _column(table, column, rows=2) for _ in lines for column in block.columns
            ]
    figures = tuple(
        _figure(table, line, column) for line in block.lines for column in block.columns
    )
    tracks = ("figure",) * len(figures)
    return Panel(table.title, tracks, (tuple(top), tuple(middle), tuple(lower)), (figures,))


def _side(table: Table, line: Line, width: int) -> Box:
    target = f"{table.id}/{line.id}"
    return Box("head", line.label, "", target, "colgroup", columns=width)
