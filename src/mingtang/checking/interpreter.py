"""The sums of the form, judged for one report: one loop, no sum in code.

Whole numbers and decimals are added exactly. A sum with a part that is no
number is not judged; every false sum is a finding of its own, with both sides
and what would let it agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.agreement import remedy
from mingtang.checking.filled import filled_form
from mingtang.checking.unjudged import unjudged
from mingtang.finding import Equation, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.checking.filled import FilledForm
    from mingtang.report import Count, Report

_ALL_TERMS = 4


def sum_findings(report: Report) -> list[Finding]:
    """Return the findings of every sum of the report's edition.

    A report without an edition has no tables to add up: no finding.
    """
    form = filled_form(report)
    return [] if form is None else form_findings(form)


def form_findings(form: FilledForm) -> list[Finding]:
    """Return the findings of every sum of the form as filled in."""
    differences = _differences(form)
    if not any(differences) and None not in differences:
        return []
    left_open = [index for index, value in enumerate(differences) if value is None]
    return [*_false(form, differences), *unjudged(form, left_open)]


def _differences(form: FilledForm) -> Sequence[Count | None]:
    """Return left minus right of every sum, None where a part is no number."""
    figures = form.figures
    # A part that is no number is None, and adding it raises TypeError.
    try:
        return [sum(left(figures)) - sum(right(figures)) for left, right in form.plan.sides]
    except TypeError:
        return [each.difference(figures) for each in form.plan.sums]


def _false(form: FilledForm, differences: Sequence[Count | None]) -> Iterator[Finding]:
    plan, facts, figures = form.plan, form.facts, form.figures
    for index, difference in enumerate(differences):
        if not difference:
            continue
        each = plan.sums[index]
        parts = [facts[position] for position in (*each.left, *each.right)]
        terms = tuple(
            (label, str(part.number)) for label, part in zip(each.terms, parts, strict=True)
        )
        left, right = terms[: len(each.left)], terms[len(each.left) :]
        equation = Equation(
            left=str(sum(each.take_left(figures))),
            right=str(sum(each.take_right(figures))),
            difference=str(difference),
            left_terms=left,
            right_terms=right,
        )
        message = each.rule.message.format(
            where=each.where,
            left=equation.left,
            right=equation.right,
            difference=abs(difference),
            left_terms=_said(left),
            right_terms=_said(right),
        )
        yield Finding(
            rule=each.rule,
            message=message,
            cells=tuple(part.cell for part in parts),
            places=tuple(part.place for part in parts if part.place is not None),
            equation=equation,
            remedy=remedy(plan, figures, differences, index),
        )


def _said(terms: tuple[tuple[str, str], ...]) -> str:
    """Return the terms of a side in words; of many, only those that count."""
    if len(terms) <= _ALL_TERMS:
        return "、".join(f"“{label}”{figure}" for label, figure in terms)
    counting = [f"“{label}”{figure}" for label, figure in terms if figure != "0"]
    return "、".join([*counting, "其余为0"]) if counting else "各项均为0"
