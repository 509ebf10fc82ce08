"""The names things have in a page, so that links find them without a script."""

from __future__ import annotations

from typing import NamedTuple


class Anchors(NamedTuple):
    """The names of one sheet of a page; `order` counts sheets from 1.

    `rules` is the address of a rule's page with ``{code}`` in it, nothing where the
    page stands alone.
    """

    order: int
    rules: str = ""

    @property
    def sheet(self) -> str:
        """Return the name of the sheet itself."""
        return f"r{self.order}"

    def note(self, number: int) -> str:
        """Return the name of a finding in the margin."""
        return f"r{self.order}-f{number}"

    def cell(self, cell: str) -> str:
        """Return the name of a cell of the form.

        >>> Anchors(1).cell("requests/received/total")
        'r1-c-requests-received-total'
        """
        return f"r{self.order}-c-{cell.replace('/', '-')}"

    def label(self, target: str) -> str:
        """Return the name of a printed label."""
        return f"r{self.order}-l-{target.replace('/', '-')}"

    def words(self, number: int) -> str:
        """Return the name of a paragraph."""
        return f"r{self.order}-p{number}"

    def square(self, table: int, row: int, column: int) -> str:
        """Return the name of a square of the file's own table."""
        return f"r{self.order}-t{table}-{row}-{column}"

    def part(self, number: int) -> str:
        """Return the name of a part of the report."""
        return f"r{self.order}-s{number}"

    def rule(self, code: str) -> str | None:
        """Return where a rule's page is, None where there is none to lead to.

        >>> Anchors(1, "/rules/{code}/").rule("S303"), Anchors(1).rule("S303")
        ('/rules/S303/', None)
        """
        return self.rules.format(code=code) if self.rules else None
