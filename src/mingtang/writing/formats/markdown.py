"""A report as Markdown: merged cells are repeated in every square they cover."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.manuscript import HEADING, TITLE, Words
from mingtang.writing.manuscript import manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.manuscript import Drawn
    from mingtang.report import Report

_LEVELS = {TITLE: "# ", HEADING: "## "}
_BREAKS = re.compile(r"\s*\n\s*")


def write(report: Report) -> bytes:
    """Return the report as Markdown in UTF-8."""
    blocks = [
        _words(piece) if isinstance(piece, Words) else "\n".join(_table(piece))
        for piece in manuscript(report).pieces
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _words(words: Words) -> str:
    return _LEVELS.get(words.role, "") + _plain(words.text)


def _plain(text: str) -> str:
    """Return text on one line in which no pipe parts cells."""
    return _BREAKS.sub(" ", text).replace("|", "\\|")


def _table(table: Drawn) -> Iterator[str]:
    for number, row in enumerate(table.filled()):
        cells = map(_plain, row)
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + " --- |" * table.width
