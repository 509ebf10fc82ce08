"""How long before its last day a term is told: by a person's wish, a body's, or ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Body
from mingtang_web.notices.models import Kind, LeadTimes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.notices.models import Preference
    from mingtang_web.notices.wanting import Wanted

OFFERED = (10, 7, 5, 3, 2, 1, 0)
"""The numbers of working days before the last day that can be chosen."""
USUAL = (5, 3, 1, 0)
FIXED = {Kind.ASK_CORRECTION: (2, 0)}
"""Terms too short for a choice."""
LONGEST = max(OFFERED)


def step(left: int, steps: tuple[int, ...]) -> int | None:
    """Return which reminder is due when some working days are left, None where none is.

    A reminder missed, because nothing ran that day, is made up for by the next.

    >>> [step(left, (5, 3, 1, 0)) for left in (6, 5, 4, 1, 0, -1)]
    [None, 5, 5, 1, 0, None]
    """
    return min((each for each in steps if each >= left >= 0), default=None)


def told_by(wanted: Wanted, steps: tuple[int, ...]) -> Wanted | None:
    """Return what is told of a term today, None where today is no day for it."""
    if wanted.left is None:
        return wanted
    due = step(wanted.left, FIXED.get(wanted.kind, steps))
    return None if due is None else wanted._replace(about=str(due))


class Ahead:
    """Everybody's lead times: two queries, however many are asked about."""

    def __init__(self, wishes: Mapping[int, Preference]) -> None:
        self._wishes = wishes
        self._paths = dict(Body.objects.values_list("pk", "path"))
        self._chosen = dict(LeadTimes.objects.values_list("body", "days"))

    def of(self, user_id: int, body_id: int) -> tuple[int, ...]:
        """Return how many working days ahead a person is told of a body's terms."""
        own = self._wishes[user_id].ahead
        return self.of_body(body_id) if own is None else tuple(own)

    def of_body(self, body_id: int) -> tuple[int, ...]:
        """Return a body's choice, else that of the nearest body above it, else ours."""
        chain = [int(part) for part in self._paths[body_id].split("/") if part]
        chosen = (self._chosen[each] for each in reversed(chain) if each in self._chosen)
        return tuple(next(chosen, USUAL))
