"""The review of a report: sent, passed on, returned; signed and frozen; published.

Whoever put anything into a report neither reviews nor signs it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.compiling import CompileError
from mingtang.writing import write
from mingtang_web import clock, masking
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import draft, frozen
from mingtang_web.annual.models import (
    WRITTEN,
    Annual,
    Output,
    Stage,
    State,
    Step,
    Wording,
)
from mingtang_web.annual.recording import (
    OutOfTurnError,
    begin,
    came_before,
    in_turn,
    made,
    record,
)
from mingtang_web.annual.storing import said_of
from mingtang_web.counts.actions import close
from mingtang_web.files.actions import keep
from mingtang_web.files.examining import Examined
from mingtang_web.ledger.actions import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang_web.annual.compiling import Draft
    from mingtang_web.annual.models import Part
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.actions import Doing
    from mingtang_web.files.models import StoredFile
    from mingtang_web.ledger.canonical import Plain

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
"""What a report is published in."""
NEXT = {Stage.SECTION: Stage.OFFICE, Stage.OFFICE: Stage.LEADER}
Verdict = Step.Verdict
ON_PUBLISHING: dict[str, Callable[[Annual, Doing], None]] = {}
"""What apps above do with a report as it is published, in the same transaction."""
ON_WITHDRAWING: dict[str, Callable[[Annual, Doing], None]] = {}
"""What apps above do with a report as it is withdrawn, in the same transaction."""


class NotReadyError(ValueError):
    """A report that cannot be signed yet; says everything that is lacking."""


@transaction.atomic
def send(annual: Annual, doing: Doing) -> Annual:
    """Send a report to review. Raises `NotAllowedError` and `OutOfTurnError`."""
    present = begin(annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    present.state, present.stage = State.IN_REVIEW, Stage.SECTION
    return _step(present, _Done(Verdict.SENT), doing)


@transaction.atomic
def pass_on(annual: Annual, doing: Doing) -> Annual:
    """Pass a report on to the next stage; ``doing.note`` may say something about it.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = _reviewed(annual, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    if present.stage not in NEXT:
        raise OutOfTurnError(_("已到最后一个审核环节，请签发或者退回"))
    masking.no_personal_data(doing.note)
    stage = present.stage
    present.stage = NEXT[Stage(stage)]
    return _step(present, _Done(Verdict.PASSED, stage), doing)


@transaction.atomic
def send_back(annual: Annual, doing: Doing) -> Annual:
    """Return a report to be mended, ``doing.note`` saying why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
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
    _not_the_writer(present, doing)
    hold(present.body)
    today = clock.today()
    found = ready(present)
    file = _stored(present.body, write(found.report, "json"), "json", doing)
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
    report = frozen(present)
    outputs = [
        Output(format=each, file=_stored(present.body, write(report, each), each, doing))
        for each in FORMATS
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
        created_at=clock.now(),
        state=State.DRAFTING,
    )
    made_anew.save(force_insert=True)
    rows = [_copied(row, made_anew) for row in _taken_over(present)]
    rows.append(made(made_anew, Step(verdict=Verdict.BEGUN, reason=doing.note), doing))
    return record(made_anew, "correcting", doing, rows, corrects=present.pk)


def ready(annual: Annual) -> Draft:
    """Return a report that may be signed today; raises `NotReadyError`."""
    try:
        found = draft(annual, clock.today())
    except CompileError as problem:
        raise NotReadyError(str(problem)) from problem
    lacking = list(_lacking(annual, found))
    if lacking:
        raise NotReadyError("；".join(lacking))
    return found


def writers(annual: Annual) -> set[int]:
    """Return the ids of everybody who put figures or words into a report."""
    found: set[int] = set()
    for rows in (annual.figures, annual.adjustments, annual.wordings, annual.earliers):
        found |= set(rows.values_list("by", flat=True))
    sent = annual.steps.filter(verdict=Verdict.SENT)
    return found | set(sent.values_list("by", flat=True))


def _lacking(annual: Annual, found: Draft) -> Iterator[str]:
    if clock.today().year <= annual.year:
        yield _("%(year)s年还没有过完，数字还会变动") % {"year": annual.year}
    if found.gaps:
        yield _("文字中还有%(n)s处待填") % {"n": len(found.gaps)}
    if found.blocking:
        first = found.blocking[0]
        known = {"n": len(found.blocking), "code": first.rule.code, "said": first.message}
        yield (_("还有%(n)s条违规或者矛盾没有改正或说明，如%(code)s：%(said)s") % known)
    if any(row.waits for row in annual.adjustments.all()):
        yield _("还有人工调整没有签字")


def _reviewed(annual: Annual, doing: Doing) -> Annual:
    """Return a report, locked, for whoever may review it now and wrote none of it."""
    act = policy.REVIEWING[Stage(annual.stage or Stage.SECTION)]
    present = begin(annual, act, doing)
    if present.stage == annual.stage:
        _not_the_writer(present, doing)
    return present


def _not_the_writer(annual: Annual, doing: Doing) -> None:
    if doing.person.pk in writers(annual):
        raise OutOfTurnError(
            _("您参与了这份报告的编制，不能自己审核或者签发；请由另一人办理")
        )


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
