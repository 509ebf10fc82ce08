"""What a body's documents and registers say of a year, for its report.

Table two counts rules and normative documents; section one tells what was disclosed,
interpreted and kept in the small registers. What nobody keeps is not told: a blank is
not a zero.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from mingtang.compiling import Interpreted, Publications, tally_document
from mingtang.compiling.tally import DOCUMENT_LINES
from mingtang.publication.effective import Kind, counts_here
from mingtang.publication.matters import matter
from mingtang_web.activities.queries import counts as activity_counts
from mingtang_web.activities.rules import Register
from mingtang_web.publication import counting, linking
from mingtang_web.publication.models import Attribute, Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from mingtang.case.rulebook import Rulebook
    from mingtang.compiling import Stretch
    from mingtang.publication.effective import History
    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

COLUMNS = ("issued", "repealed", "in_force")
DOCUMENT_CELLS = {
    f"{line}/{column}": (kind, column)
    for kind, line in DOCUMENT_LINES.items()
    for column in COLUMNS
}
"""The cells of table two that a register of documents counts, and what each counts."""
_TOLD = {
    "budgets": (Register.BUDGET, "entries"),
    "meetings": (Register.MEETING, "entries"),
    "activities": (Register.OUTREACH, "entries"),
    "accounts": (Register.ACCOUNT, "in_use"),
    "trainings": (Register.TRAINING, "sessions"),
    "trained": (Register.TRAINING, "people"),
    "checks": (Register.INSPECTION, "entries"),
}
"""From which register, and which of its figures, section one takes what it tells."""


def documents_tally(histories: Iterable[History], rules: Rulebook) -> Counter[Stretch]:
    """Return what a body's documents add to table two in all years."""
    found: Counter[Stretch] = Counter()
    for history in histories:
        if not counts_here(history, rules.choices):
            continue
        found += tally_document(history.events, history.kind, rules)
    return found


def documents_in(body: Body, year: int, cell: str) -> QuerySet[Document]:
    """Return the documents that count in a cell of table two, in the order of their ids."""
    kind, column = DOCUMENT_CELLS[cell]
    counted = getattr(counting.counts(body, year)[Kind(kind)], column)
    return counting.documents(counted.ids).order_by("pk")


def printed_in_force(report: Report | None) -> dict[Kind, int | None]:
    """Return what a report printed as in force, None where it left it blank or is none."""
    facts = report.facts if report else {}
    cells = {kind: facts.get(f"{line}/in_force") for kind, line in DOCUMENT_LINES.items()}
    return {
        Kind(kind): cell.value if cell and isinstance(cell.value, int) else None
        for kind, cell in cells.items()
    }


def publications_of(
    annual: Annual,
    histories: Sequence[History] | None = None,
    before: Report | None = None,
) -> Publications:
    """Return what section one may tell of a year: a fixed number of queries.

    Of documents only where the body keeps them here, and of a register where anything
    was ever entered in it. ``histories`` is `counting.of_body`, where it was asked before;
    ``before`` last year's report, against which what is in force is held.
    """
    body, year = annual.body, annual.year
    kept = _registers(body, year)
    told = Publications(
        budgets=kept["budgets"],
        meetings=kept["meetings"],
        activities=kept["activities"],
        accounts=kept["accounts"],
        trainings=kept["trainings"],
        trained=kept["trained"],
        checks=kept["checks"],
    )
    if not annual.documents_kept:
        return told
    rows = Document.objects.filter(
        body=body,
        first_published_on__year=year,
        attribute=Attribute.PROACTIVE,
        withdrawn_on__isnull=True,
    )
    of_matter = dict(rows.order_by().values_list("matter").annotate(n=Count("pk")))
    columns = Counter({matter(name).label: n for name, n in of_matter.items() if name})
    lines = counting.lines(body, year, printed_in_force(before), histories)
    return told._replace(
        disclosed=sum(of_matter.values()),
        columns=tuple(columns.most_common()),
        interpreted=_interpreted(body, year),
        cleaned=counting.cleaned(body, year),
        explanations=tuple(
            line.explanation for line in lines.values() if not line.explanation.holds
        ),
    )


def _interpreted(body: Body, year: int) -> Interpreted | None:
    """Return how a year's policy documents were interpreted, None where none was due.

    One whose term still runs is not owed an interpretation yet: it is in no rate.
    """
    lines = linking.interpreted(body, year).lines
    owed = [each for each in lines if each.first is not None or each.in_time is False]
    if not owed:
        return None
    known = all(each.in_time is not None for each in owed)
    in_time = sum(each.in_time is True for each in owed) if known else None
    return Interpreted(len(owed), sum(each.first is not None for each in owed), in_time)


def _registers(body: Body, year: int) -> dict[str, int | None]:
    """Return the figures of the small registers; None where any entry does not say."""
    kept = activity_counts(body, date(year, 1, 1), date(year, 12, 31))
    found: dict[str, int | None] = {}
    for name, (register, figure) in _TOLD.items():
        known = kept[register][figure]
        found[name] = None if known.untold else known.value
    return found
