"""Cases in the channel's own shapes, read as the desk reads them; no personal data."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from mingtang.case.awaiting import deadlines
from mingtang.case.events import Struck
from mingtang.case.recording import KINDS
from mingtang_web.api import shapes
from mingtang_web.cases.bridge import EVENT
from mingtang_web.cases.clocks import clocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mingtang.case.permitting import Offer
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case, Proposal
    from mingtang_web.cases.opening import Opened
    from mingtang_web.letters.models import Letter

KNOWN_BY_ITSELF = {"party", "role", "parts"}
"""Particulars that follow from the case and the act; nobody sends them."""


def lines(cases: Iterable[Case], on: date) -> list[shapes.CaseLine]:
    """Return cases as a list shows them: no query but those for clocks that stand."""
    rows = list(cases)
    found = clocks(rows, on)
    return [shapes.CaseLine(**_line(case, found[case.pk])) for case in rows]


def whole(seen: Opened) -> shapes.CaseWhole:
    """Return a case with its deadlines, its history and its proposals."""
    clock = clocks([seen.case], seen.today)[seen.case.pk]
    waits = deadlines(seen.history, seen.rules)
    return shapes.CaseWhole(
        **_line(seen.case, clock),
        form=seen.case.form,
        delivery=seen.case.delivery,
        deadlines=[shapes.Deadline(kind=each.kind, day=each.day) for each in waits],
        history=list(_happenings(seen)),
        proposals=[_proposed(row) for row in seen.proposals.values()],
    )


def offered(offer: Offer) -> shapes.ActOffered:
    """Return an act that may be done now, with what its event asks for."""
    act = offer.act
    own = KINDS[act.event]
    consults = act.event == "consulted"
    hidden = KNOWN_BY_ITSELF if consults or act.event == "split" else set()
    asks = [
        shapes.Asked(name=f.name, type=str(f.type), required=f.default is MISSING)
        for f in fields(own)
        if f.name not in hidden
    ]
    return shapes.ActOffered(
        id=act.id,
        title=act.title,
        article=act.cite,
        consequence=offer.consequence,
        letter=act.letter,
        until=offer.until,
        warning=offer.warning,
        asks=asks,
    )


def letter(row: Letter) -> shapes.LetterLine:
    """Return a letter as a list shows it."""
    return shapes.LetterLine(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        number=row.number,
        day=row.day,
        status=row.status,
        sha256=row.sha256,
        deliveries=[each.pk for each in row.deliveries.all()],
    )


def _line(case: Case, clock: Clock) -> dict[str, Any]:
    return {
        "id": case.pk,
        "number": case.number,
        "body": case.body.code,
        "subject": case.subject,
        "channel": case.channel,
        "applicant_kind": case.applicant_kind,
        "phase": case.phase,
        "version": case.version,
        "submitted": case.submitted,
        "received": case.received,
        "due": case.due,
        "clock": clock.mark,
        "days_left": clock.days,
        "ground": case.ground,
        "decided": case.decided,
    }


def _happenings(seen: Opened) -> Iterator[shapes.Happening]:
    struck = {event.entry for event in seen.events if isinstance(event, Struck)}
    entries = [entry for entry in seen.entries if entry.kind.startswith(EVENT)]
    for place, entry in enumerate(entries):
        yield shapes.Happening(
            place=place,
            kind=entry.kind.removeprefix(EVENT),
            event=entry.content["event"],
            recorded_at=entry.recorded_at,
            actor=str(entry.actor or ""),
            approver=str(entry.approver or ""),
            struck=place in struck,
        )


def _proposed(row: Proposal) -> shapes.Proposed:
    return shapes.Proposed(
        id=row.pk,
        act=row.act.removeprefix("cases."),
        event=row.event,
        stage=row.stage,
        version=row.version,
        proposer=str(row.proposer),
    )
