"""Tables whose cells are marked by pipes, in every way that text extraction prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.document import FILL

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 3
"""A cell's text is broken over so many lines at most."""
LOOK_AHEAD = 4
"""How many lines tell whether cells are closed by a line of one pipe."""

PROSE = re.compile(r"\s*[一二三四五六七八九十]{1,2}、.{2,30}$|.*。\s*$")
"""A heading or a sentence: it ends a table unless a pipe closes it as a cell."""

_TITLE = re.compile(r"政府信息公[开開].*(?:报|報).*告")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")


def opens_closed_cells(lines: Sequence[str], position: int) -> bool:
    """Return whether this line is a cell closed by a line of one pipe."""
    following = [line.strip() for line in lines[position + 1 : position + 1 + LOOK_AHEAD]]
    return (
        len(following) == LOOK_AHEAD
        and following[0] == following[2] == "|"
        and "|" not in following[1] + following[3] + lines[position]
    )


def rows_by_pipe(texts: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table printed a row a line, without Markdown's rule line."""
    framed = sum(text.startswith("|") for text in texts) > len(texts) * 4 // 5
    return _filled([_row_by_pipe(text, framed) for text in texts if not _RULE.match(text)])


def pipe_run(lines: Sequence[str], position: int) -> int:
    """Return how many lines from there belong to one table, 0 for none.

    A line without a pipe belongs when a pipe follows within a few lines and it
    is no heading or sentence: cell text may be broken over lines.
    """
    closed = "|" not in lines[position]
    used = waiting = piped = whole = 0
    for index in range(position, len(lines)):
        line = lines[index]
        if "|" in line:
            used, waiting = index - position + 1, 0
            piped += 1
            whole += "|" in _body(line)
            continue
        waiting += 1
        if line.strip() and whole * 2 > used:
            break
        prose = PROSE.match(line) or _TITLE.search(line)
        label = closed and index + 1 < len(lines) and lines[index + 1].strip() == "|"
        if (prose and not label) or waiting > FEW:
            break
    return used if piped > 1 or lines[position].count("|") > 1 else 0


def pipe_shape(texts: list[str]) -> str:
    """Return how pipes are used: ``rows``, ``opened``, ``cells`` or ``closed``.

    rows: a row a line; opened: a line of one pipe opens each row, a cell a
    line follows; cells: a cell a line, each closed by its own pipe; closed: a
    cell line, then a line of one pipe.
    """
    bare = sum(text.strip() == "|" for text in texts)
    ending = sum(text.rstrip().endswith("|") and _body(text) != "" for text in texts)
    inner = sum("|" in _body(text) for text in texts)
    unpiped = sum("|" not in text for text in texts)
    if unpiped and bare >= unpiped * 2 // 3 and not inner and ending <= bare // 4:
        return "closed"
    if inner > len(texts) // 4:
        return "rows"
    opener = texts[0].strip() == "|"
    if opener and bare:
        return "opened"
    return "cells" if ending > inner else "rows"


def _body(text: str) -> str:
    """Return a piped line's text without the pipes at its ends."""
    return text.strip(" |\t\u3000")


def _row_by_pipe(text: str, framed: bool) -> list[str]:  # noqa: FBT001 - of the whole table
    """Return the cells of a row: the pipe at the end closes the last one.

    In a framed table a pipe also opens the row.
    """
    plain = text.rstrip()
    if framed:
        plain = plain.lstrip().removeprefix("|")
    cells = plain.split("|")
    if plain.endswith("|"):
        cells.pop()
    return cells


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """Return rows with the squares of merged cells marked as filling.

    A cell that was printed empty keeps a space on both sides, a square that
    carries on a merged cell does not. Where no empty cell tells the two apart,
    the empty squares that end a row may be either and count as filling.
    """
    empty = [cell for row in rows for cell in row if not cell.strip()]
    told = any(len(cell) > 1 for cell in empty)
    made = []
    for row in rows:
        last = max((at for at, cell in enumerate(row) if cell.strip()), default=-1)
        made.append(
            [
                FILL
                if at and not cell.strip() and (len(cell) <= 1 if told else at > last)
                else cell
                for at, cell in enumerate(row)
            ]
        )
    return made


def opened_rows(texts: list[str]) -> list[list[str]]:
    """Return the rows of a table whose rows are opened by a line of one pipe."""
    rows: list[list[str]] = [[]]
    held = ""
    for text in texts:
        if text.rstrip() == "|" and not held.strip():
            rows.append([])
            continue
        held += text + "\n"
        if "|" in text:
            first, *rest = _row_by_pipe(held, framed=False)
            rows[-1] += (
                [first, *(FILL for _ in rest)]
                if not any(map(str.strip, rest))
                else [first, *rest]
            )
            held = ""
    return [row for row in rows if row]


def cells_by_pipe(texts: list[str]) -> list[str]:
    """Return the cells of one-a-line text; a line may close several."""
    cells: list[str] = []
    held = ""
    for text in texts:
        pipes = text.strip()
        if len(pipes) > 1 and not pipes.strip("|"):
            cells += [FILL] * len(pipes)
            continue
        held += text + "\n"
        if "|" in text:
            cells += held.rstrip().removesuffix("|").split("|")
            held = ""
    return cells
