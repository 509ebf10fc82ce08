"""Taking files in, giving them out, and clearing away what nobody refers to."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.actions import open_bytes, seal_bytes
from mingtang_web.files import storing
from mingtang_web.files.examining import Examined, examine
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from django.core.files.base import File

    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain

QUARANTINED = "file.quarantined"
ROW = (
    "applicant_id", "kind", "size", "sha256", "stored", "state", "reason", "stored_by_id",
    "stored_at",
)  # fmt: skip
"""What the entry that names a file holds of its row."""
GRACE = timedelta(days=1)
"""So long a file may lie without a row: its transaction may still be under way."""


class RefusedFileError(ValueError):
    """A file that does not come in; says why."""

    field = "file"


class AlteredFileError(Exception):
    """A stored file that is gone, or no longer what was handed in."""


def taken(
    upload: File[bytes], body: Body, actor: User | None, applicant: Applicant | None = None
) -> Examined:
    """Return an upload that was looked through and may be kept.

    To be called before any transaction: what must not come in is put aside with
    the reason, in a transaction of its own, and never given out.
    Raises `RefusedFileError`.
    """
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // 1024 // 1024
        raise RefusedFileError(_("文件超过 %(most)s MB 的上限，没有保存") % {"most": most})
    if not upload.size:
        raise RefusedFileError(_("文件是空的，没有保存"))
    found = examine(upload.name or "", upload.read())
    if found.fault:
        _put_aside(found, body, actor, applicant)
        raise RefusedFileError(
            _(
                "没有收下这个文件，原因：%(fault)s。为了安全它已被隔离，谁也不会打开；"
                "请换成照片、PDF 或者文档再上传"
            )
            % {"fault": found.fault}
        )
    return found


def keep(
    found: Examined, body: Body, actor: User | None, applicant: Applicant | None = None
) -> StoredFile:
    """Keep a file that `taken` let in, inside the caller's transaction.

    With an applicant it is sealed under that one's key. Raises `ErasedError`.
    """
    data = seal_bytes(applicant, found.data) if applicant else found.data
    return StoredFile.objects.create(
        body=body,
        applicant=applicant,
        kind=found.kind[:8],
        size=len(found.data),
        sha256=hashlib.sha256(found.data).hexdigest(),
        stored=storing.put(data),
        state=StoredFile.State.QUARANTINED if found.fault else StoredFile.State.KEPT,
        reason=found.fault[:200],
        stored_by=actor,
        stored_at=clock.now(),
    )


def said_of(file: StoredFile) -> dict[str, Plain]:
    """Return what the ledger says of a file."""
    return {"file": str(file.pk), "sha256": file.sha256, "row": fingerprint(file, *ROW)}


def content(file: StoredFile) -> bytes:
    """Return a kept file as it was handed in.

    Raises `AlteredFileError` when it is gone, altered or in quarantine, and
    `ErasedError` when its applicant's data were destroyed.
    """
    if file.state != StoredFile.State.KEPT:
        raise AlteredFileError(_("文件已隔离，不能取出"))
    try:
        data = storing.get(file.stored)
    except OSError as gone:
        raise AlteredFileError(_("文件已不在存储中，请从备份恢复")) from gone
    if hashlib.sha256(data).hexdigest() == file.stored:
        data = open_bytes(file.applicant, data) if file.applicant else data
        if hashlib.sha256(data).hexdigest() == file.sha256:
            return data
    raise AlteredFileError(_("文件内容与登记的指纹不符，可能被改动，不予取出"))


def clear_orphans() -> int:
    """Delete files that no row refers to, and drafts; return how many.

    Such files are left when a crash or a refusal undid what they belonged to.
    """
    cleared = 0
    for file in storing.older_than(clock.now() - GRACE):
        if (
            storing.is_draft(file)
            or not StoredFile.objects.filter(stored=file.name).exists()
        ):
            file.unlink(missing_ok=True)
            cleared += 1
    return cleared


@transaction.atomic
def _put_aside(
    found: Examined, body: Body, actor: User | None, applicant: Applicant | None
) -> None:
    file = keep(found, body, actor, applicant)
    said = {"file": str(file.pk), "sha256": file.sha256, "why": file.reason}
    said["row"] = fingerprint(file, *ROW)
    append(Record(body, QUARANTINED, said, actor=actor))
