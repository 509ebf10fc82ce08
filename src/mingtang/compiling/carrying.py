"""Carried in is what was carried out last year: compared by column, never mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.compiling.ledger import CompileError
from mingtang.compiling.rules import CARRIED_IN_DIFFERS
from mingtang.finding import Equation, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Fact, Report

CARRIED_IN, CARRIED_OUT = "requests/carried_in/", "requests/carried_out/"


def carried_findings(report: Report, before: Report) -> tuple[Finding, ...]:
    """Return where a report does not go on from last year's.

    A column that is blank on either side is not assessed. Raises `CompileError`
    where `before` is not the report of the year before.
    """
    if report.year is None or before.year != report.year - 1:
        message = f"用来核对结转的是{before.year}年度的报告，不是上一年度的；请换一份"
        raise CompileError(message)
    return tuple(_differing(report, before))


def _differing(report: Report, before: Report) -> Iterator[Finding]:
    for cell, now in report.facts.items():
        then = before.facts.get(cell.replace(CARRIED_IN, CARRIED_OUT))
        if cell.startswith(CARRIED_IN) and (then is None or then.value != now.value):
            yield _finding(report, now, then)


def _finding(report: Report, now: Fact, then: Fact | None) -> Finding:
    assert report.edition is not None  # noqa: S101 - a compiled report has its form
    _, column = report.edition.labels(now.cell)
    assessed = then is not None and None not in (now.value, then.value)
    told, said = (_said(fact) for fact in (then, now))
    apart = str(then.number - now.number) if assessed and then else "多少不能判断"
    words = {"column": column.label, "now": said, "before": told}
    message = CARRIED_IN_DIFFERS.message.format(
        **words, difference=apart.lstrip("-"), cases="" if assessed else "和空白的格"
    )
    equation = Equation(told, said, apart) if assessed else None
    return Finding(
        CARRIED_IN_DIFFERS,
        message,
        (now.cell,),
        (now.place,) if now.place else (),
        equation=equation,
        assessed=assessed,
        subject=column.id,
    )


def _said(fact: Fact | None) -> str:
    return "空白" if fact is None or fact.value is None else str(fact.value)
