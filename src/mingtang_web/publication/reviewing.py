"""The review of a document: sent, passed on stage by stage, returned with a reason.

No stage can be left out: a document moves one stage at a time along the plan it was sent
with, and each stage passes the very revision that was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.publication import policy
from mingtang_web.publication.chains import stages_of, why_not, writers
from mingtang_web.publication.completeness import require_complete
from mingtang_web.publication.models import (
    WRITTEN,
    Attribute,
    SecrecyItem,
    Stage,
    State,
    Step,
)
from mingtang_web.publication.recording import (
    OutOfTurnError,
    begin,
    in_turn,
    made,
    record,
    repeated,
    stead,
    stepped,
)
from mingtang_web.publication.screening import require_screened, waived_ones
from mingtang_web.publication.telling import (
    tell_publishers,
    tell_reviewers,
    tell_writers,
    turn_is_over,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document, Part, Revision

Verdict = Step.Verdict
Conclusion = SecrecyItem.Conclusion
TEXT = "text"
"""How the text itself is called among the things of a secrecy review."""


class Judged(NamedTuple):
    """What the secrecy review says of one thing, and what that rests on."""

    conclusion: str
    basis: str


@transaction.atomic
def send(document: Document, doing: Doing) -> Document:
    """Send a document to review: whole, screened, by the stages its body now has.

    Raises `NotAllowedError`, `OutOfTurnError`, `IncompleteError` and `UnscreenedError`.
    """
    present = begin(document, policy.WRITE, doing)
    if repeated(present, "sent", doing):
        return present
    in_turn(present, doing, *WRITTEN)
    revision = present.newest
    if present.published_id == revision.pk:
        raise OutOfTurnError(_("还没有改动，没有可送审的新版本"))
    require_complete(present, revision)
    require_screened(revision)
    stages = stages_of(present.body)
    present.plan, present.position = ",".join(stages), 0
    present.state, present.stage = State.IN_REVIEW, stages[0]
    step = stepped(present, Verdict.SENT, doing)
    record(present, "sent", doing, [step], plan=present.plan)
    tell_reviewers(present)
    return present


@transaction.atomic
def pass_on(document: Document, doing: Doing) -> Document:
    """Pass a document on from the stage where it is; ``doing.note`` may say something.

    Secrecy review is passed by `clear_secrecy` alone. Raises `NotAllowedError`,
    `OutOfTurnError` and `ValidationError`.
    """
    present = _reviewed(document, doing)
    if repeated(present, "passed", doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    if present.stage == Stage.SECRECY:
        raise OutOfTurnError(_("保密审查须逐项写明结论和依据"))
    masking.no_personal_data(doing.note)
    return _passed(present, doing, [])


@transaction.atomic
def clear_secrecy(
    document: Document,
    judged: Mapping[str, Judged],
    doing: Doing,
    looked_at: Collection[str] = (),
) -> Document:
    """Pass the secrecy review: each thing may be made public, and why.

    ``judged`` has the text and every attachment, by `items_of`. Where one of them may
    not go out as it is the document has to be returned instead; one that is not to be
    made public at all passes with the conclusions that keep it back. ``looked_at`` are
    the fingerprints of what screening stopped at and a writer gave a reason for: nobody
    decides alone that such a thing goes out. Raises `NotAllowedError`, `OutOfTurnError`
    and `ValidationError`, which names the items.
    """
    present = _reviewed(document, doing)
    asked: Plain = [{i: list(each) for i, each in judged.items()}, sorted(looked_at)]
    if repeated(present, "passed", doing, asked):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    if present.stage != Stage.SECRECY:
        raise OutOfTurnError(_("文件不在保密审查环节"))
    masking.no_personal_data(doing.note)
    _judge(present, judged)
    left = {each.fingerprint for each in waived_ones(present.newest)} - set(looked_at)
    if left:
        why = _("筛查发现、说明理由不改的还有 %(n)s 处没有看过；请逐处看过，再通过")
        raise ValidationError({"looked_at": why % {"n": len(left)}})
    rows: list[Part] = [
        made(present, SecrecyItem(item=item, conclusion=each.conclusion,
                                  basis=each.basis.strip()), doing)
        for item, each in judged.items()
    ]  # fmt: skip
    return _passed(present, doing, rows, asked)


@transaction.atomic
def send_back(document: Document, doing: Doing) -> Document:
    """Return a document to be mended, ``doing.note`` saying why.

    Whoever may review at its stage may, whatever they did before: a way back where
    nobody else is left. Raises `NotAllowedError`, `OutOfTurnError`, `ValidationError`.
    """
    present = _reviewed(document, doing)
    if repeated(present, "returned", doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    masking.to_keep(doing.note, "note")
    step = stepped(present, Verdict.RETURNED, doing, present.stage)
    _ended(present, State.RETURNED)
    record(present, "returned", doing, [step])
    tell_writers(present)
    return present


@transaction.atomic
def take_back(document: Document, doing: Doing) -> Document:
    """Take a document back that nobody has reviewed since it was sent, ``note`` why.

    Once a stage is passed the review is the reviewers' to end: they return it. Raises
    `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.WRITE, doing)
    if repeated(present, "taken_back", doing):
        return present
    in_turn(present, doing, State.IN_REVIEW)
    if present.position:
        raise OutOfTurnError(
            _("这一轮已有人审核通过，不能撤回；要改的，请当前环节的审核人退回修改")
        )
    masking.to_keep(doing.note, "note")
    step = stepped(present, Verdict.TAKEN_BACK, doing)
    _ended(present, State.DRAFTING)
    record(present, "taken_back", doing, [step])
    turn_is_over(present, withdrawn=True)
    return present


def items_of(revision: Revision) -> dict[str, str]:
    """Return the things a secrecy review judges, each by what it is called."""
    found = {TEXT: _("正文和公开的要素")}
    for row in revision.attachments.all():
        found[str(row.position)] = _("附件：%(name)s") % {"name": row.name}
    return found


def reviewing_act(document: Document) -> Act:
    """Return the act of the stage where a document is."""
    return policy.REVIEWING[Stage(document.stage or Stage.SECTION)]


def _reviewed(document: Document, doing: Doing) -> Document:
    """Return a document, locked, for whoever may review it at the stage where it is."""
    present = begin(document, reviewing_act(document), doing)
    if present.stage != document.stage:
        require(doing.person, reviewing_act(present), present.body, clock.today())
    return present


def _passed(
    document: Document, doing: Doing, rows: list[Part], asked: Plain = None
) -> Document:
    """Move a document one stage on, once somebody else than its writers did it."""
    why = why_not(document, doing.person.pk)
    lender = stead(document, reviewing_act(document), doing)
    if why is None and lender is not None and lender in writers(document):
        why = _("您受托代行的那位起草或者修改过这份文件，不能代其审核；请由另一人办理")
    if why:
        raise OutOfTurnError(why)
    revision = document.newest
    sent = document.steps.filter(verdict=Verdict.SENT).order_by("id").last()
    if sent is None or sent.content != revision.content:
        raise OutOfTurnError(_("现在的文稿与送审的不同，请退回后重新送审"))
    step = stepped(document, Verdict.PASSED, doing, document.stage)
    stages = document.stages
    document.position += 1
    more = document.position < len(stages)
    document.stage = stages[document.position] if more else ""
    if not more:
        rows += _cleared(document, doing)
    record(document, "passed", doing, [step, *rows], asked)
    if more:
        tell_reviewers(document)
    elif document.state == State.CLEARED:
        tell_publishers(document)
    return document


def _ended(document: Document, state: State) -> None:
    """Let a round of the review be over before its end."""
    document.state, document.stage = state, ""
    document.plan, document.position = "", 0


def _cleared(document: Document, doing: Doing) -> list[Part]:
    """Every stage is through: it may go out, or is filed where it is not to."""
    if document.attribute == Attribute.PROACTIVE:
        document.state = State.CLEARED
        return []
    document.state = State.FILED
    return [stepped(document, Verdict.FILED, doing)]


def _judge(document: Document, judged: Mapping[str, Judged]) -> None:
    items = items_of(document.newest)
    wrong: dict[str, str] = {}
    for item in items:
        each = judged.get(item)
        if each is None or each.conclusion not in Conclusion.values:
            wrong[item] = _("请逐项作出审查结论")
        elif not each.basis.strip():
            wrong[item] = _("请写明结论的依据")
        elif (
            each.conclusion != Conclusion.PUBLIC
            and document.attribute == Attribute.PROACTIVE
        ):
            wrong[item] = _("这一项不能照原样公开，请退回修改，并写明要删去什么")
        else:
            masking.no_personal_data(each.basis)
    unknown = [item for item in judged if item not in items]
    if unknown:
        wrong[unknown[0]] = _("没有这一项，请看过最新的附件再审查")
    if wrong:
        raise ValidationError(dict(wrong))
