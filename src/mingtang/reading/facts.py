"""Located cells as facts of one edition, and the findings met on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.form.loading import NoEditionError, edition_for, editions
from mingtang.reading import rules
from mingtang.reading.cells import read_cell
from mingtang.reading.placing import Placed, place
from mingtang.reading.remarks import TABLES, remark, seen, shift_findings, stray_findings
from mingtang.reading.vocabulary import Kind, edition_columns
from mingtang.report import Fact, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.place import Place
    from mingtang.reading.locating import Entry, Located
    from mingtang.reading.rows import Item


MIXED = 2
"""So many lines printed twice with different figures are two tables, not a slip."""


_COLLAPSED = "other_handling"


class Facts(NamedTuple):
    """The facts of a report with the edition they belong to."""

    edition: Edition | None
    cells: dict[str, Fact]
    findings: tuple[Finding, ...]


def _fits(edition: Edition, entry: Entry) -> bool:
    columns = edition_columns(edition, entry.table, entry.line)
    ids = entry.headed.ids
    if not columns:
        return False
    return entry.table == "requests" or not ids or {name for name, _ in columns} == set(ids)


def choose_edition(located: Located, year: int | None) -> Edition | None:
    """Return the edition that the labels speak for, the year's where they do not.

    None where the document shows no table of the form at all.
    """
    if not located.entries:
        return None
    votes = {edition.id: 0 for edition in editions()}
    for entry in located.entries:
        if entry.line == _COLLAPSED:
            continue
        fitting = [edition.id for edition in editions() if _fits(edition, entry)]
        if len(fitting) == 1:
            votes[fitting[0]] += 1
    best = max(votes.values())
    leading = [edition for edition in editions() if votes[edition.id] == best]
    if len(leading) > 1 and year is not None:
        try:
            return edition_for(year)
        except NoEditionError:
            return leading[0]
    return leading[0]


class _Builder:
    """Gathers facts cell by cell; a cell met twice with two values is refused."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.cells = {cell: Fact(cell, State.ABSENT) for cell in edition.cell_ids()}
        self.findings: list[Finding] = []
        self.seen: dict[str, Placed] = {}
        self.shifted: list[Placed] = []
        self.twice: dict[str, set[str]] = {}
        self.headless: dict[tuple[str, str], list[Placed]] = {}

    def take(self, placed: Placed) -> None:
        """Take one placed row."""
        entry = placed.entry
        if entry.table == "disputes":
            table = self.edition.table("disputes")
            self._row(
                placed, "disputes", [cell for cell, *_ in table.cells()], "复议、诉讼"
            )
            return
        prefix = f"{entry.table}/{entry.line}"
        columns = edition_columns(self.edition, entry.table, entry.line)
        label = entry.label.text.replace("\n", "") if entry.label else entry.line
        if not columns:
            self._unmapped(placed, label)
            return
        self._row(placed, prefix, [f"{prefix}/{name}" for name, _ in columns], label)

    def _row(self, placed: Placed, prefix: str, names: Sequence[str], label: str) -> None:
        if placed.trouble:
            self._refuse(placed, names, label)
            return
        pairs = [
            (f"{prefix}/{name}", item)
            for name, item in zip(placed.entry.headed.ids, placed.items, strict=True)
            if name is not None and f"{prefix}/{name}" in self.cells
        ]
        if not pairs:
            self._unmapped(placed, label)
            return
        self._cells(placed, pairs, label)

    def _cells(self, placed: Placed, pairs: Sequence[tuple[str, Item]], label: str) -> None:
        row = placed.entry.row
        made = [
            read_cell(self.edition, cell, item.text, row.place(item))
            for cell, item in pairs
        ]
        again = [fact for fact, _ in made if fact.cell in self.seen]
        if again:
            if any(_differs(self.cells[fact.cell], fact) for fact in again):
                self._conflict(placed, [fact.cell for fact in again], label)
            return
        for fact, finding in made:
            self.cells[fact.cell] = fact
            self.seen[fact.cell] = placed
            if finding is not None:
                self.findings.append(finding)
        if placed.shifted:
            self.shifted.append(placed)

    def _unmapped(self, placed: Placed, label: str) -> None:
        row = placed.entry.row
        trouble = f"“{label}”不是{self.edition.id}年版表式的行"
        words: dict[str, object] = {
            "trouble": trouble,
            "seen": seen(row),
            "subject": trouble,
        }
        self.findings.append(remark(rules.ROW_UNMAPPED, [row.place(row.items[0])], words))

    def _refuse(self, placed: Placed, names: Sequence[str], label: str) -> None:
        entry = placed.entry
        empty = all(item.sense.kind is Kind.BLANK for item in entry.values)
        if (empty or entry.headed.foreign) and any(name in self.seen for name in names):
            return
        spot = _spot(entry)
        raw = seen(entry.row, entry.values)
        for name in names:
            self.cells[name] = Fact(
                name, State.UNREADABLE, None, raw, spot, None, placed.trouble
            )
            self.seen[name] = placed
        if entry.headed.trouble:
            self.headless.setdefault((entry.table, placed.trouble), []).append(placed)
            return
        words: dict[str, object] = {"line": label, "trouble": placed.trouble}
        words |= {"seen": raw or "没有数字", "subject": label}
        self.findings.append(remark(rules.ROW_UNREADABLE, [spot], words, names))

    def _conflict(self, placed: Placed, names: Sequence[str], label: str) -> None:
        entry = placed.entry
        self.twice.setdefault(entry.table, set()).add(entry.line)
        first = self.seen[names[0]].entry
        both = f"{seen(first.row, first.values)}；{seen(entry.row, entry.values)}"
        for name in names:
            spot = self.cells[name].place
            trouble = "印了两次而数不同"
            self.cells[name] = Fact(name, State.UNREADABLE, None, both, spot, None, trouble)
        words: dict[str, object] = {"line": label, "seen": both, "subject": label}
        places = [_spot(first), _spot(entry)]
        self.findings.append(remark(rules.CELL_TWICE, places, words, names))

    def doubt_mixed_tables(self) -> None:
        """Refuse what stands in only one of two tables that contradict each other."""
        for table, lines in self.twice.items():
            if len(lines) < MIXED:
                continue
            for cell, fact in self.cells.items():
                if cell.startswith(f"{table}/") and fact.state is not State.ABSENT:
                    trouble = "文中有两张不同的" + TABLES[table]
                    self.cells[cell] = fact._replace(
                        state=State.UNREADABLE, value=None, unit=None, trouble=trouble
                    )

    def headless_findings(self) -> Iterable[Finding]:
        """Yield a finding for each table whose header does not tell its columns."""
        for (table, trouble), group in self.headless.items():
            places = [_spot(placed.entry) for placed in group]
            cells = [
                cell
                for cell, fact in self.cells.items()
                if fact.trouble == trouble and cell.startswith(f"{table}/")
            ]
            words: dict[str, object] = {"table": TABLES[table], "trouble": trouble}
            words["subject"] = f"{table}:{trouble}"
            yield remark(rules.TABLE_UNMAPPED, places, words, cells)


def _spot(entry: Entry) -> Place:
    return entry.row.place(entry.label or entry.row.items[0])


def _differs(one: Fact, other: Fact) -> bool:
    return (one.state, one.value) != (other.state, other.value)


def _mixed(located: Located, edition: Edition) -> Iterable[Finding]:
    """Yield a finding where lines or columns of another edition stand among these."""
    for entry in located.entries:
        others = [each for each in editions() if _fits(each, entry)]
        if entry.table == "disputes" or entry.line == _COLLAPSED or entry.label is None:
            continue
        if others and edition not in others:
            words: dict[str, object] = {"edition": edition.id, "other": others[0].id}
            words |= {"printed": entry.label.text, "subject": entry.line}
            yield remark(rules.EDITION_MIXED, [_spot(entry)], words, quote=entry.label.text)


def gather(located: Located, year: int | None) -> Facts:
    """Return the facts that the located rows give, with what could not be taken."""
    edition = choose_edition(located, year)
    strays = stray_findings(located.strays)
    if edition is None:
        return Facts(None, {}, tuple(strays))
    builder = _Builder(edition)
    everything = place(located)
    # A table whose header tells nothing (a comparison of years) claims no line.
    for placed in sorted(everything, key=lambda each: each.entry.headed.foreign):
        builder.take(placed)
    builder.doubt_mixed_tables()
    findings = (
        *_mixed(located, edition),
        *builder.findings,
        *strays,
        *builder.headless_findings(),
        *shift_findings(builder.shifted),
    )
    return Facts(edition, builder.cells, findings)
