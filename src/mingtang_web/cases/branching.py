"""Requests that become several cases, or go on to another body."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.act import act
from mingtang.case.clock import extension
from mingtang.case.deadlines import answer_term
from mingtang.case.events import Divided, Split, Submitted, Transferred
from mingtang.case.permitting import NotPermittedError
from mingtang.case.replaying import replay
from mingtang_web import clock
from mingtang_web.applicants.actions import hand_over, open_text
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import require
from mingtang_web.cases import actions, bridge, policy
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.attaching import copies
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case
from mingtang_web.cases.naming import refuse_names
from mingtang_web.cases.numbering import case_number
from mingtang_web.cases.rules import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mingtang.case.events import Event

SPLIT = act("split")


@transaction.atomic
def split(case: Case, on: date, subjects: Sequence[str], doing: Doing) -> tuple[Case, ...]:
    """Split a request into a case for each of its matters and return them (一事一申请).

    The parts keep the applicant, the applicant's words, the day of receipt and
    the term that is running. Raises what `mingtang_web.cases.actions.do` raises, and
    `NotPermittedError` where two of them are one matter.
    """
    present = locked(case)
    if doing.actor is not None:
        require(doing.actor, policy.DOING["split"], present.body, clock.today())
    if actions.came_before(present, doing.key, bridge.EVENT + "split"):
        return tuple(present.parts.order_by("id"))
    twice = same_matter(subjects)
    if twice:
        raise NotPermittedError(SPLIT.title, twice, SPLIT.cite)
    refuse_names(present, note=doing.note, subjects="\n".join(subjects))
    divided = _divided(present, on)
    numbers = tuple(case_number(present.body, on.year) for _each in subjects)
    actions.write(present, Split(on=on, parts=numbers), doing)
    return tuple(
        actions.begin(_part(present, number, subject), divided, Doing(doing.actor, 0))
        for number, subject in zip(numbers, subjects, strict=True)
    )


def same_matter(subjects: Iterable[str]) -> str:
    """Return why matters are not each one of its own; nothing where they are."""
    seen: set[str] = set()
    for subject in subjects:
        plain = "".join(normalize("NFKC", subject).casefold().split())
        if not plain:
            return _("有一件没有写内容；每件须写明申请的事项")
        if plain in seen:
            why = _("“%(subject)s”写了两次；一事一申请，各件的事项不能相同，请改写或者删去")
            return why % {"subject": subject.strip()}
        seen.add(plain)
    return ""


def receivers(event: Event) -> tuple[Body, ...]:
    """Return the bodies of the site in whose books an event is written too."""
    if not isinstance(event, Transferred):
        return ()
    return tuple(Body.objects.filter(code=event.to))


def hand_on(case: Case, event: Transferred) -> Case | None:
    """Register what was transferred with the other body; none where it is not on the site.

    For the other body it is a new request that arrives today; inside the
    transaction of the transfer. Raises `ErasedError`.
    """
    other = next(iter(receivers(event)), None)
    if other is None:
        return None
    today = clock.today()
    applicant = hand_over(case.applicant, other)
    words = open_text(case.applicant, bytes(case.description))
    came = actions.case_of(
        applicant,
        today.year,
        words,
        channel=case.channel,
        subject=case.subject,
        delivery=case.delivery,
        form=case.form,
    )
    note = _("由%(body)s移送，原编号%(number)s")
    said = note % {"body": case.body.name, "number": case.number}
    whole = replay(bridge.history(case.pk))
    arrived = Submitted(on=today, channel=whole.channel, applicant=whole.applicant)
    papers = copies(case)
    return actions.begin(came, arrived, Doing(None, 0, note=said), papers)


def _divided(case: Case, on: date) -> Divided:
    """Return the first event of every part: what the whole has behind it already."""
    whole = replay(bridge.history(case.pk))
    rules = rulebook(case.body)
    term, told = answer_term(whole, rules), extension(whole, rules)
    received = whole.received or whole.submitted
    return Divided(
        on=on,
        parent=case.number,
        channel=whole.channel,
        applicant=whole.applicant,
        received=received,
        clock=term.start if term else received,
        corrected=whole.corrected,
        extended=told.told if told else None,
        days=told.days if told else 0,
    )


def _part(whole: Case, number: str, subject: str) -> Case:
    return Case(
        body=whole.body,
        number=number,
        applicant=whole.applicant,
        channel=whole.channel,
        subject=subject,
        description=whole.description,
        delivery=whole.delivery,
        section=whole.section,
        handler=whole.handler,
        parent=whole,
        created_at=clock.now(),
    )
