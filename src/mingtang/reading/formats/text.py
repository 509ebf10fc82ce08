"""Flattened text as a neutral document: which lines were cells of a table.

Reports reach people as text in many shapes. Where a shape keeps cell borders
(tabs, pipes, one cell a line) they are read here, empty cells and all; where
it keeps none, the lines stay paragraphs and labels must tell.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from mingtang.document import FILL, Cell, Document, Grid, Paragraph

MAX_LINES = 400_000
"""A text with more lines than this is refused."""

FEW = 3
"""So many lines of one shape are a habit, fewer may be chance."""
LOOK_AHEAD = 4
"""How many lines tell whether cells are closed by a line of one pipe."""
BROKEN = 20
"""A line that carries on a broken cell text is no longer than this."""

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}、.{2,30}$|.*。\s*$")
_TITLE = re.compile(r"政府信息公[开開].*(?:报|報).*告")
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*|\s#+\s*$")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")


class TooLongError(ValueError):
    """A text past the limit on lines; says so in Chinese."""


class _Line(NamedTuple):
    text: str
    number: int


def read(text: str, kind: str = "text") -> Document:
    """Return the text as a document of that kind.

    Raises `TooLongError` past the limit on lines.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    if plain.count("\n") > MAX_LINES:
        message = f"文本超过 {MAX_LINES} 行的上限"
        raise TooLongError(message)
    lines = [_Line(line, number) for number, line in enumerate(plain.split("\n"))]
    builder = _Builder()
    style = _tab_style(plain)
    position = 0
    while position < len(lines):
        used = 0
        if "|" in lines[position].text or _opens_cell_lines(lines, position):
            used = builder.pipes(lines, position)
        elif style and "\t" in lines[position].text:
            used = builder.tabs(lines, position, style)
        if not used:
            builder.paragraph(lines[position].text)
            used = 1
        position += used
    return Document(kind, tuple(builder.blocks))


def _tab_style(text: str) -> str:
    """Return ``grid`` (a row a line), ``cells`` (a cell a line) or nothing."""
    inner = leading = 0
    for line in text.split("\n"):
        if "\t" in line.lstrip("\t"):
            inner += 1
        elif line.startswith("\t"):
            leading += 1
    if inner >= FEW and inner * 4 > leading:
        return "grid"
    return "cells" if leading >= FEW else ""


def _opens_cell_lines(lines: list[_Line], position: int) -> bool:
    """Return whether this line is a cell closed by a line of one pipe (LP)."""
    after = lines[position + 1 : position + 1 + LOOK_AHEAD]
    following = [line.text.strip() for line in after]
    return (
        len(following) == LOOK_AHEAD
        and following[0] == following[2] == "|"
        and "|" not in following[1] + following[3] + lines[position].text
    )


class _Builder:
    """Collects blocks in reading order and numbers them."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.paragraphs = 0
        self.tables = 0

    def paragraph(self, text: str) -> None:
        """Take a line of prose, without the signs of a Markdown heading or emphasis."""
        plain = _MARKDOWN.sub("", text).strip()
        if plain:
            self.paragraphs += 1
            self.blocks.append(Paragraph(plain, self.paragraphs))

    def grid(self, rows: list[list[str]], *, flow: bool = False) -> None:
        made = tuple(
            tuple(Cell(text.strip(), row, column) for column, text in enumerate(cells))
            for row, cells in enumerate(rows)
        )
        if any(made):
            self.tables += 1
            self.blocks.append(Grid(made, self.tables, flow=flow))

    def tabs(self, lines: list[_Line], position: int, style: str) -> int:
        """Take a run of tabbed lines as a grid; return how many lines it took."""
        if style == "cells":
            rows, used = _cells_by_tab(lines, position)
        else:
            rows, used = _rows_by_tab(lines, position)
        self.grid(rows)
        return used

    def pipes(self, lines: list[_Line], position: int) -> int:
        """Take a run of piped lines as a grid; return how many lines it took."""
        run = _pipe_run(lines, position)
        if not run:
            return 0
        texts = [line.text for line in run]
        shape = _pipe_shape(texts)
        if shape == "closed":
            self._closed(texts)
        elif shape == "opened":
            self.grid(_opened_rows(texts))
        elif shape == "cells":
            self.grid([_cells_by_pipe(texts)], flow=True)
        else:
            framed = sum(text.startswith("|") for text in texts) > len(texts) * 4 // 5
            rows = [_row_by_pipe(text, framed) for text in texts if not _RULE.match(text)]
            self.grid(_filled(rows))
        return len(run)

    def _closed(self, texts: list[str]) -> None:
        """Take cells closed by a line of one pipe, prose before them as text."""
        cells: list[str] = []
        held: list[str] = []
        for text in texts:
            if text.strip() != "|":
                held.append(text)
                continue
            prose = [line for line in held[:-1] if _HEADING.match(line) or not cells]
            if prose:
                if cells:
                    self.grid([cells], flow=True)
                    cells = []
                for line in held[:-1]:
                    self.paragraph(line)
                held = held[-1:]
            cells.append("".join(held))
            held = []
        if cells:
            self.grid([cells], flow=True)
        for text in held:
            self.paragraph(text)


def _rows_by_tab(lines: list[_Line], position: int) -> tuple[list[list[str]], int]:
    rows = []
    used = 0
    for line in lines[position:]:
        if "\t" not in line.text:
            break
        rows.append(line.text.split("\t"))
        used += 1
    return rows, used


def _cells_by_tab(lines: list[_Line], position: int) -> tuple[list[list[str]], int]:
    """Return rows of cells, one a line opened by a tab; an empty line ends a row."""
    rows: list[list[str]] = []
    row: list[str] = []
    used = 0
    for line, after in pairwise([*lines[position:], _Line("", -1)]):
        if line.text.startswith("\t"):
            row.append(line.text[1:])
        elif not line.text:
            if row:
                rows.append(row)
                row = []
            if not after.text.startswith("\t"):
                break
        elif row and len(line.text) <= BROKEN and not _HEADING.match(line.text):
            row[-1] += "\n" + line.text
        else:
            break
        used += 1
    if row:
        rows.append(row)
    return rows, used


def _pipe_run(lines: list[_Line], position: int) -> list[_Line]:
    """Return the lines of one table: lines with pipes and those between them.

    A line without a pipe belongs when a pipe follows within three lines and it
    is no heading or sentence: cell text may be broken over lines.
    """
    run: list[_Line] = []
    waiting: list[_Line] = []
    closed = "|" not in lines[position].text
    whole_rows = 0
    for line, after in pairwise([*lines[position:], _Line("", -1)]):
        if "|" in line.text:
            run += [*waiting, line]
            waiting = []
            whole_rows += "|" in _body(line.text)
        elif line.text.strip() and whole_rows * 2 > len(run):
            break
        else:
            waiting.append(line)
            prose = _HEADING.match(line.text) or _TITLE.search(line.text)
            label = closed and after.text.strip() == "|"
            if (prose and not label) or len(waiting) > FEW:
                break
    return run if len(run) > 1 or (run and run[0].text.count("|") > 1) else []


def _pipe_shape(texts: list[str]) -> str:
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
                if at and not cell.strip() and (len(cell) < 2 if told else at > last)
                else cell
                for at, cell in enumerate(row)
            ]
        )
    return made


def _opened_rows(texts: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
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
    return rows


def _cells_by_pipe(texts: list[str]) -> list[str]:
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
