"""Everything that can be done in a review or suit: permission, law and record at once.

A ruling that orders a new answer opens the cases anew in the same transaction: the
ruling and what follows from it stand or fall together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.disputes import Filed, Ruled, parse_dispute, replay_dispute
from mingtang.case.events import Reopened
from mingtang.case.permitting import NotPermittedError
from mingtang.case.proceedings import FILING, admit_dispute
from mingtang.case.recording import kind_of
from mingtang.case.steps import ImpossibleHistoryError
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.cases import actions as cases
from mingtang_web.cases.actions import Doing, not_in_the_future
from mingtang_web.cases.locking import locked
from mingtang_web.disputes import bridge, policy
from mingtang_web.disputes.counting import keep_count
from mingtang_web.disputes.filing import check, names_nobody, number_free
from mingtang_web.disputes.models import Dispute, Note, Position, Procedure, Step
from mingtang_web.disputes.orders import questions
from mingtang_web.disputes.reopening import CAUSES, close_again, may_order
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from mingtang.case.disputes import DisputeEvent
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

_NAMES = {Procedure.REVIEW: "复议", Procedure.SUIT: "诉讼"}


FILED = (
    "number", "procedure", "position", "filer", "organ", "organ_number", "review_id",
    "created_at",
)  # fmt: skip
"""What the entry of a filing holds of its row."""
DISPUTE_NOTED = "dispute.noted"
NOTED = "dispute_id", "on", "text", "performs", "by_id", "recorded_at"
"""What the entry of a note holds of its row."""


class MovedOnError(Exception):
    """The dispute has moved on since it was looked at; nothing was done."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(
            _("%(number)s在您打开之后已有新的登记，本次未作任何改动；请看过最新情况再办")
            % {"number": dispute.number}
        )


@dataclass(frozen=True)
class Filing:
    """A review or suit as the body learns of it.

    ``review`` is the review that a suit follows, where it is in the register;
    ``after_review`` says that there was one, in the register or not; ``another`` that
    it is not the one that is in the register already; ``learnt`` how whoever brought it
    knew of a decision that had not been sent; ``organ_known`` by what paper a name that
    does not look like an organ's is known to be one; ``beside`` how it came, where review
    and suit of a case go on at once, or a suit where the law wants a review first.
    """

    body: Body
    procedure: Procedure
    filed: date
    position: Position
    filer: str
    organ: str
    organ_number: str = ""
    cases: Sequence[Case] = ()
    review: Dispute | None = None
    after_review: bool = False
    another: bool = False
    learnt: str = ""
    organ_known: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Order:
    """What a ruling orders: these cases are to be answered anew, by a day or by the law.

    Without cases, ``answer_by`` is the day by which the ruling is to be performed.
    ``document`` is the ruling's own number, which every new answer cites.
    """

    cases: Sequence[Case] = field(default=())
    answer_by: date | None = None
    document: str = ""


@transaction.atomic
def file(asked: Filing, actor: User, key: str | None = None) -> Dispute:
    """Enter a review or suit and return it; a submission sent twice is one dispute.

    Raises `NotAllowedError`, `NotPermittedError`, `FutureError`, `ValidationError`.
    """
    require(actor, policy.FILE, asked.body, clock.today())
    earlier = _of_key(asked.body, key)
    if earlier:
        return earlier
    check(asked)
    beside = questions(asked)
    event = Filed(
        on=asked.filed,
        procedure=asked.procedure,
        after_review=asked.after_review or asked.review is not None,
        counts=asked.position == Position.RESPONDENT,
    )
    admit_dispute((), event)
    dispute = Dispute(
        body=asked.body,
        number=_number(asked),
        procedure=asked.procedure,
        position=asked.position,
        filer=asked.filer,
        organ=asked.organ.strip(),
        organ_number=asked.organ_number.strip(),
        review=asked.review,
        created_at=clock.now(),
        version=1,
    )
    bridge.put(dispute, (event,))
    dispute.save(force_insert=True)
    dispute.cases.set(asked.cases)
    over = sorted(case.pk for case in asked.cases)
    made = fingerprint(dispute, *FILED)
    told = {"learnt": asked.learnt.strip(), "organ_known": asked.organ_known.strip()}
    told["beside"] = asked.beside.strip() if beside else ""
    more: dict[str, Plain] = {name: words for name, words in told.items() if words}
    more |= {"number": dispute.number, "cases": over, "row": made}
    _record(dispute, event, actor, key, **more)
    keep_count(dispute, (event,))
    return dispute


@transaction.atomic
def do(dispute: Dispute, event: DisputeEvent, doing: Doing) -> Dispute:
    """Record what happened in a dispute and return it; a ruling without an order too.

    Raises `NotAllowedError`, `MovedOnError`, `NotPermittedError`, `FutureError`.
    """
    return _write(dispute, event, doing, Order())


def rule(dispute: Dispute, event: Ruled, order: Order, doing: Doing) -> Dispute:
    """Record a ruling, and open anew the cases that it orders to be answered again.

    Raises what `do` raises; `NotPermittedError` too where a case cannot be opened anew.
    """
    return _write(dispute, event, doing, order)


@transaction.atomic
def strike(dispute: Dispute, entry: Entry, doing: Doing) -> Dispute:
    """Strike the last record of a dispute that was entered wrongly; it stays in the ledger.

    Raises `NotAllowedError`, `MovedOnError`, `NotPermittedError`.
    """
    present = _locked(dispute)
    actor = doing.person
    require(actor, policy.STRIKE, present.body, clock.today())
    if _came_before(present, doing.key):
        return present
    _not_stale(present, doing.version)
    names_nobody(_cases_of(present), note=doing.note)
    recorded = bridge.entries([present.pk])[present.pk]
    left = [e for e in bridge.standing(recorded) if e.pk != entry.pk]
    events = [parse_dispute(e.content["event"]) for e in left]
    try:
        replay_dispute(events)
    except ImpossibleHistoryError as problem:
        why = _("去掉这条记录后，其余记录不能成立：%(why)s") % {"why": problem}
        raise NotPermittedError(_("更正登记"), why, FILING.cite) from problem
    if len(left) == len(bridge.standing(recorded)):
        raise NotPermittedError(_("更正登记"), _("没有这条记录，或者已经更正"), FILING.cite)
    bridge.put(present, events)
    present.perform_by = bridge.perform_by(left)
    present.version += 1
    present.save()
    said: dict[str, Plain] = {"dispute": present.pk, "entry": entry.pk, "note": doing.note}
    _keep(present, Record(present.body, bridge.STRUCK, said, actor=actor, key=doing.key))
    keep_count(present, events)
    close_again(present, entry, actor)
    return present


@dataclass(frozen=True)
class Followed:
    """What the body did after a ruling, and whether the ruling was performed by it."""

    on: date
    text: str
    performs: bool = False


@transaction.atomic
def note(dispute: Dispute, what: Followed, actor: User, key: str | None = None) -> Note:
    """Keep what the body did after a ruling, or is to do.

    Raises `NotAllowedError`, `FutureError`, and `ValidationError` for an empty note, one
    with a person's number in it, or the performance of what was not yet ruled.
    """
    present = _locked(dispute)
    require(actor, policy.NOTE, present.body, clock.today())
    masking.to_keep(what.text, "text")
    names_nobody(_cases_of(present), text=what.text)
    not_in_the_future(what.on)
    if _came_before(present, key):
        return present.notes.latest("id")
    if what.performs and not present.perform_by:
        raise ValidationError({"performs": _("本件没有登记须履行的期限")})
    made = Note.objects.create(
        dispute=present,
        on=what.on,
        text=what.text.strip(),
        performs=what.performs,
        by=actor,
        recorded_at=clock.now(),
    )
    said: dict[str, Plain] = {"dispute": present.pk, "note": made.pk}
    said["row"] = fingerprint(made, *NOTED)
    if what.performs:
        said["performed"] = what.on.isoformat()
        present.performed = what.on
        present.save(update_fields=("performed",))
    _keep(present, Record(present.body, DISPUTE_NOTED, said, actor=actor, key=key))
    return made


@transaction.atomic
def _write(dispute: Dispute, event: DisputeEvent, doing: Doing, order: Order) -> Dispute:
    present = _locked(dispute)
    actor = doing.person
    act = policy.DOING.get(kind_of(event), policy.FILE)
    require(actor, act, present.body, clock.today())
    if _came_before(present, doing.key):
        return present
    _not_stale(present, doing.version)
    names_nobody(_cases_of(present), note=doing.note, document=order.document)
    not_in_the_future(event.on)
    before = bridge.history(present.pk)
    admit_dispute(before, event)
    bridge.put(present, (*before, event))
    present.version += 1
    present.save()
    more: dict[str, Plain] = {"note": doing.note} if doing.note else {}
    if order.cases or order.answer_by:
        more["order"] = _ordered(present, event, order, doing)
    _record(present, event, actor, doing.key, **more)
    keep_count(present, (*before, event))
    _put_performance(present)
    return present


def _cases_of(dispute: Dispute) -> QuerySet[Case]:
    return dispute.cases.select_related("applicant")


def _put_performance(dispute: Dispute) -> None:
    """Say by when the dispute is to be performed now; another day begins it anew."""
    by = bridge.perform_by(bridge.entries([dispute.pk])[dispute.pk])
    if by != dispute.perform_by:
        dispute.perform_by, dispute.performed = by, None
        dispute.save(update_fields=("perform_by", "performed"))


def _ordered(dispute: Dispute, event: DisputeEvent, order: Order, doing: Doing) -> Plain:
    """Open the ordered cases anew; return what the ledger says of the order.

    The ruling binds the body, so that nobody's consent is asked for, only whoever
    may record rulings.
    """
    linked = set(dispute.cases.values_list("pk", flat=True))
    answer_by, cause = order.answer_by, CAUSES[Procedure(dispute.procedure)]
    ordered = sorted(order.cases, key=lambda each: each.pk)
    number_free(order.document, "document")
    document = order.document.strip()
    if ordered:
        may_order(event, document)
    for case in ordered:
        if case.pk not in linked:
            raise ValidationError(_("案件%(n)s不在本件复议、诉讼中") % {"n": case.number})
    for present in [locked(case) for case in ordered]:
        opened = Reopened(on=event.on, cause=cause, answer_by=answer_by)
        said = _("依%(number)s登记的裁决重新处理") % {"number": dispute.number}
        cases.write(present, opened, Doing(doing.actor, present.version, note=said))
    return {
        "cases": sorted(case.pk for case in order.cases),
        "answer_by": answer_by.isoformat() if answer_by else None,
        "document": document,
    }


def _number(asked: Filing) -> str:
    name, year = _NAMES[asked.procedure], asked.filed.year
    return f"{name}{year}-{next_number(asked.body, asked.procedure, year):03d}"


def _record(
    dispute: Dispute, event: DisputeEvent, actor: User, key: str | None, **more: Plain
) -> None:
    said = bridge.payload(dispute, event, **more)
    record = Record(dispute.body, bridge.entry_kind(event), said, actor=actor, key=key)
    _keep(dispute, record)


def _keep(dispute: Dispute, record: Record) -> None:
    Step.objects.create(dispute=dispute, entry=append(record))


def _locked(dispute: Dispute) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",), no_key=True).select_related(
        "body"
    )
    return rows.get(pk=dispute.pk)


def _not_stale(dispute: Dispute, version: int) -> None:
    if version != dispute.version:
        raise MovedOnError(dispute)


def _came_before(dispute: Dispute, key: str | None) -> bool:
    return key is not None and dispute.steps.filter(entry__key=key).exists()


def _of_key(body: Body, key: str | None) -> Dispute | None:
    if key is None:
        return None
    return Dispute.objects.filter(steps__entry__key=key, body=body).first()
