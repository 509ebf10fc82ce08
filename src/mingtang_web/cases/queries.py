"""Reading cases: what somebody sees, what is due, what resembles what; fixed queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from rapidfuzz import fuzz

from mingtang.case.awaiting import last_to_serve
from mingtang.case.deadlines import Running, Timeliness
from mingtang.case.events import Merged
from mingtang.case.recording import kind_of
from mingtang.case.state import Phase
from mingtang.law import calendar
from mingtang_web.bodies.queries import seen
from mingtang_web.cases import bridge
from mingtang_web.cases.models import OPEN_PHASES, Case, Proposal
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing

ALIKE = 80
LOOKED_AT = 2000


_COMPARED = (
    "body", "number", "subject", "phase", "submitted", "applicant__identity_index",
)  # fmt: skip


class Likeness(NamedTuple):
    """A case that resembles a request: how much, of 100, and whether by the same person."""

    case: Case
    score: int
    same_applicant: bool


def visible(held: Standing) -> QuerySet[Case]:
    """Return the cases a person sees: the one authorisation predicate of all lists.

    Who supervises nobody sees the bodies they hold a role in: no need to ask which.
    """
    own = sorted(held.body_ids())
    return Case.objects.filter(body__in=seen(held) if held.seen_paths() else own)


def open_ones(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return those in which something is still to be done."""
    return cases.filter(phase__in=OPEN_PHASES)


def answered() -> Q:
    """Return what marks a case whose present answer is out, and waits but to arrive.

    In time or late, after whatever came before: nothing runs late in it now.
    """
    return Q(running=Running.ANSWERED)


def late_again(on: date) -> Q:
    """Return what marks a case opened anew whose new term has passed without an answer.

    Its earlier answers were in time, and its column says so still.
    """
    waits = Q(phase__in=OPEN_PHASES, kept=Timeliness.IN_TIME, due__lt=on)
    return waits & ~Q(phase="dispatched")


def judged(kept: str, on: date) -> Q:
    """Return what marks the cases that were in time or late on a day, in every round.

    ``kept`` is what their column says, but for those that are `late_again`.
    """
    marked = Q(kept=kept)
    if kept == Timeliness.IN_TIME:
        return marked & ~late_again(on)
    return marked | late_again(on) if kept == Timeliness.LATE else marked


def overdue(cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """Return those that run late now: their last day passed and no answer is out.

    A case whose day is unsettled is never among them, nor one that was late once.
    """
    return open_ones(cases).filter(~answered(), due__lt=on)


def unserved(on: date) -> Q:
    """Return what marks the cases with a consultation not known to be served for too long.

    What `mingtang.case.awaiting.unserved` says of each, read off a column.
    """
    last = last_to_serve(on, calendar())
    return Q(unserved_since__lte=last) if last else Q(pk__in=())


def soon_due(cases: QuerySet[Case], on: date, soon: date) -> QuerySet[Case]:
    """Return those whose last day comes by the day ``soon``, and has not passed."""
    return open_ones(cases).filter(~answered(), due__range=(on, soon))


def is_late(case: Case, on: date) -> bool:
    """Return whether a case is overdue, or was answered late."""
    if case.kept == Timeliness.LATE:
        return True
    given = case.running == Running.ANSWERED
    return case.is_open and not given and case.due is not None and case.due < on


def waiting_for(held: Standing, user_id: int) -> QuerySet[Proposal]:
    """Return the proposals that wait for this very person's consent."""
    legal = [h.body_id for h in held.holdings if h.role == "legal_reviewer"]
    approval = [h.body_id for h in held.holdings if h.role == "approver"]
    mine = Q(stage=Proposal.Stage.LEGAL, case__body__in=legal)
    mine |= Q(stage=Proposal.Stage.APPROVAL, case__body__in=approval)
    rows = Proposal.objects.filter(mine).exclude(proposer=user_id)
    return rows.exclude(replaces__issued_by=user_id)


def mine(held: Standing) -> Q:
    """Return what marks the cases that wait for a person's own work.

    For a handler those assigned; at the front desk also those nobody has been
    given, and those whose receipt is still to be confirmed.
    """
    desks = [h.body_id for h in held.holdings if h.role == "clerk"]
    waiting = Q(handler=None) | Q(phase="submitted")
    return Q(handler=held.user_id) | Q(body__in=desks) & waiting


def counts(cases: QuerySet[Case], own: Q, on: date, soon: date) -> dict[str, int]:
    """Return the figures above a worklist, in one query over the open cases."""
    unanswered = ~answered()
    found: dict[str, int] = open_ones(cases).aggregate(
        all=Count("id"),
        mine=Count("id", filter=own),
        soon=Count("id", filter=unanswered & Q(due__range=(on, soon))),
        late=Count("id", filter=unanswered & Q(due__lt=on)),
    )
    return found


def day_counts(cases: QuerySet[Case], own: Q, on: date, soon: date) -> dict[str, int]:
    """Return the figures of a person's day, in one query over the open cases.

    What begins with ``own_`` counts what waits for the person, the rest what they see.
    """
    unanswered = ~answered()
    late, near = unanswered & Q(due__lt=on), unanswered & Q(due__range=(on, soon))
    found: dict[str, int] = open_ones(cases).aggregate(
        own_all=Count("id", filter=own),
        own_late=Count("id", filter=own & late),
        own_today=Count("id", filter=own & unanswered & Q(due=on)),
        own_soon=Count("id", filter=own & near),
        own_submitted=Count("id", filter=own & Q(phase="submitted")),
        all=Count("id"),
        late=Count("id", filter=late),
        soon=Count("id", filter=near),
        unassigned=Count("id", filter=Q(handler=None)),
    )
    return found


def position_in_month(case: Case) -> int:
    """Return the how-manieth of its month this case is among its applicant's.

    国办函〔2020〕109号第四条: counted within one body, by the day of receipt. A request
    that was split counts by its parts, not by itself; one merged into another does
    not count.
    """
    kind = bridge.EVENT + kind_of(Merged)
    merged = Entry.objects.filter(case_id=OuterRef("pk"), kind=kind)
    received = case.received or case.submitted
    month = Case.objects.filter(
        _same_applicant(case),
        body=case.body_id,
        received__year=received.year,
        received__month=received.month,
        parts__isnull=True,
    ).exclude(Exists(merged), phase__in=(Phase.CLOSED, Phase.ARCHIVED))
    before = Q(received__lt=received) | Q(received=received, id__lte=case.pk)
    return month.filter(before).count()


def others_of_applicant(case: Case) -> QuerySet[Case]:
    """Return the open cases of the same applicant with the same body, this one left out."""
    return open_ones(all_of_applicant(case)).defer("description")


def all_of_applicant(case: Case) -> QuerySet[Case]:
    """Return the cases of the same applicant with the same body, this one left out."""
    rows = Case.objects.filter(_same_applicant(case), body=case.body_id)
    return rows.exclude(pk=case.pk)


def alike(body: Body, subject: str, identity_index: str = "") -> list[Likeness]:
    """Return recent cases of a body that ask for much the same, the likest first.

    条例第三十六条第（六）项, 第四十四条: a repeat by the same applicant, or one matter
    that many ask for.
    """
    recent = (
        Case.objects.filter(body=body)
        .select_related("applicant")
        .only(*_COMPARED)
        .order_by("-id")[:LOOKED_AT]
    )
    found = []
    for case in recent:
        score = round(fuzz.token_set_ratio(_words(subject), _words(case.subject)))
        same = bool(identity_index) and case.applicant.identity_index == identity_index
        if score >= ALIKE:
            found.append(Likeness(case, score, same))
    return sorted(found, key=lambda each: (-each.same_applicant, -each.score))[:5]


def _words(text: str) -> str:
    """Return a text as pairs of characters, which compare like words."""
    return " ".join(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _same_applicant(case: Case) -> Q:
    index = case.applicant.identity_index
    return Q(applicant__identity_index=index) if index else Q(applicant=case.applicant_id)
