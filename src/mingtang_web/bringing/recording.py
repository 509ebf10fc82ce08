"""What every step of an import has in common: locked, saved, in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.bringing.models import Catalogue
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.ledger.canonical import Plain

UPLOADED, PROPOSED, AGREED = "bringing.uploaded", "bringing.proposed", "bringing.agreed"
RETURNED, TAKEN_BACK = "bringing.returned", "bringing.taken_back"
LAPSED = "bringing.lapsed"
FINISHED, CLEARED = "bringing.finished", "bringing.cleared"
EXPORTED = "bringing.exported"
KEPT = (
    "name", "digest", "package", "rows", "by_id", "uploaded_at", "proposer_id", "reason",
    "approver_id", "answer", "agreed", "finished_at",
)  # fmt: skip
"""What the entry of a catalogue's last step holds of its row."""


class OutOfTurnError(Exception):
    """The import has moved on, or the act comes too early or late; nothing was done."""


def locked(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue as it now stands, locked until the transaction ends."""
    rows = Catalogue.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body", "by", "proposer", "approver").get(pk=catalogue.pk)


def in_turn(catalogue: Catalogue, *states: str) -> None:
    """Let an act pass on an import that stands in some states.

    Raises `OutOfTurnError`.
    """
    if catalogue.state not in states:
        told = {"state": catalogue.get_state_display()}
        raise OutOfTurnError(
            _("这次导入现在是“%(state)s”，不能办理此事；请看过最新情况再办") % told
        )


def record(
    catalogue: Catalogue,
    kind: str,
    actor: User | None,
    key: str | None = None,
    **more: Plain,
) -> Catalogue:
    """Save a catalogue one step further on; the entry holds its row as it then stands."""
    catalogue.save()
    said: dict[str, Plain] = {
        "catalogue": catalogue.pk,
        "digest": catalogue.digest,
        "now": fingerprint(catalogue, *KEPT),
        **more,
    }
    append(Record(catalogue.body, kind, said, actor=actor, key=key))
    return catalogue
