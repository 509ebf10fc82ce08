"""What is done with the catalogue: items added and retired, documents put to them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import require
from mingtang_web.days import all_plausible
from mingtang_web.ledger.actions import Record, append, hold
from mingtang_web.ledger.canonical import canonical
from mingtang_web.ledger.models import Entry
from mingtang_web.matters import policy
from mingtang_web.matters.models import Event, Fulfilment, Item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document

KIND = "matters."
MOST = 20_000
"""So many items a catalogue may have."""


class Line(NamedTuple):
    """What an item says, in the order of the catalogue's columns."""

    first: str
    second: str
    contents: str
    basis: str
    term: str
    publisher: str
    channel: str = ""
    audience: str = ""
    manner: str = ""
    level: str = ""


class Compared(NamedTuple):
    """Lines beside the catalogue: which are new, which stand there word for word."""

    fresh: tuple[Line, ...]
    same: tuple[Line, ...]


def compared(body: Body, lines: Sequence[Line], on: date) -> Compared:
    """Return which lines are new on a day; a line that comes twice is one: one query."""
    rows = Item.objects.filter(body=body, since__lte=on)
    there = {Line(*said) for said in rows.filter(until=None).values_list(*Line._fields)}
    fresh = tuple(dict.fromkeys(each for each in lines if each not in there))
    return Compared(fresh, tuple(each for each in lines if each in there))


@transaction.atomic
def add(body: Body, lines: Sequence[Line], on: date, doing: Doing) -> int:
    """Add items from a day on, ``doing.note`` saying why; return how many are new.

    All come in or none; what stands there word for word is passed over. Raises
    `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.KEEP, body, clock.today())
    hold(body)
    if _came_before(body, doing):
        return 0
    masking.to_keep(doing.note, "note")
    all_plausible({"on": on})
    fresh = compared(body, lines, on).fresh
    if Item.objects.filter(body=body, until=None).count() + len(fresh) > MOST:
        raise ValidationError(_("目录最多%(most)s项，请核对文件") % {"most": MOST})
    made = [_made(body, line, on) for line in fresh]
    for item in made:
        item.full_clean(exclude=["body", "until"], validate_constraints=False)
    Item.objects.bulk_create(made)
    _set_responsible(body, made)
    _record(body, Event.Kind.ADDED, made, on, doing)
    return len(made)


@transaction.atomic
def retire(item: Item, on: date, doing: Doing) -> None:
    """Retire an item from a day on, ``doing.note`` saying why.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.KEEP, item.body, clock.today())
    hold(item.body)
    if _came_before(item.body, doing):
        return
    masking.to_keep(doing.note, "note")
    present = Item.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    if present.until is not None:
        raise ValidationError(_("这一项已经取消，请看过最新的目录"))
    all_plausible({"on": on})
    if on < present.since:
        raise ValidationError({"on": _("早于列入的日期，请核对")})
    present.until = on
    present.save(update_fields=["until"])
    _record(item.body, Event.Kind.RETIRED, [present], on, doing)


@transaction.atomic
def link(item: Item, document: Document, doing: Doing) -> None:
    """Put a document to an item that it makes public, once.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.LINK, document.body, clock.today())
    hold(document.body)
    if _came_before(document.body, doing):
        return
    if not document.body.path.startswith(item.body.path):
        raise ValidationError(_("这份文件的机关不在这个目录的范围里"))
    if Fulfilment.objects.filter(item=item, document=document, ended_at=None).exists():
        raise ValidationError(_("这份文件已经对应到这一项"))
    row = Fulfilment(item=item, document=document, by=doing.person, at=clock.now())
    row.save(force_insert=True)
    _tell_link(row, "linked", doing)


@transaction.atomic
def unlink(row: Fulfilment, doing: Doing) -> None:
    """Take a document away from an item; that it stood there stays on record.

    Raises `NotAllowedError` and `ValidationError`.
    """
    body = row.document.body
    require(doing.person, policy.LINK, body, clock.today())
    hold(body)
    if _came_before(body, doing):
        return
    present = Fulfilment.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if present.ended_at is not None:
        raise ValidationError(_("这份文件已经不对应这一项，请看过最新的目录"))
    present.ended_by, present.ended_at = doing.person, clock.now()
    present.save(update_fields=["ended_by", "ended_at"])
    _tell_link(present, "unlinked", doing)


def digest(items: Sequence[Item]) -> str:
    """Return the SHA-256 of what some items say, in their order."""
    told = hashlib.sha256()
    for each in items:
        told.update(canonical([getattr(each, name) for name in Line._fields]).encode())
    return told.hexdigest()


def _made(body: Body, line: Line, on: date) -> Item:
    masking.no_personal_data(" ".join(line))
    return Item(body=body, since=on, **line._asdict())


def _set_responsible(body: Body, items: Sequence[Item]) -> None:
    """Let those bodies be responsible that an item's publisher names, in full or short."""
    rows = Body.objects.filter(path__startswith=body.path)
    named: dict[str, int] = {}
    for row in rows:
        named |= {row.name: row.pk, row.short_name: row.pk}
    through = Item.responsible.through
    found = []
    for item in items:
        parts = item.publisher.replace("；", "、").replace("，", "、").replace("\n", "、")
        keys = {named[part.strip()] for part in parts.split("、") if part.strip() in named}
        found += [through(item_id=item.pk, body_id=key) for key in sorted(keys)]
    through.objects.bulk_create(found)


def _record(body: Body, kind: str, items: Sequence[Item], on: date, doing: Doing) -> None:
    now, reason = clock.now(), doing.note.strip()[:200]
    Event.objects.bulk_create(
        Event(item=item, kind=kind, on=on, reason=reason, by=doing.person, at=now)
        for item in items
    )
    said: dict[str, Plain] = {
        "items": [item.pk for item in items],
        "digest": digest(items),
        "on": on.isoformat(),
        "why": reason,
    }
    append(Record(body, KIND + kind, said, actor=doing.actor, key=doing.key))


def _tell_link(row: Fulfilment, name: str, doing: Doing) -> None:
    said: dict[str, Plain] = {"item": row.item_id, "document": row.document_id}
    kind = KIND + name
    append(Record(row.document.body, kind, said, actor=doing.actor, key=doing.key))


def _came_before(body: Body, doing: Doing) -> bool:
    if doing.key is None:
        return False
    return Entry.objects.filter(body=body, key=doing.key).exists()
