"""A case's letters, for whichever page shows a case; and paper out of a composed letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from mingtang_web.letters.queries import of_case

if TYPE_CHECKING:
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.models import Letter

register = template.Library()


@register.simple_tag
def letters_of(case: Case) -> list[Letter]:
    """Return a case's letters, the last first: two queries."""
    return list(of_case(case.pk).order_by("-id"))
