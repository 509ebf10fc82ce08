"""The form filled in: counted cells, entered ones, adjustments, and totals of these.

A total is the sum that the edition's own data prescribes. It is blank where any
of its parts is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.compiling.compiled import Adjusted, Origin
from mingtang.compiling.entering import entered, held_adjustments
from mingtang.compiling.ledger import CompileError
from mingtang.compiling.tally import DOCUMENT_LINES, FEES
from mingtang.form.loading import edition as form_edition
from mingtang.place import Place
from mingtang.report import Fact, State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

    from mingtang.compiling.ledger import Books, Figure
    from mingtang.form.edition import Edition
    from mingtang.report import Count

_LEDGERS = {
    "requests": "cases",
    "disputes": "disputes",
    **{
        f"{line}/{column}": "documents"
        for line in DOCUMENT_LINES.values()
        for column in ("issued", "repealed", "in_force")
    },
}
"""The tables, and single cells, that are counted from a ledger, where one is kept."""


class Filling(NamedTuple):
    """The facts of every cell, the origins of those with a figure, the adjustments."""

    facts: Mapping[str, Fact]
    origins: Mapping[str, Origin]
    adjusted: tuple[Adjusted, ...]


def filled(books: Books, edition: Edition, counted: Counter[str]) -> Filling:
    """Return the form of a body filled in; raises `CompileError`."""
    if not books.body.strip():
        message = "没有写机关的全称，没有生成年报"
        raise CompileError(message)
    refuse_strange(counted, edition)
    sums = totals(edition.id)
    plain = [cell for cell in edition.cell_ids() if cell not in sums]
    counting = {cell for cell in plain if ledger_of(cell, books)}
    held = {each.cell: each for each in entered(books, plain, counting)}
    first = dict(_first(plain, books, counted, held))
    adjusted = held_adjustments(books.adjustments, first)
    values = first | {each.adjustment.cell: each.value for each in adjusted}
    origins = dict(_origins(books, first, held))
    for cell, parts in sums.items():
        if all(part in values for part in parts):
            values[cell] = sum(values[part] for part in parts)
            origins[cell] = total_origin(parts, origins)
    facts = {cell: _fact(cell, values, origins) for cell in edition.cell_ids()}
    return Filling(facts, origins, adjusted)


def ledger_of(cell: str, books: Books) -> str | None:
    """Return the ledger that a cell is counted from, None where from none.

    >>> from mingtang.compiling.ledger import Books
    >>> ledger_of("disclosure/regulations/issued", Books("甲局")) is None
    True
    """
    name = _LEDGERS.get(cell) or _LEDGERS.get(cell.split("/", maxsplit=1)[0])
    return name if name in books.kept else None


def refuse_strange(counted: Iterable[str], edition: Edition) -> None:
    """Raise `CompileError` for a counted cell that the form has not: nothing is lost."""
    known = set(edition.cell_ids())
    for cell in counted:
        if cell not in known and not cell.startswith(FEES):
            message = (
                f"台账里有案件计入“{cell}”，{edition.name}的表式没有这一格；"
                "请核对申请人类别和办理结果，没有生成"
            )
            raise CompileError(message)


@cache
def totals(edition_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return the cells that are totals, each with the plain cells it adds up.

    They are the right sides of the edition's sums with a single term.
    """
    edition = form_edition(edition_id)
    made: dict[str, tuple[str, ...]] = {}
    for identity in edition.sums:
        if len(identity.right) == 1:
            for _, left, right in identity.instances(edition.table(identity.table)):
                made.setdefault(right[0], left)
    return {cell: tuple(_flat(parts, made)) for cell, parts in made.items()}


def total_origin(parts: tuple[str, ...], origins: Mapping[str, Origin]) -> Origin:
    """Return where a total comes from: all that its parts come from."""
    several = [origins[part] for part in parts]
    return Origin(
        several[0].ledger,
        tuple(sorted(number for each in several for number in each.numbers)),
        "；".join(dict.fromkeys(each.source for each in several if each.source)),
        parts,
        tuple(one for each in several for one in each.adjustments),
    )


def _flat(parts: tuple[str, ...], made: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for part in parts:
        if part in made:
            yield from _flat(made[part], made)
        else:
            yield part


def _first(
    plain: list[str],
    books: Books,
    counted: Counter[str],
    held: Mapping[str, Figure],
) -> Iterator[tuple[str, Count]]:
    """Yield every plain cell that has a figure, as counted or entered."""
    for cell in plain:
        if ledger_of(cell, books):
            yield cell, counted[cell]
        elif cell in held:
            yield cell, held[cell].value


def _origins(
    books: Books, first: Mapping[str, Count], held: Mapping[str, Figure]
) -> Iterator[tuple[str, Origin]]:
    for cell in first:
        changed = tuple(each for each in books.adjustments if each.cell == cell)
        if cell in held:
            yield cell, Origin("entered", (), held[cell].source, (), changed)
        else:
            yield cell, Origin(ledger_of(cell, books) or "", (), "", (), changed)


def _fact(cell: str, values: Mapping[str, Count], origins: Mapping[str, Origin]) -> Fact:
    if cell not in values:
        return Fact(cell, State.BLANK)
    value = values[cell]
    printed = str(value) if isinstance(value, int) else format(value, "f")
    spot = Place(ledger=origins[cell].ledger)
    return Fact(cell, State.NUMBER, value, printed, spot)
