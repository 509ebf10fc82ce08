"""Masked copies of attachments: taken out for good, read back, kept as a new version.

The file as it was handed in stays in the versions before, which nobody outside sees.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.screening import HIDDEN, PRIVATE
from mingtang.screening.files import UnscreenableError
from mingtang.screening.redacting import StillThereError, redact
from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import content
from mingtang_web.files.examining import Examined
from mingtang_web.publication import policy
from mingtang_web.publication.drafting import Enclosed, as_draft, revise
from mingtang_web.publication.enclosures import looked_into
from mingtang_web.publication.recording import repeated
from mingtang_web.wordlists.lexicons import lexicon_of

if TYPE_CHECKING:
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Attachment, Document


def mask(
    document: Document, position: int, doing: Doing, *, private: bool, hidden: bool
) -> tuple[Document, tuple[str, ...]]:
    """Replace an attachment by its masked copy; return what was taken out, in words.

    ``private`` masks every personal datum that screening sees, ``hidden`` takes hidden
    content out. The file is masked before anything is locked: pages may be drawn anew.
    Raises `NotAllowedError`, `OutOfTurnError`, `AlteredFileError` and `ValidationError`.
    """
    require(doing.person, policy.WRITE, document.body, clock.today())
    if not private and not hidden:
        raise ValidationError(_("请至少选一项：遮盖个人信息，或者去掉看不见的内容"))
    row = document.newest.attachments.select_related("file").filter(position=position)
    found = row.first()
    if found is None:
        raise ValidationError(_("没有这个附件，请看过最新情况再办"))
    asked: Plain = ["masked", position, private, hidden]
    if repeated(document, "revised", doing, asked):
        return document, ()
    kinds = (PRIVATE if private else frozenset()) | (HIDDEN if hidden else frozenset())
    data, removed = _masked(document, found, kinds)
    draft = as_draft(document.newest)
    kept = list(draft.enclosed)
    kept[position] = Enclosed(found.name, Examined(data, found.file.kind))
    note = _("附件“%(name)s”换成遮盖本") % {"name": found.name[:100]}
    changed = replace(draft, enclosed=tuple(kept), note=note)
    return revise(document, changed, doing, asked), removed


def _masked(
    document: Document, row: Attachment, kinds: frozenset[str]
) -> tuple[bytes, tuple[str, ...]]:
    lexicon = lexicon_of(document.body, clock.today())
    hits = looked_into(row, lexicon).screening.hits
    chosen = [hit for hit in hits if hit.kind in kinds]
    if not chosen:
        raise ValidationError(_("这个附件里没有筛查到要遮盖、要去掉的内容"))
    try:
        made = redact(content(row.file), row.name, chosen)
    except (UnscreenableError, StillThereError) as why:
        raise ValidationError(str(why)) from why
    return made.data, made.removed
