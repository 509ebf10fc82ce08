"""The texts of an older workbook, which run on from one record into the next."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDE, GLOSSED, RICH = 0x01, 0x04, 0x08


class Stored(NamedTuple):
    """A text and its runs: (first character, number of the font)."""

    text: str
    runs: tuple[tuple[int, int], ...] = ()


class Tape:
    """Bytes in several records, read as one; a text says anew how wide it is."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next bytes. Raises `EOFError` when there are not so many."""
        held = b""
        while len(held) < size:
            part = self._here()
            piece = part[self._at : self._at + size - len(held)]
            self._at += len(piece)
            held += piece
        return held

    def _here(self) -> bytes:
        while self._part < len(self._parts):
            if self._at < len(self._parts[self._part]):
                return self._parts[self._part]
            self._part += 1
            self._at = 0
        raise EOFError

    def characters(self, count: int, flags: int) -> str:
        """Return that many characters."""
        held: list[str] = []
        first = True
        while count:
            part = self._here()
            if self._at == 0 and not first:
                flags = part[0]
                self._at = 1
            first = False
            width = 2 if flags & WIDE else 1
            piece = part[self._at : self._at + count * width]
            piece = piece[: len(piece) - len(piece) % width]
            if not piece:
                self._at = len(part)
                continue
            held.append(piece.decode("utf-16-le" if width > 1 else "latin-1", "replace"))
            self._at += len(piece)
            count -= len(piece) // width
        return "".join(held)

    def string(self, *, short: bool = False) -> Stored:
        """Return the next text with its runs; `short` where a byte tells its length."""
        count = self.take(1)[0] if short else _number(self.take(2))
        flags = self.take(1)[0]
        runs = _number(self.take(2)) if flags & RICH else 0
        gloss = struct.unpack("<I", self.take(4))[0] if flags & GLOSSED else 0
        text = self.characters(count, flags)
        fonts = [struct.unpack("<2H", self.take(4)) for _ in range(runs)]
        self.take(gloss)
        return Stored(text, tuple(fonts))


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def shared(parts: Sequence[bytes]) -> Iterator[Stored]:
    """Yield the shared texts of a workbook; the last are missing where it is torn."""
    tape = Tape(parts)
    try:
        tape.take(4)
        for _ in range(struct.unpack("<I", tape.take(4))[0]):
            yield tape.string()
    except EOFError:
        return
