"""Where an electronic seal (电子印章) goes on a letter: a seam, and what stands in it.

A real one is a class with these two methods, named by ``MINGTANG_SEAL``; it may
draw in the manuscript, or sign the finished file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from mingtang.manuscript import CONTACT, DAY, Words

if TYPE_CHECKING:
    from mingtang.manuscript import Manuscript, Piece
    from mingtang_web.letters.models import Letter

PLACE = "（此处加盖印章）"


class Seal(Protocol):
    """Puts a body's seal on its letters."""

    def mark(self, text: Manuscript, letter: Letter) -> Manuscript:
        """Return the manuscript as it is to be set."""

    def seal(self, file: bytes, to: str, letter: Letter) -> bytes:
        """Return the finished file of a format, sealed; raises nothing of its own."""


class PlaceForSeal:
    """Marks where the seal of brass goes; a person seals the print."""

    def mark(self, text: Manuscript, letter: Letter) -> Manuscript:  # noqa: ARG002 - the seam's signature
        """Return the manuscript with a line below the day that asks for the seal."""
        at = next(n for n, piece in enumerate(text.pieces, 1) if _is_day(piece))
        pieces = (*text.pieces[:at], Words(CONTACT, PLACE), *text.pieces[at:])
        return text._replace(pieces=pieces)

    def seal(self, file: bytes, to: str, letter: Letter) -> bytes:  # noqa: ARG002 - the seam's signature
        """Return the file as it is."""
        return file


def _is_day(piece: Piece) -> bool:
    return isinstance(piece, Words) and piece.role == DAY


def seal() -> Seal:
    """Return the seal that the settings name."""
    made: Seal = import_string(settings.SEAL)()
    return made
