"""Whether an import takes a second person, and whether that person has consented.

A register is in use (已启用) from the day on which a request was first entered here, not
imported. From then on nobody alone brings into it a case that is over already, or one
that should have been entered when it came: it would stand there as answered, in time,
and nobody here would have seen it answered.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils.translation import gettext as _

from mingtang_web.cases.actions import SignOffError
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.clock import CHINA
from mingtang_web.importing.opening import reading_hash
from mingtang_web.ledger.canonical import canonical

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.importing.models import ImportProposal, Source


class UntriedError(Exception):
    """A file was not tried as it is now to be read."""

    def __init__(self) -> None:
        super().__init__(
            _("还没有按现在的文件和列的对应试算（或者试算之后情况有变）；请先试算，再导入")
        )


def live_since(body: Body) -> date | None:
    """Return the day on which a body first entered a request here; none: it has not.

    Parts of a request count with the whole.
    """
    own = Case.objects.filter(body=body, imported=None, parent=None).order_by()
    first = own.aggregate(first=Min("created_at"))["first"]
    return first.astimezone(CHINA).date() if first else None


def found_hash(source: Source) -> str:
    """Return the hash of what the last trial of a file found."""
    return hashlib.sha256(canonical(source.trial).encode()).hexdigest()


def is_tried(source: Source) -> bool:
    """Return whether the very file was tried as it is now read, the register as it is."""
    if not source.trial or source.trial.get("of") != reading_hash(source):
        return False
    live = live_since(source.body)
    return bool(source.trial["live"] == (live.isoformat() if live else ""))


def why(source: Source) -> str:
    """Return why an import as it was tried takes a second person; blank: it does not."""
    trial = source.trial or {}
    if not trial.get("needing"):
        return ""
    said = _(
        "本机关已于%(live)s启用登记，这次导入会带入%(n)s件已有结果或者启用以后才收到的申请"
        "（其中启用以后收到的%(since)s件），须经本机关另一位审批人批准"
    )
    words = {"live": trial["live"], "n": trial["needing"], "since": trial["since"]}
    return said % words


def approval(source: Source) -> ImportProposal | None:
    """Return the consent to this file, mapping and trial; none where there is none."""
    rows = source.proposals.filter(stage=Proposal.Stage.APPROVED)
    found = rows.filter(reading=reading_hash(source), found=found_hash(source))
    return found.select_related("closed_by").first()


def ready(source: Source, actor: User | None) -> ImportProposal | None:
    """Let an import go on that was tried, and consented to where that takes two.

    Returns the consent. Raises `UntriedError` and `SignOffError`.
    """
    if not is_tried(source):
        raise UntriedError
    asked = why(source)
    if not asked:
        return None
    found = approval(source)
    if found is None:
        raise SignOffError(_("%(why)s；请先送审") % {"why": asked})
    if actor is not None and actor.pk == found.closed_by_id:
        raise SignOffError(_("批准导入的人不能自己导入，须由另一人办理"))
    return found
