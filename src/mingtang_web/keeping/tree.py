"""The tree of bodies: founding, renaming, moving and closing them, with their history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang_web import clock
from mingtang_web.bodies import actions
from mingtang_web.bodies.models import Body, FormerName, Section
from mingtang_web.cases.models import Case
from mingtang_web.cases.queries import open_ones
from mingtang_web.disputes.models import Dispute
from mingtang_web.keeping.policy import (
    KeepingError,
    require_body,
    require_open,
)
from mingtang_web.keeping.recording import came_before, write
from mingtang_web.ledger.actions import hold
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.keeping.recording import By

FOUNDED, RENAMED, AMENDED = "body.founded", "body.renamed", "body.amended"
MOVED, CLOSED, SECTION = "body.moved", "body.closed", "body.section_added"
NAMES = ("name", "short_name", "letter_code")
CARD = (
    "code", "kind", "region", "address", "telephone", "fax", "online_channel",
    "office_hours", "disclosure_office", "review_organ", "review_online", "court",
)  # fmt: skip
"""What is told of a body beside its names: letters take most of it from here."""


ROW = (*NAMES, *CARD, "parent_id", "closed_on", "successor_id")
"""What every entry of a body holds of its row; the path follows from the parents."""


class Named(NamedTuple):
    """How a body is called from a day on."""

    name: str
    short_name: str
    letter_code: str


@transaction.atomic
def found(body: Body, by: By) -> Body:
    """Enter a new body below one that the actor administers, and return it.

    Raises `NotAllowedError`, `ClosedBodyError`, and `ValidationError` where a field is
    wrong or the name or code is taken.
    """
    if by.actor:
        if body.parent is None:
            raise KeepingError(_("请选择主管机关；最上级的机关由管理服务器的人员建立"))
        require_body(by.actor, body.parent)
        require_open(body.parent)
    if body.parent:
        hold(body.parent)
    earlier = Body.objects.filter(code=body.code).first() if by.key else None
    if earlier and came_before(earlier, FOUNDED, by):
        return earlier
    actions.add_body(body)
    told = {name: getattr(body, name) for name in (*NAMES, "code", "kind", "region")}
    told = {name: str(value) for name, value in told.items()}
    write(body, FOUNDED, by, row=fingerprint(body, *ROW), parent=body.parent_id, **told)
    return body


@transaction.atomic
def rename(body: Body, named: Named, since: date, by: By) -> Body:
    """Call a body otherwise from a day on and return it; papers issued stay as they are.

    Raises `NotAllowedError`, `ClosedBodyError`, `KeepingError` for a day that cannot
    be, and `ValidationError` where the name is taken.
    """
    if by.actor:
        require_body(by.actor, body)
    require_open(body)
    earlier = came_before(body, RENAMED, by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    if earlier or named == _named(body):
        return body
    until = since - timedelta(days=1)
    last = body.former_names.first()
    if since > clock.today():
        raise KeepingError(_("更名从今天或者以前的某天起；将来的更名，请到那天再办"))
    if last and until <= last.until:
        said = _("上一个名称用到%(day)s，新名称的启用日期应在其后第二天以后")
        raise KeepingError(said % {"day": last.until})
    before = _named(body)
    FormerName.objects.create(body=body, until=until, **before._asdict())
    for name, value in named._asdict().items():
        setattr(body, name, value)
    body.full_clean()
    body.save(update_fields=NAMES)
    told = {"before": before._asdict(), "after": named._asdict()}
    write(body, RENAMED, by, row=fingerprint(body, *ROW), since=since.isoformat(), **told)
    return body


@transaction.atomic
def amend(body: Body, card: dict[str, str], by: By) -> Body:
    """Mend what is told of a body and return it; the ledger keeps what stood before.

    Raises `NotAllowedError`, and `ValidationError` where a field is wrong.
    """
    if by.actor:
        require_body(by.actor, body)
    earlier = came_before(body, AMENDED, by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    before = {name: str(getattr(body, name)) for name in CARD if name in card}
    changed = {name: value for name, value in before.items() if card[name] != value}
    if earlier or not changed:
        return body
    for name in changed:
        setattr(body, name, card[name])
    body.full_clean()
    body.save(update_fields=sorted(changed))
    after = {name: str(card[name]) for name in changed}
    write(body, AMENDED, by, row=fingerprint(body, *ROW), before=changed, after=after)
    return body


@transaction.atomic
def move(body: Body, parent: Body, by: By) -> Body:
    """Put a body, with all below it, under another and return it.

    Both places must be the actor's to administer. Raises `NotAllowedError`,
    `ClosedBodyError`, and `ValidationError` for a circle.
    """
    if by.actor:
        if body.parent is None:
            raise KeepingError(_("最上级的机关没有主管机关，不能改变"))
        require_body(by.actor, body.parent)
        require_body(by.actor, parent)
    require_open(parent)
    if came_before(body, MOVED, by) or body.parent_id == parent.pk:
        return body
    before = body.parent_id
    actions.move_body(body, parent)
    write(body, MOVED, by, row=fingerprint(body, *ROW), before=before, after=parent.pk)
    return body


@transaction.atomic
def close(body: Body, on: date, into: Body | None, by: By) -> Body:
    """Close a body that is abolished or merged, and return it.

    Nothing new begins in it; its cases, papers and names stay, and so do appointments,
    for who still looks things up, until they are ended. Raises `NotAllowedError`, and
    `KeepingError` while anything is open in it or below it.
    """
    if by.actor:
        require_body(by.actor, body)
    earlier = came_before(body, CLOSED, by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    if earlier or body.closed_on:
        return body
    _refuse_odd_close(body, on, into)
    _refuse_unfinished(body)
    body.closed_on, body.successor = on, into
    body.save(update_fields=("closed_on", "successor"))
    write(
        body,
        CLOSED,
        by,
        row=fingerprint(body, *ROW),
        on=on.isoformat(),
        into=into.pk if into else None,
    )
    return body


@transaction.atomic
def add_section(body: Body, name: str, by: By) -> Section:
    """Enter a section of a body and return it.

    Raises `NotAllowedError`, `ClosedBodyError`, and `ValidationError` where there is
    one of that name.
    """
    if by.actor:
        require_body(by.actor, body)
    require_open(body)
    before = came_before(body, SECTION, by)
    if before:
        return Section.objects.get(pk=before.content["section"])
    section = Section(body=body, name=name)
    section.full_clean()
    section.save(force_insert=True)
    write(body, SECTION, by, section=section.pk, name=name)
    return section


def _named(body: Body) -> Named:
    return Named(body.name, body.short_name, body.letter_code)


def _refuse_odd_close(body: Body, on: date, into: Body | None) -> None:
    if on > clock.today():
        raise KeepingError(_("撤销从今天或者以前的某天起；将来的撤销，请到那天再办"))
    if into is None:
        return
    require_open(into)
    if into.path.startswith(body.path):
        raise KeepingError(_("不能并入自己或者自己的下级机关，请另选一个"))


def _refuse_unfinished(body: Body) -> None:
    """Refuse to close a body in which, or below which, anything is still to be done."""
    below = Body.objects.filter(parent=body, closed_on=None).count()
    cases = open_ones(Case.objects.filter(body=body)).count()
    disputes = Dispute.objects.filter(body=body, ended=None).count()
    left = [
        ngettext("下级机关 %(n)s 个", "下级机关 %(n)s 个", below) % {"n": below},
        ngettext("在办案件 %(n)s 件", "在办案件 %(n)s 件", cases) % {"n": cases},
        ngettext("未结的复议、诉讼 %(n)s 件", "未结的复议、诉讼 %(n)s 件", disputes)
        % {"n": disputes},
    ]
    left = [said for said, n in zip(left, (below, cases, disputes), strict=True) if n]
    if left:
        said = _("%(body)s还有%(left)s，不能撤销；请先办结，或者移送、改变主管机关")
        raise KeepingError(said % {"body": body.name, "left": "、".join(left)})
