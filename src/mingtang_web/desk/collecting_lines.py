"""The screens of one body in a season: handed in, read, returned, accepted; its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang.finding import Weight
from mingtang.writing.sheet import SIGNS
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual.naming import label_in
from mingtang_web.bench.wording import under_way
from mingtang_web.collecting import (
    arriving,
    deciding,
    handing,
    opening,
    policy,
    queries,
    receiving,
)
from mingtang_web.collecting.behind import behind
from mingtang_web.collecting.models import LEFT, Delivery, Member, State, Step
from mingtang_web.collecting.reading import (
    confirmed,
    may_be_confirmed,
    progress,
    settled,
    trouble_of,
)
from mingtang_web.collecting.reports import blocking, may_sum
from mingtang_web.collecting.status import desk_of as desks_report
from mingtang_web.collecting.status import line_of
from mingtang_web.desk.collecting_forms import (
    AskForm,
    BehalfForm,
    HandForm,
    MoveForm,
    PublishedForm,
    SumsForm,
)
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.files.actions import content
from mingtang_web.files.downloads import TYPES, handed_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.forms import Form
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.cases.actions import Doing


class Move(NamedTuple):
    """A step that may be offered: whose it is, in which states, and what does it."""

    label: _StrPromise
    done: _StrPromise
    act: Act
    states: frozenset[str]
    does: Callable[[Delivery, Doing], Member]
    needs_words: bool = False


MOVES = {
    "accept": Move(
        lazy("接受"), lazy("已接受，计入合计"), policy.DECIDE,
        frozenset({State.READ}), deciding.accept,
    ),
    "return": Move(
        lazy("退回修改"), lazy("已退回，并通知了报送的机关"), policy.DECIDE,
        frozenset({State.READ}), deciding.give_back, needs_words=True,
    ),
    "take_back": Move(
        lazy("撤销接受"), lazy("已撤销接受，不再计入合计"), policy.DECIDE,
        frozenset({State.ACCEPTED}), deciding.take_back, needs_words=True,
    ),
    "confirm": Move(
        lazy("核对无误，仍然报送"), lazy("已报送"), policy.HAND,
        frozenset({State.HELD}), handing.confirm, needs_words=True,
    ),
    "withdraw": Move(
        lazy("撤回报送"), lazy("已撤回；文件和记录保留"), policy.HAND,
        frozenset({State.HELD, State.READ, State.UNREADABLE}), handing.withdraw,
        needs_words=True,
    ),
    "vouch": Move(
        lazy("核实补录的收到日期"), lazy("已核实，按收到日期计"), policy.VOUCH,
        frozenset(), receiving.vouch, needs_words=True,
    ),
    "deny": Move(
        lazy("收到日期不实"), lazy("已记下，按录入的日期计"), policy.VOUCH,
        frozenset(), receiving.deny, needs_words=True,
    ),
    "again": Move(
        lazy("再读一次"), lazy("正在重新读"), policy.HAND,
        frozenset({State.UNREADABLE}), handing.read_again,
    ),
}  # fmt: skip
"""Every step of one version; the office may do the body's steps for it too."""


class Offer(NamedTuple):
    """A step that this person may take now of a version, with its form."""

    delivery: Delivery
    name: str
    move: Move
    form: MoveForm


class Noted(NamedTuple):
    """A finding as the page lists it."""

    code: str
    weight: str
    label: str
    sign: str
    message: str
    remedy: str


class Version(NamedTuple):
    """A version in the list of all: what of it can be taken."""

    delivery: Delivery
    made: frozenset[str]


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show how one body stands, what it handed in, and what may be done now."""
    return page(request, _member(request, number))


@require_POST
@login_required
def handed(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in."""
    member, actor = _member(request, number), signed_in(request)
    form = _hand_form(request, member)(request.POST, request.FILES)

    def act() -> None:
        said = form.cleaned_data
        found = handing.examined(said["file"])
        doing, source = form.doing(actor), said.get("source", "")
        handing.hand_in(member, found, doing, said.get("on"), source)

    return _acted(request, member, {"hand": form}, act, _("已收到，正在读"))


@require_POST
@login_required
def sent(request: HttpRequest, number: int) -> HttpResponse:
    """Hand in what was signed at the body's own desk."""
    member, actor = _member(request, number), signed_in(request)
    form, annual = Submission(request.POST), desks_report(member)
    if annual is None:
        raise Http404

    def act() -> None:
        arriving.hand_in_annual(member, annual, form.doing(actor))

    return _acted(request, member, {"send": form}, act, _("已收到，正在读"))


@require_POST
@login_required
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """Change by which day a body hands in, or whether it must."""
    member, actor = _member(request, number), signed_in(request)
    form = AskForm(request.POST, member=member)

    def act() -> None:
        said = form.cleaned_data
        doing = form.doing(actor, said["note"])
        opening.ask(member, said["due"], doing, expected=said["expected"])

    return _acted(request, member, {"ask": form}, act, _("已保存"))


@require_POST
@login_required
def summed(request: HttpRequest, number: int) -> HttpResponse:
    """Mark whether a body's report holds what those below it report."""
    member, actor = _member(request, number), signed_in(request)
    form = SumsForm(request.POST, member=member)

    def act() -> None:
        said = form.cleaned_data
        opening.mark_sums(member, form.doing(actor, said["note"]), sums=said["sums"])

    return _acted(request, member, {"sums": form}, act, _("已保存"))


@require_POST
@login_required
def published(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the day on which the report was made public."""
    member, actor = _member(request, number), signed_in(request)
    form = PublishedForm(request.POST)

    def act() -> None:
        handing.note_published(member, form.cleaned_data["on"], form.doing(actor))

    return _acted(request, member, {"published": form}, act, _("已登记公布日期"))


@require_POST
@login_required
def moved(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take a step of a version."""
    delivery, actor = _delivery(request, number), signed_in(request)
    if name not in MOVES:
        raise Http404
    move, member = MOVES[name], delivery.member
    form = MoveForm(request.POST, needs_words=move.needs_words, act=name)
    if name == "accept" and (found := blocking(delivery)):
        form.warn(found)

    def act() -> None:
        move.does(delivery, form.doing(actor, form.cleaned_data["note"]))

    return _acted(request, member, {name: form}, act, str(move.done))


def _acted(
    request: HttpRequest,
    member: Member,
    sent: Mapping[str, Submission],
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    """Do what a form asks and say so on the line's page; or show what is wrong in it."""
    [form] = sent.values()

    def done() -> HttpResponse:
        act()
        return told(request, said, "report_line", member.pk)

    return tried(form, done) or page(request, member, sent, 422)


@require_safe
@login_required
def state(request: HttpRequest, number: int) -> JsonResponse:
    """Tell a script how far the reading of a version has come."""
    delivery = settled(_delivery(request, number))
    found = progress(delivery)
    said = {"moving": delivery.state == State.READING, "words": under_way(found)}
    return JsonResponse({**said, "page": found.page, "pages": found.pages})


@require_safe
@login_required
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Show a version as it prints, with its findings in the margin."""
    delivery = _delivery(request, number)
    product = get_object_or_404(delivery.products.select_related("file"), what="paper")
    context = {"delivery": delivery, "paper": content(product.file).decode()}
    return render(request, "desk/collecting/paper.html", context)


@require_safe
@login_required
def downloaded(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Give out a version as it came, its marked copy, or what was found."""
    delivery = _delivery(request, number)
    file = delivery.file
    if what != "original":
        products = delivery.products.exclude(what="paper").select_related("file")
        file = get_object_or_404(products, what=what).file
    member = delivery.member
    words = {"original": "", "marked": "（标注）"}.get(what, "（发现）")
    name = f"{member.body.name}{member.season.year}年报第{delivery.number}次{words}"
    kind = TYPES.get(file.kind, "application/octet-stream")
    if what == "original" and file.kind == "html":
        kind = "application/octet-stream"  # never shown by a browser as a page of ours
    return handed_out(content(file), kind, f"{name}.{file.kind}")


def page(
    request: HttpRequest,
    member: Member,
    refused: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a body's page, with a form that was sent back where something was refused."""
    held, back = desk_of(request).held, refused or {}
    last = member.deliveries.select_related("file", "annual").last()
    if last:
        last.member = member
        last = settled(last)
        member.refresh_from_db(fields=["version"])
    hands = _may(held, policy.HAND, member)
    decides = held.allows(policy.DECIDE, member.season.body)
    context: dict[str, Any] = {
        "member": member,
        "line": line_of(member, clock.today()),
        "last": last,
        "words": under_way(progress(last)) if last and last.state == State.READING else "",
        "trouble": trouble_of(last) if last else "",
        "remark": _remark(last) if last else None,
        "noted": list(_noted(last)) if last else [],
        "blocked": bool(last and blocking(last)),
        "versions": list(_versions(member)),
        "steps": member.steps.select_related("by", "delivery"),
        "offers": [
            *_to_vouch(member, held, signed_in(request), back),
            *(_offers(last, held, back) if last else ()),
        ],
        "hand": back.get("hand")
        or _if(hands and _awaits(last), _hand_form(request, member), member),
        "send": back.get("send")
        or _if(hands and _to_send(member, last), Submission, member),
        "published": back.get("published")
        or _if(hands and last and not member.published_on, PublishedForm, member),
        "ask": back.get("ask") or (AskForm(member=member) if decides else None),
        "sums": back.get("sums")
        or (SumsForm(member=member) if decides and may_sum(member) else None),
        "confirmed": confirmed(last) if last else None,
        "behind": _behind(last) if last else None,
        "refused": refused,
        "behalf": hands and not held.allows(policy.HAND, member.body),
        "sees_season": queries.seasons(held).filter(pk=member.season_id).exists(),
    }
    return render(request, "desk/collecting/line.html", context, status=status)


def _member(request: HttpRequest, number: int) -> Member:
    return get_object_or_404(queries.members(desk_of(request).held), pk=number)


def _delivery(request: HttpRequest, number: int) -> Delivery:
    return get_object_or_404(queries.deliveries(desk_of(request).held), pk=number)


def _hand_form(request: HttpRequest, member: Member) -> type[HandForm]:
    """Return the form of a file: whoever uploads for a body says when it came."""
    own = desk_of(request).held.allows(policy.HAND, member.body)
    return HandForm if own else BehalfForm


def _if(wanted: object, form: type[Submission], member: Member) -> Submission | None:
    return form(version=member.version) if wanted else None


def _may(held: Standing, act: Act, member: Member) -> bool:
    """Return whether a person may do a body's step: itself, or the office for it."""
    if act is policy.HAND and held.allows(act, member.body):
        return True
    asked = policy.VOUCH if act is policy.VOUCH else policy.DECIDE
    return held.allows(asked, member.season.body)


def _awaits(last: Delivery | None) -> bool:
    return last is None or last.state in LEFT or last.state == State.READ


def _to_send(member: Member, last: Delivery | None) -> bool:
    annual = desks_report(member)
    if annual is None or annual.state not in arriving.SENT or not _awaits(last):
        return False
    return last is None or last.state in LEFT or last.annual_id != annual.pk


def _offers(last: Delivery, held: Standing, back: Mapping[str, Form]) -> Iterator[Offer]:
    for name, move in MOVES.items():
        if last.state not in move.states or not _may(held, move.act, last.member):
            continue
        if name == "confirm" and not may_be_confirmed(last):
            continue
        version = last.member.version
        fresh = MoveForm(needs_words=move.needs_words, act=name, version=version)
        if name == "accept" and (found := blocking(last)):
            fresh.warn(found)
        given = back.get(name)
        yield Offer(last, name, move, given if isinstance(given, MoveForm) else fresh)


def _to_vouch(
    member: Member, held: Standing, actor: User, back: Mapping[str, Form]
) -> Iterator[Offer]:
    """Yield what may be said of days of receipt that were entered afterwards."""
    if not held.allows(policy.VOUCH, member.season.body):
        return
    for row in receiving.pending(member):
        for name in ("vouch", "deny") if row.by_id != actor.pk else ("deny",):
            fresh = MoveForm(needs_words=True, act=name, version=member.version)
            given = back.get(name)
            form = given if isinstance(given, MoveForm) else fresh
            yield Offer(row.delivery, name, MOVES[name], form)


def _behind(last: Delivery) -> dict[str, Any]:
    """Return what stands behind a version, each adjustment with its cell's name."""
    found, annual = behind(last), last.annual
    named = [
        (row, label_in(annual, row.cell)) for row in found.adjustments if annual is not None
    ]
    return {"adjustments": named, "waivers": found.waivers}


def _remark(last: Delivery) -> Step | None:
    """Return with which words a version was returned, none where it was not."""
    if last.state != State.RETURNED:
        return None
    steps = last.steps.filter(verdict=Step.Verdict.RETURNED).select_related("by")
    return steps.last()


def _versions(member: Member) -> Iterator[Version]:
    rows = member.deliveries.select_related("file", "receipt__by", "receipt__seen_by")
    rows = rows.prefetch_related("products")
    for row in rows.order_by("-number"):
        yield Version(row, frozenset(each.what for each in row.products.all()))


def _noted(delivery: Delivery) -> Iterator[Noted]:
    """Yield what was found in a version, as it was told when it was read."""
    product = delivery.products.filter(what="json").select_related("file").first()
    if product is None:
        return
    for each in json.loads(content(product.file))["findings"]:
        if each["assessed"]:
            weight = Weight(each["weight"])
            yield Noted(
                each["code"],
                weight.value,
                weight.label,
                SIGNS[weight],
                each["message"],
                each["remedy"]["message"],
            )


urlpatterns = [
    path("collecting/lines/<int:number>/", shown, name="report_line"),
    path("collecting/lines/<int:number>/hand/", handed, name="line_hand"),
    path("collecting/lines/<int:number>/send/", sent, name="line_send"),
    path("collecting/lines/<int:number>/ask/", asked, name="line_ask"),
    path("collecting/lines/<int:number>/sums/", summed, name="line_sums"),
    path("collecting/lines/<int:number>/published/", published, name="line_published"),
    path("collecting/versions/<int:number>/do/<str:name>/", moved, name="version_do"),
    path("collecting/versions/<int:number>/state/", state, name="version_state"),
    path("collecting/versions/<int:number>/paper/", paper, name="version_paper"),
    path(
        "collecting/versions/<int:number>/files/<str:what>/",
        downloaded,
        name="version_file",
    ),
]
