"""The index follows what is public: change by change, and once more by comparison.

A step reads what is public now, writes it into the index together with how far it has
come, and only then takes the changes out that it followed: whatever is cut off is done
again, and comes to the same. A comparison walks through everything that is public and
everything in the index, and puts in, takes out and replaces what differs; an index is
made anew by walking so into an empty one, while the one before is searched and kept up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.searching import places
from mingtang_web.searching.entries import Key
from mingtang_web.searching.models import Change
from mingtang_web.searching.publishers import PUBLISHERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang_web.searching.entries import Engine, Entry

AT_A_TIME = 200
"""So many entries are written in one step."""
_WALK = "walk"
_AT_END = ""


class Progress(NamedTuple):
    """How far a walk has come: entries looked at, of how many; ``done`` at its end."""

    looked: int
    of: int
    done: bool


class _Walk(NamedTuple):
    """Where a walk stands: room and number; how many it looked at, of how many."""

    room: str
    after: int
    looked: int
    of: int

    def said(self) -> str:
        return f"{self.room} {self.after} {self.looked} {self.of}"

    @classmethod
    def read(cls, said: str) -> _Walk:
        room, *numbers = said.split(" ")
        return cls(room, *map(int, numbers))

    @classmethod
    def start(cls) -> _Walk:
        of = sum(room.total() for room in PUBLISHERS.values())
        return cls(next(iter(PUBLISHERS)), 0, 0, of)


def waiting() -> bool:
    """Return whether any change waits."""
    return Change.objects.exists()


def follow(most: int = AT_A_TIME) -> list[int]:
    """Let the index follow the oldest changes; return their ids, to be taken out.

    Where no index is yet one is begun. Raises `BusyError`.
    """
    with places.held():
        rows = list(Change.objects.order_by("pk")[:most])
        keys = {Key(row.room, row.ref) for row in rows}
        entries = _entries(keys)
        gone = keys - {entry.key for entry in entries}
        for engine in _engines():
            engine.write(entries, gone, {})
    return [row.pk for row in rows]


def followed(ids: Iterable[int]) -> int:
    """Take out changes that the index has followed; return how many."""
    return Change.objects.filter(pk__in=list(ids)).delete()[0]


def begin(*, afresh: bool = False) -> Progress:
    """Begin to make an index anew, or go on with one that was begun.

    Raises `BusyError`.
    """
    with places.held():
        engine = None if afresh else places.building()
        if engine is None:
            engine = places.begin()
        return _progress(engine)


def compare() -> None:
    """Begin to compare the index that is searched with what is public.

    Raises `BusyError` and `NoIndexError`.
    """
    with places.held():
        places.current().write((), (), {_WALK: _Walk.start().said()})


def walk(most: int = AT_A_TIME) -> Progress:
    """Take one step of the walk that is under way, and return how far it has come.

    Where there is no index one is begun; an index made anew is searched from its end
    on. Raises `BusyError`.
    """
    with places.held():
        made, engine = places.building(), _engines()[-1]
        progress = _progress(engine)
        if not progress.done:
            _step(engine, most)
            progress = _progress(engine)
        if made and progress.done:
            places.swap()
        return progress


def walking() -> bool:
    """Return whether a walk is under way, or one has to be begun: there is no index."""
    if places.building():
        return True
    try:
        return not _progress(places.current()).done
    except places.NoIndexError:
        return True


def _engines() -> list[Engine]:
    """Return the indexes that have to follow: the one searched, the one being made."""
    found: list[Engine] = []
    try:
        found.append(places.current())
    except places.NoIndexError:
        if places.building() is None:
            places.begin()
    made = places.building()
    return [*found, made] if made else found


def _entries(keys: Iterable[Key]) -> list[Entry]:
    """Return the entries of those keys that are public, as they are now."""
    refs: dict[str, set[int]] = {}
    for key in keys:
        refs.setdefault(key.room, set()).add(key.ref)
    return [
        entry
        for room, some in refs.items()
        if room in PUBLISHERS
        for entry in PUBLISHERS[room].entries(some)
    ]


def _progress(engine: Engine) -> Progress:
    """Return how far a walk has come; one of which nothing is noted is at its start."""
    said = engine.notes().get(_WALK)
    if said == _AT_END:
        return Progress(0, 0, done=True)
    at = _Walk.read(said) if said else _Walk.start()
    return Progress(at.looked, at.of, done=False)


def _step(engine: Engine, most: int) -> None:
    """Look at the next entries of a room, and at what the index has among them."""
    said = engine.notes().get(_WALK)
    at = _Walk.read(said) if said else _Walk.start()
    publisher = PUBLISHERS[at.room]
    public = publisher.stamps(at.after, most)
    last = public[-1][0] if len(public) == most else None
    held = engine.stamps(at.room, at.after, last)
    differ = [ref for ref, stamp in public if held.get(ref) != stamp]
    entries = publisher.entries(differ) if differ else []
    there = {ref for ref, _ in public}
    made = {entry.key.ref for entry in entries}
    gone = [Key(at.room, ref) for ref in held if ref not in there]
    gone += [Key(at.room, ref) for ref in differ if ref not in made]
    behind = at._replace(after=last or 0, looked=at.looked + len(public))
    engine.write(entries, gone, {_WALK: _next(behind, ended=last is None)})


def _next(at: _Walk, *, ended: bool) -> str:
    """Return where a walk goes on, blank at its end."""
    if not ended:
        return at.said()
    rooms: Sequence[str] = list(PUBLISHERS)
    place = rooms.index(at.room) + 1
    return at._replace(room=rooms[place], after=0).said() if rooms[place:] else _AT_END
