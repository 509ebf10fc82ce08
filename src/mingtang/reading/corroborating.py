"""Cells recognised in a picture, held against the sums they stand in.

A figure that was not read surely counts where a sum of the form proves it. One
that was read surely, and yet breaks a sum, must have been read very surely:
else the fault may be the reader's, and no figure is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading import rules
from mingtang.reading.paper.legibility import WHOLE
from mingtang.reading.remarks import remark
from mingtang.report import Fact, State
from mingtang.text import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    cells = {cell: _trusted(fact, trusts) for cell, fact in facts.cells.items()}
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
    return fact._replace(raw=fact.raw.replace(_DOUBT, ""), trouble="图上看不清")


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


def _extent(cells: Mapping[str, Fact], which: str) -> str:
    """Return how many cells were recognised, each for itself or in lines of text."""
    trusted = [fact for fact in cells.values() if _is_recognised(fact)]
    unsure = sum(fact.state is State.UNREADABLE for fact in trusted)
    numbers = [fact for fact in cells.values() if fact.value is not None]
    loose = sum(not _is_recognised(fact) for fact in numbers) if which == WHOLE else 0
    told = [f"{len(trusted) - unsure}格的数确定，{unsure}格看不清"] if trusted else []
    if loose:
        told.append(f"{loose}格的表没有框线，数未逐格核对，请对照原件")
    return "；".join(told) or NO_TABLE


def _findings(cells: dict[str, Fact], edition: Edition, which: str) -> Iterator[Finding]:
    yield _read(which, _extent(cells, which))
    recognised = (fact for fact in cells.values() if _is_recognised(fact))
    unsure = [fact for fact in recognised if fact.state is State.UNREADABLE]
    for fact in (fact for fact in unsure if _DOUBT in fact.raw):
        line, column = edition.labels(fact.cell)
        printed = fact.raw.replace(_DOUBT, "").strip()
        seen = f"，像是“{printed}”" if printed else "，有墨迹而认不出字"
        words: dict[str, object] = {"line": line.label, "column": column.label}
        words["seen"] = seen
        places = [fact.place] if fact.place else []
        yield remark(rules.CELL_ILLEGIBLE, places, words, [fact.cell], fact.raw)
