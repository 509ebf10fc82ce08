"""What waits for a person among documents: to review, to publish, to consent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang_web.bodies.models import Role
from mingtang_web.bringing.queries import waiting as catalogues_waiting
from mingtang_web.desk.tiles import Tile
from mingtang_web.publication import policy
from mingtang_web.publication.models import State
from mingtang_web.publication.queries import to_publish, turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.desk.sitting import Desk

_REVIEWERS = frozenset().union(*(act.roles for act in policy.REVIEWING.values()))


def of_documents(desk: Desk) -> Iterator[Tile]:
    """Yield the tiles of who reviews or publishes; those of nothing to do are left out."""
    if desk.own(*_REVIEWERS) and (mine := turns(desk.held)):
        where = reverse("documents") + "?stand=turn"
        yield Tile(_("待我审核的文件"), len(mine), where, "soon")
    if desk.own(*policy.PUBLISH.roles):
        number = to_publish(desk.held).filter(state=State.CLEARED).count()
        yield Tile(_("待发布的文件"), number, reverse("documents") + "?stand=ready", "soon")
    if desk.own(Role.APPROVER) and (waits := list(catalogues_waiting(desk.held))):
        where = reverse("document_import", args=[waits[0].pk])
        yield Tile(_("待我审批的旧站信息导入"), len(waits), where, "soon")
