"""The rules of reading (family R): what the reader met and could not take as printed.

Each is data: the reader raises them where it meets them. Their pages are here
because they share one subject, the document as a thing to be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading.rules.files import (
    EDITION_MIXED,
    EDITION_WRONG,
    FILE_EMBEDDED,
    OLD_SHEET,
    PICTURE_READ,
    TEXT_DAMAGED,
)
from mingtang.reading.rules.tables import (
    CELL_ILLEGIBLE,
    CELL_TWICE,
    CELL_UNREADABLE,
    COLUMNS_MOVED,
    LABEL_DAMAGED,
    LINES_MOVED,
    ROW_SHIFTED,
    ROW_UNMAPPED,
    ROW_UNREADABLE,
    TABLE_UNMAPPED,
    UNIT_DIFFERS,
    VALUE_DRESSED,
)

if TYPE_CHECKING:
    from mingtang.finding import Rule

__all__ = [
    "CELL_ILLEGIBLE",
    "CELL_TWICE",
    "CELL_UNREADABLE",
    "COLUMNS_MOVED",
    "EDITION_MIXED",
    "EDITION_WRONG",
    "FILE_EMBEDDED",
    "LABEL_DAMAGED",
    "LINES_MOVED",
    "OLD_SHEET",
    "PICTURE_READ",
    "ROW_SHIFTED",
    "ROW_UNMAPPED",
    "ROW_UNREADABLE",
    "RULES",
    "TABLE_UNMAPPED",
    "TEXT_DAMAGED",
    "UNIT_DIFFERS",
    "VALUE_DRESSED",
]

RULES: tuple[Rule, ...] = (
    ROW_UNREADABLE,
    CELL_UNREADABLE,
    ROW_UNMAPPED,
    TABLE_UNMAPPED,
    CELL_ILLEGIBLE,
    LABEL_DAMAGED,
    COLUMNS_MOVED,
    LINES_MOVED,
    ROW_SHIFTED,
    CELL_TWICE,
    VALUE_DRESSED,
    UNIT_DIFFERS,
    EDITION_MIXED,
    EDITION_WRONG,
    OLD_SHEET,
    TEXT_DAMAGED,
    PICTURE_READ,
    FILE_EMBEDDED,
)
"""Every rule of reading, by code."""
