"""The page of a document: as it will be read, what screening saw, what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web.cases.clocks import until
from mingtang_web.desk.documents_forms import MoveForm, ScheduleForm
from mingtang_web.desk.documents_hits import grouped
from mingtang_web.desk.documents_moves import MOVES, barred, halting, open_moves
from mingtang_web.desk.sitting import desk_of
from mingtang_web.publication import policy
from mingtang_web.publication.completeness import lacking
from mingtang_web.publication.models import READY, WRITTEN, Stage, State
from mingtang_web.publication.naming import named
from mingtang_web.publication.originals import original_of
from mingtang_web.publication.screening import may_stay, screened
from mingtang_web.publication.staffing import answerers, stuck
from mingtang_web.richtext.reading import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.policy import Standing
    from mingtang_web.desk.documents_hits import Hits
    from mingtang_web.desk.documents_moves import Move
    from mingtang_web.publication.found import Found
    from mingtang_web.publication.models import Document


_BY_THEM = lazy("没有处理完，不能送审。下一步：%(who)s修改，或者逐处说明不改的理由")
_AFTER_REVIEW = lazy(
    "审核通过以后筛查又有发现（词表有了新词，或者链接有了变化），处理完才能发布。下一步："
    "%(who)s在本页逐处说明不改的理由；个人信息、隐藏内容，和要改文字的，由他们点“修订”，重新逐级审核"
)
ANSWERING = {
    State.DRAFTING: _BY_THEM,
    State.RETURNED: _BY_THEM,
    State.IN_REVIEW: lazy(
        "审核中不能修改。要改的，由“%(stage)s”环节的审核人退回，%(who)s改好再送；确实不用改的，"
        "审核通过以后、发布以前由他们逐处说明理由"
    ),
    State.CLEARED: _AFTER_REVIEW,
    State.SCHEDULED: _AFTER_REVIEW,
    State.PUBLISHED: lazy(
        "文件已经公开，筛查按现在的词表又有发现。要改的，%(who)s点“修订”，改好以后重新逐级审核、"
        "发布；等不得的，先撤下"
    ),
}
"""Who deals with what screening found, by where a document is."""


class Offer(NamedTuple):
    """A step that this person may take now, with its form, or what it still lacks.

    ``warning`` is what taking it would lead to that nobody could mend afterwards.
    """

    name: str
    move: Move
    form: MoveForm
    lacking: tuple[str, ...] = ()
    warning: str = ""

    @property
    def is_next(self) -> bool:
        """Whether it leads on and nothing is in its way: it stands open."""
        return bool(self.move.then) and not self.lacking


def page(
    request: HttpRequest,
    document: Document,
    sent: dict[str, MoveForm | ScheduleForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a document, with a form that was sent back where something was refused."""
    desk, sent = desk_of(request), sent or {}
    held, revision = desk.held, document.current
    assert revision is not None  # noqa: S101 - every document has a revision
    hits = screened(revision)
    lacks = tuple(lacking(document, revision).values()) if document.is_written else ()
    gone = _unseen(sent, document, held)
    may_write = held.allows(policy.WRITE, document.body)
    context = {
        "document": document,
        "revision": revision,
        "term": term(document, desk.today),
        "named": named(revision, held),
        "original": original_of(revision, held),
        "html": marked(revision.html, [(h.start, h.end) for h in hits if h.part == "html"]),
        "attachments": revision.attachments.select_related("file"),
        "hits": _grouped(request, document, hits, sent),
        "offers": list(_offers(document, held, sent, _standing_in_way(lacks, hits))),
        "barred": barred(document, held),
        "stuck": stuck(document),
        "answering": _answering(document, held, hits),
        "judging": _judges(document, held),
        "schedule": sent.get("schedule") or ScheduleForm(
            version=document.version, auto_id="id_schedule_%s"
        ),
        "may_schedule": _may_schedule(document, held),
        "may_edit": document.is_written and may_write,
        "may_forward": may_write and (document.is_out or document.state == State.FILED),
        "may_waive": _may_waive(document, held),
        "steps": document.steps.select_related("by", "stead", "revision"),
        "secrecy": document.secrecyitems.select_related("by", "revision"),
        "revisions": document.revisions.select_related("by"),
        "wrong": None if gone else next(iter(sent.values()), None),
        "refused": gone,
    }  # fmt: skip
    return render(request, "desk/documents/document.html", context, status=status)


def term(document: Document, today: object) -> object:
    """Return the clock of a document that waits to go out, none where it does not."""
    over = document.first_published_on or document.state == State.DISCARDED
    if document.due is None or over or document.norm:
        return None
    return until(document.due, today)  # type: ignore[arg-type]


def _standing_in_way(lacks: tuple[str, ...], hits: list[Found]) -> tuple[str, ...]:
    """Return what keeps a document from being sent: what it lacks, what is unanswered."""
    left = sum(hit.waiver is None for hit in hits)
    told_of = (_("筛查发现 %(n)s 处没有处理") % {"n": left},) if left else ()
    return (*lacks, *told_of)


def _offers(
    document: Document,
    held: Standing,
    sent: dict[str, MoveForm | ScheduleForm],
    lacks: tuple[str, ...],
) -> Iterator[Offer]:
    for name, move in open_moves(document, held):
        form = sent.get(name)
        if not isinstance(form, MoveForm):
            form = form_of(name, move, None, document.version)
        lacking = lacks if name in {"send", "publish"} else ()
        warning = "" if lacking else halting(name, document, held)
        yield Offer(name, move, form, lacking, warning)


def form_of(name: str, move: Move, data: object = None, version: int = 0) -> MoveForm:
    """Return the form of a step."""
    return MoveForm(
        data, needs_words=bool(move.words), label=move.words or None, version=version,
        auto_id=f"id_{name}_%s",
    )  # fmt: skip


def waiver_of(fingerprint: str, data: object = None, version: int = 0) -> MoveForm:
    """Return the form in which somebody says why a hit may stay."""
    return MoveForm(
        data, needs_words=True, label=_("为什么不改"), version=version,
        auto_id=f"id_{fingerprint}_%s",
    )  # fmt: skip


def _grouped(
    request: HttpRequest,
    document: Document,
    hits: list[Found],
    sent: dict[str, MoveForm | ScheduleForm],
) -> Hits | None:
    """Return what screening found as it is shown, with a form for each hit."""
    if not hits:
        return None

    def form(hit: Found) -> object:
        fresh = sent.get(hit.fingerprint)
        if fresh or not may_stay(document, hit):
            return fresh
        return waiver_of(hit.fingerprint, version=document.version)

    refused = next((name for name in sent if name not in MOVES), "")
    return grouped(document.newest, hits, request, form, refused)


def _may_waive(document: Document, held: Standing) -> bool:
    there = document.state in WRITTEN | READY
    return there and held.allows(policy.WAIVE, document.body)


def _answering(document: Document, held: Standing, hits: list[Found]) -> str:
    """Return who deals with what screening found and nobody answered for, and how."""
    if all(hit.waiver for hit in hits):
        return ""
    if document.state in WRITTEN and _may_waive(document, held):
        return ""
    said = ANSWERING.get(State(document.state))
    stage = document.get_stage_display()
    return str(said) % {"who": answerers(document), "stage": stage} if said else ""


def _unseen(
    sent: dict[str, MoveForm | ScheduleForm], document: Document, held: Standing
) -> list[str]:
    """Return why something was refused whose form is not on the page any more."""
    shown = {name for name, _move in open_moves(document, held)} | {"schedule"}
    return [
        str(error)
        for name, form in sent.items()
        if name in MOVES and name not in shown
        for errors in form.errors.values()
        for error in errors
    ]


def _may_schedule(document: Document, held: Standing) -> bool:
    return document.state in READY and held.allows(policy.PUBLISH, document.body)


def _judges(document: Document, held: Standing) -> bool:
    """Return whether the secrecy review is this person's to make now."""
    if document.state != State.IN_REVIEW or document.stage != Stage.SECRECY:
        return False
    may = held.allows(policy.REVIEWING[Stage.SECRECY], document.body)
    return may and barred(document, held) is None
