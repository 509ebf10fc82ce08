"""What corrections and complaints give cause to tell on a day: what was promised.

The Regulations set no term for either, so that nothing is told where nothing was
promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.cases.rules import rulebooks
from mingtang_web.notices.models import Kind
from mingtang_web.notices.reminding import of_term
from mingtang_web.notices.wanting import Wanted
from mingtang_web.registers.models import Matter
from mingtang_web.registers.queries import promised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every matter whose answer was promised: two queries."""
    rows = promised(Matter.objects.all()).select_related("body").defer("description")
    matters = list(rows)
    books = rulebooks({each.body for each in matters})
    for each in matters:
        told = Wanted(
            Kind.MATTER,
            each.body_id,
            on,
            (Role.HANDLER,),
            handler_id=each.handler_id,
            matter=f"matter/{each.pk}",
            title=each.number,
        )
        if each.promised:
            rules = books[each.body_id]
            yield from of_term(told, Kind.MATTER_LATE, each.promised, on, rules)
