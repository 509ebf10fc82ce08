"""Files that bear figures of periods out (凭据): taken in, held by their hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import keep, said_of, taken
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication.recording import asked_with, sent_before
from mingtang_web.spells import policy
from mingtang_web.spells.actions import ROWS
from mingtang_web.spells.models import Evidence

if TYPE_CHECKING:
    from django.core.files.base import File

    from mingtang_web.files.examining import Examined
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.spells.models import Spell

ATTACHED = "spell.attached"
PART = "spellevidence"
"""What the ledger calls the row of a file."""
COLUMNS = ("spell_id", "file_id", "name", "by_id", "at")
MOST = 10
"""So many files a figure may have."""


def attach(spell: Spell, upload: File[bytes], name: str, doing: Doing) -> Evidence:
    """Keep a file as evidence of a figure, and return it; sent twice it is one.

    ``name`` is what it is called. Raises `NotAllowedError`, `RefusedFileError`,
    `SentOtherwiseError` and `ValidationError`.
    """
    require(doing.person, policy.ATTACH, spell.body, clock.today())
    masking.to_keep(name, "name")
    return _kept(spell, taken(upload, spell.body, doing.person), name.strip(), doing)


@transaction.atomic
def _kept(spell: Spell, found: Examined, name: str, doing: Doing) -> Evidence:
    present = ROWS.begin(spell, policy.ATTACH, doing)
    asked: Plain = [spell.pk, name, hashlib.sha256(found.data).hexdigest()]
    before = sent_before(present.body, ATTACHED, doing, asked)
    if before is not None:
        return Evidence.objects.get(pk=before.content["rows"][0][1])
    if present.struck:
        raise ValidationError(_("这一条已经作废，不能再附凭据"))
    if present.evidence.count() >= MOST:
        why = _("一条最多附 %(most)s 份凭据，这一份没有保存；请合成一个文件")
        raise ValidationError({"file": why % {"most": MOST}})
    file = keep(found, present.body, doing.person)
    row = Evidence(spell=present, file=file, name=name, by=doing.person, at=clock.now())
    row.save(force_insert=True)
    said: dict[str, Plain] = {
        "spell": present.pk,
        "rows": [[PART, row.pk, fingerprint(row, *COLUMNS)]],
        "files": [said_of(file)],
        "asked": asked_with(doing, asked),
    }
    append(Record(present.body, ATTACHED, said, actor=doing.actor, key=doing.key))
    return row
