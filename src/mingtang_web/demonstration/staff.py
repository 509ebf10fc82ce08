"""Who works where: for each body a desk, handlers, a reviewer, an approver."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.accounts.models import User
from mingtang_web.bodies.actions import appoint
from mingtang_web.bodies.models import Membership, Role, Section
from mingtang_web.demonstration import people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang_web.bodies.models import Body

HANDLERS = 2
NEEDED = (Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER)
AT_WORK = "业务股"


class Staff(NamedTuple):
    """The people of one body, and the section that handles requests."""

    clerk: User
    handlers: tuple[User, ...]
    reviewer: User
    approver: User
    section: Section


def appoint_staff(bodies: Iterable[Body], since: date) -> None:
    """Fill every post of every body that nobody holds; these accounts cannot sign in."""
    random = Random(people.REGION)  # noqa: S311 - names, no secrets
    sections = {
        section.body_id: section for section in Section.objects.filter(name=AT_WORK)
    }
    for body in bodies:
        held = list(Membership.objects.filter(body=body).values_list("role", flat=True))
        for role in NEEDED:
            wanted = HANDLERS if role is Role.HANDLER else 1
            for number in range(held.count(role), wanted):
                user = User(
                    username=f"{body.code[10:17]}-{role}-{number}",
                    display_name=people.name(random),
                )
                user.set_unusable_password()
                user.save(force_insert=True)
                section = sections[body.pk] if role is Role.HANDLER else None
                appoint(
                    Membership(
                        user=user, body=body, role=role, since=since, section=section
                    )
                )


def staff_of(body: Body) -> Staff:
    """Return who works in a body, those with accounts of their own first."""
    rows = Membership.objects.filter(body=body).select_related("user").order_by("pk")
    held: dict[str, list[User]] = {role: [] for role in Role}
    for row in rows:
        held[row.role].append(row.user)
    return Staff(
        held[Role.CLERK][0],
        tuple(held[Role.HANDLER]),
        held[Role.LEGAL_REVIEWER][0],
        held[Role.APPROVER][0],
        Section.objects.get(body=body, name=AT_WORK),
    )
