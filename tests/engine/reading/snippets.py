"""Small inputs for tests of reading, and what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.document import Paragraph
from mingtang.form.loading import edition
from mingtang.reading import read
from mingtang.reading.formats import html, text
from mingtang.reading.rows import grid_rows
from mingtang.report import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang.document import Grid
    from mingtang.form.edition import Table
    from mingtang.reading import Reading
    from mingtang.reading.rows import Row

COLUMNS = "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计"
HEADER = f"|  | {COLUMNS} |"
RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
CARRIED_OUT = "四、结转下年度继续办理"
TABLE_TWO = """<table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>2</td></tr>
<tr><td>行政规范性文件</td><td>5</td><td>1</td><td>22</td></tr>
</table>"""


def paragraphs(*lines: str) -> list[Paragraph]:
    """Return text blocks, numbered from 1."""
    return [Paragraph(line, number) for number, line in enumerate(lines, 1)]


def grids(source: str) -> list[Grid]:
    """Return the tables of a page or of a text."""
    document = html.read(source) if "<t" in source else text.read(source)
    return list(document.grids())


def rows(source: str) -> list[Row]:
    """Return the rows of the tables of a page or of a text."""
    return [row for grid in grids(source) for row in grid_rows(grid)]


def shown(reading: Reading) -> dict[str, object]:
    """Return value or state of every cell that is in the document."""
    return {
        cell: fact.state.value if fact.value is None else fact.value
        for cell, fact in reading.report.facts.items()
        if fact.state is not State.ABSENT
    }


def line(source: str | bytes, name: str) -> list[object]:
    """Return how the cells of one line are read, in the form's order."""
    reading = read(source.encode() if isinstance(source, str) else source)
    return [value for cell, value in shown(reading).items() if cell.startswith(f"{name}/")]


def codes(source: str | bytes) -> list[str]:
    """Return the codes of what the reader remarked, sorted."""
    reading = read(source.encode() if isinstance(source, str) else source)
    return sorted(finding.rule.code for finding in reading.findings)


def requests(*lines: str) -> str:
    """Return table 三 as piped text: the header and lines such as ``label: 1 2 3``."""
    return "\n".join([HEADER, *map(piped, lines)])


def piped(row: str) -> str:
    """Return ``label: 1 2 3`` as a piped row; ``_`` is an empty cell."""
    label, _, figures = row.rpartition(": ")
    cells = [" " if figure == "_" else figure for figure in figures.split()]
    return f"| {label} | {' | '.join(cells)} |"


def form(figure: Callable[[str], str], name: str = "2021") -> str:
    """Return the whole form as a page; ``figure`` gives each cell's text by its id."""
    parts = []
    for table in edition(name).tables:
        lines = _across(table, figure) if table.across else _blocks(table, figure)
        parts.append(f"<table>\n{''.join(map(_row, lines))}</table>\n")
    return "<h1>某市某局2024年政府信息公开工作年度报告</h1>\n" + "".join(parts)


def _across(table: Table, figure: Callable[[str], str]) -> Iterator[str]:
    for block in table.blocks:
        yield "".join(_cell(each.label, 5) for each in block.lines)
        yield "".join(_cell(each.label) for each in block.columns) * len(block.lines)
    yield "".join(_cell(figure(cell)) for cell, *_ in table.cells())


def _blocks(table: Table, figure: Callable[[str], str]) -> Iterator[str]:
    """Yield the rows of a table, the last cell as wide as the table needs."""
    widest = max(len(block.columns) for block in table.blocks)
    for block in table.blocks:
        wide = widest - len(block.columns) + 1
        rows = [[table.lead, *(column.label for column in block.columns)]]
        for each in block.lines:
            ids = [f"{table.id}/{each.id}/{column.id}" for column in block.columns]
            rows.append([each.label, *map(figure, ids)])
        for *first, last in rows:
            yield "".join(map(_cell, first)) + _cell(last, wide)


def _cell(text: str, wide: int = 1) -> str:
    span = f' colspan="{wide}"' if wide > 1 else ""
    return f"<td{span}>{text}</td>"


def _row(cells: str) -> str:
    return f"<tr>{cells}</tr>\n"
