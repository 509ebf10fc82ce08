"""The review of a report: sent, passed on, returned; signed and frozen; published.

Whoever put anything into a report neither reviews nor signs it, and nobody does two
things in one round: `mingtang_web.annual.stages` says who may.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.writing import write
from mingtang_web import clock, masking
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import (
    WRITTEN,
    Annual,
    Output,
    Stage,
    State,
    Step,
    Wording,
)
from mingtang_web.annual.readiness import fit_to_send, fit_to_sign
from mingtang_web.annual.recording import (
    OutOfTurnError,
    begin,
    came_before,
    in_turn,
    made,
    record,
)
from mingtang_web.annual.remarks import snapshot
from mingtang_web.annual.stages import NEXT, first_stage, why_not
from mingtang_web.annual.telling import tell_reviewers
from mingtang_web.bodies.queries import require
from mingtang_web.counts.actions import close
from mingtang_web.files.actions import content, keep, said_of
from mingtang_web.files.examining import Examined
from mingtang_web.ledger.actions import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang_web.annual.models import Part
    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.cases.actions import Doing
    from mingtang_web.files.models import StoredFile
    from mingtang_web.ledger.canonical import Plain

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
"""What a report is published in."""
Verdict = Step.Verdict
ON_PUBLISHING: dict[str, Callable[[Annual, Doing], None]] = {}
"""What apps above do with a report as it is published, in the same transaction."""
ON_WITHDRAWING: dict[str, Callable[[Annual, Doing], None]] = {}
"""What apps above do with a report as it is withdrawn, in the same transaction."""


@transaction.atomic
def send(annual: Annual, doing: Doing) -> Annual:
    """Send a report to review, which mends nothing: it must lack nothing any more.

    Raises `NotAllowedError`, `OutOfTurnError` and `NotReadyError`.
    """
    present = begin(annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    fit_to_send(present)
    present.state, present.stage = State.IN_REVIEW, first_stage(present.body)
    _step(present, _Done(Verdict.SENT), doing)
    tell_reviewers(present)
    return present


@transaction.atomic
def pass_on(annual: Annual, doing: Doing) -> Annual:
    """Pass a report on to the next stage; ``doing.note`` may say something about it.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = _reviewed(annual, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    _somebody_else(present, doing)
    if present.stage not in NEXT:
        raise OutOfTurnError(_("已到最后一个审核环节，请签发或者退回"))
    masking.no_personal_data(doing.note)
    stage = present.stage
    present.stage = NEXT[Stage(stage)]
    _step(present, _Done(Verdict.PASSED, stage), doing)
    tell_reviewers(present)
    return present


@transaction.atomic
def send_back(annual: Annual, doing: Doing) -> Annual:
    """Return a report to be mended, ``doing.note`` saying why.

    Whoever may review at this stage may, whatever they did before: it is a way back
    where nobody else is left. Raises `NotAllowedError`, `OutOfTurnError` and
    `ValidationError`.
    """
    present = _reviewed(annual, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    masking.to_keep(doing.note, "note")
    stage = present.stage
    present.state, present.stage = State.RETURNED, ""
    return _step(present, _Done(Verdict.RETURNED, stage), doing)


@transaction.atomic
def sign(annual: Annual, doing: Doing) -> Annual:
    """Sign a report: compiled once more, found clean, frozen; its year's columns settle.

    Raises `NotAllowedError`, `OutOfTurnError`, and `NotReadyError` where anything is
    lacking.
    """
    present = begin(annual, policy.SIGN, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    if present.stage != Stage.LEADER:
        raise OutOfTurnError(_("年度报告还没有通过前面的审核环节，不能签发"))
    _somebody_else(present, doing)
    hold(present.body)
    today = clock.today()
    data = snapshot(present, fit_to_sign(present))
    file = _stored(present.body, data, "json", doing)
    present.state, present.stage, present.snapshot = State.SIGNED, "", file
    present.signed_by, present.signed_on = doing.person, today
    close(present.body, present.year, today)
    return _step(present, _Done(Verdict.SIGNED, Stage.LEADER, file), doing)


@transaction.atomic
def publish(annual: Annual, doing: Doing) -> Annual:
    """Publish a signed report: its files are made of what was signed, and kept.

    Raises `NotAllowedError`, `OutOfTurnError`, `AlteredFileError`, `UnwritableError`.
    """
    present = begin(annual, policy.PUBLISH, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.SIGNED)
    outputs = [
        Output(format=each, file=_stored(present.body, data, each, doing))
        for each, data in _files(present)
    ]
    rows = [made(present, each, doing) for each in outputs]
    present.state, present.published_on = State.PUBLISHED, clock.today()
    rows.append(made(present, Step(verdict=Verdict.PUBLISHED), doing))
    for does in ON_PUBLISHING.values():
        does(present, replace(doing, key=None))
    files = [said_of(each.file) for each in outputs]
    return record(present, "published", doing, rows, files=files)


@transaction.atomic
def withdraw(annual: Annual, doing: Doing) -> Annual:
    """Withdraw a signed or published report, ``doing.note`` saying why; it stays.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(annual, policy.CORRECT, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.SIGNED, State.PUBLISHED)
    masking.to_keep(doing.note, "note")
    present.state = State.WITHDRAWN
    for does in ON_WITHDRAWING.values():
        does(present, replace(doing, key=None))
    return _step(present, _Done(Verdict.WITHDRAWN), doing)


@transaction.atomic
def discard(annual: Annual, doing: Doing) -> Annual:
    """Drop a draft that was never sent to review (放弃草稿), ``doing.note`` saying why.

    It stays on record; its year and number of issue are free again, and what it was to
    correct may be corrected by another. Raises `NotAllowedError`, `OutOfTurnError` and
    `ValidationError`.
    """
    present = begin(annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.DRAFTING)
    masking.to_keep(doing.note, "note")
    present.state, present.corrects = State.DISCARDED, None
    return _step(present, _Done(Verdict.DISCARDED), doing)


@transaction.atomic
def correct(annual: Annual, doing: Doing) -> Annual:
    """Begin another issue that corrects a published or withdrawn report, and return it.

    It begins with the figures, signed adjustments and words of the first, which stays
    as it is; ``doing.note`` says why. Raises `NotAllowedError`, `OutOfTurnError` and
    `ValidationError`.
    """
    present = begin(annual, policy.CORRECT, doing)
    later = Annual.objects.filter(corrects=present).first()
    if later and came_before(present, doing):
        return later
    in_turn(present, doing, State.PUBLISHED, State.WITHDRAWN)
    if later:
        raise OutOfTurnError(_("这份报告已有更正的版本"))
    masking.to_keep(doing.note, "note")
    hold(present.body)
    made_anew = Annual(
        body=present.body,
        year=present.year,
        issue=present.issue + 1,
        corrects=present,
        why=doing.note.strip()[:200],
        cases_kept=present.cases_kept,
        disputes_kept=present.disputes_kept,
        documents_kept=present.documents_kept,
        created_at=clock.now(),
        state=State.DRAFTING,
    )
    made_anew.save(force_insert=True)
    rows = [_copied(row, made_anew) for row in _taken_over(present)]
    rows.append(made(made_anew, Step(verdict=Verdict.BEGUN, reason=doing.note), doing))
    return record(made_anew, "correcting", doing, rows, corrects=present.pk)


def _reviewed(annual: Annual, doing: Doing) -> Annual:
    """Return a report, locked, for whoever may review it at the stage where it is."""
    present = begin(annual, _act(annual), doing)
    if present.stage != annual.stage:
        require(doing.person, _act(present), present.body, clock.today())
    return present


def _act(annual: Annual) -> Act:
    return policy.REVIEWING[Stage(annual.stage or Stage.SECTION)]


def _somebody_else(annual: Annual, doing: Doing) -> None:
    why = why_not(annual, doing.person.pk)
    if why:
        raise OutOfTurnError(why)


def _files(annual: Annual) -> Iterator[tuple[str, bytes]]:
    """Yield the published files: the JSON is what was signed, byte by byte."""
    assert annual.snapshot is not None  # noqa: S101 - asked of a signed report
    report = frozen(annual)
    for each in FORMATS:
        yield each, content(annual.snapshot) if each == "json" else write(report, each)


class _Done(NamedTuple):
    """A step as it was done: its verdict, at which stage, and the file it made."""

    verdict: str
    stage: str = ""
    file: StoredFile | None = None


def _step(annual: Annual, done: _Done, doing: Doing) -> Annual:
    row = Step(verdict=done.verdict, stage=done.stage, reason=doing.note.strip()[:500])
    made(annual, row, doing)
    more: dict[str, Plain] = {"files": [said_of(done.file)]} if done.file else {}
    return record(annual, done.verdict, doing, [row], **more)


def _stored(body: Body, data: bytes, kind: str, doing: Doing) -> StoredFile:
    return keep(Examined(data, kind), body, doing.actor)


def _taken_over(annual: Annual) -> Iterator[Part]:
    """Yield what another issue begins with: what counts, in its order."""
    yield from {row.cell: row for row in annual.figures.order_by("id")}.values()
    yield from (row for row in annual.adjustments.all() if row.counts)
    yield from annual.earliers.order_by("-id")[:1]
    yield from {row.section: row for row in annual.wordings.order_by("number")}.values()


def _copied(row: Part, annual: Annual) -> Part:
    """Return a copy of a row in another report, by whom and when it was made."""
    row.pk, row.annual, row._state.adding = None, annual, True
    if isinstance(row, Wording):
        row.number = 1
    row.save(force_insert=True)
    return row
