"""What every act in a season has in common: locked, in turn, in the ledger, one step on."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.collecting.models import Delivery, Member, Product, Receipt, Step
from mingtang_web.files.actions import ROW
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.actions import Doing
    from mingtang_web.files.models import StoredFile
    from mingtang_web.ledger.canonical import Plain

SEASON = (
    "body_id", "year", "due", "whole_due", "notice", "government", "own_id",
    "opened_by_id", "opened_at",
)  # fmt: skip
"""What the entry of a season holds of its row."""
MEMBER = (
    "season_id", "body_id", "expected", "due", "published_on", "sums", "version",
)  # fmt: skip
"""What every entry holds of the member as it stands after it."""
Part = Delivery | Receipt | Product | Step
ROWS: dict[str, tuple[type[Part], tuple[str, ...]]] = {
    "delivery": (
        Delivery,
        (
            "member_id", "number", "way", "annual_id", "file_id", "handed_on", "state",
            "source", "dated", "trouble", "named", "year", "edition", "facts", "found",
            "fees",
        ),
    ),
    "receipt": (
        Receipt,
        ("delivery_id", "on", "by_id", "entered_on", "seen_by_id", "seen_on", "holds"),
    ),
    "product": (Product, ("delivery_id", "what", "file_id")),
    "handing": (Step, ("member_id", "delivery_id", "verdict", "reason", "by_id", "at")),
}  # fmt: skip
"""What the ledger holds of each row, by the name it has there."""
KIND = "collecting."
"""What the kinds of all entries begin with that are of a season."""
OPENED = f"{KIND}opened"
LEAST_LETTERS, LEAST_KINDS = 6, 5
"""A reason has so many letters at least, and so many that differ."""
_NAMES = {model: name for name, (model, _columns) in ROWS.items()}


class OutOfTurnError(Exception):
    """The report has moved on, or the act comes too early or too late; nothing was done."""


class Done(NamedTuple):
    """An act as it was done: its verdict, why, on which version, and what it made.

    ``more`` is what else its entry holds.
    """

    verdict: str
    reason: str = ""
    delivery: Delivery | None = None
    rows: tuple[Delivery | Receipt | Product, ...] = ()
    files: tuple[StoredFile, ...] = ()
    more: Mapping[str, Plain] = MappingProxyType({})


def locked(pk: int) -> Member:
    """Return a member as it now stands, locked."""
    rows = Member.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body", "season__body").get(pk=pk)


def in_turn(member: Member, doing: Doing) -> None:
    """Let an act pass that was decided on things as they stand; raises `OutOfTurnError`."""
    if doing.version != member.version:
        raise OutOfTurnError(
            _("报送情况在您打开之后已有变化，本次未作任何改动；请看过最新情况再办")
        )


def last_in(member: Member, delivery: Delivery, doing: Doing, *states: str) -> Delivery:
    """Return a member's version, the last one, in one of some states.

    Raises `OutOfTurnError`.
    """
    in_turn(member, doing)
    row = member.deliveries.select_related("file", "member__season").last()
    if row is None or row.pk != delivery.pk:
        raise OutOfTurnError(_("此后又报了新的一版，请看新的一版"))
    if row.state not in states:
        said = _("这次报送处于“%(state)s”，不能办理此事")
        raise OutOfTurnError(said % {"state": row.get_state_display()})
    row.member = member
    return row


def moved(
    member: Member, row: Delivery, verdict: str, doing: Doing, **more: Plain
) -> Member:
    """Save a version in another state, with ``doing.note``; return its member."""
    row.save()
    done = Done(verdict, doing.note.strip(), row, (row,), more=more)
    return record(member, done, doing)


def in_words(text: str, field: str) -> None:
    """Refuse a reason that is none: too short, or the same few signs over and over.

    Who reads it years later was not there. Raises `ValidationError`, which names the
    field, as `masking.to_keep` does.

    >>> in_words("水务局来函说明，数字已核对", "note")
    """
    masking.to_keep(text, field)
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < LEAST_LETTERS or len(set(letters)) < LEAST_KINDS:
        said = _("请把理由写清楚，至少%(n)s个字，让没有参与的人也看得懂")
        raise ValidationError({field: said % {"n": LEAST_LETTERS}})


def came_before(body: Body, doing: Doing) -> bool:
    """Return whether the same submission came before."""
    return doing.key is not None and Entry.objects.filter(body=body, key=doing.key).exists()


def record(member: Member, done: Done, doing: Doing) -> Member:
    """Save a member one act further on; the entry holds it and the rows touched."""
    member.version += 1
    member.save()
    step = Step.objects.create(
        member=member,
        delivery=done.delivery,
        verdict=done.verdict,
        reason=done.reason,
        by=doing.actor,
        at=clock.now(),
    )
    said: dict[str, Plain] = {
        "member": member.pk,
        "now": fingerprint(member, *MEMBER),
        "rows": [_told(row) for row in (*done.rows, step)],
        "files": [_file(each) for each in done.files],
        **done.more,
    }
    kind = KIND + done.verdict
    append(Record(member.body, kind, said, actor=doing.actor, key=doing.key))
    return member


def _told(row: Part) -> list[Plain]:
    """Return what the ledger says of a row: its name there, its id, its hash."""
    name = _NAMES[type(row)]
    return [name, row.pk, fingerprint(row, *ROWS[name][1])]


def _file(file: StoredFile) -> dict[str, Plain]:
    return {"file": str(file.pk), "sha256": file.sha256, "row": fingerprint(file, *ROW)}
