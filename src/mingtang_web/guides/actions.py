"""What is done with guide, catalogue and systems: begun, confirmed, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.guides import policy
from mingtang_web.guides.models import Confirmation, Interval
from mingtang_web.guides.starting import guide_of
from mingtang_web.ledger.actions import Record, append
from mingtang_web.publication import drafting
from mingtang_web.publication.models import Column
from mingtang_web.publication.recording import OutOfTurnError, begin, record, repeated

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document

INTERVAL_SET = "guides.interval_set"
CONFIRMATION = (
    Confirmation,
    ("document_id", "revision_id", "by_id", "at", "on", "reason"),
)
"""What the ledger holds of a confirmation."""
KEPT = (Column.GUIDE, Column.CATALOGUE, Column.SYSTEM)
"""The columns whose documents are looked at again and again."""


@transaction.atomic
def confirm(document: Document, doing: Doing) -> Document:
    """Confirm that a public guide, catalogue or system still holds, unchanged.

    ``doing.note`` says what it was compared with. Raises `NotAllowedError`,
    `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.CONFIRM, doing)
    if repeated(present, "confirmed", doing):
        return present
    if doing.version != present.version:
        raise OutOfTurnError(
            _("%(n)s在您打开之后已有新的改动，本次未作任何改动；请看过最新情况再办")
            % {"n": present.index_number}
        )
    if present.column not in KEPT or not present.is_out:
        raise OutOfTurnError(_("只有已经公开的指南、目录、制度才能确认仍然准确"))
    masking.to_keep(doing.note, "note")
    row = Confirmation(
        document=present,
        revision=present.published,
        by=doing.actor,
        at=clock.now(),
        on=clock.today(),
        reason=doing.note.strip()[:200],
    )
    row.save(force_insert=True)
    return record(present, "confirmed", doing, [row])


def start_guide(body: Body, doing: Doing) -> Document:
    """Begin a guide for a body that has none, from what is registered of it.

    Raises as `mingtang_web.publication.drafting.begin` does.
    """
    return drafting.begin(body, Column.GUIDE, guide_of(body, clock.today()), doing)


@transaction.atomic
def set_interval(body: Body, months: int | None, actor: User, key: str | None) -> None:
    """Set after how many months a body and those below look again; None takes it back.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(actor, policy.SET_INTERVAL, body, clock.today())
    if months is None:
        Interval.objects.filter(body=body).delete()
    else:
        row = Interval(body=body, months=months)
        try:
            row.clean_fields(exclude=["body"])
        except ValidationError as fault:
            raise ValidationError({"months": _("请填1至60之间的月数")}) from fault
        Interval.objects.update_or_create(body=body, defaults={"months": months})
    append(Record(body, INTERVAL_SET, {"months": months}, actor=actor, key=key))
