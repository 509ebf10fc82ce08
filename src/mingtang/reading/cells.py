"""One cell's text as a fact of its cell id, and what must be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading import rules
from mingtang.reading.remarks import remark
from mingtang.report import Fact, State
from mingtang.text import parse_figure

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.place import Place
    from mingtang.text import Figure

_STATES = {
    "number": State.NUMBER,
    "blank": State.BLANK,
    "not_applicable": State.NOT_APPLICABLE,
    "unreadable": State.UNREADABLE,
}


def read_cell(
    edition: Edition, cell: str, text: str, place: Place
) -> tuple[Fact, Finding | None]:
    """Return the fact a cell's text gives, with a finding where one is due."""
    figure = parse_figure(text)
    state = _STATES[figure.kind]
    if state is State.NUMBER:
        fact = Fact(cell, state, figure.value, text, place, figure.unit)
        if figure.unit or figure.note or figure.sign:
            return fact, _dressed(edition, fact, figure)
        return fact, None
    if state is State.UNREADABLE:
        line, column = edition.labels(cell)
        words: dict[str, object] = {
            "line": line.label,
            "column": column.label,
            "seen": text,
        }
        fact = Fact(cell, state, None, text, place, None, "不是一个数")
        return fact, remark(rules.CELL_UNREADABLE, [place], words, [cell], text)
    return Fact(cell, state, None, text, place), None


def _dressed(edition: Edition, fact: Fact, figure: Figure) -> Finding:
    """Return the finding for a figure printed with a unit, sign or note."""
    line, column = edition.labels(fact.cell)
    words: dict[str, object] = {
        "line": line.label,
        "column": column.label,
        "seen": fact.raw,
        "unit": figure.unit or "",
        "value": str(figure.value),
        "subject": fact.raw,
    }
    fits = figure.unit is None or figure.unit in edition.units(fact.cell)
    rule = rules.VALUE_DRESSED if fits else rules.UNIT_DIFFERS
    return remark(rule, [fact.place] if fact.place else [], words, [fact.cell], fact.raw)
