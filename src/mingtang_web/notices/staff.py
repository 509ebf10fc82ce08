"""Who is to be told: the holders of roles on a day, lent roles included."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from mingtang_web.bodies.models import Body, Delegation, Membership, Role
from mingtang_web.bodies.policy import NEVER_LENT

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.notices.wanting import Wanted

ASSIGNERS = (Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR)
"""Whose business a case is that nobody is in charge of: the first who are there."""


class Staff:
    """All who hold a role on a day: three queries, however many are asked about."""

    def __init__(self, on: date) -> None:
        self._holding: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._lent: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._paths = dict(Body.objects.values_list("pk", "path"))
        lent = Delegation.objects.filter(
            since__lte=on, until__gte=on, lender__is_active=True, borrower__is_active=True
        )
        for body, lender, borrower in lent.values_list("body", "lender", "borrower"):
            self._lent[body, lender].add(borrower)
        held = Membership.objects.filter(
            Q(until__isnull=True) | Q(until__gte=on), since__lte=on, user__is_active=True
        )
        for body, user, role in held.values_list("body", "user", "role"):
            self._holding[body, role].add(user)
            if role not in NEVER_LENT:
                self._holding[body, role] |= self._lent[body, user]

    def told(self, wanted: Wanted) -> list[int]:
        """Return who is to be told something, by their ids."""
        found: set[int] = set()
        for role in wanted.roles:
            found |= self._of(role, wanted)
        return sorted(found - wanted.but)

    def _of(self, role: Role, wanted: Wanted) -> set[int]:
        body = wanted.body_id
        if role is Role.SUPERVISOR:
            path = self._paths[body]
            above = (int(part) for part in path.split("/") if part)
            return set().union(*(self._holding[each, role] for each in above))
        whose = (wanted.case_id or wanted.matter) and not wanted.anybody
        if role is Role.HANDLER and whose:
            return self._in_charge(body, wanted.handler_id)
        return self._holding[body, role]

    def _in_charge(self, body: int, handler: int | None) -> set[int]:
        """Return the handler with whoever stands in, or whose business it is to assign."""
        if handler and any(handler in self._holding[body, role] for role in Role):
            return {handler} | self._lent[body, handler]
        groups = (self._holding[body, role] for role in ASSIGNERS)
        return next((group for group in groups if group), set())
