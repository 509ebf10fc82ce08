"""The form as one report fills it in: its facts and figures in the form's order.

The sums and a dozen rules look at the same cells. They are taken from the
report once, and each table is asked once whether it holds plain counts only,
as nearly every table does: then there is nothing to look for in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.checking.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.checking.plan import Figures, Plan
    from mingtang.report import Count, Fact, Report


class FilledForm(NamedTuple):
    """The cells of a report, laid out by its edition's plan.

    `figures` has one 0 behind the last cell, see `Plan`, and None where no
    number stands. `plain` names the tables in which every cell is a whole
    number and none is negative.
    """

    plan: Plan
    facts: Sequence[Fact]
    figures: Figures
    plain: frozenset[str]

    def table(self, name: str) -> Sequence[Fact]:
        """Return the facts of a table."""
        return self.facts[self.plan.tables[name]]


def filled_form(report: Report) -> FilledForm | None:
    """Return the cells of a report, None where no edition could be told."""
    if report.edition is None:
        return None
    plan = plan_of(report.edition)
    facts = plan.take_facts(report.facts)
    figures: list[Count | None] = [fact.value for fact in facts]
    plain = [name for name, cells in plan.tables.items() if _plain(figures[cells])]
    figures.append(0)
    return FilledForm(plan, facts, figures, frozenset(plain))


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
