"""Cases, disputes and figures somebody answers for, compiled into a year's report.

Which lines and cells a case counts in is `mingtang.case.counting`'s to say, and
it alone; here is only added up. What nobody keeps a ledger of stays blank. The
report is a draft: its words are drafted from its figures, and where nothing is
known there is a place for the officer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.compiling.carrying import carried_findings
from mingtang.compiling.compiled import Compiled, Fees
from mingtang.compiling.drafting import drafted, reworded, words_of
from mingtang.compiling.entering import cannot_hold
from mingtang.compiling.ledger import (
    Adjustment,
    Books,
    CompileError,
    Docket,
    Figure,
    Ledger,
)
from mingtang.compiling.origins import Tracer
from mingtang.compiling.periods import Period, compile_period
from mingtang.compiling.prose import gaps_in, unfilled
from mingtang.compiling.publications import CleanUp, Interpreted, Publications
from mingtang.compiling.sentences import Compared, compared
from mingtang.compiling.spells import Spell, Yearly, yearly
from mingtang.compiling.tables import filled
from mingtang.compiling.tally import (
    FEES,
    Stretch,
    figures_of,
    tally_case,
    tally_dispute,
    tally_document,
)
from mingtang.form.loading import edition_for

if TYPE_CHECKING:
    from mingtang.report import Report

__all__ = [
    "FEES",
    "Adjustment",
    "Books",
    "CleanUp",
    "Compared",
    "CompileError",
    "Compiled",
    "Docket",
    "Figure",
    "Interpreted",
    "Ledger",
    "Period",
    "Publications",
    "Spell",
    "Stretch",
    "Yearly",
    "cannot_hold",
    "compared",
    "compile_period",
    "compile_report",
    "compile_tally",
    "figures_of",
    "gaps_in",
    "reworded",
    "tally_case",
    "tally_dispute",
    "tally_document",
    "unfilled",
    "words_of",
    "yearly",
]


def compile_report(ledger: Ledger, year: int, before: Report | None = None) -> Compiled:
    """Return the report of a year, every case and dispute replayed once.

    `before` is the body's report of the year before: where its carried-out figures
    are not this one's carried-in, there is a finding, and nothing is changed. The
    histories may come in any order. Raises `CompileError` where what was entered
    does not hold or a history cannot be, and `NoEditionError` for a year without a
    form.
    """
    tracer = Tracer(ledger, year)
    compiled = _compiled(tracer.books(), year, before)
    return compiled._replace(origins=tracer.traced(compiled.origins))


def compile_tally(books: Books, year: int, before: Report | None = None) -> Compiled:
    """Return the report of a year from a tally that was kept case by case.

    The same report as `compile_report` makes of the same cases; its origins name
    ledgers, entered figures and adjustments, and no case numbers. Raises as that
    does.
    """
    return _compiled(books, year, before)


def _compiled(books: Books, year: int, before: Report | None) -> Compiled:
    edition = edition_for(year)
    counted = figures_of(books.tally, year)
    filling = filled(books, edition, counted)
    fees = Fees.of(counted, books.rules) if "cases" in books.kept else None
    report = drafted(books, year, filling.facts, fees)
    findings = () if before is None else carried_findings(report, before)
    return Compiled(report, filling.origins, filling.adjusted, findings, fees)
