"""Where a finding stands, in the words of those who must go there.

A table has its official number and name, a cell its line and column as the
form prints them, a sentence the heading it stands under; a flattened text has
lines besides, a PDF or a scan has pages. The document's own counts are told
only where none of these is known.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mingtang.writing.lines import lines
from mingtang.writing.marks import square

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition, Line, Table
    from mingtang.place import Place
    from mingtang.writing.sheet import Sheet

_LISTED = 3


def _line_name(line: Line) -> str:
    return f"“{line.full_label}”"


class Whereabouts:
    """The places of one sheet in words."""

    def __init__(self, sheet: Sheet) -> None:
        self.report = sheet.report
        self.edition: Edition | None = sheet.report.edition
        self.lines = lines(sheet)
        self.targets = {
            square(label.place) or label.place: label.target for label in self.report.labels
        }
        self.cells = {fact.place: cell for cell, fact in self.report.facts.items()}
        self.words = dict(self._words())

    def _words(self) -> Iterator[tuple[int, str]]:
        """Yield every paragraph's number with its words, the surest last."""
        for word in self.report.paragraphs:
            yield word.number, f"全文第{word.number}段"
        for order, word in enumerate(self.report.preface, 1):
            yield word.number, f"引言第{order}段"
        for section in self.report.sections:
            if section.place.paragraph:
                yield section.place.paragraph, f"标题“{section.heading}”"
            for order, word in enumerate(section.paragraphs, 1):
                yield word.number, f"“{section.heading}”下第{order}段"
        title = self.report.title_place
        if title and title.paragraph:
            yield title.paragraph, "题目"

    def of(self, finding: Finding) -> str | None:
        """Return where a finding stands, None where it speaks of no place."""
        spoken = finding.place is not None and finding.place.paragraph in self.words
        if finding.cells and self.edition and not spoken:
            where = self._cells(finding.cells, self.edition)
        elif finding.place is not None:
            where = self.at(finding.place)
            where += f"等{len(finding.places)}处" if len(finding.places) > 1 else ""
        else:
            return None
        return where + _on_pages(finding.places, where) + self._on_lines(finding.places)

    def _on_lines(self, places: Sequence[Place]) -> str:
        found = [line for place in places if (line := self.lines.of(place)) is not None]
        if not found:
            near = self.lines.near(places[0]) if places else None
            return "" if near is None else f"（文件第{near}行附近）"
        return f"（文件第{_counted(found)}行）"

    def _cells(self, cells: Sequence[str], edition: Edition) -> str:
        """Return a cell by line and column, many by what they share."""
        split = [cell.split("/") for cell in cells]
        names = {name for name, *_ in split}
        table = edition.table(split[0][0])
        first = f"{_titled(table)}{self._cell(cells[0], table, edition)}"
        if len(names) > 1:
            return f"{first}等{len(cells)}格"
        if len(cells) == 1:
            return first
        line, column = edition.labels(cells[0])
        if len({part[1] for part in split}) == 1:
            columns = [f"“{edition.labels(cell)[1].label}”" for cell in cells]
            own = f"、{''.join(columns)}列" if len(cells) <= _LISTED else ""
            return (
                f"{_titled(table)}{_line_name(line)}{'栏' if table.across else '行'}{own}"
            )
        if len({part[2] for part in split}) == 1:
            return f"{_titled(table)}“{column.label}”列"
        return f"{first}等{len(cells)}格"

    def _cell(self, cell: str, table: Table, edition: Edition) -> str:
        line, column = edition.labels(cell)
        if table.across:
            return f"{_line_name(line)}栏的“{column.label}”格"
        return f"{_line_name(line)}行、“{column.label}”列"

    def at(self, place: Place) -> str:
        """Return one place in words."""
        edition, where = self.edition, square(place)
        if edition and place in self.cells:
            cell = self.cells[place]
            table = edition.table(cell.split("/")[0])
            return f"{_titled(table)}{self._cell(cell, table, edition)}"
        target = self.targets.get(where or place)
        if edition and target:
            return self._label(target, edition)
        if place.paragraph in self.words:
            return self.words[place.paragraph]
        if edition and where:
            return self._beside(place, edition)
        return str(place)

    def _label(self, target: str, edition: Edition) -> str:
        """Return the line or column whose printed name is meant."""
        name, line_id, *column_id = target.split("/")
        table = edition.table(name)
        if column_id:
            labels = [one for block in table.blocks for one in block.columns]
            found = next(one.label for one in labels if one.id == column_id[0])
            return f"{_titled(table)}列名“{found}”"
        lined = [one for block in table.blocks for one in block.lines]
        line = next((one for one in lined if one.id == line_id), None)
        return f"{_titled(table)}{_line_name(line)}行" if line else _titled(table)

    def _beside(self, place: Place, edition: Edition) -> str:
        """Return a square the form does not have by the line that stands above it."""
        above = max(
            (
                (other.row, other.column or 0, cell)
                for other, cell in self.cells.items()
                if other and other.table == place.table and other.row
                if other.row <= (place.row or 0)
            ),
            default=None,
        )
        if above is None:
            return str(place)
        name, line_id, _ = above[2].split("/")
        table = edition.table(name)
        lined = [one for block in table.blocks for one in block.lines]
        line = next(one for one in lined if one.id == line_id)
        named = f"{_titled(table)}{_line_name(line)}行"
        if above[0] == place.row:
            return named
        return f"{named}之下（文件里第{place.table}个表第{place.row}行）"


def _on_pages(places: Sequence[Place], where: str) -> str:
    """Return the pages of places, nothing where the words name them already."""
    found = [place.page for place in places if place.page is not None]
    told = not found or where.startswith(f"第{found[0]}页")
    return "" if told else f"（第{_counted(found)}页）"


def _counted(numbers: Sequence[int]) -> str:
    """Return numbers in order, each once, those that follow each other as a run."""
    single = sorted(set(numbers))
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(single), key=lambda one: one[1] - one[0])
    ]
    told = "、".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}至{run[-1]}" for run in runs[:_LISTED]
    )
    return f"{told}等{len(single)}" if len(runs) > _LISTED else told


def _titled(table: Table) -> str:
    return f"{table.number}（{table.title}）"
