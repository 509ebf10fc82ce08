"""The screens of documents: list, page, steps of the review, versions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bringing import policy as bringing
from mingtang_web.cases.clocks import until
from mingtang_web.desk.documents_forms import MoveForm, ScheduleForm, SecrecyForm
from mingtang_web.desk.documents_moves import MOVES, barred, open_moves
from mingtang_web.desk.paging import page_by_ids
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for, told, tried
from mingtang_web.files.actions import content
from mingtang_web.files.downloads import handed_out
from mingtang_web.publication import policy, queries, releasing, reviewing
from mingtang_web.publication.completeness import lacking
from mingtang_web.publication.models import (
    READY,
    WRITTEN,
    Attachment,
    Attribute,
    Column,
    Document,
    Stage,
    State,
)
from mingtang_web.publication.naming import named
from mingtang_web.publication.screening import screened, waive
from mingtang_web.richtext.comparing import compared
from mingtang_web.richtext.reading import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.policy import Standing
    from mingtang_web.desk.documents_moves import Move
    from mingtang_web.publication.found import Found

A_QUERY = 60


class Offer(NamedTuple):
    """A step that this person may take now, with its form, or what it still lacks."""

    name: str
    move: Move
    form: MoveForm
    lacking: tuple[str, ...] = ()

    @property
    def is_next(self) -> bool:
        """Whether it leads on and nothing is in its way: it stands open."""
        return bool(self.move.then) and not self.lacking


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the documents that are seen, filtered by words in the address."""
    desk = desk_of(request)
    turns = queries.turns(desk.held)
    stand, sought = (
        request.GET.get("stand", ""),
        typed.sought(request.GET.get("q", ""), A_QUERY),
    )
    rows = _standing(queries.visible(desk.held), stand, desk.user.pk, desk.today)
    if stand == "turn":
        rows = rows.filter(pk__in=[each.pk for each in turns])
    rows = queries.saying(rows, sought)
    column = request.GET.get("column", "")
    if column in Column.values:
        rows = queries.of_column(rows, column)
    page = page_by_ids(request, rows, queries.of_ids)
    context = {
        "page": page,
        "lines": [(row, _term(row, desk.today)) for row in page],
        "turns": turns,
        "publishing": queries.to_publish(desk.held).count(),
        "stand": stand,
        "sought": sought,
        "column": column,
        "columns": Column.choices,
        "may_begin": bool(bodies_for(policy.WRITE, desk.held)),
        "may_bring": desk.may_somewhere(bringing.SEE),
    }
    return render(request, "desk/documents/list.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a document as it will be read, what screening saw, and what may be done."""
    return page(request, found(request, number))


@require_POST
@login_required
def moved(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take a step of the review, or of what follows it."""
    document, actor = found(request, number), signed_in(request)
    if name not in MOVES:
        raise Http404
    move = MOVES[name]
    form = _form(name, move, request.POST)

    def act() -> HttpResponse:
        done = move.does(document, form.doing(actor, form.cleaned_data["note"]))
        return told(request, str(move.done), "document", done.pk)

    return tried(form, act) or page(request, document, {name: form}, 422)


@require_POST
@login_required
def scheduled(request: HttpRequest, number: int) -> HttpResponse:
    """Set the hour at which a cleared document goes out."""
    document, actor = found(request, number), signed_in(request)
    form = ScheduleForm(request.POST, auto_id="id_schedule_%s")

    def act() -> HttpResponse:
        at = form.cleaned_data["at"]
        done = releasing.schedule(document, at, form.doing(actor))
        return told(request, _("已定时，到时由系统发布"), "document", done.pk)

    return tried(form, act) or page(request, document, {"schedule": form}, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def secrecy(request: HttpRequest, number: int) -> HttpResponse:
    """Judge every thing of a document: may it be made public, and on what basis."""
    document, actor = found(request, number), signed_in(request)
    held = desk_of(request).held
    if document.stage != Stage.SECRECY or document.current is None:
        raise Http404
    if not held.allows(policy.REVIEWING[Stage.SECRECY], document.body):
        raise Http404
    items = reviewing.items_of(document.current)
    form = SecrecyForm(request.POST or None, items=items, version=document.version)

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        reviewing.clear_secrecy(document, form.judged(), doing)
        return told(request, _("保密审查已通过，转下一环节"), "document", document.pk)

    context = {
        "document": document, "form": form, "barred": barred(document, held),
        "revision": document.current, "named": named(document.current),
        "attachments": document.current.attachments.select_related("file"),
    }  # fmt: skip
    done = tried(form, act) if request.method == "POST" else None
    return done or render(request, "desk/documents/secrecy.html", context)


@require_POST
@login_required
def waived(request: HttpRequest, number: int, fingerprint: str) -> HttpResponse:
    """Say why something that screening stopped at may stay."""
    document, actor = found(request, number), signed_in(request)
    form = _waiver(fingerprint, data=request.POST)

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        waive(document, fingerprint, doing)
        return told(request, _("理由已登记，随文件留存"), "document", document.pk)

    return tried(form, act) or page(request, document, {fingerprint: form}, 422)


@require_safe
@login_required
def beside(request: HttpRequest, number: int, old: int, new: int) -> HttpResponse:
    """Show what two versions of a document differ in."""
    document = found(request, number)
    one = get_object_or_404(document.revisions, number=old)
    other = get_object_or_404(document.revisions, number=new)
    context = {
        "document": document,
        "old": one,
        "new": other,
        "named": _changed(named(one), named(other)),
        "html": compared(one.html, other.html),
        "files": (list(one.attachments.all()), list(other.attachments.all())),
        "revisions": document.revisions.select_related("by"),
    }
    return render(request, "desk/documents/beside.html", context)


@require_safe
@login_required
def given(request: HttpRequest, number: int, revision: int, position: int) -> HttpResponse:
    """Give out an attachment of a version, for whoever reviews it."""
    document = found(request, number)
    rows = Attachment.objects.filter(revision__document=document).select_related("file")
    row = get_object_or_404(rows, revision__number=revision, position=position)
    name = f"{row.name}.{row.file.kind}"
    return handed_out(content(row.file), "application/octet-stream", name)


def found(request: HttpRequest, number: int) -> Document:
    """Return a document that is seen; raises `Http404`."""
    rows = queries.visible(desk_of(request).held)
    return get_object_or_404(rows.select_related("body", "current", "published"), pk=number)


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
    may_write = held.allows(policy.WRITE, document.body)
    context = {
        "document": document,
        "revision": revision,
        "term": _term(document, desk.today),
        "named": named(revision),
        "html": marked(revision.html, [(h.start, h.end) for h in hits if h.part == "html"]),
        "attachments": revision.attachments.select_related("file"),
        "hits": [(hit, _hit_form(document, hit, sent)) for hit in hits],
        "offers": list(_offers(document, held, sent, _standing_in_way(lacks, hits))),
        "barred": barred(document, held),
        "judging": _judges(document, held),
        "schedule": sent.get("schedule") or ScheduleForm(
            version=document.version, auto_id="id_schedule_%s"
        ),
        "may_schedule": _may_schedule(document, held),
        "may_edit": document.is_written and may_write,
        "may_waive": _may_waive(document, held),
        "steps": document.steps.select_related("by", "stead", "revision"),
        "secrecy": document.secrecyitems.select_related("by", "revision"),
        "revisions": document.revisions.select_related("by"),
        "sent": bool(sent),
        "refused": _unseen(sent, document, held),
    }  # fmt: skip
    return render(request, "desk/documents/document.html", context, status=status)


def _standing(
    rows: QuerySet[Document], stand: str, user_id: int | None, today: object
) -> QuerySet[Document]:
    if stand == "mine":
        return queries.written_by(rows, user_id)
    wanted = {
        "draft": Q(state__in=WRITTEN),
        "review": Q(state=State.IN_REVIEW),
        "ready": Q(state__in=READY),
        "public": Q(published__isnull=False, withdrawn_on__isnull=True),
        "late": Q(
            due__lt=today,
            first_published_on__isnull=True,
            attribute=Attribute.PROACTIVE,
            norm="",  # the stock was made public before the system, here or elsewhere
        )
        & ~Q(state=State.DISCARDED),
        "down": Q(state=State.WITHDRAWN),
    }.get(stand)  # fmt: skip
    if wanted is None:
        return rows.exclude(state=State.DISCARDED)
    return rows.filter(wanted)


def _term(document: Document, today: object) -> object:
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
            form = _form(name, move, None, document.version)
        yield Offer(name, move, form, lacks if name in {"send", "publish"} else ())


def _form(name: str, move: Move, data: object = None, version: int = 0) -> MoveForm:
    return MoveForm(
        data, needs_words=bool(move.words), label=move.words or None, version=version,
        auto_id=f"id_{name}_%s",
    )  # fmt: skip


def _waiver(fingerprint: str, data: object = None, version: int = 0) -> MoveForm:
    return MoveForm(
        data, needs_words=True, label=_("为什么不改"), version=version,
        auto_id=f"id_{fingerprint}_%s",
    )  # fmt: skip


def _hit_form(
    document: Document, hit: Found, sent: dict[str, MoveForm | ScheduleForm]
) -> object:
    return sent.get(hit.fingerprint) or _waiver(hit.fingerprint, version=document.version)


def _may_waive(document: Document, held: Standing) -> bool:
    there = document.state in WRITTEN | READY
    return there and held.allows(policy.WAIVE, document.body)


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


def _changed(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return what of the metadata is another in two versions."""
    was = dict(old)
    return [(name, was[name], now) for name, now in new if was[name] != now]


HERE = "documents/<int:number>/"
urlpatterns = [
    path("documents/", listed, name="documents"),
    path(HERE, shown, name="document"),
    path(f"{HERE}do/<slug:name>/", moved, name="document_do"),
    path(f"{HERE}schedule/", scheduled, name="document_schedule"),
    path(f"{HERE}secrecy/", secrecy, name="document_secrecy"),
    path(f"{HERE}waive/<slug:fingerprint>/", waived, name="document_waive"),
    path(f"{HERE}compare/<int:old>/<int:new>/", beside, name="document_compare"),
    path(f"{HERE}files/<int:revision>/<int:position>/", given, name="document_file"),
]
