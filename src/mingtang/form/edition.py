"""What the State prescribes for a report: sections, tables, lines, columns.

Labels are exactly as printed; ids are ours and never change
(``contract/cells.tsv``). A cell id is ``table/line/column``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.form.sums import Identity

TITLE = "{body}{year}年政府信息公开工作年度报告"
"""The title that the form prints (国办公开办函〔2021〕30号)."""
_NUMERALS = "一二三四五六"
_COUNTING = frozenset({"件", "条", "个", "项", "份", "宗", "起", "件次", "次"})
_MONEY = frozenset({"万元", "元", "亿元"})


class Column(NamedTuple):
    """A column (列) of a table: its id, its label and the label above it."""

    id: str
    label: str
    group: str | None = None


class Line(NamedTuple):
    """A line (行) of a table: its id, its label and the label of its group."""

    id: str
    label: str
    group: str | None = None

    @property
    def full_label(self) -> str:
        """Return group and label, as the contract's table prints them."""
        return f"{self.group}/{self.label}" if self.group else self.label


class Block(NamedTuple):
    """Lines that share their columns, under a caption (第二十条第（一）项)."""

    caption: str | None
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]


class Table(NamedTuple):
    """A table (表) of the form.

    `section` is the number of the section it stands in; `lead` the text of
    the corner cell; `across` says that the lines stand side by side in one
    row of figures (table 四).
    """

    id: str
    section: int
    title: str
    blocks: tuple[Block, ...]
    lead: str
    across: bool = False

    @property
    def number(self) -> str:
        """Return the table's official number: 表三 stands in the third section."""
        return f"表{_NUMERALS[self.section - 1]}"

    def cells(self) -> Iterator[tuple[str, Block, Line, Column]]:
        """Yield the cell ids in the form's order, with block, line, column."""
        for block in self.blocks:
            for line in block.lines:
                for column in block.columns:
                    yield f"{self.id}/{line.id}/{column.id}", block, line, column


class SectionTitle(NamedTuple):
    """A section of the form: its number, its heading and accepted wordings."""

    number: int
    heading: str
    tokens: tuple[str, ...]


class Edition(NamedTuple):
    """A version (版本) of the form and the reporting years that must use it."""

    id: str
    name: str
    cite: str
    first_year: int
    last_year: int | None
    sections: tuple[SectionTitle, ...]
    tables: tuple[Table, ...]
    sums: tuple[Identity, ...]
    topics: tuple[str, ...]

    def table(self, name: str) -> Table:
        """Return the table of that id. Raises `KeyError` for any other name."""
        for table in self.tables:
            if table.id == name:
                return table
        raise KeyError(name)

    def cell_ids(self) -> tuple[str, ...]:
        """Return all cell ids in the form's order."""
        return tuple(cell for table in self.tables for cell, *_ in table.cells())

    def cell_label(self, cell: str) -> str:
        """Return a cell's line and column as printed (``（七）总计·自然人``).

        Raises `KeyError` for an id the edition does not have.
        """
        line, column = self.labels(cell)
        return f"{line.label}·{column.label}"

    def labels(self, cell: str) -> tuple[Line, Column]:
        """Return the line and column of a cell id, or raise `KeyError`."""
        name, line_id, column_id = cell.split("/")
        for block in self.table(name).blocks:
            lines = [line for line in block.lines if line.id == line_id]
            columns = [column for column in block.columns if column.id == column_id]
            if lines and columns:
                return lines[0], columns[0]
        raise KeyError(cell)

    def units(self, cell: str) -> frozenset[str]:
        """Return the units that may be printed in a cell and agree with the form's.

        The amount of procurement of the 2019 form has no prescribed unit.
        """
        if not cell.endswith("/amount"):
            return _COUNTING
        return _MONEY if self.has_open_unit(cell) else frozenset({"万元"})

    def has_open_unit(self, cell: str) -> bool:
        """Return whether the form does not say in what unit a cell is."""
        return self.id == "2019" and cell.endswith("/amount")

    def covers(self, year: int) -> bool:
        """Return whether a report on that year must use this edition."""
        return self.first_year <= year and (
            self.last_year is None or year <= self.last_year
        )
