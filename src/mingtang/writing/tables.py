"""The form's tables in HTML: the printed layout, every marked box a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.report import State
from mingtang.writing.equations import shown
from mingtang.writing.layout import panels
from mingtang.writing.markup import Html, element
from mingtang.writing.sheet import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.document import Cell, Grid
    from mingtang.form.edition import Table
    from mingtang.report import Fact, Report
    from mingtang.writing.anchors import Anchors
    from mingtang.writing.layout import Box, Panel
    from mingtang.writing.marks import Marks, Note

_ABSENT = "报告中没有这一格"
_SHOWN_NUMBERS = 3
_TRACKS = ("", "first", "second", "third")


class Tables:
    """Draws the tables of one sheet; `here` gathers the anchors it has made."""

    def __init__(self, report: Report, marks: Marks, anchors: Anchors) -> None:
        self.report = report
        self.marks = marks
        self.anchors = anchors
        self.here: set[str] = set()
        self.printed = {
            label.target: label.printed for label in report.labels if not label.exact
        }

    def table(self, table: Table) -> Html:
        """Return a table as the form prints it, or the words that it is missing."""
        cells = [cell for cell, *_ in table.cells()]
        facts = [self.report.facts.get(cell) for cell in cells]
        if all(fact is None or fact.state is State.ABSENT for fact in facts):
            return element("p", f"报告中没有{table.number}“{table.title}”。", class_="lost")
        drawn = [self._panel(panel) for panel in panels(table)]
        return element(
            "div",
            *drawn,
            class_=f"frame {table.id}",
            role="group",
            tabindex=0,
            aria_label=f"{table.title}（表，可左右移动）",
        )

    def _panel(self, panel: Panel) -> Html:
        columns = [element("col", class_=track) for track in panel.tracks]
        head = [element("tr", *map(self._box, row)) for row in panel.head]
        body = [element("tr", *map(self._box, row)) for row in panel.body]
        return element(
            "table",
            element("caption", panel.caption),
            element("colgroup", *columns),
            element("thead", *head),
            element("tbody", *body),
        )

    def _box(self, box: Box) -> Html:
        if box.kind == "figure":
            return self._figure(box)
        if box.kind == "corner":
            return element("td", box.text, class_="corner", **_span(box))
        notes = self.marks.targets.get(box.target, ()) if box.target else ()
        text = self.printed.get(box.target, box.text)
        name = self.anchors.label(box.target) if notes else None
        # A column's label may head several blocks; its name stands once.
        if name in self.here:
            name = None
        if name:
            self.here.add(name)
        own = _TRACKS[box.track] + (" upright" if box.upright else "")
        classes = _classes(own, notes)
        return element(
            "th",
            self._link(element("span", text), notes),
            scope=box.scope or "col",
            class_=classes,
            id=name,
            **_span(box),
        )

    def _figure(self, box: Box) -> Html:
        notes = self.marks.cells.get(box.cell, ())
        fact = self.report.facts.get(box.cell)
        name = self.anchors.cell(box.cell)
        self.here.add(name)
        state = "is-absent" if fact is None else f"is-{fact.state.value}"
        quiet = bool(notes) and all(_adds_nothing(note, box.cell, fact) for note in notes)
        classes = _classes(f"{state} quiet" if quiet else state, notes)
        return element(
            "td", self._link(_content(fact), notes), class_=classes, id=name, **_span(box)
        )

    def _link(self, content: Html, notes: tuple[Note, ...]) -> Html:
        if not notes:
            return content
        numbers = "·".join(str(note.number) for note in notes[:_SHOWN_NUMBERS])
        more = "…" if len(notes) > _SHOWN_NUMBERS else ""
        sign = SIGNS[notes[0].finding.weight]
        said = "、".join(str(note.number) for note in notes)
        return element(
            "a",
            content,
            element("sup", f"{sign}{numbers}{more}", aria_hidden="true"),
            element("span", f"，发现{said}", class_="said"),
            href=f"#{self.anchors.note(notes[0].number)}",
            class_="mark",
            data_notes=" ".join(self.anchors.note(note.number) for note in notes),
        )

    def grid(self, grid: Grid) -> Html:
        """Return a table of the file itself, as found, with its marked squares."""
        rows = [
            element("tr", *(self._square(grid.number, cell) for cell in row))
            for row in grid.rows
        ]
        table = element(
            "table",
            element("caption", f"原文第{grid.number}个表（照原样）"),
            element("tbody", *rows),
        )
        label = f"原文第{grid.number}个表（可左右移动）"
        return element(
            "div", table, class_="frame source", role="group", tabindex=0, aria_label=label
        )

    def _square(self, table: int, cell: Cell) -> Html:
        where = table, cell.row + 1, cell.column + 1
        notes = self.marks.squares.get(where, ())
        name = self.anchors.square(*where) if notes else None
        if name:
            self.here.add(name)
        return element(
            "td",
            self._link(element("span", cell.text), notes),
            class_=_classes("", notes),
            id=name,
            rowspan=cell.rowspan if cell.rowspan > 1 else None,
            colspan=cell.colspan if cell.colspan > 1 else None,
        )


def _span(box: Box) -> dict[str, int | None]:
    return {
        "rowspan": box.rows if box.rows > 1 else None,
        "colspan": box.columns if box.columns > 1 else None,
    }


def _classes(own: str, notes: Iterable[Note]) -> str | None:
    heaviest = min((note.finding.weight.rank for note in notes), default=None)
    if heaviest is None:
        return own or None
    weight = next(n.finding.weight for n in notes if n.finding.weight.rank == heaviest)
    return f"{own} marked {weight.value}".strip()


def _adds_nothing(note: Note, cell: str, fact: Fact | None) -> bool:
    """Return whether a cell is a nil term of a long sum, not its result.

    Such a cell belongs to the equation and is marked, but quietly, so that
    twenty noughts do not hide the figures that disagree.
    """
    finding = note.finding
    if finding.equation is None or fact is None or fact.value is None:
        return False
    return fact.value == 0 and cell != finding.cells[-1]


def _content(fact: Fact | None) -> Html:
    if fact is None or fact.state is State.ABSENT:
        dot = element("span", "·", aria_hidden="true")
        return element("span", dot, element("span", _ABSENT, class_="said"), class_="word")
    if fact.state is State.BLANK:
        return element("span", "空白", class_="word")
    raw = fact.raw.strip() or shown(fact)
    if fact.state is State.UNREADABLE:
        word = element("span", "读不出", class_="word", title=fact.trouble or None)
        return element("span", raw, " ", word) if fact.raw.strip() else word
    return element("span", raw)
