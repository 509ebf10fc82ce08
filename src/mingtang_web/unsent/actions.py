"""Keeping what is typed until it is sent: own things only, sealed, small, for a week.

It is nobody's record and enters no ledger.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from mingtang_web import clock
from mingtang_web.applicants import sealing
from mingtang_web.applicants.sealing import NotOpenedError, Person, Sealed
from mingtang_web.unsent.models import Unsent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User

KEPT = timedelta(days=7)
LARGEST, MOST, MOST_TYPED = 400_000, 50, 500
"""Characters of one, how many of one person, values in one."""
WINDOW, SAVES = timedelta(minutes=1), 60
Typed = list[tuple[str, str, str]]
"""Of each value the form's address, the field's name and what was typed."""


class TooLargeError(ValueError):
    """More than is kept of one form."""


class TooOftenError(Exception):
    """More saves of one form than anybody types."""


@transaction.atomic
def save(person: User, place: str, typed: Typed) -> Unsent:
    """Keep what a person has typed on a page, instead of what was kept of it before.

    Raises `TooLargeError` and `TooOftenError`.
    """
    text = json.dumps(typed, ensure_ascii=False)
    if len(text) > LARGEST or len(typed) > MOST_TYPED:
        raise TooLargeError
    now = clock.now()
    clear_away()
    rows = Unsent.objects.select_for_update().filter(person=person)
    row = rows.filter(place=place).first()
    if row is None:
        oldest = rows.order_by("-saved_at").values_list("pk", flat=True)[MOST - 1 :]
        rows.filter(pk__in=list(oldest)).delete()
        row = Unsent(pk=uuid4(), person=person, place=place, counted_from=now)
    if now - row.counted_from >= WINDOW:
        row.saves, row.counted_from = 0, now
    if row.saves >= SAVES:
        raise TooOftenError
    made = sealing.seal(Person(name=""), row.pk)
    row.sealed = sealing.seal_text(made, text, row.pk)
    row.wrapped_key, row.master = made.wrapped_key, made.master
    row.saves, row.saved_at = row.saves + 1, now
    row.save()
    return row


def kept(person: User, place: str) -> Unsent | None:
    """Return what is kept of a person's page, none where nothing is: one query."""
    return _own(person).filter(place=place).first()


def opened(person: User, number: UUID) -> Typed | None:
    """Return what was typed, none where the person has nothing of that number.

    What does not open any more, after two changes of the master key, is nothing.
    """
    row = _own(person).filter(pk=number).first()
    if row is None:
        return None
    sealed = Sealed(b"", bytes(row.wrapped_key), row.master)
    try:
        text = sealing.open_text(sealed, bytes(row.sealed), row.pk)
    except NotOpenedError:
        return None
    return [(form, name, value) for form, name, value in json.loads(text)]


def drop(person: User, number: UUID) -> bool:
    """Throw away what a person typed; false where there is nothing of that number."""
    return bool(Unsent.objects.filter(person=person, pk=number).delete()[0])


def sent(person: User, places: Iterable[str]) -> None:
    """Forget what was kept of pages whose form was sent and taken."""
    Unsent.objects.filter(person=person, place__in=set(places)).delete()


def forget(places: Iterable[str]) -> int:
    """Forget what anybody has typed on pages of some addresses; return how many."""
    rows = Unsent.objects.none()
    for place in places:
        rows |= Unsent.objects.filter(place__startswith=place)
    return rows.delete()[0]


def clear_away() -> int:
    """Delete what has lain for longer than a week; return how many."""
    return Unsent.objects.filter(saved_at__lt=clock.now() - KEPT).delete()[0]


def _own(person: User) -> QuerySet[Unsent]:
    return Unsent.objects.filter(person=person, saved_at__gte=clock.now() - KEPT)
