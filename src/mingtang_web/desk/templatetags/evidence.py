"""What a case's result asks to be in its file, for the case's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from mingtang_web.desk.packing import pieces
from mingtang_web.letters.queries import of_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.cases.models import SearchRecord
    from mingtang_web.desk.opening import Opened
    from mingtang_web.desk.packing import Piece

register = template.Library()


@register.simple_tag
def pieces_of(seen: Opened, searches: Iterable[SearchRecord]) -> list[Piece]:
    """Return the pieces of evidence, none before a decision."""
    if seen.history.round.answer is None:
        return []
    return pieces(seen, of_case(seen.case.pk), searches)
