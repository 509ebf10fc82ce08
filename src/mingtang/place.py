"""Where something stands in a document: the address that is never lost.

A place is given when a cell or sentence is read and travels with it to the
finding and to the marked spot on screen. Everything is counted from 1.
"""

from __future__ import annotations

from typing import NamedTuple

LEDGERS = {
    "cases": "申请台账",
    "disputes": "复议诉讼台账",
    "documents": "规范性文件登记簿",
    "entered": "填报的数字",
}
"""The ledgers a compiled figure comes from, with their names."""


class Place(NamedTuple):
    """The address (位置) of a cell, a paragraph or a stretch of text.

    `table`, `row` and `column` count in the document's own grids; `paragraph`
    counts the text blocks between them; `start` and `end` count characters in
    that paragraph (end exclusive); `page` and `box` (``x0 y0 x1 y1`` in
    points) exist where the format has pages. A figure that was compiled stands
    in no document but in a `ledger`: ``cases``, ``disputes``, ``documents``, or
    ``entered`` where somebody answers for it. What does not apply is None.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    box: tuple[float, float, float, float] | None = None
    ledger: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return what applies, by name, as the contract prints it.

        >>> Place(table=1, row=4, column=2).as_json()
        {'table': 1, 'row': 4, 'column': 2}
        """
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(self._fields, self, strict=True)
            if value is not None
        }

    def __str__(self) -> str:
        """Return the place in Chinese, as a message names it.

        >>> str(Place(table=2, row=5, column=3))
        '第2个表第5行第3列'
        """
        parts = [] if self.ledger is None else [LEDGERS[self.ledger]]
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.table is not None:
            parts.append(f"第{self.table}个表")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        return "".join(parts) or "全文"
