"""The measures of an official document (GB/T 9704—2012), for every format on paper.

A4 with a type area of 156 by 225 mm: 22 lines of 28 characters of 仿宋 in 16 pt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.manuscript import CONTACT, DAY, ENCLOSED, SIGNER, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.manuscript import Piece

PAGE = 210, 297
"""Width and height of the sheet, in mm."""
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""The margins, in mm."""
POINTS = 72 / 25.4
"""Points in a millimetre."""
TYPE_AREA = (PAGE[0] - LEFT - RIGHT) * POINTS
TYPE_HEIGHT = (PAGE[1] - TOP - BOTTOM) * POINTS
"""Width and height of the type area, in points."""

BODY_SIZE, TITLE_SIZE, FOLIO_SIZE, CELL_SIZE = 16, 22, 14, 10
"""Body and headings (三号), title (二号), page numbers (四号), tables, in points."""
PITCH = 28.95
"""From line to line, in points: 22 lines fill the height of the type area."""
SQUEEZE = -0.21
"""Added to each character's width, in points, so that 28 fill a line."""
FOLIO_DROP = 7
"""From the type area down to the page number, in mm."""

_TITLE_LINE = int(TYPE_AREA // TITLE_SIZE)
_YEAR = re.compile(r"(?<=\S)(?=\s?(?:\d{4}|[一二][〇零○一二三四五六七八九]{3})\s*年)")
_SUBJECT = re.compile(r"(?<=\S)(?=政府信息公开)")
_LEAD = re.compile(r"（[一二三四五六七八九十]+）[^。，；：\n]{1,24}(?:。|$)")
_ENCLOSED = re.compile(r"(附件：)?(\d+\. )?")
_LATIN_RUN = re.compile(r"[!-~]{20}")
_LINE = 28
"""Characters in a line of the body."""


def ems(text: str) -> float:
    """Return how wide a line of text is, in characters: ASCII takes half of one.

    >>> ems("2025年1月")
    4.5
    """
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def title_lines(title: str) -> list[str]:
    """Return a title in the lines it is set in: the year opens one, none is a stump.

    Lines that the report itself breaks stay.

    >>> title_lines("清河市东湖区档案局2024年政府信息公开工作年度报告")
    ['清河市东湖区档案局', '2024年政府信息公开工作年度报告']
    """
    if "\n" in title or ems(title) <= _TITLE_LINE:
        return title.split("\n")
    return [line for part in halves(title) for line in _even(part)]


def halves(title: str) -> list[str]:
    """Return a title's two parts, the second from the year on, or from its subject.

    One where it has neither.

    >>> halves("2024年清河市东湖区档案局政府信息公开工作年度报告")
    ['2024年清河市东湖区档案局', '政府信息公开工作年度报告']
    """
    parts = _YEAR.split(title, maxsplit=1)
    return parts if len(parts) > 1 else _SUBJECT.split(title, maxsplit=1)


def _even(text: str) -> list[str]:
    """Return a text in as few lines as hold it, all of about one length."""
    rows = -(-len(text) // _TITLE_LINE)
    step = -(-len(text) // rows)
    return [text[start : start + step] for start in range(0, len(text), step)]


def lead(text: str) -> int:
    """Return how many characters of a paragraph are a heading of the second level.

    >>> lead("（一）主动公开情况。全年公开30条。"), lead("（一）是说，没有。")
    (10, 0)
    """
    found = _LEAD.match(text)
    return found.end() if found else 0


def is_ragged(text: str) -> bool:
    """Return whether a paragraph holds an address or the like, too long to justify."""
    return _LATIN_RUN.search(text) is not None


class Signing(NamedTuple):
    """How far from the right margin signer and day end, in characters."""

    signer: float
    day: float


def signing(pieces: Sequence[Piece]) -> Signing:
    """Return where the lines that sign stand: the day begins two characters after the body.

    The longer of the two ends two characters from the margin (GB/T 9704 7.3.5.2). A
    body that takes more than a line leaves the day four characters from it.
    """
    widths = {
        piece.role: max(map(ems, piece.text.split("\n")))
        for piece in pieces
        if isinstance(piece, Words) and piece.role in (SIGNER, DAY)
    }
    body, day = widths.get(SIGNER, 0.0), widths.get(DAY, 0.0)
    if not body or body > _LINE - 2:
        return Signing(2, 4)
    end = max(2.0, body - day)
    return Signing(end + day + 2 - body, end)


_APART = {SIGNER: 1, DAY: 1, ENCLOSED: 1, CONTACT: 2}
"""Blank lines above the first piece of a role; those above the contact leave the seal,
which is centred on the day, its place."""


def lines_above(pieces: Sequence[Piece]) -> list[int]:
    """Return how many blank lines stand above each piece.

    What signs is one group, above which one line is left.
    """
    above = []
    seen: set[str] = set()
    for piece in pieces:
        role = piece.role if isinstance(piece, Words) else ""
        group = SIGNER if role == DAY else role
        above.append(0 if group in seen else _APART.get(role, 0))
        seen.add(group)
    return above


def stays(piece: Piece, after: Piece | None) -> bool:
    """Return whether a piece stays on one page with the next: none signs an empty page."""
    if not isinstance(piece, Words) or not isinstance(after, Words):
        return False
    return after.role in (SIGNER, DAY) or (piece.role == DAY and after.role == CONTACT)


def hang(enclosed: str) -> float:
    """Return how far the further lines of an enclosure hang, in characters.

    They begin below the first character of its name.

    >>> hang("附件：1. 目录"), hang("2. 目录"), hang("附件：目录")
    (4.5, 1.5, 3.0)
    """
    found = _ENCLOSED.match(enclosed)
    return ems(found[0]) if found else 0.0


def hanging(pieces: Sequence[Piece]) -> float:
    """Return where the names of enclosures begin, in characters from the margin."""
    opening = (p.text for p in pieces if isinstance(p, Words) and p.role == ENCLOSED)
    return 2 + hang(next(opening, ""))
