"""The sums of an edition as positions in its list of cells, made once.

The identities stand in the edition's data (``form/editions``). Here each is
unfolded over its lines or columns, so that judging a report is adding numbers
at known positions and nothing else.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Rule, Weight
from mingtang.form.loading import edition, sum_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingtang.form.edition import Column, Edition, Line
    from mingtang.form.sums import Identity
    from mingtang.report import Count, Fact

    Figures = Sequence[Count | None]
    Taking = Callable[[Figures], tuple[Count, ...]]
    TakingFacts = Callable[[Mapping[str, Fact]], tuple[Fact, ...]]


class Sum(NamedTuple):
    """One sum of one line or column, ready to be worked out.

    `left` and `right` are positions in the edition's list of cells, and
    `terms` their labels in the same order; `each` and `where` name the line or
    column. `take_left` and `take_right` take the figures of a side.
    """

    rule: Rule
    table: str
    where: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    terms: tuple[str, ...]
    take_left: Taking
    take_right: Taking

    def difference(self, figures: Figures) -> Count | None:
        """Return left minus right, None where a part is no number."""
        try:
            return sum(self.take_left(figures)) - sum(self.take_right(figures))
        except TypeError:
            return None

    def sign(self, position: int) -> int:
        """Return 1 where the cell stands on the left, -1 on the right."""
        return 1 if position in self.left else -1


class Plan(NamedTuple):
    """All sums of an edition, and for every cell the sums that run through it.

    `cells` are the cell ids in the form's order; a report's figures are laid
    out in that order, with one 0 behind the last. `sides` are what takes the
    left and the right of each sum; `tables` is where in the order each table
    stands; `labels` names line and column of each cell; `take_facts` takes
    all cells from a report's facts.
    """

    edition: Edition
    cells: tuple[str, ...]
    sums: tuple[Sum, ...]
    sides: tuple[tuple[Taking, Taking], ...]
    through: Mapping[int, tuple[int, ...]]
    tables: Mapping[str, slice]
    labels: Mapping[str, tuple[Line, Column]]
    take_facts: TakingFacts

    def cell_label(self, cell: str) -> str:
        """Return a cell's line and column as printed, see `Edition.cell_label`."""
        line, column = self.labels[cell]
        return f"{line.label}·{column.label}"


@cache
def sum_rules() -> Mapping[str, Rule]:
    """Return the rule of every sum by its code."""
    return {
        code: Rule(**{**words._asdict(), "weight": Weight(words.weight)})
        for code, words in sum_words().items()
    }


def plan_of(asked: Edition) -> Plan:
    """Return the plan of an edition; those of the form are made only once."""
    known = _plan_of_the_form(asked.id)
    return known if known.edition is asked else _plan(asked)


@cache
def _plan_of_the_form(name: str) -> Plan:
    return _plan(edition(name))


def _plan(asked: Edition) -> Plan:
    labels: dict[str, tuple[Line, Column]] = {}
    tables: dict[str, slice] = {}
    for table in asked.tables:
        first = len(labels)
        labels |= {cell: (line, column) for cell, _, line, column in table.cells()}
        tables[table.id] = slice(first, len(labels))
    position = {cell: index for index, cell in enumerate(labels)}
    sums = tuple(
        made for identity in asked.sums for made in _sums(asked, identity, position, labels)
    )
    through: dict[int, list[int]] = {}
    for index, each in enumerate(sums):
        for cell in (*each.left, *each.right):
            through.setdefault(cell, []).append(index)
    return Plan(
        edition=asked,
        cells=tuple(labels),
        sums=sums,
        sides=tuple((each.take_left, each.take_right) for each in sums),
        through={cell: tuple(indices) for cell, indices in through.items()},
        tables=tables,
        labels=labels,
        take_facts=itemgetter(*labels),
    )


def _sums(
    asked: Edition,
    identity: Identity,
    position: Mapping[str, int],
    labels: Mapping[str, tuple[Line, Column]],
) -> list[Sum]:
    table = asked.table(identity.table)
    rule = sum_rules()[identity.code]
    made = []
    for _, left, right in identity.instances(table):
        line, column = labels[left[0]]
        by_column = identity.each == "column"
        left_positions = tuple(position[cell] for cell in left)
        right_positions = tuple(position[cell] for cell in right)
        made.append(
            Sum(
                rule=rule,
                table=table.id,
                where=column.label if by_column else line.full_label,
                left=left_positions,
                right=right_positions,
                terms=tuple(
                    labels[cell][0].full_label if by_column else labels[cell][1].label
                    for cell in (*left, *right)
                ),
                take_left=_taking(left_positions, len(position)),
                take_right=_taking(right_positions, len(position)),
            )
        )
    return made


def _taking(positions: tuple[int, ...], zero: int) -> Taking:
    """Return what takes the figures at the positions as a tuple.

    One position alone would give a bare figure: the 0 behind the last cell
    keeps it company.
    """
    return itemgetter(*positions, zero) if len(positions) == 1 else itemgetter(*positions)
