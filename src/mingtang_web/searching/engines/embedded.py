"""The embedded engine: SQLite's own full-text index (FTS5) in a file of its own.

Its file knows nothing of the site's database, whatever that is. What is written, and
how far the site has come, stands in one transaction; readers see the state before or
after it and wait for nobody.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from mingtang_web.searching.engines.words import DAY_BITS, fields, first_place
from mingtang_web.searching.entries import Entry, Key, StaleIndexError
from mingtang_web.searching.folding import VERSION, number_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from mingtang_web.searching.entries import Need, Sought

LAYOUT = f"embedded 1 {VERSION}"
_LAYOUT = """
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  place INTEGER PRIMARY KEY, room TEXT NOT NULL, ref INTEGER NOT NULL,
  stamp TEXT NOT NULL, number TEXT NOT NULL, index_number TEXT NOT NULL,
  body TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, genre TEXT NOT NULL,
  year TEXT NOT NULL, validity TEXT NOT NULL, UNIQUE (room, ref));
CREATE INDEX entry_number ON entry (number) WHERE number <> '';
CREATE INDEX entry_index_number ON entry (index_number) WHERE index_number <> '';
CREATE TABLE kept (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE VIRTUAL TABLE heads USING fts5 (
  title, number, chars, marks, content='', tokenize='ascii');
CREATE VIRTUAL TABLE texts USING fts5 (
  words, chars, marks, content='', tokenize='ascii');
"""
_HEADS = "heads(rowid, title, number, chars, marks) VALUES (?, ?, ?, ?, ?)"
_TEXTS = "texts(rowid, words, chars, marks) VALUES (?, ?, ?, ?)"
_NO_HEADS = (
    "heads(heads, rowid, title, number, chars, marks) VALUES ('delete', ?, ?, ?, ?, ?)"
)
_NO_TEXTS = "texts(texts, rowid, words, chars, marks) VALUES ('delete', ?, ?, ?, ?)"
_AT_A_TIME = 400
_FACETS = "SELECT body, kind, topic, genre, year, validity FROM entry WHERE place IN"


class EmbeddedEngine:
    """An index in one file; for one thread."""

    def __init__(self, file: Path) -> None:
        """Open a file, or make it. Raises `StaleIndexError` where it is another's."""
        fresh = not file.exists()
        if fresh:
            file.touch(0o600)
        self._db = sqlite3.connect(file, timeout=20, isolation_level=None)
        try:
            self._open()
        except sqlite3.DatabaseError as fault:
            self._db.close()
            raise StaleIndexError(str(fault)) from fault
        if self.notes().get("layout") != LAYOUT:
            self._db.close()
            message = "made by other rules"
            raise StaleIndexError(message)

    def _open(self) -> None:
        for said in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON",
                     "cache_size=-32000", "mmap_size=268435456"):  # fmt: skip
            self._db.execute(f"PRAGMA {said}")
        if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            self._db.executescript(f"BEGIN IMMEDIATE;{_LAYOUT}")
            self._db.execute("INSERT INTO note VALUES ('layout', ?)", (LAYOUT,))
            self._db.execute("COMMIT")

    def write(
        self, entries: Sequence[Entry], gone: Collection[Key], notes: Mapping[str, str]
    ) -> None:
        """Put entries in and others out, and note, all of it or nothing."""
        kept = [Entry.composed(entry) for entry in entries]
        self._db.execute("BEGIN IMMEDIATE")
        try:
            earlier = self._held({*gone, *(entry.key for entry in kept)})
            for place in sorted(earlier.values()):
                self._take_out(place)
            # In the order of their places: the index writes one stretch at once.
            placed = sorted(self._placed(kept, earlier), key=lambda each: each[0])
            for place, entry in placed:
                self._put_in(place, entry)
            self._db.executemany(
                "INSERT OR REPLACE INTO note VALUES (?, ?)", list(notes.items())
            )
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def notes(self) -> dict[str, str]:
        """Return what was noted."""
        return dict(self._db.execute("SELECT name, value FROM note"))

    def stamps(self, room: str, after: int, upto: int | None) -> dict[int, str]:
        """Return the stamps of a room's entries by their numbers, in a range."""
        last = 2**62 if upto is None else upto
        said = "SELECT ref, stamp FROM entry WHERE room = ? AND ref > ? AND ref <= ?"
        return dict(self._db.execute(said, (room, after, last)))

    def places(self, sought: Sought, most: int) -> list[int]:
        """Return the places of what fits, the newest first."""
        table = sought.table
        asked = [_need(each) for each in sought.needs]
        asked += [f'marks : "{each}"' for each in sought.marks]
        said = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - our own name
            " ORDER BY rowid DESC LIMIT ?"
        )
        return [row[0] for row in self._db.execute(said, (" AND ".join(asked), most))]

    def numbered(self, key: str) -> list[int]:
        """Return the places of what has a number, by its folded key."""
        if not key:
            return []
        said = (
            "SELECT place FROM entry WHERE number = ?1 AND number <> '' UNION"
            " SELECT place FROM entry WHERE index_number = ?1 AND index_number <> ''"
        )
        return sorted((row[0] for row in self._db.execute(said, (key,))), reverse=True)

    def places_of(self, keys: Collection[Key]) -> set[int]:
        """Return the places of entries."""
        return set(self._held(keys).values())

    def facets_of(self, places: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the facets of entries, in any order."""
        return [row for some in _parts(places) for row in self._of(_FACETS, some)]

    def entries(self, places: Sequence[int]) -> list[Entry]:
        """Return entries in the order of their places."""
        said = "SELECT place, data FROM kept WHERE place IN"
        held = {
            place: data for some in _parts(places) for place, data in self._of(said, some)
        }
        return [Entry.unpacked(held[place]) for place in places if place in held]

    def size(self) -> int:
        """Return how many entries there are."""
        found: int = self._db.execute("SELECT count(*) FROM entry").fetchone()[0]
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _held(self, keys: Collection[Key]) -> dict[Key, int]:
        """Return the places of those keys that are here."""
        said = "SELECT place FROM entry WHERE room = ? AND ref = ?"
        found = {key: self._db.execute(said, key).fetchone() for key in keys}
        return {key: row[0] for key, row in found.items() if row}

    def _placed(
        self, entries: Sequence[Entry], earlier: Mapping[Key, int]
    ) -> Iterator[tuple[int, Entry]]:
        """Yield each entry with its place: that which it had, while its day is the same."""
        last: dict[int, int] = {}
        said = "SELECT max(place) FROM entry WHERE place >= ? AND place < ?"
        for entry in entries:
            first = first_place(entry)
            before = earlier.get(entry.key)
            if before is not None and before >> DAY_BITS == first >> DAY_BITS:
                yield before, entry
                continue
            if first not in last:
                found = self._db.execute(said, (first, first + (1 << DAY_BITS)))
                kept = [p for p in earlier.values() if p >> DAY_BITS == first >> DAY_BITS]
                last[first] = max(found.fetchone()[0] or first, *kept, first)
            last[first] += 1
            yield last[first], entry

    def _put_in(self, place: int, entry: Entry) -> None:
        held = fields(entry)
        numbers = number_key(entry.number), number_key(entry.index_number)
        row = (place, *entry.key, entry.stamp, *numbers, *entry.facets())
        marks = ",".join("?" * len(row))
        put = self._db.execute
        put(f"INSERT INTO entry VALUES ({marks})", row)  # noqa: S608 - question marks
        put("INSERT INTO kept VALUES (?, ?)", (place, entry.packed()))
        heads = (held.title, held.number, held.head_chars, held.marks)
        put(f"INSERT INTO {_HEADS}", (place, *heads))
        put(f"INSERT INTO {_TEXTS}", (place, held.words, held.chars, held.marks))

    def _take_out(self, place: int) -> None:
        """Take an entry out; the index has to be told what it was."""
        held = fields(self.entries([place])[0])
        put = self._db.execute
        heads = (held.title, held.number, held.head_chars, held.marks)
        put(f"INSERT INTO {_NO_HEADS}", (place, *heads))
        put(f"INSERT INTO {_NO_TEXTS}", (place, held.words, held.chars, held.marks))
        put("DELETE FROM entry WHERE place = ?", (place,))
        put("DELETE FROM kept WHERE place = ?", (place,))

    def _of(self, said: str, some: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ",".join("?" * len(some))
        return self._db.execute(f"{said} ({marks})", list(some)).fetchall()


def _need(need: Need) -> str:
    return f'{need.field} : "{" ".join(need.tokens)}"'


def _parts(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _AT_A_TIME):
        yield places[start : start + _AT_A_TIME]
