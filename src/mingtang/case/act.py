"""The acts that can be done in a case, as data: when, on what ground, with what letter.

Which phase permits which act stands in ``acts.yaml``, beside the article each
act rests on; conditions of time and number are in `permitting`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.events import Consulted, Event
from mingtang.case.recording import KINDS, kind_of
from mingtang.case.state import Phase
from mingtang.case.vocabulary import ROLES
from mingtang.law import sheet

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "acts.yaml"
_BEYOND_ACTS = {
    "submitted": "收到申请",
    "divided": "由原申请拆分而来",
    "struck": "更正登记",
}
"""What is recorded by no act of the table."""
_NEEDS = ("title", "event", "in", "cite", "consequence")


class Consent(StrEnum):
    """Who consents to an act: the approver alone, or the legal reviewer first."""

    LEGAL = "legal"
    APPROVAL = "approval"


class Act(NamedTuple):
    """Something that can be done in a case (办理行为).

    `event` is the kind of event it writes; `role` the consulted one's role, where
    it is a consultation; `letter` the kind of letter that goes out with it, None
    where there is none; `consequence` says in Chinese what follows. `consent` says who
    consents, always or where `consenting` says so; `arrives` that it reaches the body
    from outside, whether it will or not; `too_late` is what follows instead where a
    correction asked for too late does not begin the term anew.
    """

    id: str
    title: str
    event: str
    phases: frozenset[Phase]
    cite: str
    consequence: str
    letter: str | None
    role: str | None
    consent: Consent | None
    arrives: bool
    too_late: str | None


@cache
def acts() -> tuple[Act, ...]:
    """Return every act, in the order of a case's life; raises `InvalidDataError`."""
    text = FILE.read_text(encoding="utf-8")
    rows = sheet.parse(text, f"case/{FILE.name}").entries()
    return tuple(_act(name, row) for name, row in rows)


def act(name: str) -> Act:
    """Return the act of that id; raises `KeyError` where there is none.

    >>> act("extend").title
    '延长答复期限'
    """
    return sheet.by_id(acts, name, "办理行为")


def act_of(event: Event) -> Act | None:
    """Return the act that writes an event; None for a first event or a strike."""
    role = event.role if isinstance(event, Consulted) else None
    kind = kind_of(event)
    return next((a for a in acts() if (a.event, a.role) == (kind, role)), None)


def title_of(event: Event) -> str:
    """Return what an event records, in Chinese: the title of its act.

    >>> from datetime import date
    >>> from mingtang.case.events import Corrected
    >>> title_of(Corrected(on=date(2026, 3, 9)))
    '收到补正'
    """
    known = act_of(event)
    return known.title if known else _BEYOND_ACTS.get(kind_of(event), "其他登记")


@cache
def phases_of(kind: str) -> frozenset[Phase]:
    """Return the phases in which an event of that kind can follow."""
    phases = (known.phases for known in acts() if known.event == kind)
    return frozenset[Phase]().union(*phases)


def _act(name: str, row: Sheet) -> Act:
    row.allow(*_NEEDS, optional=("letter", "role", "consent", "arrives", "too_late"))
    listed = row.raw("in")
    phases = listed if isinstance(listed, list) else []
    if not phases or not set(phases) <= set(Phase):
        row.refuse(f"“in”应列出环节，可用：{'、'.join(Phase)}")
    if row.text("event") not in KINDS:
        row.refuse(f"没有“{row.text('event')}”这种事件")
    role = row.optional_text("role")
    if role is not None and role not in ROLES:
        row.refuse(f"没有“{role}”这种征求对象")
    consent = row.optional_text("consent")
    if consent is not None and consent not in set(Consent):
        row.refuse(f"没有“{consent}”这种同意，可用：{'、'.join(Consent)}")
    return Act(
        name,
        row.text("title"),
        row.text("event"),
        frozenset(Phase(phase) for phase in phases),
        row.cite(),
        row.text("consequence"),
        row.optional_text("letter"),
        role,
        Consent(consent) if consent else None,
        "arrives" in row and row.raw("arrives") is True,
        row.optional_text("too_late"),
    )
