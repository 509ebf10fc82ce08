"""Old ledgers written for tests: histories as rows, in the words an office uses."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang_web.importing import actions, consenting, signing, values
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.fields import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang_web.importing.actions import Progress
    from mingtang_web.importing.models import Source
    from tests.web.people import District

# By hand, not from the code under test: the columns an event fills, beside its day.
HEADS = {
    e.Confirmed: "received", e.CorrectionAsked: "correction_asked",
    e.Corrected: "corrected", e.ReasonAsked: "reason_asked", e.ReasonGiven: "reason_given",
    e.ReasonAccepted: "reason_accepted", e.Consulted: "consulted", e.Extended: "extended",
    e.FeeNotified: "fee_notified", e.FeeNoticeDelivered: "fee_delivered",
    e.FeePaid: "fee_paid", e.FeeRefunded: "refunded", e.Decided: "decided",
    e.Dispatched: "dispatched", e.Delivered: "delivered", e.Reopened: "reopened",
    e.Archived: "archived", e.Withdrawn: "closed", e.Transferred: "closed",
    e.Split: "closed", e.Merged: "closed",
}  # fmt: skip
OPENS = (
    e.ReasonAsked, e.Extended, e.FeeNotified, e.FeeRefunded, e.Decided, e.Reopened,
    e.Archived,
)  # fmt: skip
HOW = {
    e.Withdrawn: "withdrawn", e.Transferred: "transferred", e.Split: "split",
    e.Merged: "merged",
}  # fmt: skip


def row_of(history: Sequence[e.Event]) -> dict[str, str]:
    """What an old ledger says of a history, by the site's names of fields."""
    first = history[0]
    assert isinstance(first, e.Submitted)
    waits = first.channel not in {"in_person", "signed_post"}
    row = {
        "submitted" if waits else "received": first.on.isoformat(),
        "channel": values.choices("channel")[first.channel],
        "kind": values.choices("kind")[first.applicant],
    }
    counts: dict[type[e.Event], int] = {}
    turns: dict[str, int] = {}
    for event in history[1:]:
        if isinstance(
            event,
            e.Consulted
            | e.ConsultationDelivered
            | e.OpinionReceived
            | e.SilenceNoted
            | e.ConsultationRecalled,
        ):
            _consultation(row, event, turns)
        else:
            kind = type(event)
            counts[kind] = counts.get(kind, 0) + (kind in OPENS)
            _plainly(row, event, _turn(kind, counts))
    return row


def plainly(history: list[e.Event]) -> list[e.Event]:
    """Return a history as an old ledger tells it: one kind of applicant a row."""
    return [event for event in history if not isinstance(event, e.Reclassified)]


def _turn(kind: type[e.Event], counts: dict[type[e.Event], int]) -> int:
    """Which time the group of an event comes: what follows belongs to the last opening."""
    opening = {
        e.ReasonGiven: e.ReasonAsked, e.ReasonAccepted: e.ReasonAsked,
        e.FeeNoticeDelivered: e.FeeNotified, e.FeePaid: e.FeeNotified,
        e.Dispatched: e.Decided, e.Delivered: e.Decided,
    }.get(kind, kind)  # fmt: skip
    return counts.get(opening) or 1


def _plainly(row: dict[str, str], event: e.Event, turn: int) -> None:
    said = {HEADS[type(event)]: event.on.isoformat(), **_particulars(event)}
    for field, value in said.items():
        if value is not None:
            row[field if turn == 1 else f"{field}#{turn}"] = str(value)


def _particulars(event: e.Event) -> dict[str, object]:
    match event:
        case e.CorrectionAsked():
            return {"correction_until": event.until}
        case e.ReasonAsked():
            return {"reason_until": event.until}
        case e.ReasonAccepted():
            return {"reason_answer_by": event.answer_by}
        case e.FeeNotified():
            basis = values.choices("fee_basis")[event.basis]
            yuan = f"{event.yuan}元"
            return {"fee_basis": basis, "fee_pieces": event.pieces, "fee_yuan": yuan}
        case e.FeeRefunded():
            return {"refund_yuan": event.yuan}
    return _ending(event)


def _ending(event: e.Event) -> dict[str, object]:
    match event:
        case e.Extended():
            return {"extension_days": event.days}
        case e.Decided():
            title = values.choices("ground")[event.ground]
            return {"ground": title, "withheld": "、".join(event.withheld) or None}
        case e.Dispatched():
            return {"mode": values.choices("mode")[event.mode]}
        case e.Reopened():
            cause = values.choices("cause")[event.cause]
            return {"cause": cause, "reopened_answer_by": event.answer_by}
        case e.Withdrawn() | e.Transferred() | e.Split() | e.Merged():
            to = getattr(event, "to", None) or getattr(event, "into", None)
            to = to or "、".join(getattr(event, "parts", ())) or None
            how = values.choices("closed_how")[HOW[type(event)]]
            return {"closed_how": how, "closed_to": to}
    return {}


def _consultation(row: dict[str, str], event: e.Event, turns: dict[str, int]) -> None:
    if isinstance(event, e.Consulted):
        turns["last"] = turns.get("last", 0) + 1
        turns[event.party] = turns["last"]
    turn = turns[event.party]
    mark = "" if turn == 1 else f"#{turn}"
    if isinstance(event, e.Consulted):
        row["consulted" + mark] = event.on.isoformat()
        row["role" + mark] = values.choices("role")[event.role]
    elif isinstance(event, e.ConsultationDelivered):
        row["consultation_delivered" + mark] = event.on.isoformat()
    else:
        how = {e.SilenceNoted: "silent", e.ConsultationRecalled: "recalled"}.get(
            type(event)
        )
        how = how or event.stance  # type: ignore[attr-defined]
        row["opinion_on" + mark] = event.on.isoformat()
        row["opinion" + mark] = values.choices("opinion")[how]


def written(rows: Sequence[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    """The rows as a CSV file with the headers that the site knows."""
    fields = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_header(name) for name in fields])
    writer.writerows([[row.get(name, "") for name in fields] for row in rows])
    return text.getvalue().encode(encoding)


def _header(name: str) -> str:
    key = key_of(name)
    assert key, name
    return key.label


def run(source: Source, office: District) -> Progress:
    """Try a file where it was not tried, have it consented to where it must, import it."""
    if not consenting.is_tried(source):
        attempt(source, office.administrator)
    if consenting.why(source) and not consenting.approval(source):
        made = signing.propose(source, "启用以前的纸质台账，已核对", office.administrator)
        signing.approve(made, office.approver)
    return actions.run(source, office.administrator)
