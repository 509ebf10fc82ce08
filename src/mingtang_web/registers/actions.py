"""Everything that can be done in the registers: permission, order and record at once."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.applicants.actions import keep, seal_text
from mingtang_web.applicants.betraying import known_of
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import Doing, not_in_the_future
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.letters.actions import said as letter_said
from mingtang_web.numbering.actions import next_number
from mingtang_web.registers import lettering, policy
from mingtang_web.registers.models import Matter, Stage, Step
from mingtang_web.registers.rules import Outcome, Register

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.models import Applicant, Kind
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.canonical import Plain

REGISTERED = (
    "register", "number", "sender_id", "channel", "received", "subject", "about",
    "description", "promised", "created_at",
)  # fmt: skip
"""What the entry of a matter's registration holds of its row."""
NOW = (
    "version", "stage", "handler_id", "outcome", "outcome_to", "answered", "closed",
)  # fmt: skip
"""What every entry of a matter holds of where it stands after it."""
_NAMES = {Register.CORRECTION: "更正", Register.COMPLAINT: "投诉"}
ELSEWHERE = {Outcome.TRANSFERRED, Outcome.REDIRECTED, Outcome.ELSEWHERE}


class OutOfTurnError(Exception):
    """The matter has moved on, or the act comes too early or too late; nothing was done."""


@dataclass(frozen=True)
class Arrival:
    """A matter as it came: to whom, from whom, by which channel, on which day, what about.

    ``subject`` and ``about`` hold no personal data; ``description`` is sealed.
    """

    body: Body
    register: Register
    person: Person
    kind: Kind
    channel: str
    received: date
    subject: str
    about: str
    description: str
    promised: date | None = None


@dataclass(frozen=True)
class Answer:
    """How a matter was answered, on which day; ``to`` names the body it went to, if any."""

    outcome: Outcome
    on: date
    to: str = ""
    text: str = ""


@transaction.atomic
def register(came: Arrival, actor: User, key: str | None = None) -> Matter:
    """Enter a matter and return it; a submission sent twice is one matter.

    Raises `NotAllowedError`, `FutureError` and `ValidationError`.
    """
    require(actor, policy.REGISTER, came.body, clock.today())
    earlier = _of_key(came.body, key)
    if earlier:
        return earlier
    _check(came)
    sender = keep(came.person, came.kind, came.body)
    _names_nobody(sender, subject=came.subject, about=came.about)
    year = came.received.year
    count = next_number(came.body, came.register, year)
    matter = Matter(
        body=came.body,
        register=came.register,
        number=f"{_NAMES[came.register]}{year}-{count:03d}",
        sender=sender,
        channel=came.channel,
        received=came.received,
        subject=came.subject.strip(),
        about=came.about.strip(),
        description=seal_text(sender, came.description),
        promised=came.promised,
        created_at=clock.now(),
        stage=Stage.RECEIVED,
        version=1,
    )
    matter.save(force_insert=True)
    promised = came.promised.isoformat() if came.promised else None
    said: dict[str, Plain] = {"number": matter.number, "promised": promised}
    said["row"] = fingerprint(matter, *REGISTERED)
    _record(matter, _Deed("registered", came.received, said=said), Doing(actor, 0, key))
    return matter


@transaction.atomic
def handle(matter: Matter, on: date, text: str, doing: Doing) -> Matter:
    """Record what was looked into or done; whoever does becomes the handler.

    Raises `NotAllowedError`, `OutOfTurnError`, `FutureError` and `ValidationError`.
    """
    present = _begin(matter, policy.HANDLE, on, doing)
    if _came_before(present, doing.key):
        return present
    _in_turn(present, doing, Stage.RECEIVED, Stage.HANDLING)
    masking.to_keep(text, "text")
    _names_nobody(present.sender, text=text)
    present.stage, present.handler = Stage.HANDLING, doing.actor
    return _write(present, _Deed("handled", on, text), doing)


@transaction.atomic
def answer(matter: Matter, given: Answer, doing: Doing) -> Matter:
    """Answer a matter: its letter goes out with it, or a reason says why none does.

    Raises `NotAllowedError`, `OutOfTurnError`, `FutureError`, `ValidationError`,
    `LetterMissingError`, `NotReadyError` and `ErasedError`.
    """
    present = _begin(matter, policy.ANSWER, given.on, doing)
    if _came_before(present, doing.key):
        return present
    _in_turn(present, doing, Stage.RECEIVED, Stage.HANDLING)
    if given.outcome not in present.law.outcomes:
        raise ValidationError({"outcome": _("这一结果不属于本登记簿")})
    if given.outcome in ELSEWHERE and not given.to.strip():
        raise ValidationError({"to": _("请填写转送或者告知的机关全称")})
    if given.text:
        masking.to_keep(given.text, "text")
    _names_nobody(present.sender, text=given.text, no_letter=doing.no_letter)
    row = lettering.issued(present, given, doing)
    present.stage, present.outcome = Stage.ANSWERED, given.outcome
    present.outcome_to, present.answered = given.to.strip(), given.on
    said: dict[str, Plain] = {"outcome": given.outcome, "to": given.to.strip()}
    if row:
        said["letters"] = [letter_said(row)]
    elif doing.no_letter.strip():
        said["no_letter"] = doing.no_letter.strip()
    return _write(present, _Deed("answered", given.on, given.text, said), doing)


@transaction.atomic
def close(matter: Matter, on: date, doing: Doing) -> Matter:
    """Close an answered matter.

    Raises `NotAllowedError`, `OutOfTurnError`, `FutureError` and `ValidationError`.
    """
    present = _begin(matter, policy.CLOSE, on, doing)
    if _came_before(present, doing.key):
        return present
    _in_turn(present, doing, Stage.ANSWERED)
    if present.answered and on < present.answered:
        raise ValidationError({"on": _("办结日期早于答复日期")})
    present.stage, present.closed = Stage.CLOSED, on
    return _write(present, _Deed("closed", on), doing)


def _begin(matter: Matter, act: Act, on: date, doing: Doing) -> Matter:
    """Return the matter locked, once the person may and the day is past."""
    rows = Matter.objects.select_for_update(of=("self",), no_key=True).select_related(
        "body", "sender"
    )
    present = rows.get(pk=matter.pk)
    require(doing.person, act, present.body, clock.today())
    not_in_the_future(on)
    if on < present.received:
        raise ValidationError({"on": _("日期早于收到日期")})
    return present


def _in_turn(matter: Matter, doing: Doing, *stages: Stage) -> None:
    if doing.version != matter.version:
        raise OutOfTurnError(
            _("%(n)s在您打开之后已有新的登记，本次未作任何改动；请看过最新情况再办")
            % {"n": matter.number}
        )
    if matter.stage not in stages:
        raise OutOfTurnError(
            _("%(n)s处于“%(stage)s”，不能办理此事")
            % {"n": matter.number, "stage": matter.get_stage_display()}
        )


class _Deed(NamedTuple):
    """What was done in a matter: its name in the ledger, the day, the words beside it."""

    name: str
    on: date
    text: str = ""
    said: Mapping[str, Plain] = MappingProxyType({})


def _write(matter: Matter, deed: _Deed, doing: Doing) -> Matter:
    matter.version += 1
    matter.save()
    _record(matter, deed, doing)
    return matter


def _record(matter: Matter, deed: _Deed, doing: Doing) -> None:
    said = {"matter": matter.pk, "on": deed.on.isoformat(), **deed.said}
    said["now"] = fingerprint(matter, *NOW)
    said["words"] = sha256(deed.text.strip().encode()).hexdigest()
    kind = f"register.{matter.register}.{deed.name}"
    entry = append(Record(matter.body, kind, said, actor=doing.actor, key=doing.key))
    Step.objects.create(matter=matter, entry=entry, on=deed.on, text=deed.text.strip())


def _check(came: Arrival) -> None:
    not_in_the_future(came.received)
    for name in ("subject", "about"):
        masking.to_keep(getattr(came, name), name)
    if came.promised and came.promised < came.received:
        raise ValidationError({"promised": _("承诺日期早于收到日期")})


def _names_nobody(sender: Applicant, **words: str) -> None:
    """Refuse words that tell who wrote; raises `ValidationError`, naming the field."""
    for field, text in words.items():
        found = next(known_of(sender, text, _("来件人")), None)
        if found:
            why = _("%(found)s；这里人人可见，请改称“来件人”或者删去")
            raise ValidationError({field: why % {"found": found}})


def _came_before(matter: Matter, key: str | None) -> bool:
    return key is not None and matter.steps.filter(entry__key=key).exists()


def _of_key(body: Body, key: str | None) -> Matter | None:
    if key is None:
        return None
    return Matter.objects.filter(steps__entry__key=key, body=body).first()
