"""Who sees what of a season: its office all of it, a body its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from mingtang_web.bodies.models import Body, Role
from mingtang_web.bodies.queries import seen
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import Delivery, Member, Season, State
from mingtang_web.collecting.opening import asked_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing


def seasons(held: Standing) -> QuerySet[Season]:
    """Return the seasons of the offices that a person supervises or administers."""
    own = {each.body_id for each in held.holdings if each.role is Role.ADMINISTRATOR}
    found = Q(body__in=own)
    for path in held.seen_paths():
        found |= Q(body__path__startswith=path)
    return Season.objects.filter(found).select_related("body", "own")


def waiting(held: Standing) -> list[tuple[Season, int]]:
    """Return the seasons in which versions wait to be accepted or returned, and how many.

    Of the offices whose people decide that, the newest year first: one query.
    """
    handed = Count("members__deliveries", Q(members__deliveries__state=State.READ))
    rows = seasons(held).annotate(handed=handed).filter(handed__gt=0)
    return [
        (row, row.handed)
        for row in rows.order_by("-year", "pk")
        if held.allows(policy.DECIDE, row.body)
    ]


def members(held: Standing) -> QuerySet[Member]:
    """Return the bodies in seasons that a person sees: the one predicate of all lists."""
    found = Q(season__in=seasons(held)) | Q(body__in=seen(held))
    return Member.objects.filter(found).select_related("body", "season__body")


def deliveries(held: Standing) -> QuerySet[Delivery]:
    """Return the versions that a person sees."""
    rows = Delivery.objects.filter(member__in=members(held))
    return rows.select_related("member__body", "member__season__body", "file")


def own_members(held: Standing) -> QuerySet[Member]:
    """Return what the bodies in which a person holds a role were asked for."""
    rows = members(held).filter(body__in=held.body_ids())
    return rows.order_by("-season__year", "body__path")


def offices(held: Standing) -> list[Body]:
    """Return the bodies that have others below, in which a person may open a season."""
    below = Body.objects.filter(parent=OuterRef("pk"))
    rows = Body.objects.filter(Exists(below), pk__in=held.body_ids(), closed_on=None)
    return [body for body in rows if held.allows(policy.OPEN, body)]


def to_ask(held: Standing) -> list[Body]:
    """Return every body that a season of such an office could ask."""
    found = {body.pk: body for office in offices(held) for body in asked_by(office)}
    return list(found.values())
