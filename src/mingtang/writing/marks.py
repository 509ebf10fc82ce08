"""Which finding marks what: cells, labels, words, squares of the file's tables.

Findings are numbered as one reads the report, and where several stand at one
place the heaviest first. Terminal and page take their numbers from here, so that
a number means the same finding in both; marks, margin and the page's list run
through them in order, and the terminal groups them by weight. Those that could
not be judged come last and mark nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mingtang.writing.parts import Part, parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.finding import Finding
    from mingtang.place import Place
    from mingtang.report import Report
    from mingtang.writing.sheet import Sheet

Square = tuple[int, int, int]
"""Table, row and column of the document's own grid, from 1."""


class Note(NamedTuple):
    """A finding with its number in the margin and the part it stands beside."""

    number: int
    finding: Finding
    part: int


class Marks(NamedTuple):
    """All notes of a sheet, and what each thing on the paper is marked with."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    unassessed: tuple[Note, ...]
    cells: Mapping[str, tuple[Note, ...]]
    targets: Mapping[str, tuple[Note, ...]]
    words: Mapping[int, tuple[Note, ...]]
    squares: Mapping[Square, tuple[Note, ...]]


def square(place: Place) -> Square | None:
    """Return a place in a table as a square, or None for any other place."""
    if place.table is None or place.row is None or place.column is None:
        return None
    return place.table, place.row, place.column


class _Order:
    """Where in reading order a finding stands."""

    def __init__(self, report: Report, made: tuple[Part, ...]) -> None:
        self.made = made
        self.cells: dict[str, tuple[int, int]] = {}
        self.words: dict[int, int] = {}
        self.tables: dict[int, int] = {}
        for index, part in enumerate(made):
            self._enter(index, part)
        for cell, fact in report.facts.items():
            if fact.place and fact.place.table and cell in self.cells:
                self.tables.setdefault(fact.place.table, self.cells[cell][0])

    def _enter(self, index: int, part: Part) -> None:
        for word in part.paragraphs:
            self.words.setdefault(word.number, index)
        if part.at and part.at.paragraph:
            self.words[part.at.paragraph] = index
        for table in part.tables:
            for order, (cell, *_) in enumerate(table.cells()):
                self.cells.setdefault(cell, (index, order))

    def key(self, finding: Finding) -> tuple[int, int, int]:
        """Return part, words before tables, and the order among those."""
        place = finding.place
        known = [self.cells[cell] for cell in finding.cells if cell in self.cells]
        spoken = place is not None and place.paragraph in self.words
        if known and not spoken:
            part, order = min(known)
            return part, 1, order
        if place is None:
            return 0, 0, 0
        if place.paragraph is not None:
            part = self.words.get(place.paragraph, 0)
            return part, 0, place.paragraph * 10_000 + (place.start or 0)
        return self.tables.get(place.table or 0, 0), 1, (place.row or 0) * 100


def marks(sheet: Sheet) -> Marks:
    """Return a sheet's findings numbered as one reads, with what they mark."""
    report = sheet.report
    made = parts(report)
    order = _Order(report, made)
    ranked = sorted(
        sheet.findings,
        key=lambda one: (not one.assessed, order.key(one), one.weight.rank, one.rule.code),
    )
    notes = tuple(
        Note(number, finding, order.key(finding)[0])
        for number, finding in enumerate(ranked, 1)
    )
    judged = tuple(note for note in notes if note.finding.assessed)
    found = _Gathering(report)
    for note in judged:
        found.take(note)
    return Marks(
        parts=made,
        notes=judged,
        unassessed=notes[len(judged) :],
        cells=_once(found.cells),
        targets=_once(found.targets),
        words=_once(found.words),
        squares=_once(found.squares),
    )


_Found = TypeVar("_Found", bound=Hashable)


class _Gathering:
    """What each thing on the paper is marked with, gathered note by note."""

    def __init__(self, report: Report) -> None:
        self.cells: dict[str, list[Note]] = defaultdict(list)
        self.targets: dict[str, list[Note]] = defaultdict(list)
        self.words: dict[int, list[Note]] = defaultdict(list)
        self.squares: dict[Square, list[Note]] = defaultdict(list)
        self.labels = {square(label.place): label.target for label in report.labels}
        self.facts = {fact.place: cell for cell, fact in report.facts.items()}

    def take(self, note: Note) -> None:
        for cell in note.finding.cells:
            self.cells[cell].append(note)
        for place in note.finding.places:
            if place in self.facts:
                self.cells[self.facts[place]].append(note)
            else:
                self._elsewhere(note, place)

    def _elsewhere(self, note: Note, place: Place) -> None:
        where = square(place)
        if place.paragraph is not None:
            self.words[place.paragraph].append(note)
        if where is not None and where in self.labels:
            self.targets[self.labels[where]].append(note)
        elif where is not None:
            self.squares[where].append(note)


def _once(found: dict[_Found, list[Note]]) -> dict[_Found, tuple[Note, ...]]:
    return {
        key: tuple({note.number: note for note in notes}.values())
        for key, notes in found.items()
    }
