"""Totals with coverage: of each cell the sum, and of how many reports it is the sum."""

from __future__ import annotations

from decimal import Context, localcontext
from typing import TYPE_CHECKING, NamedTuple

from mingtang.combining.choosing import Coverage, coverage
from mingtang.combining.tree import plain
from mingtang.form.loading import edition_for
from mingtang.text import LONGEST_FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingtang.combining.tree import Bodies
    from mingtang.form.edition import Edition
    from mingtang.report import Count, Fact, Report

EXACT = Context(prec=2 * LONGEST_FIGURE)
"""In which sums and differences are reckoned: no digit is lost."""
OTHER_UNIT = "other_unit"
"""Why a number was not added: it is printed with a unit that is not the form's."""


class CombineError(ValueError):
    """The reports do not go together; says which and why, in Chinese."""


class Lacking(NamedTuple):
    """A body whose report gives no number to add, and what stands there instead."""

    body: str
    state: str


class Total(NamedTuple):
    """The total of a cell over some of the counted reports.

    `value` is None where no report gave a number; `given` of `reports` gave one,
    and `lacking` are the others.
    """

    value: Count | None
    given: int
    reports: int
    lacking: tuple[Lacking, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return whether every counted report gave a number."""
        return self.given == self.reports and self.value is not None


class Combined(NamedTuple):
    """Reports of one year added up (汇总).

    `reports` are all that were given, in order of their bodies; which of them
    `totals` adds up, `coverage` says.
    """

    year: int
    edition: Edition
    reports: tuple[Report, ...]
    bodies: Bodies | None
    coverage: Coverage
    totals: Mapping[str, Total]

    @property
    def counted(self) -> tuple[Report, ...]:
        """Return the reports that are added up."""
        return chosen(self.reports, self.coverage)


def combine(reports: Iterable[Report], bodies: Bodies | None = None) -> Combined:
    """Return reports of one year added up, by a list of bodies where there is one.

    Raises `CombineError` for no report, one without body, year or the form of its
    year, reports of several years, and two reports of one body: which of them
    counts is not for us to say.
    """
    given = tuple(reports)
    by_name = _by_name(given)
    years = {report.year for report in given}
    if len(years) != 1:
        told = "、".join(map(str, sorted(filter(None, years)))) or "没有一份"
        message = f"要汇总的报告须是同一年度的，却有：{told}；请按年度分开汇总"
        raise CombineError(message)
    (year,) = years
    assert year is not None  # noqa: S101 - every report has been asked
    edition = edition_for(year)
    covered = coverage(by_name, bodies)
    ordered = tuple(by_name[name] for name in sorted(by_name))
    counted = chosen(ordered, covered)
    totals = {cell: _total(cell, counted, edition) for cell in edition.cell_ids()}
    return Combined(year, edition, ordered, bodies, covered, totals)


def add(one: Combined, other: Combined) -> Combined:
    """Return two sets of reports combined; raises `CombineError` as `combine` does."""
    if one.bodies != other.bodies:
        message = "两次汇总用的机关名单不同，不能再相加；请用同一份名单"
        raise CombineError(message)
    return combine((*one.reports, *other.reports), one.bodies)


def chosen(reports: Sequence[Report], covered: Coverage) -> tuple[Report, ...]:
    """Return the reports that are counted."""
    names = {plain(name) for name in covered.counted}
    return tuple(report for report in reports if plain(str(report.body)) in names)


def why_unusable(report: Report) -> str | None:
    """Return in Chinese why a report cannot be combined, None where it can."""
    if not report.body:
        return "没有写明机关"
    if report.year is None:
        return "没有写明年度"
    due = edition_for(report.year)
    if report.edition is None:
        return "没有读到年度报告的表"
    if report.edition.id != due.id:
        return f"用的是{report.edition.id}年版表式，{report.year}年度应当用{due.id}年版"
    return None


def _by_name(reports: Sequence[Report]) -> dict[str, Report]:
    by_name: dict[str, Report] = {}
    for report in reports:
        why = why_unusable(report)
        if why:
            message = f"“{report.body or report.title or '一份报告'}”{why}，不能汇总"
            raise CombineError(message)
        name = plain(str(report.body))
        if name in by_name:
            message = (
                f"“{report.body}”{report.year}年度的报告有两份，不知道该计哪一份，没有汇总；"
                "请只留一份"
            )
            raise CombineError(message)
        by_name[name] = report
    return by_name


def numbers(cell: str, counted: Sequence[Report], edition: Edition) -> Mapping[str, Count]:
    """Return what is added up in a cell, by the bodies' plain names."""
    if _mixed(cell, counted, edition):
        return {}
    facts = {plain(str(report.body)): report.facts[cell] for report in counted}
    return {
        name: fact.value
        for name, fact in facts.items()
        if fact.value is not None and _fits(fact, edition)
    }


def added(some: Iterable[Count]) -> Count | None:
    """Return the exact sum, None of nothing."""
    every = list(some)
    with localcontext(EXACT):
        return sum(every) if every else None


def _total(cell: str, counted: Sequence[Report], edition: Edition) -> Total:
    given = numbers(cell, counted, edition)
    lacking = tuple(
        _lacking(report, cell) for report in counted if plain(str(report.body)) not in given
    )
    return Total(added(given.values()), len(given), len(counted), lacking)


def _lacking(report: Report, cell: str) -> Lacking:
    fact = report.facts[cell]
    state = fact.state.value if fact.value is None else OTHER_UNIT
    return Lacking(str(report.body), state)


def _mixed(cell: str, counted: Sequence[Report], edition: Edition) -> bool:
    """Return whether a cell without a prescribed unit is printed in several."""
    facts = [report.facts[cell] for report in counted]
    units = {fact.unit for fact in facts if fact.value is not None}
    return edition.has_open_unit(cell) and len(units) > 1


def _fits(fact: Fact, edition: Edition) -> bool:
    return fact.unit is None or fact.unit in edition.units(fact.cell)
