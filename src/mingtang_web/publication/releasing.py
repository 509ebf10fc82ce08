"""What goes out: published at once or at an hour that was set, and taken down again.

What goes out is what every stage looked at: its hash is made anew, of the rows and of the
files, and screening looks once more. A document taken down leaves a tombstone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.ledger.doing import Doing
from mingtang_web.publication import policy
from mingtang_web.publication.bonds import changed
from mingtang_web.publication.contents import intact
from mingtang_web.publication.models import READY, Document, Stage, State, Step
from mingtang_web.publication.recording import (
    OutOfTurnError,
    begin,
    in_turn,
    locked,
    record,
    repeated,
    stepped,
)
from mingtang_web.publication.screening import UnscreenedError, require_screened
from mingtang_web.publication.telling import tell_held, turn_is_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from mingtang_web.publication.models import Revision

Verdict = Step.Verdict
A_YEAR = timedelta(days=366)
ON_PUBLISHING: dict[str, Callable[[Document, Revision | None, Doing], None]] = {}
"""What else is done as a document goes out, in the same transaction, by its name.

Each takes the document, the revision that was public before, if any, and the doing.
"""
ON_WITHDRAWING: dict[str, Callable[[Document, Doing], None]] = {}
"""What else is done as a document is taken down, in the same transaction."""


class NotReviewedError(Exception):
    """What would go out is not what every stage of the review looked at."""


@transaction.atomic
def publish(document: Document, doing: Doing) -> Document:
    """Make a cleared document public, as it was reviewed.

    Raises `NotAllowedError`, `OutOfTurnError`, `NotReviewedError`, `UnscreenedError`
    and `AlteredFileError`.
    """
    present = begin(document, policy.PUBLISH, doing)
    if repeated(present, "published", doing):
        return present
    in_turn(present, doing, *READY)
    return _released(present, doing)


@transaction.atomic
def schedule(document: Document, at: datetime, doing: Doing) -> Document:
    """Set the hour at which the site publishes a cleared document by itself.

    Raises as `publish` does, and `ValidationError` for an hour that is past.
    """
    present = begin(document, policy.PUBLISH, doing)
    if repeated(present, "scheduled", doing, at.isoformat()):
        return present
    in_turn(present, doing, *READY)
    today = clock.today()
    if at <= clock.now():
        raise ValidationError({"at": _("定时发布的时间已经过去，请另选时间或者直接发布")})
    if at > clock.now() + A_YEAR:
        raise ValidationError({"at": _("定时发布最远定到一年以内，请核对年份")})
    last = present.due
    if last and present.first_published_on is None and today <= last < day_of(at):
        said = _("这一时间晚于公开期限的末日%(last)s，请改到期限以内") % {"last": last}
        raise ValidationError({"at": said})
    require_reviewed(present)
    require_screened(present.newest)
    present.state, present.publish_at = State.SCHEDULED, at
    step = stepped(present, Verdict.SCHEDULED, doing)
    return record(present, "scheduled", doing, [step], at.isoformat())


@transaction.atomic
def unschedule(document: Document, doing: Doing) -> Document:
    """Take the hour back; the document stays cleared.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    present = begin(document, policy.PUBLISH, doing)
    if repeated(present, "unscheduled", doing):
        return present
    in_turn(present, doing, State.SCHEDULED)
    present.state, present.publish_at = State.CLEARED, None
    step = stepped(present, Verdict.UNSCHEDULED, doing)
    return record(present, "unscheduled", doing, [step])


def due_now(now: datetime) -> QuerySet[Document]:
    """Return the documents whose hour has come, the earliest first."""
    rows = Document.objects.filter(state=State.SCHEDULED, publish_at__lte=now)
    return rows.order_by("publish_at", "pk")


@transaction.atomic
def publish_due(document: Document) -> bool:
    """Publish a document whose hour has come; return whether it went out.

    One that may not go out any more is held, with the reason, and its people are
    told: the site decides nothing.
    """
    present = locked(document)
    if present.state != State.SCHEDULED or not _has_come(present):
        return False
    doing = Doing(None, present.version)
    try:
        with transaction.atomic():
            _released(present, doing)
    except (NotReviewedError, UnscreenedError, AlteredFileError) as why:
        held = locked(document)
        held.state, held.publish_at = State.CLEARED, None
        step = stepped(held, Verdict.HELD, Doing(None, held.version, note=str(why)))
        record(held, "held", doing, [step])
        tell_held(held)
        return False
    return True


@transaction.atomic
def withdraw(document: Document, doing: Doing) -> Document:
    """Take a public document down, ``doing.note`` saying why; its address tells so.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.WITHDRAW, doing)
    if repeated(present, "withdrawn", doing):
        return present
    in_turn(present, doing, *(set(State) - {State.WITHDRAWN, State.DISCARDED}))
    if not present.is_out:
        raise OutOfTurnError(_("这份文件没有公开，不用撤下"))
    masking.to_keep(doing.note, "note")
    present.state, present.stage, present.plan = State.WITHDRAWN, "", ""
    present.publish_at = None
    present.withdrawn_on = clock.today()
    present.withdrawn_why = doing.note.strip()[:200]
    for does in ON_WITHDRAWING.values():
        does(present, doing)
    turn_is_over(present)
    step = stepped(present, Verdict.WITHDRAWN, doing)
    return record(present, "withdrawn", doing, [step])


def require_reviewed(document: Document) -> None:
    """Let a document pass whose present words and files went through every stage.

    The stages are those of the plan it was sent with, each passed since, in their
    order, on this very content. Raises `NotReviewedError` and `AlteredFileError`.
    """
    revision = document.newest
    if not intact(revision):
        raise NotReviewedError(_("文稿与登记的指纹不符，可能被改动过；不能发布，请查明"))
    sent = document.steps.filter(verdict=Verdict.SENT).order_by("id").last()
    steps = document.steps.filter(verdict=Verdict.PASSED, pk__gt=sent.pk if sent else 0)
    passed = [(row.stage, row.content) for row in steps.order_by("id")]
    wanted = [(stage, revision.content) for stage in document.stages]
    named = {Stage.SECRECY, Stage.LEADER} <= set(document.stages)
    if sent is None or not named or passed != wanted or sent.content != revision.content:
        raise NotReviewedError(_("现在的文稿没有逐级审核通过，不能发布；请重新送审"))


def _released(document: Document, doing: Doing) -> Document:
    require_reviewed(document)
    revision, before, today = document.newest, document.published, clock.today()
    if why := changed(revision):
        raise NotReviewedError(why)
    require_screened(revision)
    document.state, document.published = State.PUBLISHED, revision
    document.published_on, document.publish_at = today, None
    document.withdrawn_on, document.withdrawn_why = None, ""
    if document.first_published_on is None:
        document.first_published_on = today
    for does in ON_PUBLISHING.values():
        does(document, before, doing)
    step = stepped(document, Verdict.PUBLISHED, doing)
    turn_is_over(document)
    return record(document, "published", doing, [step], content=revision.content)


def day_of(moment: datetime) -> date:
    """Return the day of a moment in China."""
    return moment.astimezone(clock.CHINA).date()


def _has_come(document: Document) -> bool:
    return document.publish_at is not None and document.publish_at <= clock.now()
