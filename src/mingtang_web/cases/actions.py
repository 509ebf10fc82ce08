"""Everything that can be done in a case: permission, law and record in one transaction.

An act goes through or leaves nothing behind. Who may is asked first, then whether
the case is still the one that was looked at, then the law; the entry in the
ledger and the case's columns are written together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.events import Decided, Submitted
from mingtang.case.permitting import NotPermittedError, admit
from mingtang.case.replaying import replay
from mingtang.case.situation import Situation
from mingtang_web import clock
from mingtang_web.applicants.actions import keep, seal_text
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.cases import (
    backing,
    belated,
    bridge,
    lapsing,
    lettering,
    merging,
    policy,
    questioning,
    searching,
    waiting,
)
from mingtang_web.cases.attaching import bring
from mingtang_web.cases.counting import keep_count
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case, Channel, SearchRecord
from mingtang_web.cases.naming import refuse_names
from mingtang_web.cases.numbering import case_number
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.actions import KeyTakenError, Record, append
from mingtang_web.ledger.doing import Doing as Performed
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import said

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.models import Applicant, Kind
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.attaching import Paper
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.letters.models import Letter
    from mingtang_web.letters.orders import Order


SEARCHED = "case.searched"
SEARCH = ("case_id", "scope", "method", "on", "result", "by_id", "recorded_at")


class StaleError(Exception):
    """The case has moved on since it was looked at; nothing was done."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            _(
                "案件%(number)s在您打开之后已有新的办理记录，本次未作任何改动；请看过最新情况再办"
            )
            % {"number": case.number}
        )


class SignOffError(Exception):
    """The act needs a second person's consent, must not have the first's, or must wait."""


class FutureError(ValueError):
    """Something is entered for a day that has not come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("日期%(day)s还没有到，不能预先登记") % {"day": day})


@dataclass(frozen=True)
class Request:
    """A request as it arrived: who asks whom for what, by which channel, on which day.

    ``subject`` is the officer's short wording, without personal data;
    ``description`` the applicant's own words, which are sealed, as the files are that
    came with them. ``form`` is in what form the information is wanted, blank where the
    request does not say. ``note`` says how an oral request was confirmed, ``late`` why
    one is registered only now.
    """

    body: Body
    person: Person
    kind: Kind
    channel: str
    arrived: date
    subject: str
    description: str
    delivery: str
    papers: tuple[Paper, ...] = ()
    note: str = ""
    form: str = ""
    late: str = ""


@dataclass(frozen=True)
class Doing(Performed):
    """Who does an act in a case, and the letters that go out with it.

    ``letter`` goes out with the act, ``further`` ones beside it to others;
    ``no_letter`` says why none does, or why none goes to the one who objected;
    ``untold`` why none goes to each of several who did, by their numbers in the case.
    ``drafts`` are letters consented to already. ``late`` says why a request is
    registered only now.
    """

    letter: Order | None = None
    further: tuple[Order, ...] = ()
    no_letter: str = ""
    untold: Mapping[str, str] = field(default_factory=dict)
    drafts: tuple[Letter, ...] = ()
    late: str = ""

    @property
    def unsent(self) -> str:
        """Why letters do not go out, each reason with whom it concerns, for the record."""
        others = [
            f"第{party}位被征求意见者：{why.strip()}"
            for party, why in self.untold.items()
            if why.strip()
        ]
        return "；".join(filter(None, (self.no_letter.strip(), *others)))


@transaction.atomic
def register(asked: Request, actor: User | None, key: str | None = None) -> Case:
    """Register a request and return its case; a submission sent twice is one case.

    Raises `NotAllowedError`, `ClosedBodyError`, `NotPermittedError`, `NamedError`,
    `QuestionedError` for one that is late by somebody who does not say why, and
    `FutureError`.
    """
    if actor is not None:
        require(actor, policy.REGISTER, asked.body, clock.today())
    if asked.body.closed_on:
        raise ClosedBodyError(policy.REGISTER, asked.body)
    not_in_the_future(asked.arrived)
    earlier = _case_of_key(asked.body, key)
    if earlier:
        return earlier
    late = questioning.ask(asked) if actor is not None else ""
    came = Channel(asked.channel).received_as
    event = Submitted(on=asked.arrived, channel=came, applicant=asked.kind)
    doing, made = Doing(actor, 0, key, note=asked.note, late=late), entered(asked)
    refuse_names(made, note=asked.note, late=late)
    return begin(made, event, doing, asked.papers)


def entered(asked: Request) -> Case:
    """Return a request as a case of its body, unsaved; the applicant is kept."""
    applicant = keep(asked.person, asked.kind, asked.body)
    return case_of(
        applicant,
        asked.arrived.year,
        asked.description,
        channel=asked.channel,
        subject=asked.subject,
        delivery=asked.delivery,
        form=asked.form,
    )


def case_of(applicant: Applicant, year: int, words: str, **asked: str) -> Case:
    """Return a case of an applicant's body, unsaved: numbered, the words sealed.

    ``asked`` names its channel, subject, delivery and form.
    """
    return Case(
        body=applicant.body,
        number=case_number(applicant.body, year),
        applicant=applicant,
        description=seal_text(applicant, words),
        created_at=clock.now(),
        **asked,
    )


def begin(case: Case, event: Event, doing: Doing, papers: tuple[Paper, ...] = ()) -> Case:
    """Enter a new case with its first event and the files it came with.

    Inside a transaction.

    For beginnings whose permission has been asked already. Raises
    `NotPermittedError`.
    """
    rules = rulebook(case.body)
    if case.parent is not None:
        case.form = case.parent.form
    admit((), event, rules)
    bridge.put(case, (event,), clock.today(), rules)
    case.save(force_insert=True)
    more: dict[str, Plain] = {"number": case.number, "came": case.channel}
    more |= {"form": case.form} if case.form else {}
    more |= {"late": doing.late} if doing.late else {}
    more["row"] = fingerprint(case, *bridge.REGISTERED)
    if papers:
        more["attached"] = bring(case, papers, doing.actor)
    _record(case, event, doing, **more)
    keep_count(case, (event,), rules)
    return case


@transaction.atomic
def do(case: Case, event: Event, doing: Doing) -> Case:
    """Do an act in a case and return the case after it.

    Raises `NotAllowedError`, `StaleError`, `SignOffError` where a second person must
    consent, `NotPermittedError` where the law forbids it, `LetterMissingError` and
    `NotReadyError` where its letter lacks something, `NamedError`, and `FutureError`.
    """
    present = locked(case)
    if doing.actor is not None:
        require(doing.actor, policy.doing(event), present.body, clock.today())
    if same_before(present, doing.key, event):
        return present
    refuse_names(present, note=doing.note, no_letter=doing.unsent)
    asked = belated.needed(present, event, doing) if doing.approver is None else None
    if doing.actor is not None:
        lettering.ask(present, event, doing)
    if asked is not None:
        held = waiting.against(policy.doing(event), waiting.waiting_in(present))
        raise SignOffError(held or belated.unsigned(asked))
    return write(present, event, doing)


@transaction.atomic
def search(
    case: Case, record: SearchRecord, actor: User, key: str | None = None
) -> SearchRecord:
    """Keep how the body looked for what was asked (检索记录); sent twice, kept once.

    It goes into the answer and the file that a review or court reads, and names nobody.
    Raises `NotAllowedError`, `FutureError`, `NamedError`, `ThinRecordError` for a part
    that says nothing, and `NotPermittedError` for a day before the request came.
    """
    present = locked(case)
    require(actor, policy.SEARCH, present.body, clock.today())
    earlier = came_before(present, key, SEARCHED)
    if earlier:
        return present.searches.get(pk=earlier.content["search"])
    searching.refuse_thin(record)
    refuse_names(present, scope=record.scope, method=record.method, result=record.result)
    not_in_the_future(record.on)
    came = present.submitted
    if record.on < came:
        why = _("检索日期%(day)s早于来件之日%(came)s") % {"day": record.on, "came": came}
        raise NotPermittedError(policy.SEARCH.label, why, backing.SEARCH)
    record.case, record.by, record.recorded_at = present, actor, clock.now()
    record.save(force_insert=True)
    found: dict[str, Plain] = {
        "search": record.pk,
        "on": record.on.isoformat(),
        "row": fingerprint(record, *SEARCH),
    }
    append(Record(present.body, SEARCHED, found, actor=actor, case_id=present.pk, key=key))
    return record


def write(case: Case, event: Event, doing: Doing) -> Case:
    """Write one event of a locked case, whoever consented to it.

    For acts whose permission has been asked already.
    Raises `StaleError`, `NotPermittedError`, `FutureError`, and `SignOffError` where
    a proposal waits that must be answered first.
    """
    if doing.version != case.version:
        raise StaleError(case)
    not_in_the_future(event.on)
    before, rules = bridge.history(case.pk), rulebook(case.body)
    admit(before, event, rules)
    backing.ask(case, event)
    if doing.actor is not None:
        then = Situation(replay(before), event.on, rules)
        backing.ask_proof(event, doing.note, then, case)
    proposed = waiting.waiting_in(case)
    held = waiting.against(policy.doing(event), proposed)
    if held:
        raise SignOffError(held)
    comers = waiting.coming_in(case, event)
    out = lettering.issued(case, event, doing)
    bridge.put(case, (*before, event), clock.today(), rules)
    case.save()
    named: dict[str, Plain] = {"letters": [said(row) for row in out]} if out else {}
    differs = merging.differences(case, event)
    named |= {"differs": list(differs)} if differs else {}
    _record(case, event, doing, **named)
    now = Situation(replay(before), clock.today(), rules, before)
    belated.keep(case, event, doing, now)
    keep_count(case, (*before, event), rules)
    if proposed is not None and waiting.overtaken_by(proposed, event):
        waiting.overtake(proposed, event, doing.actor)
    lapsing.lapse(case, event, doing.actor)
    waiting.turned_away(comers, case, event, doing.actor)
    return case


def _record(case: Case, event: Event, doing: Doing, **more: Plain) -> Entry:
    if doing.note:
        more["note"] = doing.note
    if doing.unsent and ("letters" not in more or isinstance(event, Decided)):
        more["no_letter"] = doing.unsent
    payload = bridge.payload(event, **more)
    return append(
        Record(
            case.body,
            bridge.entry_kind(event),
            payload,
            actor=doing.actor,
            approver=doing.approver,
            case_id=case.pk,
            key=doing.key,
        )
    )


def came_before(case: Case, key: str | None, kind: str = "") -> Entry | None:
    """Return the entry of an earlier submission with the same key, none where none came.

    Raises `KeyTakenError` where it was not of the ``kind`` that is asked for.
    """
    if key is None or "\0" in key:  # no database keeps that
        return None
    found = Entry.objects.filter(body=case.body_id, key=key, case_id=case.pk).first()
    if found and kind and found.kind != kind:
        raise KeyTakenError
    return found


def same_before(case: Case, key: str | None, event: Event) -> Entry | None:
    """Return the entry of an earlier submission of this very event, none where none came.

    Raises `KeyTakenError` where its key came with another event.
    """
    found = came_before(case, key, bridge.entry_kind(event))
    if found and found.content["event"] != bridge.payload(event)["event"]:
        raise KeyTakenError
    return found


def _case_of_key(body: Body, key: str | None) -> Case | None:
    """Return the case that a submission began; raises `KeyTakenError` where none did."""
    if key is None:
        return None
    entry = Entry.objects.filter(body=body, key=key).first()
    if entry and entry.kind != bridge.EVENT + "submitted":
        raise KeyTakenError
    return Case.objects.get(pk=entry.case_id or 0) if entry else None


def not_in_the_future(day: date) -> None:
    """Refuse a day that has not come; raises `FutureError`."""
    if day > clock.today():
        raise FutureError(day)
