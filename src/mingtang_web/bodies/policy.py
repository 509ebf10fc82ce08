"""Who may do what where: an act names its roles, a standing says who holds them.

Domain apps describe their acts as data, beside their own actions; nothing here
knows what a case is. Nobody sees another body's work, except that a
supervisor sees the bodies below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from mingtang_web.bodies.models import Role

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

IN_THE_BODY = frozenset(Role) - {Role.SUPERVISOR}
NEVER_LENT = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})


@dataclass(frozen=True)
class Act:
    """Something a person does: its name, and the roles that may.

    ``from_above`` opens it to supervisors of the bodies above as well; that is
    for looking and urging, never for deciding in another body's name.
    """

    name: str
    label: str
    roles: frozenset[Role]
    from_above: bool = False

    @property
    def by(self) -> str:
        """Who may, in words: their roles."""
        return "、".join(str(role.label) for role in Role if role in self.roles)


class NotAllowedError(PermissionDenied):
    """An act that this person's roles do not cover in this body."""

    def __init__(self, act: Act, body: Body) -> None:
        super().__init__(
            _("您在%(body)s没有“%(act)s”的权限；确有需要，请联系本机关的管理员")
            % {"body": body.name, "act": act.label}
        )
        self.act, self.body = act, body


class NowhereAllowedError(PermissionDenied):
    """An act that this person's roles cover in no body at all."""

    def __init__(self, act: Act) -> None:
        why = _("“%(act)s”由%(by)s人员办理，您没有担任；确有需要，请联系本机关的管理员")
        super().__init__(why % {"act": act.label, "by": act.by})


class ClosedBodyError(NotAllowedError):
    """Something new that was to begin in a body that is no more."""

    def __init__(self, act: Act, body: Body) -> None:
        super().__init__(act, body)
        known = {"body": body.name, "act": act.label, "day": body.closed_on}
        if body.successor is None:
            said = _("%(body)s已于%(day)s撤销，不能再“%(act)s”；请由承接其职权的机关办理")
        else:
            known["to"] = body.successor.name
            said = _("%(body)s已于%(day)s并入%(to)s，不能再“%(act)s”；请由%(to)s办理")
        self.args = (said % known,)


@dataclass(frozen=True)
class Holding:
    """A role held in a body on the day in question; ``lender`` when on loan."""

    role: Role
    body_id: int
    path: str
    lender_id: int | None = None


@dataclass(frozen=True)
class Standing:
    """All that a person holds on one day."""

    user_id: int | None
    holdings: tuple[Holding, ...] = ()

    def roles_in(self, body: Body) -> frozenset[Role]:
        """Return the roles held in this very body."""
        return frozenset(held.role for held in self.holdings if held.body_id == body.pk)

    def supervises(self, body: Body) -> bool:
        """Return whether the person supervises the body: its own or one above it."""
        return any(
            held.role is Role.SUPERVISOR and body.path.startswith(held.path)
            for held in self.holdings
        )

    def manages(self, body: Body) -> bool:
        """Return whether the person administers the body: its own or one above it."""
        return any(body.path.startswith(path) for path in self.managed_paths())

    def allows(self, act: Act, body: Body) -> bool:
        """Return whether the person may do ``act`` in ``body``."""
        if self.roles_in(body) & act.roles - {Role.SUPERVISOR}:
            return True
        return (act.from_above or Role.SUPERVISOR in act.roles) and self.supervises(body)

    def lender_for(self, act: Act, body: Body) -> int | None:
        """Return in whose stead the person does ``act``; none where in their own right."""
        held = [
            each
            for each in self.holdings
            if each.body_id == body.pk and each.role in act.roles
        ]
        own = not held or any(each.lender_id is None for each in held)
        return None if own else held[0].lender_id

    def seen_paths(self) -> tuple[str, ...]:
        """Return the tops of the trees that the person supervises."""
        return self._paths(Role.SUPERVISOR)

    def managed_paths(self) -> tuple[str, ...]:
        """Return the tops of the trees that the person administers."""
        return self._paths(Role.ADMINISTRATOR)

    def _paths(self, role: Role) -> tuple[str, ...]:
        return tuple(sorted({held.path for held in self.holdings if held.role is role}))

    def body_ids(self) -> frozenset[int]:
        """Return the bodies in which the person holds any role."""
        return frozenset(held.body_id for held in self.holdings)


SEE_BODY = Act("bodies.see", "查看本机关", IN_THE_BODY, from_above=True)
MANAGE_BODY = Act("bodies.manage", "管理机关和人员", frozenset({Role.ADMINISTRATOR}))
LEND_ROLES = Act("bodies.lend", "委托代办", IN_THE_BODY)
