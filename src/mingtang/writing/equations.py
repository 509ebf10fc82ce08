"""A sum as it is drawn: its terms in order, each with the sign before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.report import State

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from mingtang.report import Fact, Report


class Term(NamedTuple):
    """One term: the sign before it, its cell, what it is called, what it says."""

    sign: str
    cell: str
    label: str
    value: str

    @property
    def is_nil(self) -> bool:
        """Return whether the term adds nothing and may be left out of a line."""
        return self.value == "0"


def shown(fact: Fact | None) -> str:
    """Return what stands in a cell, in a few characters.

    >>> from mingtang.report import Fact
    >>> shown(Fact("a/b/c", State.BLANK)), shown(Fact("a/b/c", State.NUMBER, 3, "3件"))
    ('空白', '3')
    """
    if fact is None or fact.state is State.ABSENT:
        return "·"
    if fact.state is State.BLANK:
        return "空白"
    if fact.value is not None:
        return str(fact.value)
    return fact.raw if fact.state is State.NOT_APPLICABLE else "读不出"


def terms(report: Report, finding: Finding) -> tuple[Term, ...]:
    """Return the terms of a finding's equation, left side first; () without one.

    The cells of an equation stand in the order of its terms.
    """
    equation = finding.equation
    if equation is None:
        return ()
    right = len(equation.right_terms)
    border = len(finding.cells) - right if right else len(finding.cells)
    made = []
    for index, cell in enumerate(finding.cells):
        sign = "" if index == 0 else "=" if index == border else "+"
        made.append(Term(sign, cell, name(report, finding, cell), _value(report, cell)))
    return tuple(made)


def _value(report: Report, cell: str) -> str:
    return shown(report.facts.get(cell))


def name(report: Report, finding: Finding, cell: str) -> str:
    """Return a cell's name, without the half that all cells of the finding share."""
    if report.edition is None:
        return cell
    try:
        line, column = report.edition.labels(cell)
    except KeyError:
        return cell
    split = [other.split("/") for other in finding.cells]
    if len(split) > 1 and len({part[1] for part in split}) == 1:
        return column.label
    if len(split) > 1 and len({part[2] for part in split}) == 1:
        return line.label
    return f"{line.label}·{column.label}"
