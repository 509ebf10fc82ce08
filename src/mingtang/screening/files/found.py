"""What is found in a file and where: pieces of text, hits with a place in words."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from mingtang.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.screening.hits import Kind
    from mingtang.screening.lexicon import Lexicon

EXCERPT = 200
"""Of hidden content so many characters are told; it may be a whole book."""


class UnscreenableError(ValueError):
    """A file that is broken, locked or past the limits; says which and why, in Chinese."""


class Where(NamedTuple):
    """A place in a file, in words for whoever must look there.

    `part` is the part of an office file, or empty; `page` the page of a PDF, from 1,
    or 0 where it is on none.
    """

    words: str
    part: str = ""
    page: int = 0


class Bit(NamedTuple):
    """Characters as a file stores them: text of an element, or one attribute of it.

    `veil` says why nobody sees them, and is empty where one does.
    """

    text: str
    node: Any = None
    name: str = ""
    veil: str = ""


class Piece(NamedTuple):
    """A paragraph, a cell, a property: text that stands in one place.

    `joint` parts it from the piece before; `kind` is what hidden content it is, if it
    is; `silent` where its text is that of another piece too, and looked at there.
    """

    where: Where
    bits: Sequence[Bit]
    joint: str = "\n"
    kind: Kind | None = None
    why: str = ""
    silent: bool = False

    @property
    def text(self) -> str:
        """Return all characters of the piece."""
        return "".join(bit.text for bit in self.bits)


class FileHit(NamedTuple):
    """A place of a file that screening stops at.

    `kind`, `text`, `why` and `suggestion` are those of a `Hit`, or tell of hidden
    content (`HIDDEN`), whose text may be empty or shortened. `start` and `end` count
    characters of the text of the place's part, and are 0 for hidden content.
    """

    kind: Kind
    where: Where
    text: str
    why: str
    suggestion: str = ""
    start: int = 0
    end: int = 0


class FileScreening(NamedTuple):
    """What screening found in a file.

    `kind` is the format by its content; `not_looked` says in Chinese what was not
    looked into, and why: nothing is known of it, which is not that nothing is there.
    `text_length` counts the characters that were looked at.
    """

    kind: str
    hits: tuple[FileHit, ...]
    not_looked: tuple[str, ...] = ()
    text_length: int = 0


class Roll:
    """Pieces of one part, joined in their order, with the way back."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.bits: list[tuple[Piece, Bit]] = []
        self.starts: list[int] = []
        parts: list[str] = []
        length = 0
        for number, piece in enumerate(pieces):
            if number:
                parts.append(piece.joint)
                length += len(piece.joint)
            for bit in piece.bits:
                self.bits.append((piece, bit))
                self.starts.append(length)
                parts.append(bit.text)
                length += len(bit.text)
        self.text = "".join(parts)

    def between(self, start: int, end: int) -> Iterator[tuple[Piece, Bit, int, int]]:
        """Yield the bits between two places, with the characters of each that are meant."""
        index = max(bisect_right(self.starts, start) - 1, 0)
        while index < len(self.bits) and self.starts[index] < end:
            first = self.starts[index]
            piece, bit = self.bits[index]
            low, high = max(start - first, 0), min(end - first, len(bit.text))
            if low < high:
                yield piece, bit, low, high
            index += 1

    def where(self, start: int, end: int) -> Where:
        """Return the place between two places of the text, in words."""
        touched = list(self.between(start, end))
        place = touched[0][0].where
        last = touched[-1][0].where
        words = place.words if last == place else f"{place.words}至{last.words}"
        veil = next((bit.veil for _, bit, _, _ in touched if bit.veil), "")
        return place._replace(words=f"{words}（{veil}）" if veil else words)


def rolls(pieces: Iterable[Piece]) -> Iterator[Roll]:
    """Yield the pieces of each part and page joined; silent ones are left out."""
    groups: dict[tuple[str, int], list[Piece]] = {}
    for piece in pieces:
        if not piece.silent:
            groups.setdefault(piece.where[1:], []).append(piece)
    for group in groups.values():
        yield Roll(group)


def hits_of(pieces: Sequence[Piece], lexicon: Lexicon | None) -> Iterator[FileHit]:
    """Yield what is in pieces: hidden content first, then what their text holds."""
    for piece in pieces:
        if piece.kind is not None:
            text = piece.text.strip()[:EXCERPT]
            yield FileHit(piece.kind, piece.where, text, piece.why)
    for roll in rolls(pieces):
        for hit in screen(roll.text, lexicon):
            where = roll.where(hit.start, hit.end)
            spot = (hit.start, hit.end)
            yield FileHit(hit.kind, where, hit.text, hit.why, hit.suggestion, *spot)


def length_of(pieces: Sequence[Piece]) -> int:
    """Return how many characters of pieces are looked at."""
    return sum(len(piece.text) for piece in pieces if not piece.silent)
