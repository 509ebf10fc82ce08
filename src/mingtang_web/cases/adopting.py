"""Cases that another ledger kept until now, taken over with their whole history.

What happened then is admitted by the law like anything done here; what only our own
records could show (search records, the count of a month) is not asked of the past.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.case.deadlines import answer_term
from mingtang.case.events import Consulted, Decided, Merged
from mingtang.case.permitting import admit
from mingtang.case.replaying import replay
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
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.actions import Request
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain


def unrecorded(history: Sequence[Event]) -> bool:
    """Return whether a third party's interest is pleaded and nobody is told to be asked.

    So it stands in old ledgers; what was done then can be neither made up nor undone.
    """
    pleaded = any(isinstance(event, Decided) and _pleads(event) for event in history)
    asked = (e for e in history if isinstance(e, Consulted) and e.role == "third_party")
    return pleaded and not any(asked)


def admit_as_found(history: Sequence[Event], event: Event, rules: Rulebook) -> None:
    """Admit an event of an old ledger; raises `NotPermittedError`.

    As `admit`, but a refusal for a third party's sake is taken as it stands there where
    the ledger tells of no consultation, and one merged late there was merged.
    """
    if isinstance(event, Merged) and history:
        term = answer_term(replay(history), rules)
        due = term.due if term else None
        event = replace(event, on=min(event.on, due or event.on))
    if isinstance(event, Decided) and unrecorded((*history, event)):
        kept = tuple(each for each in event.withheld if each != _THIRD_PARTY)
        if event.ground == _THIRD_PARTY:
            event = replace(event, ground=_OTHER)
        else:
            event = replace(event, withheld=kept or (_OTHER,))
    admit(history, event, rules)


def _pleads(event: Decided) -> bool:
    return _THIRD_PARTY in (event.ground, *event.withheld)


_THIRD_PARTY, _OTHER = "N4", "N5"
"""商业秘密、个人隐私, and a refusal that presupposes nothing."""


@transaction.atomic
def adopt(
    asked: Request,
    history: Sequence[Event],
    origin: Mapping[str, Plain],
    actor: User | None,
    approver: User | None = None,
) -> Case:
    """Enter a case with all that happened in it, and return it.

    ``origin`` says in the ledger where it comes from; ``approver`` is who consented to
    that, where it takes two. For acts whose permission has
    been asked already. Raises `NotPermittedError` and `FutureError`.
    """
    rules = rulebook(asked.body)
    for place, event in enumerate(history):
        not_in_the_future(event.on)
        admit_as_found(history[:place], event, rules)
    case = entered(asked)
    bridge.put(case, tuple(history), clock.today(), rules)
    case.save(force_insert=True)
    said: dict[str, Plain] = {"number": case.number, "imported": origin}
    said |= {"form": case.form} if case.form else {}
    said["row"] = fingerprint(case, *bridge.REGISTERED)
    for event in history:
        kind, payload = bridge.entry_kind(event), bridge.payload(event, **said)
        append(
            Record(
                *(asked.body, kind, payload),
                actor=actor, approver=approver, case_id=case.pk,
            )
        )  # fmt: skip
        said = {"imported": origin["source"]}
    keep_count(case, history, rules)
    return case
