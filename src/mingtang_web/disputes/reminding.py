"""What reviews and suits give cause to tell on a day: answers and performance due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.cases.rules import rulebooks
from mingtang_web.disputes.models import Dispute
from mingtang_web.disputes.queries import to_answer, to_perform
from mingtang_web.notices.models import Kind
from mingtang_web.notices.reminding import of_term
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

WHO = (Role.LEGAL_REVIEWER, Role.APPROVER)


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every review and suit: three queries."""
    answers = list(to_answer(Dispute.objects.all()).select_related("body"))
    performances = list(to_perform(Dispute.objects.all()).select_related("body"))
    books = rulebooks({each.body for each in (*answers, *performances)})
    for each in answers:
        rules = books[each.body_id]
        day = each.due(rules.calendar)
        if day:
            told = _told(each, Kind.DISPUTE, on)
            yield from of_term(told, Kind.DISPUTE_LATE, day, on, rules)
    for each in performances:
        if each.perform_by:
            told = _told(each, Kind.PERFORMANCE, on)
            rules = books[each.body_id]
            yield from of_term(told, Kind.PERFORMANCE_LATE, each.perform_by, on, rules)


def _told(dispute: Dispute, kind: Kind, on: date) -> Wanted:
    matter = f"dispute/{dispute.pk}"
    return Wanted(kind, dispute.body_id, on, WHO, matter=matter, title=dispute.number)
