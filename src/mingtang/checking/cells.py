"""What several rules ask of the cells of one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault
from mingtang.checking.unjudged import described, listed
from mingtang.report import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.checking.evidence import Evidence
    from mingtang.place import Place
    from mingtang.report import Count, Fact, Report

REQUEST_CELLS = ("requests/received/total", "requests/carried_in/total")
DISPUTE_CELLS = (
    "disputes/review/total",
    "disputes/suit_direct/total",
    "disputes/suit_after_review/total",
)
_UNFILLED = frozenset({State.BLANK, State.NOT_APPLICABLE})
# Columns that may hold an amount of money, and those that may go down.
_AMOUNTS = frozenset({"amount"})
_CHANGES = frozenset({"items_change"})


def fact_places(report: Report, cells: Iterable[str]) -> tuple[Place, ...]:
    """Return where the cells stand, as far as the document shows them."""
    facts = (report.facts[cell] for cell in cells)
    return tuple(fact.place for fact in facts if fact.place is not None)


def request_count(evidence: Evidence) -> Count | None:
    """Return the requests of the year with those carried in, None if not told."""
    return _sum(evidence, REQUEST_CELLS)


def dispute_count(evidence: Evidence) -> Count | None:
    """Return all reviews and suits of the year, None if not told."""
    return _sum(evidence, DISPUTE_CELLS)


def _sum(evidence: Evidence, cells: tuple[str, ...]) -> Count | None:
    figures = [figure for figure in map(evidence.figure, cells) if figure is not None]
    return sum(figures) if len(figures) == len(cells) else None


def unfilled(evidence: Evidence, name: str) -> Iterator[Fault]:
    """Yield one fault for a table with blank or marked cells, naming them all."""
    form = evidence.form
    if form is None:
        return
    empty = [fact for fact in form.odd[name] if fact.state in _UNFILLED]
    if empty:
        whole = len(empty) == len(form.table(name))
        yield Fault(
            {
                "table": form.plan.edition.table(name).number,
                "count": f"全部{len(empty)}" if whole else len(empty),
                "cells": "整张表空着"
                if whole
                else listed(described(form.plan, empty), len(empty)),
            },
            places=tuple(fact.place for fact in empty if fact.place is not None),
            cells=tuple(fact.cell for fact in empty),
        )


def impossible(evidence: Evidence, name: str) -> Iterator[Fault]:
    """Yield a fault for every figure that is negative or no whole number."""
    form = evidence.form
    if form is None:
        return
    for fact in form.odd[name]:
        why = None if fact.value is None else _why_impossible(fact)
        if why is not None:
            words = {
                "table": form.plan.edition.table(name).number,
                "cell": form.plan.cell_label(fact.cell),
                "figure": fact.value,
                "why": why,
            }
            places = () if fact.place is None else (fact.place,)
            yield Fault(words, places, quote=fact.raw or None, cells=(fact.cell,))


def _why_impossible(fact: Fact) -> str | None:
    figure = fact.number
    column = fact.cell.rpartition("/")[2]
    if figure < 0 and column not in _CHANGES:
        return "不能是负数"
    if fact.unit is None and column not in _AMOUNTS and figure % 1:
        return "应当是整数"
    return None
