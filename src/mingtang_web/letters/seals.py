"""Where an electronic seal (电子印章) goes on a letter: a seam, and what stands in it.

A real one is a class with these two methods, named by ``MINGTANG_SEAL``; it may
draw in the manuscript, or sign the finished file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from mingtang.manuscript import CONTACT, Words

if TYPE_CHECKING:
    from mingtang.manuscript import Manuscript
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
        """Return the manuscript with a line that asks for the seal."""
        return text._replace(pieces=(*text.pieces, Words(CONTACT, PLACE)))

    def seal(self, file: bytes, to: str, letter: Letter) -> bytes:  # noqa: ARG002 - the seam's signature
        """Return the file as it is."""
        return file


def seal() -> Seal:
    """Return the seal that the settings name."""
    made: Seal = import_string(settings.SEAL)()
    return made
