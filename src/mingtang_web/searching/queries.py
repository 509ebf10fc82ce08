"""The search, as pages ask it: nothing that is not public is found, counted or shown.

What waits to be followed by the index counts for nothing; and what is about to be shown
is asked for once more, of the room that publishes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.searching import finding, places
from mingtang_web.searching.entries import Found, Key
from mingtang_web.searching.models import Change
from mingtang_web.searching.publishers import PUBLISHERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.searching.entries import Asked, Entry


def search(asked: Asked) -> Found:
    """Return what fits and is public now.

    Raises `mingtang_web.searching.places.NoIndexError` while there is no index.
    """
    found = finding.find(places.current(), asked._replace(without=unsettled()))
    shown = still_public(found.entries)
    if len(shown) == len(found.entries):
        return found
    # The index is wrong about something: what was not public is counted nowhere.
    wrong = {entry.key for entry in found.entries} - {entry.key for entry in shown}
    again = asked._replace(without=unsettled() | wrong)
    found = finding.find(places.current(), again)
    return found._replace(entries=still_public(found.entries))


def suggest(typed: str) -> list[str]:
    """Return titles of what is public with everything typed in them.

    Raises `mingtang_web.searching.places.NoIndexError`.
    """
    engine = places.current()
    found = finding.suggested(engine, typed, unsettled())
    return finding.titles(still_public(found))


def unsettled() -> set[Key]:
    """Return what the index may still hold although it is public no more: one query."""
    rows = Change.objects.filter(hides=True).order_by()
    return {Key(*row) for row in rows.values_list("room", "ref").distinct()}


def still_public(entries: Iterable[Entry]) -> list[Entry]:
    """Return those entries that are public as they are: one query a room."""
    held = list(entries)
    refs: dict[str, list[int]] = {}
    for entry in held:
        refs.setdefault(entry.key.room, []).append(entry.key.ref)
    known = {room: PUBLISHERS[room].known(some) for room, some in refs.items()}
    return [
        entry for entry in held if known[entry.key.room].get(entry.key.ref) == entry.stamp
    ]
