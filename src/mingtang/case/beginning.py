"""What the first record of a case must itself say: a request, or a part of one."""

from __future__ import annotations

from mingtang.case.events import Divided, Submitted
from mingtang.case.vocabulary import APPLICANTS
from mingtang.law.delivery import receipts
from mingtang.law.terms import term


def first_fault(event: Submitted | Divided) -> str | None:
    """Return what is wrong with a first event, in Chinese; None where nothing is."""
    if event.channel not in {known.mode for known in receipts()}:
        return f"没有“{event.channel}”这种收到渠道"
    if event.applicant not in APPLICANTS:
        return f"没有“{event.applicant}”这种申请人类别"
    return _division_fault(event) if isinstance(event, Divided) else None


def _division_fault(event: Divided) -> str | None:
    if not event.received <= event.clock <= event.on:
        return "拆分的日期早于收到申请之日"
    told, longest = event.extended, term("extension", event.received).amount
    if bool(told) != bool(event.days) or not 0 <= event.days <= longest:
        return "原案延长答复期限的日期和天数不相符"
    return "延长答复期限的日期晚于拆分之日" if told and told > event.on else None
