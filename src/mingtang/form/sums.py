"""The sums a table must obey, as data: terms on two sides, one each line or column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.form.edition import Table


class Identity(NamedTuple):
    """A sum (勾稽关系): the left terms together equal the right terms together.

    `each` is ``column`` (terms are lines, once for every column) or ``line``
    (terms are columns, once for every line). `code` is its rule.
    """

    code: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    def instances(
        self, table: Table
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Yield for each line or column its id and the cell ids of both sides."""
        for block in table.blocks:
            if self.each == "column":
                for column in block.columns:
                    left = tuple(f"{table.id}/{line}/{column.id}" for line in self.left)
                    right = tuple(f"{table.id}/{line}/{column.id}" for line in self.right)
                    yield column.id, left, right
            else:
                for line in block.lines:
                    left = tuple(f"{table.id}/{line.id}/{part}" for part in self.left)
                    right = tuple(f"{table.id}/{line.id}/{part}" for part in self.right)
                    yield line.id, left, right
