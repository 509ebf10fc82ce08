"""A body's report of a year as it now stands: compiled, worded, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang import check, read
from mingtang import compiling as engine
from mingtang.compiling import (
    CompileError,
    compared,
    compile_tally,
    gaps_in,
    reworded,
    unfilled,
    words_of,
)
from mingtang.finding import Weight
from mingtang.report import Signature
from mingtang_web.annual.faults import BY_THE_DAY, NEVER_LEFT
from mingtang_web.annual.models import Annual, Wording
from mingtang_web.annual.publications import documents_tally, publications_of
from mingtang_web.annual.yearly import compiled, entered, periods_of
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.queries import is_owed, tally_of
from mingtang_web.figures import exact
from mingtang_web.files.actions import content
from mingtang_web.publication.counting import of_body
from mingtang_web.publication.stock import stock_taken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingtang.compiling import Books, Compiled
    from mingtang.finding import Finding
    from mingtang.report import Fact, Report
    from mingtang_web.annual.models import Adjustment, Earlier
    from mingtang_web.annual.yearly import Period
    from mingtang_web.bodies.models import Body

LEDGERS = {
    "cases": "cases_kept",
    "disputes": "disputes_kept",
    "documents": "documents_kept",
}
BLOCKING = frozenset({Weight.BREACH, Weight.CONTRADICTION})
"""What must be mended, or left for a reason that somebody gives, before signing."""


@dataclass(frozen=True)
class Draft:
    """A report as it stands, signed for the sake of checking by its body on a day.

    ``drafted`` are the words that its figures give, ``findings`` what the check and
    the comparisons with last year's report and with the draft's sentences say, of which
    there are ``sentences`` in the words, ``waivers`` what is left as it is: codes and
    fingerprints. ``moved`` are the sections whose words were kept beside a draft that
    their figures do not give any more, ``unkept`` those typed otherwise than kept;
    ``periods`` the cells for which figures of periods were entered.
    """

    compiled: Compiled
    drafted: Mapping[int, tuple[str, ...]]
    report: Report
    findings: tuple[Finding, ...]
    waivers: frozenset[tuple[str, str]] = frozenset()
    moved: tuple[int, ...] = ()
    sentences: int = 0
    unkept: frozenset[int] = frozenset()
    periods: Mapping[str, Period] = field(default_factory=dict)

    @property
    def gaps(self) -> tuple[tuple[int, str], ...]:
        """The places that are still to be filled in, each with its paragraph's number."""
        return tuple(
            (each.number, gap)
            for each in unfilled(self.report)
            for gap in gaps_in(each.text)
        )

    def is_waived(self, finding: Finding) -> bool:
        """Return whether a finding is left as it is, for a reason somebody gave."""
        return any(leaves(*given, finding) for given in self.waivers)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep the report from being signed."""
        return tuple(
            each
            for each in self.findings
            if each.weight in BLOCKING and not self.is_waived(each)
        )


def leaves(code: str, fingerprint: str, finding: Finding) -> bool:
    """Return whether a reason, given of a rule and a fingerprint, is one of a finding."""
    if code != finding.rule.code or code in NEVER_LEFT:
        return False
    return code in BY_THE_DAY or fingerprint == finding.fingerprint


def draft(annual: Annual, on: date, typed: Mapping[int, str] | None = None) -> Draft:
    """Return a report as it stands, with words that are typed and not kept yet.

    A fixed number of queries, however many cases there are. Raises `CompileError`.
    """
    compiled = compiled_of(annual)
    drafted = words_of(compiled.report)
    every = list(annual.wordings.order_by("number"))
    kept = {row.section: row for row in every}
    said = drafted | {n: paragraphs(row.text) for n, row in kept.items()}
    now = {section: paragraphs(text) for section, text in (typed or {}).items()}
    unkept = frozenset(n for n, text in now.items() if text != said.get(n, ()))
    moved = [n for n, row in kept.items() if row.drafted != "\n".join(drafted.get(n, ()))]
    signature = Signature(body=compiled.report.body, day=on)
    report = reworded(compiled.report, said | now, signature)
    held = compared(report, drafted, [row.drafted for row in every])
    found = (*compiled.findings, *held.findings, *check(report))
    waivers = frozenset(annual.waivers.values_list("code", "finding"))
    return Draft(
        compiled,
        drafted,
        report,
        found,
        waivers,
        tuple(sorted(moved)),
        held.sentences,
        unkept,
        periods_of(annual),
    )


def compiled_of(annual: Annual) -> Compiled:
    """Return a report as its figures now make it; raises `CompileError`."""
    before = before_of(annual)
    return compile_tally(books(annual, before), annual.year, before)


def would_hold(annual: Annual, asked: Adjustment, on: date) -> None:
    """Try an adjustment, and those that wait, as if they were signed.

    Raises `CompileError` where no report can be made of them all.
    """
    waiting = [row for row in annual.adjustments.all() if row.waits]
    tried = [
        engine.Adjustment(row.cell, row.by_how_much, row.reason, _("待签字"), on)
        for row in (*waiting, asked)
    ]
    held = books(annual)
    held = held._replace(adjustments=(*held.adjustments, *tried))
    compile_tally(held, annual.year)


def facts_of(annual: Annual) -> Mapping[str, Fact]:
    """Return the cells of a report: as they were signed, or as they now stand.

    Raises `CompileError` and `AlteredFileError`.
    """
    return frozen(annual).facts if annual.is_settled else compiled_of(annual).report.facts


def books(annual: Annual, before: Report | None = None) -> Books:
    """Return what a report is compiled from; ``before`` is last year's.

    Raises `CompileError` where the tallies are not whole.
    """
    if is_owed(annual.body):
        raise CompileError(
            _("计入各表的件数还在重算，没有生成；请稍后再看，或者请管理员运行 recount")
        )
    if annual.documents_kept and stock_taken(annual.body) is None:
        raise CompileError(
            _(
                "存量登记齐全的声明以后又补登了旧文件，表二不能生成；"
                "请到“规章、规范性文件”的“表二件数”核对、重新声明"
            )
        )
    kept = frozenset(name for name, flag in LEDGERS.items() if getattr(annual, flag))
    rules, tally = rulebook(annual.body), tally_of(annual.body)
    histories = of_body(annual.body) if annual.documents_kept else []
    if histories:
        tally += documents_tally(histories, rules)
    return engine.Books(
        annual.body.name,
        tally,
        kept,
        figures=tuple(_figures(annual)),
        adjustments=tuple(_adjustments(annual)),
        rules=rules,
        publications=publications_of(annual, histories, before),
    )


def last_wordings(annual: Annual) -> dict[int, Wording]:
    """Return the last version of each section's words: one query."""
    return {row.section: row for row in annual.wordings.order_by("number")}


def last_years(body: Body, year: int) -> Report | None:
    """Return the report of the year before as it was signed last, none where none was."""
    row = signed_before(body, year)
    return frozen(row) if row else None


def signed_before(body: Body, year: int) -> Annual | None:
    """Return the last issue of the year before that was signed here: one query."""
    rows = Annual.objects.filter(body=body, year=year - 1, snapshot__isnull=False)
    return rows.select_related("snapshot").order_by("-issue").first()


def before_of(annual: Annual) -> Report | None:
    """Return last year's report: the one signed here, or else the one brought last."""
    signed = last_years(annual.body, annual.year)
    brought = None if signed else brought_to(annual)
    return read(content(brought.snapshot)).report if brought else signed


def brought_to(annual: Annual) -> Earlier | None:
    """Return the last report of the year before that was brought from elsewhere."""
    return annual.earliers.select_related("snapshot", "file", "by").last()


def frozen(annual: Annual) -> Report:
    """Return the report as it was signed; raises `AlteredFileError`."""
    assert annual.snapshot is not None  # noqa: S101 - asked of a signed report
    return read(content(annual.snapshot)).report


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of what was typed: one a line, empty ones left out."""
    return tuple(line for each in text.splitlines() if (line := each.strip()))


def _figures(annual: Annual) -> Sequence[engine.Figure]:
    held = entered(annual)
    typed = (engine.Figure(row.cell, exact(row.value), row.source) for row in held.values())
    return [*typed, *compiled(annual, held)]


def _adjustments(annual: Annual) -> list[engine.Adjustment]:
    rows = annual.adjustments.select_related("signed_by")
    return [_adjustment(row) for row in rows if row.counts]


def _adjustment(row: Adjustment) -> engine.Adjustment:
    assert row.signed_by and row.signed_on  # noqa: S101, PT018 - it counts
    return engine.Adjustment(
        row.cell,
        row.by_how_much,
        row.reason,
        row.signed_by.display_name,
        row.signed_on,
    )
