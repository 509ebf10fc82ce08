"""What an index holds, what it is asked and what it answers; the engine's contract."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from mingtang_web.searching.folding import composed
from mingtang_web.searching.wanted import Wanted

FACETS = ("body", "kind", "topic", "genre", "year", "validity")
"""By what results are parted and narrowed."""
CAP = 1000
"""So many results are counted and shown; of more, "1000+" is told."""
ANYWHERE, TITLES, NUMBERS = "", "title", "number"
"""In which fields is sought."""


class Key(NamedTuple):
    """What an entry is of: the room that publishes it, and the number it has there."""

    room: str
    ref: int


@dataclass(frozen=True)
class Entry:
    """Something public, as it is sought and found.

    ``stamp`` changes whenever the rest does. ``bodies`` are the codes of the body and of
    those above it, the top first; ``attachments`` the names and texts of its files.
    """

    key: Key
    stamp: str
    kind: str
    bodies: tuple[str, ...]
    title: str
    day: date
    number: str = ""
    index_number: str = ""
    text: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    topic: str = ""
    genre: str = ""
    year: int | None = None
    validity: str = ""

    def facets(self) -> tuple[str, ...]:
        """Return what it is by each of `FACETS`; blank for what it is not."""
        year = "" if self.year is None else str(self.year)
        return self.bodies[-1], self.kind, self.topic, self.genre, year, self.validity

    def marks(self) -> list[str]:
        """Return its facets as an index keeps them; of the bodies, those above too."""
        own = zip(FACETS[1:], self.facets()[1:], strict=True)
        found = [mark("body", code) for code in self.bodies]
        return found + [mark(name, value) for name, value in own if value]

    def packed(self) -> bytes:
        """Return it in few bytes."""
        held = {**self.__dict__, "day": self.day.isoformat()}
        return zlib.compress(json.dumps(held, ensure_ascii=False).encode(), 3)

    @classmethod
    def unpacked(cls, data: bytes) -> Entry:
        """Return what was packed."""
        held = json.loads(zlib.decompress(data))
        held["key"] = Key(*held["key"])
        held["day"] = date.fromisoformat(held["day"])
        held["bodies"] = tuple(held["bodies"])
        held["attachments"] = tuple((name, text) for name, text in held["attachments"])
        return cls(**held)

    @classmethod
    def composed(cls, held: Entry) -> Entry:
        """Return the same with accents joined to their letters, as it is to be kept."""
        files = tuple((composed(name), composed(text)) for name, text in held.attachments)
        words = {
            name: composed(getattr(held, name))
            for name in ("title", "number", "index_number", "text")
        }
        return cls(**{**held.__dict__, **words, "attachments": files})


def mark(facet: str, value: str) -> str:
    """Return a facet's value as one token; `_` and `-` would part it."""
    safe = "".join(sign if sign.isalnum() else "\ue001" for sign in value)
    return f"{facet}\ue002{safe}"


class Asked(NamedTuple):
    """What is looked for: words, in which field, narrowed by which values of facets.

    ``without`` are entries that count for nothing, because something became of them
    that the index does not know yet.
    """

    wanted: Wanted
    narrowed: Mapping[str, str] = {}
    where: str = ANYWHERE
    newest: bool = False
    first: int = 0
    most: int = 20
    without: Collection[Key] = ()


class Found(NamedTuple):
    """Some of the results in their order, how many there are, how they are parted.

    ``more`` says that there are more than were counted. ``facets`` holds for each
    facet its values with how many of the counted results have them.
    """

    entries: Sequence[Entry]
    counted: int
    more: bool
    facets: Mapping[str, Mapping[str, int]]


class Need(NamedTuple):
    """Tokens that must stand one behind the other in a field."""

    field: str
    tokens: tuple[str, ...]


class Sought(NamedTuple):
    """One step of a search, as an engine takes it: all needs and all marks, in a table.

    Tables are ``heads`` (fields ``title``, ``number``, ``chars``) and ``texts``
    (``words``, ``chars``).
    """

    table: str
    needs: tuple[Need, ...]
    marks: tuple[str, ...] = ()


class StaleIndexError(Exception):
    """An index that was made by other rules, or is none; it must be made anew."""


class Engine(Protocol):
    """An index. A write is there whole or not at all, whatever happens meanwhile.

    Places are whole numbers, the newest entry has the greatest.
    """

    def write(
        self, entries: Sequence[Entry], gone: Collection[Key], notes: Mapping[str, str]
    ) -> None:
        """Put entries in, in place of those of the same key; take others out; note."""

    def notes(self) -> dict[str, str]:
        """Return what was noted."""

    def stamps(self, room: str, after: int, upto: int | None) -> dict[int, str]:
        """Return the stamps of a room's entries by their numbers, in a range."""

    def places(self, sought: Sought, most: int) -> list[int]:
        """Return the places of what fits, the newest first."""

    def numbered(self, key: str) -> list[int]:
        """Return the places of what has a number (文号, 索引号), by its folded key."""

    def places_of(self, keys: Collection[Key]) -> set[int]:
        """Return the places of entries."""

    def facets_of(self, places: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the facets of entries, in any order."""

    def entries(self, places: Sequence[int]) -> list[Entry]:
        """Return entries in the order of their places."""

    def size(self) -> int:
        """Return how many entries there are."""

    def close(self) -> None:
        """Let go of the files."""
