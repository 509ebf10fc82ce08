"""The word that a body's stock (存量) is entered in full, and what shows that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.publication.validity import Status, state_on
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.clock import CHINA
from mingtang_web.days import all_plausible
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication import policy
from mingtang_web.publication.forces import event_of, histories
from mingtang_web.publication.norms import ForceEvent, StockTaking
from mingtang_web.publication.recording import asked_with, sent_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document

KIND = "norms."
STOCK_DECLARED = f"{KIND}stock_declared"
STOCK = ("body_id", "through", "basis", "by_id", "at")
"""What the ledger holds of such a word."""
HOLDS = frozenset(each for each in Status if each.holds)


@transaction.atomic
def declare_stock(body: Body, through: date, basis: str, doing: Doing) -> StockTaking:
    """Say that every document issued up to a day, and not out of force, is entered.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.CONFIRM_FORCE, body, clock.today())
    asked: Plain = [through.isoformat(), basis]
    before = sent_before(body, STOCK_DECLARED, doing, asked)
    if before is not None:
        return StockTaking.objects.get(pk=before.content["rows"][0][1])
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
    said: dict[str, Plain] = {
        "rows": [["stocktaking", row.pk, fingerprint(row, *STOCK)]],
        "asked": asked_with(doing, asked),
    }
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
    return out < issue.document.created_at.astimezone(CHINA).date()


def _held(issue: ForceEvent, told: Mapping[int, Sequence[ForceEvent]], on: date) -> bool:
    """Return whether a document was in force on a day, as far as is known."""
    events = [event_of(row) for row in told.get(issue.document_id, (issue,))]
    state = state_on(events, on)
    return state is None or state.status in {*HOLDS, Status.NOT_YET}
