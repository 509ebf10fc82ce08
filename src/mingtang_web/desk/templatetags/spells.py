"""How the days that a cell lacks stand today, for the pages that show its periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from mingtang_web import clock
from mingtang_web.spells import terms

if TYPE_CHECKING:
    from mingtang_web.spells.queries import Made
    from mingtang_web.spells.terms import Stretch

register = template.Library()


@register.filter
def stretches(made: Made) -> tuple[Stretch, ...]:
    """Return the days that a cell lacks, as they stand today."""
    return terms.stretches(made, clock.today())
