"""Between rows and the engine's values: entries to histories, cases to columns."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.awaiting import unserved_since
from mingtang.case.deadlines import Running, Timeliness, answer_term, net_days
from mingtang.case.judging import round_timeliness, timeliness
from mingtang.case.recording import kind_of, parse, plain
from mingtang.case.replaying import replay
from mingtang.case.state import Phase
from mingtang_web.cases.rules import stamp
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case as History
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

REGISTERED = (
    "number", "applicant_id", "channel", "subject", "description", "delivery", "parent_id",
    "created_at",
)  # fmt: skip
"""What a case is registered with; a correction of the applicant alone changes it."""
EVENT = "event."
"""What the kinds of entries begin with that are events of the engine."""


def entry_kind(event: Event) -> str:
    """Return the kind of entry that records an event."""
    return EVENT + kind_of(event)


def payload(event: Event, **more: Plain) -> dict[str, Plain]:
    """Return what an entry says of an event, and what else belongs to it."""
    return {"event": plain(event), **more}  # type: ignore[dict-item]


def histories(cases: Iterable[int]) -> dict[int, tuple[Event, ...]]:
    """Return the events of several cases, by the case's id: one query."""
    entries = Entry.objects.filter(case_id__in=list(cases), kind__startswith=EVENT)
    found: dict[int, list[Event]] = defaultdict(list)
    rows = entries.order_by("case_id", "sequence").values_list("case_id", "payload")
    for case, payload in rows:
        found[case or 0].append(parse(json.loads(payload)["event"]))
    return {case: tuple(events) for case, events in found.items()}


def history(case: int) -> tuple[Event, ...]:
    """Return the events of one case: one query."""
    return histories([case]).get(case, ())


def recorded(case: int) -> list[Entry]:
    """Return the entries of a case's events, each at its place: one query."""
    entries = Entry.objects.filter(case_id=case, kind__startswith=EVENT)
    return list(entries.order_by("sequence"))


class Course(NamedTuple):
    """How a case stands against its clock, as its columns of these names say it.

    ``confirm_by`` is the day on which a plain letter had to be confirmed.
    """

    phase: str
    running: str
    due: date | None
    kept: str
    confirm_by: date | None = None


def confirm_by(channel: str, came: date) -> date | None:
    """Return the day to confirm a request on (条例第三十一条), none where none is set."""
    return came if channel == "plain_post" else None


def course(made: History, on: date, rules: Rulebook) -> Course:
    """Return how a case stands against its clock on a day."""
    term = None if made.closing else answer_term(made, rules)
    # A case opened anew is in time while its new term runs, and its column, which no
    # day changes, says so; that the term has passed shows from ``due``, as everywhere.
    last = term.due if term and len(made.rounds) > 1 else None
    kept = timeliness(made, min(on, last or on), rules)
    if term is None:
        return Course(made.phase, "", None, kept, confirm_by(made.channel, made.submitted))
    return Course(made.phase, _running(made, term, rules), term.due, kept)


def _running(made: History, term: AnswerTerm, rules: Rulebook) -> Running:
    """Return what the clock does: it is over once the answer of this round is out.

    Whether the whole case was kept is another matter, and a day that is disputed
    (公告送达) or has not come (电子送达) ends nothing.
    """
    answer = made.round.answer
    if made.phase is not Phase.DISPATCHED or answer is None or answer.dispatched is None:
        return term.running
    out = round_timeliness(made, answer.dispatched, rules)
    return Running.ANSWERED if out in _OUT else term.running


_OUT = frozenset({Timeliness.IN_TIME, Timeliness.LATE})


def put(case: Case, events: tuple[Event, ...], on: date, rules: Rulebook) -> History:
    """Write into a case's columns what its events make of it; nothing is saved."""
    made = replay(events)
    case.version = len(events)
    case.applicant_kind = made.applicant
    case.submitted, case.received = made.submitted, made.received
    case.phase, case.running, case.due, case.kept, _by = course(made, on, rules)
    first = made.first_answer
    case.ground = first.ground if first else ""
    case.decided = first.on if first else None
    case.net_days = net_days(made, rules)
    case.unserved_since = unserved_since(made)
    case.counted_by = stamp(rules)
    if first is None and made.closing:
        case.decided = made.closing.on
    return made
