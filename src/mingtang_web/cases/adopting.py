"""Cases that another ledger kept until now, taken over with their whole history.

What happened then is admitted by the law like anything done here; what only our own
records could show (search records, the count of a month) is not asked of the past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.case.permitting import admit
from mingtang_web import clock
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import entered, not_in_the_future
from mingtang_web.cases.counting import keep_count
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.actions import Request
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain


@transaction.atomic
def adopt(
    asked: Request,
    history: Sequence[Event],
    origin: Mapping[str, Plain],
    actor: User | None,
) -> Case:
    """Enter a case with all that happened in it, and return it.

    ``origin`` says in the ledger where it comes from. For acts whose permission has
    been asked already. Raises `NotPermittedError` and `FutureError`.
    """
    rules = rulebook(asked.body)
    for place, event in enumerate(history):
        not_in_the_future(event.on)
        admit(history[:place], event, rules)
    case = entered(asked)
    bridge.put(case, tuple(history), clock.today(), rules)
    case.save(force_insert=True)
    said: dict[str, Plain] = {"number": case.number, "imported": origin}
    said["row"] = fingerprint(case, *bridge.REGISTERED)
    for event in history:
        kind, payload = bridge.entry_kind(event), bridge.payload(event, **said)
        append(Record(asked.body, kind, payload, actor=actor, case_id=case.pk))
        said = {"imported": origin["source"]}
    keep_count(case, history, rules)
    return case
