"""The issue of a normative document, recorded as it goes out, in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import course
from mingtang_web import clock
from mingtang_web.publication.forces import (
    event_of,
    in_order,
    on_trial,
    show,
    standing_rows,
)
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.recording import record
from mingtang_web.publication.releasing import NotReviewedError

if TYPE_CHECKING:
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document, Revision

Kind, Source, Stage = ForceEvent.Kind, ForceEvent.Source, ForceEvent.Stage


class AgainstRegisterError(NotReviewedError):
    """What would go out cannot be squared with what is registered of its validity."""


def on_publishing(document: Document, before: Revision | None, doing: Doing) -> None:  # noqa: ARG001 - one of several alike
    """Record the issue of a normative document as it goes out.

    Published anew with other days, the issue is entered anew. What is in the register as
    stock stays as entered there. Raises `AgainstRegisterError`.
    """
    revision = document.published
    assert revision is not None  # noqa: S101 - it goes out now
    rows = standing_rows(document)
    issue = rows[0] if rows else None
    wanted = _issue(document, revision) if revision.normative else None
    if _stays(issue, wanted, rows):
        return
    touched = []
    if issue is not None:
        issue.stage = Stage.STRUCK
        issue.confirmed_at, issue.confirmed_why = clock.now(), _("随文件重新发布更正")
        issue.save()
        touched.append(issue)
    if wanted is not None:
        _fits(wanted, rows[1:])
        wanted.by, wanted.at = doing.actor, clock.now()
        wanted.save(force_insert=True)
        touched.append(wanted)
    show(document, clock.today())
    record(document, "force_issued", replace(doing, key=None), touched)


def _stays(
    issue: ForceEvent | None, wanted: ForceEvent | None, rows: list[ForceEvent]
) -> bool:
    """Return whether the register need not change; raises `AgainstRegisterError`."""
    if issue is None or wanted is None:
        if issue is not None and (issue.source != Source.PUBLICATION or rows[1:]):
            raise AgainstRegisterError(
                _(
                    "有效性登记簿里已有这份文件的记录，不能改为“不是规章、规范性文件”；请退回修改"
                )
            )
        return issue is None and wanted is None
    if issue.source != Source.PUBLICATION:
        if _led_elsewhere(issue) != _led_elsewhere(wanted):
            raise AgainstRegisterError(
                _(
                    "登记簿里这份文件由谁牵头与现在的文稿不同，关系到计入哪个机关的表二；"
                    "请先撤销登记，按文稿重新登记，再发布"
                )
            )
        return True
    names = ("norm", "on", "effective_on", "expires_on", "trial")
    if _led_elsewhere(issue) != _led_elsewhere(wanted):
        return False
    return all(getattr(issue, name) == getattr(wanted, name) for name in names)


def _led_elsewhere(issue: ForceEvent) -> bool:
    return bool(issue.revision.lead_attribute)


def _fits(issue: ForceEvent, later: list[ForceEvent]) -> None:
    try:
        course([event_of(row) for row in sorted([issue, *later], key=in_order)])
    except RefusedError as why:
        raise AgainstRegisterError(
            _("文件的日期与登记的有效性对不上：%(why)s；请退回修改") % {"why": why}
        ) from why


def _issue(document: Document, revision: Revision) -> ForceEvent:
    """Return the issue that a revision tells of: on the day it was formed."""
    return ForceEvent(
        document=document,
        revision=revision,
        kind=Kind.ISSUED,
        norm=revision.normative,
        on=revision.formed_on,
        effective_on=revision.effective_on,
        expires_on=revision.expires_on,
        trial=on_trial(revision.title),
        source=Source.PUBLICATION,
        stage=Stage.STANDS,
    )
