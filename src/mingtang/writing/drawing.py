"""The form's tables drawn with characters, the marked cells numbered and coloured.

A figure is never cut: where it does not fit it goes on below itself, because
a cut figure is another figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table as Drawn
from rich.text import Text

from mingtang.finding import Weight
from mingtang.report import State
from mingtang.writing.equations import shown
from mingtang.writing.printable import one_line
from mingtang.writing.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.finding import Finding
    from mingtang.form.edition import Block, Line, Table
    from mingtang.report import Fact, Report
    from mingtang.writing.marks import Marks, Note

STYLES = {
    Weight.BREACH: "bold red",
    Weight.CONTRADICTION: "bold yellow",
    Weight.DOUBT: "bold blue",
    Weight.NOTE: "cyan",
}
_QUIET = "dim"
_NARROWEST_LABEL, _NARROWEST_FIGURE = 10, 4
_ROOMY = 4
# Beside its text a column takes a space and a divider; the frame two columns more.
_BESIDE, _FRAME = 2, 2


def draw(report: Report, marks: Marks, width: int) -> Iterator[Drawn | Text]:
    """Yield the report's tables, each block by itself; nothing without edition.

    Where the width holds only some of a block's columns the rest is drawn
    below, with the labels again, in shares of one size.
    """
    narrowest = _FRAME + _NARROWEST_LABEL + _BESIDE
    room = max(1, (width - narrowest) // (_NARROWEST_FIGURE + _BESIDE))
    for table in report.edition.tables if report.edition else ():
        cells = [cell for cell, *_ in table.cells()]
        facts = [report.facts.get(cell) for cell in cells]
        if all(fact is None or fact.state is State.ABSENT for fact in facts):
            yield Text(f"（报告中没有{table.number}“{table.title}”）", style=_QUIET)
            continue
        yield Text(f"{table.number}　{table.title}", style="bold")
        for block in table.blocks:
            if block.caption:
                yield Text(block.caption)
            pieces = -(-len(block.columns) // room)
            share = -(-len(block.columns) // pieces)
            for at in range(0, len(block.columns), share):
                some = block._replace(columns=block.columns[at : at + share])
                crowded = len(block.columns) > _ROOMY
                rows = _rows(table, some, report, marks, crowded=crowded)
                yield _block(rows, width)


def _block(rows: list[list[Text]], width: int) -> Drawn:
    """Return rows as a table whose columns have widths of their own.

    They are never left to chance: a column that did not fit would vanish.
    """
    figures = len(rows[0]) - 1
    space = width - _FRAME - _BESIDE * (figures + 1)
    most = max(_NARROWEST_FIGURE, (space - _NARROWEST_LABEL) // figures)
    natural = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    widths = [min(most, max(wish, _NARROWEST_FIGURE)) for wish in natural[1:]]
    label = min(space - sum(widths), natural[0])
    drawn = Drawn(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    drawn.add_column(rows[0][0], width=label, overflow="fold")
    for head, figure in zip(rows[0][1:], widths, strict=True):
        drawn.add_column(head, justify="right", width=figure, overflow="fold")
    for first, *rest in rows[1:]:
        lines = wrapped(first.plain, label)
        fitted = map(_whole_mark, rest, widths)
        drawn.add_row(Text("\n".join(lines), style=first.style), *fitted)
    return drawn


def _whole_mark(text: Text, width: int) -> Text:
    """Return a figure with its mark below it where both do not fit on one line."""
    figure, bracket, numbers = text.plain.rpartition("[")
    if not bracket or cell_len(text.plain) <= width:
        return text
    return Text(f"{figure}\n[{numbers}", style=text.style)


def _width(text: Text) -> int:
    return max(map(cell_len, text.plain.split("\n")))


def _rows(
    table: Table, block: Block, report: Report, marks: Marks, *, crowded: bool
) -> list[list[Text]]:
    """Return heads and lines of a block as rows of text, the labels first.

    The heads of a crowded block stand two characters a line.
    """
    rows = [[Text(table.lead if block.caption else "")]]
    for column in block.columns:
        target = f"{table.id}//{column.id}"
        label = _printed(report, target, column.label)
        notes = marks.targets.get(target, ())
        rows[0].append(_signed(_stacked(label) if crowded else label, notes))
    group = None
    for line in block.lines:
        if line.group != group and line.group is not None:
            rows.append([Text(line.group), *(Text() for _ in block.columns)])
        group = line.group
        rows.append(list(_row(table, block, line, report, marks)))
    return rows


def _row(
    table: Table, block: Block, line: Line, report: Report, marks: Marks
) -> Iterator[Text]:
    target = f"{table.id}/{line.id}"
    label = _printed(report, target, line.label)
    indent = "  " if line.group else ""
    yield _signed(f"{indent}{label}", marks.targets.get(target, ()))
    for column in block.columns:
        cell = f"{target}/{column.id}"
        yield _figure(report.facts.get(cell), _meant(marks, cell))


def _stacked(label: str) -> str:
    """Return a label two characters a line, for a narrow column."""
    return "\n".join(label[at : at + 2] for at in range(0, len(label), 2))


def _printed(report: Report, target: str, label: str) -> str:
    for printed in report.labels:
        if printed.target == target and not printed.exact:
            return one_line(printed.printed)
    return label


def _figure(fact: Fact | None, notes: tuple[Note, ...]) -> Text:
    odd = fact is not None and fact.raw.strip() and fact.state is not State.UNREADABLE
    text = one_line(fact.raw) if odd and fact else shown(fact)
    if not notes:
        plain = fact is not None and fact.value is not None
        return Text(text, style="" if plain else _QUIET)
    return _signed(text, notes)


def _meant(marks: Marks, cell: str) -> tuple[Note, ...]:
    """Return the findings whose numbers stand in a cell."""
    return tuple(note for note in marks.cells.get(cell, ()) if _points(note.finding, cell))


def _points(finding: Finding, cell: str) -> bool:
    """Return whether a finding's number stands in a cell it speaks of.

    A false sum speaks of all its terms; it is marked where a change would let it
    agree or, where none is known, where its result stands: not on twenty noughts.
    """
    equation = finding.equation
    if equation is None:
        return True
    changed = tuple(one.cell for one in finding.next_step.changes)
    return cell in (changed or finding.cells[-max(1, len(equation.right_terms)) :])


def _signed(text: str, notes: tuple[Note, ...]) -> Text:
    """Return text with the numbers of the findings that mark it, in brackets."""
    if not notes:
        return Text(text)
    weight = min((note.finding.weight for note in notes), key=lambda one: one.rank)
    numbers = ",".join(str(note.number) for note in notes)
    return Text(f"{text}[{numbers}]", style=STYLES[weight])


def legend(report: Report, marks: Marks) -> str:
    """Return what the forms used in the tables mean, nothing where none is used."""
    if report.edition is None:
        return ""
    cells = report.edition.cell_ids()
    facts = [report.facts.get(cell) for cell in cells]
    marked = [notes for cell in cells if (notes := _meant(marks, cell))]
    states = {State.ABSENT if fact is None else fact.state for fact in facts}
    said = []
    if marked or marks.targets:
        said.append("方括号里是下面发现的号码，“9[4]”即格里是 9，见第 4 条")
        if any(len(notes) > 1 for notes in (*marked, *marks.targets.values())):
            said.append("“9[4,5]”见第 4、5 条")
        if any(note.finding.equation for notes in marked for note in notes):
            said.append("等式只标改了就相符的格，没有这样的格就标合计，其余各项见该条")
    said += [words for state, words in _WORDS.items() if state in states]
    return f"{'；'.join(said)}。" if said else ""


_WORDS = {
    State.BLANK: "“空白”即格里没有填",
    State.UNREADABLE: "“读不出”即有内容而不能确定是什么数、在哪一格",
    State.ABSENT: "“·”即报告里没有这一格",
}
