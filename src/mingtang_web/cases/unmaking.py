"""What to know before a record of an answer is struck: its letters, and its year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.events import Decided, Dispatched
from mingtang_web.cases import bridge, lapsing
from mingtang_web.cases.questioning import closed
from mingtang_web.letters.models import DeliveryRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.case.events import Event, Struck
    from mingtang_web.cases.models import Case


def _delivered(case: Case, place: int) -> list[str]:
    """Return the delivery records of the answer that a record belongs to, as sentences."""
    of_answer = lapsing.letters_of(bridge.recorded(case.pk), place)
    rows = DeliveryRecord.objects.filter(letter__in=of_answer).select_related("letter")
    told = _(
        "%(number)s有送达记录：%(day)s发出，%(proof)s%(reference)s；"
        "更正以后这条送达记录仍在文书上，请先核对凭证"
    )
    return [
        told
        % {
            "number": row.letter.number or row.letter.title,
            "day": row.dispatched,
            "proof": row.get_proof_display(),
            "reference": row.reference,
        }
        for row in rows.order_by("id")
    ]


def unmade(case: Case, events: Sequence[Event], event: Struck) -> list[str]:
    """Return what striking a record would unmake, each as a sentence; mostly nothing."""
    struck = events[event.entry]
    if not isinstance(struck, Decided | Dispatched):
        return []
    rows = lapsing.of_decision(case, event.entry)
    numbers = "、".join(row.number or row.title for row in rows)
    told = _("随这项决定出具的文书将同时作废：%(numbers)s；已经交给对方的，须书面告知作废")
    found = [told % {"numbers": numbers}] if numbers else []
    found += _delivered(case, event.entry)
    if any(isinstance(each, Dispatched) for each in events):
        found.append(
            _(
                "只有登记错了才更正：答复确实发出过、只是决定有错的，"
                "请不要更正登记，改用“重新处理”另行作出"
            )
        )
    if closed(case.body, struck.on.year):
        told = _("%(year)s年度的年度报告已经签发：更正以后台账与报告不符，须更正年度报告")
        found.append(told % {"year": struck.on.year})
    return found
