"""Who is told of an import by two: whoever may approve it, who asked, who supervises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from mingtang_web.importing.models import ImportProposal


def asked(made: ImportProposal) -> None:
    """Tell the approvers of the body that an import waits for one of them."""
    but = frozenset({made.proposer_id or 0, made.source.by_id or 0})
    _tell(made, Kind.IMPORT_ASKED, (Role.APPROVER,), but=but)


def answered(made: ImportProposal) -> None:
    """Tell who proposed, or else the administrators, that it was answered or lapsed."""
    asker = made.proposer_id or made.source.by_id
    roles = (Role.HANDLER,) if asker else (Role.ADMINISTRATOR,)
    but = frozenset({made.closed_by_id or 0})
    _tell(made, Kind.IMPORT_ANSWERED, roles, handler_id=asker, but=but)


def supervisors(made: ImportProposal) -> None:
    """Tell those who supervise that cases come in that nobody here was seen to answer."""
    _tell(made, Kind.IMPORTED, (Role.SUPERVISOR,), matter="")


def _tell(
    made: ImportProposal, kind: Kind, roles: tuple[Role, ...], **more: object
) -> None:
    wanted = Wanted(
        kind,
        made.source.body_id,
        clock.today(),
        roles,
        about=f"{made.pk}",
        title=str(made.trial["needing"]),
        matter=f"import_proposal/{made.pk}",
    )._replace(**more)  # type: ignore[arg-type]
    tell([wanted], Staff(clock.today()), clock.now())
