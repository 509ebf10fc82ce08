"""Checking: a report in, findings out.

The sums of the form are judged by one interpreter over the edition's data;
every other rule is a file of its own in ``rules``. A rule that crashes is our
fault and is raised, never turned into a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.evidence import evidence
from mingtang.checking.interpreter import form_findings
from mingtang.checking.rules import CHECKS
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.finding import Finding
    from mingtang.report import Report

_RANKS = {weight: rank for rank, weight in enumerate(Weight)}


def check(
    report: Report, before: Report | None = None, parts: Sequence[Report] = ()
) -> list[Finding]:
    """Return what is wrong with the report, heaviest first.

    Only what this report alone shows is judged. `before`, last year's report
    of the same body, and `parts`, the reports that this one sums up, are
    accepted for the rules of year against year and whole against parts; there
    are none yet, so they change nothing.
    """
    del before, parts
    seen = evidence(report)
    findings = [] if seen.form is None else form_findings(seen.form)
    for each in CHECKS:
        findings.extend(each.findings(seen))
    return sorted(findings, key=_reading_order)


def _reading_order(finding: Finding) -> tuple[int, ...]:
    """Return what findings are sorted by: weight, then where a reader meets them.

    Words come before tables, whatever has no place comes last.
    """
    place = finding.place
    weight = _RANKS[finding.weight]
    if place is None:
        return (weight, 2)
    before_first = -1
    spot = (
        (place.paragraph, place.start)
        if place.table is None
        else (place.table, place.row, place.column)
    )
    counted = (before_first if number is None else number for number in spot)
    return (weight, int(place.table is not None), *counted)
