"""Cells recognised in a picture, held against the sums they stand in.

A figure that was not read surely counts where a sum of the form proves it. One
that was read surely, and yet breaks a sum, must have been read very surely:
else the fault may be the reader's, and no figure is given. What stands in no
ruled cell was recognised in lines of text, which nothing has checked: it counts
only where a sum proves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading import rules
from mingtang.reading.paper.legibility import WHOLE
from mingtang.reading.remarks import LISTED, TABLES, remark
from mingtang.report import Fact, State
from mingtang.text import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.document import Box, Document
    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.reading.facts import Facts
    from mingtang.report import Count

    Trusts = dict[tuple[int | None, Box | None], float]
    Sum = tuple[tuple[str, ...], tuple[str, ...]]

SURE = 0.99
"""A figure that breaks a sum is given only where it was read more surely."""
NO_TABLE = "图上没有读到表式里的表，请看各页是否扫全、放正、清楚"
"""What is said of pictures without a table that could be read."""
_DOUBT = "\ufffd"
_UNCHECKED = "表没有框线，数是按行认出的，没有逐格核对"


def corroborated(facts: Facts, document: Document) -> Facts:
    """Return the facts with how sure each is, those proved or refuted by sums so.

    Facts of a document that is no picture are returned as they are; a picture
    without a table of the form is said to be one.
    """
    trusts, which = _trusts(document), _pictured(document)
    if not which:
        return facts
    if facts.edition is None:
        return facts._replace(findings=(*facts.findings, _read(which, NO_TABLE)))
    pages = _pages(document)
    cells = {
        cell: _checked(_trusted(fact, trusts), pages) for cell, fact in facts.cells.items()
    }
    sums = tuple(_sums(facts.edition))
    cells = _refuted(_proved(cells, sums), sums)
    kept = [
        finding
        for finding in facts.findings
        if finding.rule is not rules.CELL_UNREADABLE
        or not all(_is_illegible(cells[cell]) for cell in finding.cells)
    ]
    found = tuple(_findings(cells, facts.edition, which))
    plain = {cell: _plain(fact) for cell, fact in cells.items()}
    return facts._replace(cells=plain, findings=(*kept, *found))


def _pictured(document: Document) -> str:
    """Return what of a document was recognised in pictures, nothing where nothing was."""
    noted = (words for code, words in document.notes if code == "recognised")
    return next(noted, WHOLE if document.kind == "image" else "")


def _plain(fact: Fact) -> Fact:
    """Return a cell with what it seems to show as its text, and why that is no figure."""
    if fact.state is not State.UNREADABLE or not _is_illegible(fact):
        return fact
    trouble = _UNCHECKED if fact.trouble == _UNCHECKED else "图上看不清"
    return fact._replace(raw=fact.raw.replace(_DOUBT, ""), trouble=trouble)


def _trusts(document: Document) -> Trusts:
    return {
        (grid.page, box): trust
        for grid in document.grids()
        for boxes, row in zip(grid.boxes, grid.trusts, strict=False)
        for box, trust in zip(boxes, row, strict=True)
    }


def _trusted(fact: Fact, trusts: Trusts) -> Fact:
    if fact.place is None:
        return fact
    return fact._replace(confidence=trusts.get((fact.place.page, fact.place.box)))


def _pages(document: Document) -> frozenset[int | None]:
    """Return the numbers of the pages that are pictures, with None where all are."""
    noted = (words for code, words in document.notes if code == "pictures")
    return frozenset(int(word) for word in next(noted, "").split()) or frozenset((None,))


def _checked(fact: Fact, pages: frozenset[int | None]) -> Fact:
    """Return a fact of a picture without a cell of its own as one nobody has checked."""
    if fact.confidence is not None or fact.place is None:
        return fact
    pictured = None in pages or fact.place.page in pages
    if not pictured or fact.state not in {State.NUMBER, State.BLANK}:
        return fact
    return fact._replace(
        state=State.UNREADABLE,
        value=None,
        raw=fact.raw + _DOUBT,
        trouble=_UNCHECKED,
        confidence=0.0,
    )


def _sums(edition: Edition) -> Iterator[Sum]:
    for identity in edition.sums:
        for _, left, right in identity.instances(edition.table(identity.table)):
            yield left, right


def _is_recognised(fact: Fact) -> bool:
    return fact.confidence is not None


def _is_illegible(fact: Fact) -> bool:
    """Return whether a cell of a picture holds ink that was not read for sure."""
    return _is_recognised(fact) and (fact.value is not None or _DOUBT in fact.raw)


def _candidate(fact: Fact) -> Count | None:
    """Return the figure a cell shows or may show, None where it shows none."""
    if fact.value is not None:
        return fact.value
    if fact.state is State.UNREADABLE and _is_recognised(fact) and _DOUBT in fact.raw:
        return parse_figure(fact.raw.replace(_DOUBT, "")).value
    return None


def _holds(parts: Sum, cells: Mapping[str, Fact]) -> bool | None:
    """Return whether a sum holds with what its cells may show, None if one shows none."""
    left, right = ([_candidate(cells[cell]) for cell in side] for side in parts)
    if None in left or None in right:
        return None
    return sum(left) == sum(right)  # type: ignore[arg-type]


def _proved(cells: dict[str, Fact], sums: tuple[Sum, ...]) -> dict[str, Fact]:
    """Return the cells with those that a sum proves as numbers.

    A sum of noughts proves nothing: what was missed everywhere adds up too.
    """
    made = dict(cells)
    for parts in sums:
        unsure = [cell for side in parts for cell in side if _is_unsure(cells[cell])]
        if not unsure or not _holds(parts, cells):
            continue
        for cell in unsure:
            value = _candidate(cells[cell])
            if value and cell in made:
                fact = cells[cell]
                raw = fact.raw.replace(_DOUBT, "")
                made[cell] = fact._replace(
                    state=State.NUMBER, value=value, raw=raw, trouble=""
                )
    return made


def _is_unsure(fact: Fact) -> bool:
    return fact.state is State.UNREADABLE and _candidate(fact) is not None


def _refuted(cells: dict[str, Fact], sums: tuple[Sum, ...]) -> dict[str, Fact]:
    """Return the cells without those that break a sum and were not read very surely."""
    made = dict(cells)
    for parts in sums:
        if _holds(parts, cells) is not False:
            continue
        for cell in (cell for side in parts for cell in side):
            fact = cells[cell]
            if fact.value is not None and fact.confidence is not None:
                doubtful = fact.confidence < SURE
                raw, state = fact.raw + _DOUBT, State.UNREADABLE
                if doubtful:
                    made[cell] = fact._replace(state=state, value=None, raw=raw)
    return made


def _read(which: str, seen: str) -> Finding:
    words: dict[str, object] = {"which": which, "seen": seen, "subject": "picture"}
    return remark(rules.PICTURE_READ, (), words)


def _extent(cells: Mapping[str, Fact]) -> str:
    """Return how many cells were recognised for sure, and how many were not."""
    trusted = [fact for fact in cells.values() if _is_recognised(fact)]
    unsure = sum(fact.state is State.UNREADABLE for fact in trusted)
    loose = sum(fact.trouble == _UNCHECKED for fact in trusted)
    if not trusted:
        return NO_TABLE
    told = f"{len(trusted) - unsure}格的数确定，{unsure}格看不清"
    if loose:
        told += f"，其中{loose}格所在的表没有框线，未逐格核对，请对照原件"
    return told


def _findings(cells: dict[str, Fact], edition: Edition, which: str) -> Iterator[Finding]:
    yield _read(which, _extent(cells))
    recognised = (fact for fact in cells.values() if _is_recognised(fact))
    unsure = [fact for fact in recognised if fact.state is State.UNREADABLE]
    tables: dict[str, list[Fact]] = {}
    for fact in unsure:
        if _DOUBT in fact.raw:
            tables.setdefault(fact.cell.partition("/")[0], []).append(fact)
    for table, facts in tables.items():
        if len(facts) > LISTED:
            yield _illegible(facts, edition, TABLES[table])
        else:
            yield from (_illegible([fact], edition) for fact in facts)


def _illegible(facts: Sequence[Fact], edition: Edition, table: str = "") -> Finding:
    """Return the finding of a cell, or of many in one table: a seal hides all at once."""
    first, *others = facts
    line, column = edition.labels(first.cell)
    seen = f"，{_shown(first)}"
    if others:
        named = [_called(fact, edition) + _shown(fact) for fact in others[: LISTED - 1]]
        seen += f"；{table}另有 {len(others)} 格也看不清：{'、'.join(named)} 等"
    words: dict[str, object] = {"line": line.label, "column": column.label, "seen": seen}
    places = [fact.place for fact in facts if fact.place]
    quote = first.raw if not others else None
    cells = [fact.cell for fact in facts]
    return remark(rules.CELL_ILLEGIBLE, places, words, cells, quote)


def _called(fact: Fact, edition: Edition) -> str:
    line, column = edition.labels(fact.cell)
    return f"“{line.label}·{column.label}”"


def _shown(fact: Fact) -> str:
    printed = fact.raw.replace(_DOUBT, "").strip()
    if not printed:
        return "有墨迹而认不出字" if fact.trouble != _UNCHECKED else "像是空白"
    return f"像是“{printed}”"
