"""Letters as files: any manuscript that somebody signs, in the formats of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.registry import load
from mingtang.writing import UnknownFormatError

if TYPE_CHECKING:
    from mingtang.manuscript import Manuscript

FORMATS = ("docx", "pdf")
"""The formats a letter can be written in, by the names that ``to`` takes."""


def write(letter: Manuscript, to: str) -> bytes:
    """Return a letter as a file of that format, set as an official document is.

    The same letter gives the same bytes. Raises `UnknownFormatError` for a format
    that is not in `FORMATS`, and `UnwritableError` where this machine cannot
    write the letter whole.
    """
    if to not in FORMATS:
        message = f"文书写不成“{to}”，可写：{'、'.join(FORMATS)}"
        raise UnknownFormatError(message)
    made: bytes = load(f"writing.formats.{to}").bind(letter)
    return made
