"""Table 2: issued, repealed and in force, by body and year, with the documents behind.

The engine counts (`mingtang.publication.effective`); a body that has not said that its
stock is entered in full has no count of what is in force: a blank is not a zero.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.compiling.publications import CleanUp
from mingtang.publication.effective import History, Kind, counts_here, tally
from mingtang.publication.explaining import explain
from mingtang.publication.validity import Status, state_on
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.cases.rules import rulebook
from mingtang_web.clock import CHINA
from mingtang_web.days import all_plausible
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication import policy
from mingtang_web.publication.cleanups import CleanUpItem
from mingtang_web.publication.forces import event_of, histories, led_elsewhere
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent, StockTaking
from mingtang_web.publication.recording import came_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mingtang.publication.effective import Counts
    from mingtang.publication.explaining import Explanation
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing

KIND = "norms."
STOCK_DECLARED = f"{KIND}stock_declared"
HOLDS = frozenset(each for each in Status if each.holds)
STOCK = ("body_id", "through", "basis", "by_id", "at")


class Line(NamedTuple):
    """A line of table 2 in a year; ``in_force`` is None where the stock is not in full."""

    counts: Counts
    in_force: int | None
    explanation: Explanation


@transaction.atomic
def declare_stock(body: Body, through: date, basis: str, doing: Doing) -> StockTaking:
    """Say that every document issued up to a day, and not out of force, is entered.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.CONFIRM_FORCE, body, clock.today())
    earlier = StockTaking.objects.filter(body=body).first()
    if came_before(body, doing) and earlier:
        return earlier
    all_plausible({"through": through})
    if through > clock.today():
        raise ValidationError({"through": _("截至的日期还没有到")})
    masking.to_keep(basis, "basis")
    waits = ForceEvent.objects.filter(
        document__body=body, stage=ForceEvent.Stage.PROPOSED, kind=ForceEvent.Kind.ISSUED
    ).count()
    if waits:
        raise ValidationError(
            _("还有%(n)s件存量文件待确认，确认或者不予确认以后再声明") % {"n": waits}
        )
    row = StockTaking(
        body=body, through=through, basis=basis.strip()[:300], by=doing.person,
        at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    said: dict[str, Plain] = {"rows": [["stocktaking", row.pk, fingerprint(row, *STOCK)]]}
    append(Record(body, STOCK_DECLARED, said, actor=doing.actor, key=doing.key))
    return row


def stock_said(body: Body) -> StockTaking | None:
    """Return a body's last word that its stock is in full, None where it gave none."""
    return StockTaking.objects.filter(body=body).select_related("by").first()


def stock_taken(body: Body) -> StockTaking | None:
    """Return the same while it is true; None once something shows that it was not."""
    said = stock_said(body)
    return None if said and entered_since(said) else said


def entered_since(said: StockTaking) -> list[Document]:
    """Return what shows that a stock said to be in full was not, the oldest first.

    Documents of the stock, issued by the day that was said and in force on it, that were
    entered or brought in from an old site only later; those that still wait to be
    confirmed too. What goes out of here as usual is no stock.
    """
    rows = ForceEvent.objects.filter(
        document__body=said.body_id, kind=ForceEvent.Kind.ISSUED,
        on__lte=said.through, at__gt=said.at,
        stage__in=(ForceEvent.Stage.PROPOSED, ForceEvent.Stage.STANDS),
    )  # fmt: skip
    old = [row for row in rows.select_related("document__body") if _is_stock(row)]
    if not old:
        return []
    told = histories(row.document_id for row in old)
    return [row.document for row in old if _held(row, told, said.through)]


def _is_stock(issue: ForceEvent) -> bool:
    """Return whether a document was issued before it came here."""
    out = issue.document.first_published_on
    if issue.source != ForceEvent.Source.PUBLICATION or out is None:
        return True
    return out < _day(issue.document.created_at)


def _held(issue: ForceEvent, told: Mapping[int, Sequence[ForceEvent]], on: date) -> bool:
    """Return whether a document was in force on a day, as far as is known."""
    events = [event_of(row) for row in told.get(issue.document_id, (issue,))]
    state = state_on(events, on)
    return state is None or state.status in {*HOLDS, Status.NOT_YET}


def of_body(body: Body) -> list[History]:
    """Return what happened to each of a body's documents, as the engine counts it.

    Three queries. Each is named by its index number.
    """
    rows = Document.objects.filter(body=body).exclude(norm="")
    ids = rows.values_list("pk", flat=True)
    return list(_histories(ids, led_elsewhere([body.pk])))


def kept(body: Body) -> list[History] | None:
    """Return the same for a report; None unless the body's stock is entered in full.

    Otherwise how many are in force is not known, and a report is not compiled from it.
    """
    return of_body(body) if stock_taken(body) else None


def counts(body: Body, year: int) -> dict[Kind, Counts]:
    """Return both lines of table 2 of a body's year, by its own choices.

    The register alone speaks: whether the stock is in it, `stock_taken` says.
    """
    return tally(of_body(body), year, rulebook(body).choices)


def lines(
    body: Body, year: int, before: Mapping[Kind, int | None] | None = None
) -> dict[Kind, Line]:
    """Return both lines with what explains them against last year's published figures.

    ``before`` is what last year's report printed, None for what it left blank; without
    it nothing is held against it.
    """
    known = stock_taken(body) is not None
    found = {}
    for kind, each in counts(body, year).items():
        in_force = each.in_force.number if known else None
        told = explain(each, (before or {}).get(kind))
        found[kind] = Line(each, in_force, told)
    return found


class Year(NamedTuple):
    """How a line of table 2 moved in a year; ``other`` is what neither was."""

    year: int
    carried: int
    issued: int
    repealed: int
    other: int
    in_force: int


def course_of(body: Body, most: int = 10) -> dict[Kind, list[Year]]:
    """Return how both lines of a body moved, the newest year first: three queries.

    By the register as it is now: what a report printed then is not changed by it. Of a
    line in which nothing ever was there are no years.
    """
    told, choices = of_body(body), rulebook(body).choices
    found: dict[Kind, list[Year]] = {kind: [] for kind in Kind}
    for year in years(body)[:most]:
        for kind, each in tally(told, year, choices).items():
            numbers = each.issued.number, each.repealed.number, each.in_force.number
            before = each.carried.number
            other = numbers[2] - before - numbers[0] + numbers[1]
            found[kind].append(Year(year, before, *numbers[:2], other, numbers[2]))
    return {kind: rows for kind, rows in found.items() if any(any(r[1:]) for r in rows)}


def documents(numbers: Iterable[str]) -> list[Document]:
    """Return the documents behind a figure, in the order of their issue: one query."""
    rows = Document.objects.filter(index_number__in=list(numbers))
    return list(rows.select_related("body").order_by("formed_on", "pk"))


def cleaned(body: Body, year: int) -> CleanUp | None:
    """Return what the clean-ups that a body signed in a year came to, None without one."""
    rows = CleanUpItem.objects.filter(
        campaign__body=body, campaign__signed_on__year=year, campaign__stage="closed"
    )
    over = rows.filter(moot=True).count()
    found = Counter(rows.exclude(moot=True).values_list("conclusion", flat=True))
    if not found and not over:
        return None
    named = CleanUpItem.Conclusion
    ended = found[named.KEEP], found[named.REPEAL], found[named.VOID]
    # what is to be amended is none of these yet
    return CleanUp(found.total() + over, *ended, over)


def not_counted(body: Body) -> list[Document]:
    """Return what stands in a body's register and another body counts, by day of issue.

    None where the body chose to count what it issued jointly with another in the lead.
    """
    choices = rulebook(body).choices
    told = [each for each in of_body(body) if not counts_here(each, choices)]
    return documents(each.number for each in told)


def years(body: Body) -> list[int]:
    """Return the years of which a body's register tells, the newest first."""
    rows = ForceEvent.objects.filter(
        document__body=body, stage=ForceEvent.Stage.STANDS, kind=ForceEvent.Kind.ISSUED
    )
    first = rows.order_by("on").values_list("on", flat=True).first()
    this = clock.today().year
    return list(range(this, (first.year if first else this) - 1, -1))


def _histories(ids: Iterable[int], elsewhere: set[int]) -> Iterable[History]:
    for rows in histories(ids).values():
        issue = rows[0]
        entered = _entered(issue)
        yield History(
            number=issue.document.index_number,
            kind=Kind(issue.norm),
            events=[event_of(row) for row in rows],
            entered=entered if entered.year > issue.on.year else None,
            led_elsewhere=issue.document_id in elsewhere,
        )


def _entered(issue: ForceEvent) -> date:
    """Return on which day a document came into the register."""
    first = issue.document.first_published_on
    if issue.source == ForceEvent.Source.PUBLICATION and first:
        return max(first, _day(issue.document.created_at))  # an old site's came later
    return _day(issue.at)


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
