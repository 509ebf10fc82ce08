"""The form as one report fills it in: its facts and figures in the form's order.

The sums and a dozen rules look at the same cells. They are taken from the
report once, and each table is asked once whether it holds plain counts only,
as nearly every table does: then there is nothing to look for in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.checking.plan import plan_of
from mingtang.report import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.checking.plan import Figures, Plan
    from mingtang.report import Count, Fact, Report


class FilledForm(NamedTuple):
    """The cells of a report, laid out by its edition's plan.

    `figures` has one 0 behind the last cell, see `Plan`, and None where no
    number stands. `odd` holds for each table the cells that are no plain
    count: no number at all, a decimal, or less than 0.
    """

    plan: Plan
    facts: Sequence[Fact]
    figures: Figures
    odd: Mapping[str, Sequence[Fact]]

    def table(self, name: str) -> Sequence[Fact]:
        """Return the facts of a table."""
        return self.facts[self.plan.tables[name]]

    def is_absent(self, name: str) -> bool:
        """Return whether no cell of a table is in the document."""
        odd = self.odd[name]
        return len(odd) == len(self.table(name)) and all(
            fact.state is State.ABSENT for fact in odd
        )


def filled_form(report: Report) -> FilledForm | None:
    """Return the cells of a report, None where no edition could be told."""
    if report.edition is None:
        return None
    plan = plan_of(report.edition)
    facts = plan.take_facts(report.facts)
    figures: list[Count | None] = [fact.value for fact in facts]
    odd = {
        name: () if _plain(figures[cells]) else _odd(facts[cells])
        for name, cells in plan.tables.items()
    }
    figures.append(0)
    return FilledForm(plan, facts, figures, odd)


def _plain(figures: Figures) -> bool:
    """Return whether all are whole numbers, and none negative.

    One addition tells the kinds of all of them, several times faster than
    asking each: nothing can be added to None, and an int with a decimal is a
    decimal.
    """
    try:
        total = sum(figures)  # type: ignore[arg-type]
    except TypeError:
        return False
    return type(total) is int and min(figures) >= 0  # type: ignore[type-var, operator]


def _odd(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if type(fact.value) is not int or fact.value < 0]
