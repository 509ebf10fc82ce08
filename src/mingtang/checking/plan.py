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

    from mingtang.form.edition import Edition
    from mingtang.form.sums import Identity
    from mingtang.report import Count, Fact

    Figures = Sequence[Count]
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

    def difference(self, figures: Figures) -> Count:
        """Return left minus right; raises `TypeError` where a part is no number."""
        return sum(self.take_left(figures)) - sum(self.take_right(figures))

    def sign(self, position: int) -> int:
        """Return 1 where the cell stands on the left, -1 on the right."""
        return 1 if position in self.left else -1


class Plan(NamedTuple):
    """All sums of an edition, and for every cell the sums that run through it.

    `cells` are the cell ids in the form's order; a report's figures are laid
    out in that order, with one 0 behind the last. `tables` takes the facts of
    one table from a report's facts.
    """

    edition: Edition
    cells: tuple[str, ...]
    sums: tuple[Sum, ...]
    through: Mapping[int, tuple[int, ...]]
    tables: Mapping[str, TakingFacts]


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
    cells = asked.cell_ids()
    position = {cell: index for index, cell in enumerate(cells)}
    sums = tuple(
        made for identity in asked.sums for made in _sums(asked, identity, position)
    )
    through: dict[int, list[int]] = {}
    for index, each in enumerate(sums):
        for cell in (*each.left, *each.right):
            through.setdefault(cell, []).append(index)
    shared = {cell: tuple(indices) for cell, indices in through.items()}
    tables: dict[str, TakingFacts] = {
        table.id: itemgetter(*(cell for cell, *_ in table.cells()))
        for table in asked.tables
    }
    return Plan(asked, cells, sums, shared, tables)


def _sums(asked: Edition, identity: Identity, position: Mapping[str, int]) -> list[Sum]:
    table = asked.table(identity.table)
    rule = sum_rules()[identity.code]
    made = []
    for _, left, right in identity.instances(table):
        line, column = asked.labels(left[0])
        labels = [asked.labels(cell) for cell in (*left, *right)]
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
                    term_line.full_label if by_column else term_column.label
                    for term_line, term_column in labels
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
