"""Flattened text as a neutral document: which lines were cells of a table.

Reports reach people as text in many shapes. Where a shape keeps cell borders
(tabs, pipes, one cell a line) they are read here, empty cells and all; where
it keeps none, the lines stay paragraphs and labels must tell.
"""

from __future__ import annotations

import re

from mingtang.document import Document, Grid, Paragraph
from mingtang.reading.limits import MAX_CELLS, MAX_LINES
from mingtang.reading.pipes import (
    PROSE,
    cells_by_pipe,
    opened_rows,
    opens_closed_cells,
    pipe_run,
    pipe_shape,
    rows_by_pipe,
)

FEW = 3
"""So many lines of one shape are a habit, fewer may be chance."""
BROKEN = 20
"""A line that carries on a broken cell text is no longer than this."""

# A page's number: between dashes, in words, or alone before the page's end.
_PAGE_NUMBER = re.compile(
    r"^[ \t\u3000]*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页.{0,12}"
    r"|\d{1,3}[ \t]*(?=\n?\f)|\f\s*\d{1,3})[ \t]*$",
    re.M,
)
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*|\s#+\s*$")


class TooLongError(ValueError):
    """A text past the limit on lines or cells; says so in Chinese."""


def read(text: str, kind: str = "text") -> Document:
    """Return the text as a document of that kind.

    Raises `TooLongError` past the limits on lines and cells.
    """
    text = text.replace("\\|", _PIPE)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    if plain.count("\n") > MAX_LINES:
        message = f"文本超过 {MAX_LINES} 行的上限"
        raise TooLongError(message)
    lines = _PAGE_NUMBER.sub("", plain).replace("\f", "\n").split("\n")
    builder = _Builder()
    style = _tab_style(lines)
    position = 0
    while position < len(lines):
        used = 0
        if "|" in lines[position] or opens_closed_cells(lines, position):
            used = builder.pipes(lines, position)
        elif style and "\t" in lines[position]:
            used = builder.tabs(lines, position, style)
        if not used:
            builder.paragraph(lines[position])
            used = 1
        position += used
    return Document(kind, tuple(builder.blocks))


def _tab_style(lines: list[str]) -> str:
    """Return ``grid`` (a row a line), ``cells`` (a cell a line) or nothing."""
    inner = sum("\t" in line.lstrip("\t") for line in lines)
    leading = sum(line.startswith("\t") for line in lines)
    if inner >= FEW and inner * 5 > leading:
        return "grid"
    return "cells" if leading >= FEW else ""


_PIPE = "\uf8fe"
"""What stands for an escaped pipe, which parts no cells, while cells are parted."""


class _Builder:
    """Collects blocks in reading order and numbers them."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.paragraphs = 0
        self.tables = 0
        self.cells = 0

    def paragraph(self, text: str) -> None:
        """Take a line of prose, without the signs of a Markdown heading or emphasis."""
        plain = _MARKDOWN.sub("", text).replace(_PIPE, "|").strip()
        if plain:
            self.paragraphs += 1
            self.blocks.append(Paragraph(plain, self.paragraphs))

    def grid(self, rows: list[list[str]], *, flow: bool = False) -> None:
        self.cells += sum(map(len, rows))
        if self.cells > MAX_CELLS:
            message = f"表格超过 {MAX_CELLS} 格的上限"
            raise TooLongError(message)
        if any(rows):
            self.tables += 1
            texts = [[text.replace(_PIPE, "|").strip() for text in row] for row in rows]
            self.blocks.append(Grid.plain(texts, self.tables, flow=flow))

    def tabs(self, lines: list[str], position: int, style: str) -> int:
        """Take a run of tabbed lines as a grid; return how many lines it took."""
        if style == "cells":
            rows, used = _cells_by_tab(lines, position)
        else:
            rows, used = _rows_by_tab(lines, position)
        self.grid(rows)
        return used

    def pipes(self, lines: list[str], position: int) -> int:
        """Take a run of piped lines as a grid; return how many lines it took."""
        used = pipe_run(lines, position)
        if not used:
            return 0
        texts = lines[position : position + used]
        shape = pipe_shape(texts)
        if shape == "closed":
            self._closed(texts)
        elif shape == "opened":
            self.grid(opened_rows(texts))
        elif shape == "cells":
            self.grid([cells_by_pipe(texts)], flow=True)
        else:
            self.grid(rows_by_pipe(texts))
        return used

    def _closed(self, texts: list[str]) -> None:
        """Take cells closed by a line of one pipe, prose before them as text."""
        cells: list[str] = []
        held: list[str] = []
        for text in texts:
            if text.strip() != "|":
                held.append(text)
                continue
            prose = [line for line in held[:-1] if PROSE.match(line) or not cells]
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


def _rows_by_tab(lines: list[str], position: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    for index in range(position, len(lines)):
        if "\t" not in lines[index]:
            break
        rows.append(lines[index].split("\t"))
    return rows, len(rows)


def _cells_by_tab(lines: list[str], position: int) -> tuple[list[list[str]], int]:
    """Return rows of cells, one a line opened by a tab; an empty line ends a row."""
    rows: list[list[str]] = [[]]
    end = position
    for index in range(position, len(lines)):
        line = lines[index]
        if line.startswith("\t"):
            rows[-1].append(line[1:])
        elif not line:
            rows.append([])
            if index + 1 == len(lines) or not lines[index + 1].startswith("\t"):
                break
        elif rows[-1] and len(line) <= BROKEN and not PROSE.match(line):
            rows[-1][-1] += "\n" + line
        else:
            break
        end = index + 1
    return [row for row in rows if row], end - position
