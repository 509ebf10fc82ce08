"""What every act in a report has in common: locked, in turn, in the ledger, one step on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.annual.models import (
    Adjustment,
    Annual,
    Earlier,
    Figure,
    Output,
    Part,
    Step,
    Waiver,
    Wording,
)
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.bodies.policy import Act
    from mingtang_web.cases.actions import Doing
    from mingtang_web.ledger.canonical import Plain

NOW = (
    "body_id", "year", "issue", "corrects_id", "why", "cases_kept", "disputes_kept",
    "created_at", "version", "state", "stage", "snapshot_id", "signed_on", "signed_by_id",
    "published_on",
)  # fmt: skip
"""What every entry of a report holds of the report as it stands after it."""
DOCUMENTS = "documents_kept"
"""Held besides where it is set: reports of before there were documents hold as they did."""
_PART = ("annual_id", "by_id", "at")
ROWS: dict[str, tuple[type[Part], tuple[str, ...]]] = {
    "figure": (Figure, (*_PART, "cell", "value", "source")),
    "adjustment": (
        Adjustment,
        (
            *_PART, "cell", "change", "reason", "signed_by_id", "signed_on", "ended_by_id",
            "end_reason",
        ),
    ),
    "earlier": (Earlier, (*_PART, "file_id", "snapshot_id", "named", "source")),
    "wording": (Wording, (*_PART, "section", "number", "text", "drafted")),
    "step": (Step, (*_PART, "verdict", "stage", "reason")),
    "waiver": (Waiver, (*_PART, "finding", "code", "message", "reason")),
    "output": (Output, (*_PART, "format", "file_id")),
}  # fmt: skip
"""What the ledger holds of each row of a report, by the name it has there."""
KIND = "annual."
"""What the kinds of all entries begin with that are of a report."""


class OutOfTurnError(Exception):
    """The report has moved on, or the act comes too early or too late; nothing was done."""


def begin(annual: Annual, act: Act, doing: Doing) -> Annual:
    """Return a report as it now stands, locked, once the person may do the act.

    Raises `NotAllowedError`.
    """
    rows = Annual.objects.select_for_update(of=("self",), no_key=True)
    present = rows.select_related("body").get(pk=annual.pk)
    require(doing.person, act, present.body, clock.today())
    return present


def in_turn(annual: Annual, doing: Doing, *states: str) -> None:
    """Let an act pass that was decided on the report as it stands, in one of some states.

    Raises `OutOfTurnError`.
    """
    if doing.version != annual.version:
        raise OutOfTurnError(
            _("年度报告在您打开之后已有新的改动，本次未作任何改动；请看过最新情况再办")
        )
    turn(annual, *states)


def turn(annual: Annual, *states: str) -> None:
    """Let an act pass in some states of the report; raises `OutOfTurnError`."""
    if annual.state not in states:
        raise OutOfTurnError(
            _("年度报告处于“%(state)s”，不能办理此事")
            % {"state": annual.get_state_display()}
        )


def made(annual: Annual, part: Part, doing: Doing) -> Part:
    """Put a new row into a report."""
    part.annual, part.by, part.at = annual, doing.person, clock.now()
    part.save(force_insert=True)
    return part


def record(
    annual: Annual, name: str, doing: Doing, rows: Iterable[Part], **more: Plain
) -> Annual:
    """Save a report one act further on; the entry holds it and the rows touched."""
    annual.version += 1
    annual.save()
    said: dict[str, Plain] = {
        "annual": annual.pk,
        "now": stands(annual),
        "rows": [told(row) for row in rows],
        **more,
    }
    append(Record(annual.body, KIND + name, said, actor=doing.actor, key=doing.key))
    return annual


def stands(annual: Annual) -> str:
    """Return the hash of a report as it stands."""
    more = (DOCUMENTS,) if annual.documents_kept else ()
    return fingerprint(annual, *NOW, *more)


def told(row: Part) -> list[Plain]:
    """Return what the ledger says of a row: its name there, its id, its hash."""
    name = type(row).__name__.lower()
    return [name, row.pk, fingerprint(row, *ROWS[name][1])]


def came_before(annual: Annual, doing: Doing) -> bool:
    """Return whether the same submission came before."""
    if doing.key is None:
        return False
    return Entry.objects.filter(body=annual.body_id, key=doing.key).exists()
