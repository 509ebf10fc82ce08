"""Where an electronic seal (电子印章) goes on a letter: a seam, and what stands in it.

A real one is a class with these two methods, named by ``MINGTANG_SEAL``; it may
draw in the manuscript, or sign the finished file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from mingtang.manuscript import Manuscript
    from mingtang_web.letters.models import Letter


class Seal(Protocol):
    """Puts a body's seal on its letters."""

    def mark(self, text: Manuscript, letter: Letter) -> Manuscript:
        """Return the manuscript as it is to be set."""

    def seal(self, file: bytes, to: str, letter: Letter) -> bytes:
        """Return the finished file of a format, sealed; raises nothing of its own."""


class PlaceForSeal:
    """Leaves the seal of brass its room; a person seals the print.

    It presses on signature and day, centred on them, within a line of the text (GB/T
    9704—2012, 7.3.5.1): `mingtang.writing.typography` leaves the lines round them
    blank, and any words there would stand below the seal or take its room.
    """

    def mark(self, text: Manuscript, letter: Letter) -> Manuscript:  # noqa: ARG002 - the seam's signature
        """Return the manuscript as it is."""
        return text

    def seal(self, file: bytes, to: str, letter: Letter) -> bytes:  # noqa: ARG002 - the seam's signature
        """Return the file as it is."""
        return file


def seal() -> Seal:
    """Return the seal that the settings name."""
    made: Seal = import_string(settings.SEAL)()
    return made
