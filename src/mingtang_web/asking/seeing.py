"""What an applicant has opened on the site: an answer that nobody can unmake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.events import Decided, Delivered, Dispatched
from mingtang.case.recording import parse
from mingtang_web import clock
from mingtang_web.asking.acting import BY_APPLICANT
from mingtang_web.cases import bridge
from mingtang_web.cases.lapsing import letters_of
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import OPENED

if TYPE_CHECKING:
    from mingtang_web.cases.models import Case

_ANSWER = Decided, Dispatched, Delivered


def answer_seen(case: Case, place: int) -> str:
    """Return why a record of an answer is not struck that its applicant has seen here.

    Opened on the site, or confirmed as received: what reached somebody was decided and
    sent (条例第三十六条); what is wrong with it is put right by another decision.
    """
    rows = bridge.recorded(case.pk)
    event = parse(rows[place].content["event"])
    if not isinstance(event, _ANSWER):
        return ""
    if isinstance(event, Delivered) and not _by_applicant(rows[place]):
        return ""
    seen = _seen(case, rows, place)
    if seen is None:
        return ""
    why = _(
        "申请人%(day)s已在网上打开这份答复或者确认收到，不能当作没有作出、没有发出；"
        "决定有错的，请用“重新处理”另行作出"
    )
    return why % {"day": seen.recorded_at.astimezone(clock.CHINA).date()}


def _seen(case: Case, rows: list[Entry], place: int) -> Entry | None:
    """Return the first entry by which the applicant saw an answer at a place, or none."""
    confirmed = [
        row
        for at, row in enumerate(rows)
        if at >= place and row.kind == bridge.EVENT + "delivered" and _by_applicant(row)
    ]
    out = letters_of(rows, place)
    looks = Entry.objects.filter(case_id=case.pk, kind=OPENED, actor=None)
    opened = [row for row in looks.order_by("sequence") if row.content["letter"] in out]
    return next(iter((*confirmed, *opened)), None)


def _by_applicant(entry: Entry) -> bool:
    said = str(entry.content.get("note", ""))
    return entry.actor_id is None and said.startswith(BY_APPLICANT)
