"""What a signed clean-up makes of each of its documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import admit, state_on
from mingtang_web import clock
from mingtang_web.ledger.actions import hold
from mingtang_web.publication.cleanups import CleanUpItem
from mingtang_web.publication.forces import event_of, history, show
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.recording import record

if TYPE_CHECKING:
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.cleanups import CleanUp

Conclusion = CleanUpItem.Conclusion
_BECOMES = {
    Conclusion.KEEP: ForceEvent.Kind.KEPT,
    Conclusion.REPEAL: ForceEvent.Kind.REPEALED,
    Conclusion.VOID: ForceEvent.Kind.DECLARED_VOID,
}
"""What a conclusion makes of a document; one to be amended stays as it is until it is."""
_NAMED = 20


class _MissingError(Exception):
    """A document without a conclusion."""


def settle(campaign: CleanUp, items: list[CleanUpItem], doing: Doing) -> None:
    """Record what a clean-up makes of each document; raises `ValidationError`."""
    ids = [item.document_id for item in items]
    rows = Document.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("body", "current").filter(pk__in=ids).order_by("pk")
    documents = {row.pk: row for row in rows}
    hold(campaign.body, *(row.body for row in documents.values()))
    wrong: list[str] = []
    for item in items:
        document = documents[item.document_id]
        try:
            _become(item, document, doing)
        except RefusedError as why:
            wrong.append(f"{document.title}：{why}")
        except _MissingError:
            wrong.append(_("%(title)s：还没有结论") % {"title": document.title})
    if wrong:
        more = _("另有%(n)s件") % {"n": len(wrong) - _NAMED} if wrong[_NAMED:] else ""
        raise ValidationError([*wrong[:_NAMED], *filter(None, [more])])


def _become(item: CleanUpItem, document: Document, doing: Doing) -> None:
    """Record what becomes of one document; raises `RefusedError` and `_MissingError`."""
    before, today = history(document), clock.today()
    state = state_on(before, today) if before else None
    if state is None or not state.status.holds:
        item.moot = True
        item.save()
        return
    if not item.conclusion:
        raise _MissingError
    kind = _BECOMES.get(Conclusion(item.conclusion))
    if kind is None or document.current is None:
        return
    row = ForceEvent(
        document=document,
        revision=document.current,
        kind=kind,
        norm=document.norm,
        on=today,
        expires_on=item.expires_on,
        by_name=item.campaign.name if kind == ForceEvent.Kind.REPEALED else "",
        basis=item.reason,
        source=ForceEvent.Source.CLEAN_UP,
        campaign=item.campaign,
        stage=ForceEvent.Stage.STANDS,
        by=item.by,
        at=clock.now(),
        confirmed_by=doing.person,
        confirmed_at=clock.now(),
    )
    admit(before, event_of(row))
    row.save(force_insert=True)
    show(document, today)
    record(document, "force_cleaned_up", replace(doing, key=None), [row])
