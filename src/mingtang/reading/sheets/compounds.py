"""Compound files, the zip of older office programs: named streams in chains of sectors."""

from __future__ import annotations

import struct
from typing import NamedTuple

from mingtang.packages.archives import TORN

FREE = 0xFFFF_FFFA
"""Sector numbers from here on name no sector."""
_HEADER, _ENTRY, _SMALL_SECTOR = 512, 128, 64
_IN_HEADER = 109
_SECTORS = (9, 12)
_STREAM, _ROOT = 2, 5


class CompoundError(ValueError):
    """A compound file that is torn; says so in Chinese."""


class _Entry(NamedTuple):
    """One entry of the directory."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises `CompoundError` when it is torn."""
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise CompoundError(TORN) from error

    def _open(self) -> None:
        (shift,) = struct.unpack_from("<H", self._data, 30)
        if shift not in _SECTORS:
            raise CompoundError(TORN)
        self._size = 1 << shift
        first, _, self._least, small = struct.unpack_from("<4I", self._data, 48)
        more, count = struct.unpack_from("<2I", self._data, 68)
        tables = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        seen = 0
        while more < FREE and seen < count:
            numbers = self._numbers(more)
            tables += numbers[:-1]
            more, seen = numbers[-1], seen + 1
        self._next = [number for at in tables if at < FREE for number in self._numbers(at)]
        held = self._chain(first)
        self._entries = [
            _entry(held, at) for at in range(0, len(held) - _ENTRY + 1, _ENTRY)
        ]
        root = next((each for each in self._entries if each.kind == _ROOT), None)
        self._small = self._chain(root.start)[: root.size] if root else b""
        table = self._chain(small)
        self._small_next = struct.unpack(f"<{len(table) // 4}I", table)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < FREE and len(parts) <= len(self._next):
            parts.append(self._sector(start))
            start = self._next[start]
        return b"".join(parts)

    def stream(self, *names: str) -> bytes:
        """Return the first stream with one of those names.

        Raises `CompoundError` when there is none or it is torn.
        """
        for name in names:
            for entry in self._entries:
                if entry.kind == _STREAM and entry.name == name:
                    return self._read(entry)
        raise CompoundError(TORN)

    def _read(self, entry: _Entry) -> bytes:
        try:
            held = (
                self._chain(entry.start)
                if entry.size >= self._least
                else self._small_chain(entry.start)
            )
        except IndexError as error:
            raise CompoundError(TORN) from error
        if len(held) < entry.size:
            raise CompoundError(TORN)
        return held[: entry.size]

    def _small_chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < FREE and len(parts) <= len(self._small_next):
            at = start * _SMALL_SECTOR
            parts.append(self._small[at : at + _SMALL_SECTOR])
            start = self._small_next[start]
        return b"".join(parts)


def _entry(held: bytes, at: int) -> _Entry:
    length, kind = struct.unpack_from("<HB", held, at + 64)
    start, size = struct.unpack_from("<2I", held, at + 116)
    name = held[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, start, size)
