"""How far an export has come, beside the pages and not among them.

A file of the data folder, one for each folder written to, holds the addresses still to
fetch and every file written, so that a killed round goes on, and the next one takes away
what is public no longer. Whoever exports holds a lock that ends with the process.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS page (n INTEGER PRIMARY KEY, address TEXT UNIQUE, done INTEGER);
CREATE INDEX IF NOT EXISTS page_to_do ON page (n) WHERE NOT done;
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, round INTEGER);
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, said TEXT);
"""


class BusyError(Exception):
    """Another process exports into the same folder."""


class Round:
    """One pass over everything public; ``number`` counts them."""

    def __init__(self, held: sqlite3.Connection) -> None:
        self._held = held
        self.number = int(self._said("round") or 0)

    def goes_on(self, mark: str) -> bool:
        """Return whether a round of the same mark was begun and not finished."""
        return self._said("mark") == mark

    def knows_files(self) -> bool:
        """Return whether anything was written by an earlier round."""
        return self._held.execute("SELECT 1 FROM file LIMIT 1").fetchone() is not None

    def begin(self, mark: str, addresses: Iterable[str]) -> None:
        """Begin a round with what is to be fetched first."""
        self.number += 1
        with self._held:
            self._held.execute("DELETE FROM page")
            self._add(addresses)
            self._say("round", str(self.number))
            self._say("mark", mark)

    def waiting(self) -> Iterator[str]:
        """Yield the addresses to fetch, those found on the way too."""
        asked = "SELECT address FROM page WHERE NOT done ORDER BY n LIMIT 1"
        while row := self._held.execute(asked).fetchone():
            yield row[0]

    def writes(self, paths: Iterable[str]) -> None:
        """Remember files before they are written, so that none is ever forgotten."""
        rows = [(path, self.number) for path in paths]
        with self._held:
            self._held.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", rows)

    def done(self, address: str, found: Iterable[str]) -> None:
        """Tick an address off, and take in the ones that its page leads to."""
        with self._held:
            self._add(sorted(found))
            self._held.execute("UPDATE page SET done = 1 WHERE address = ?", (address,))

    def progress(self) -> tuple[int, int]:
        """Return how many addresses are done, of how many known."""
        asked = "SELECT coalesce(sum(done), 0), count(*) FROM page"
        done, known = self._held.execute(asked).fetchone()
        return done, known

    def left_over(self) -> list[str]:
        """Return the files of earlier rounds that this one did not write."""
        asked = "SELECT path FROM file WHERE round < ? ORDER BY path"
        return [path for (path,) in self._held.execute(asked, (self.number,))]

    def forget(self, path: str) -> None:
        """Forget a file that was deleted."""
        with self._held:
            self._held.execute("DELETE FROM file WHERE path = ?", (path,))

    def finish(self) -> None:
        """End the round; the next one begins anew."""
        with self._held:
            self._say("mark", "")

    def _add(self, addresses: Iterable[str]) -> None:
        rows = ((address,) for address in addresses)
        added = "INSERT OR IGNORE INTO page (address, done) VALUES (?, 0)"
        self._held.executemany(added, rows)

    def _said(self, name: str) -> str:
        asked = "SELECT said FROM about WHERE name = ?"
        row = self._held.execute(asked, (name,)).fetchone()
        return row[0] if row else ""

    def _say(self, name: str, said: str) -> None:
        self._held.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, said))


@contextmanager
def held(folder: Path) -> Iterator[Round]:
    """Hold the right to write into a folder; raises `BusyError`."""
    own: Path = settings.DATA / "exports"
    own.mkdir(mode=0o700, exist_ok=True)
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    descriptor = os.open(own / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with closing(sqlite3.connect(own / f"{name}.sqlite3")) as kept:
            kept.executescript(_TABLES)
            yield Round(kept)
    except BlockingIOError as fault:
        raise BusyError from fault
    finally:
        os.close(descriptor)
