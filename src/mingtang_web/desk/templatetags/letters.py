"""A case's letters, for whichever page shows a case; and paper out of a composed letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django import template

from mingtang_web.letters.queries import of_case

if TYPE_CHECKING:
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.models import Letter

register = template.Library()


class Letters(NamedTuple):
    """A case's letters, the last first; ``replaced`` are those that another stands for."""

    present: list[Letter]
    replaced: list[tuple[Letter, Letter]]


@register.simple_tag
def letters_of(case: Case) -> Letters:
    """Return a case's letters, the replaced ones with their successors: two queries."""
    rows = list(of_case(case.pk).order_by("-id"))
    successors = {row.replaces_id: row for row in rows if row.replaces_id}
    present = [row for row in rows if row.pk not in successors]
    replaced = [(row, successors[row.pk]) for row in rows if row.pk in successors]
    return Letters(present, replaced)
