"""Letters, deliveries, wordings and files against what the ledger tells of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mingtang_web.applicants.actions import ErasedError
from mingtang_web.cases.attachments import Attachment
from mingtang_web.files import storing
from mingtang_web.files.actions import ROW as FILE
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.letters import actions as letters
from mingtang_web.letters.actions import ROW
from mingtang_web.letters.models import DeliveryRecord, Letter, LetterEdit
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Said, Told

_OF_LETTER = ("kind", "number", "sha256", "made_by")


def issued(body: Body, found: Told) -> Iterator[str]:
    """Yield every letter that is not what was issued, and every one that is gone."""
    rows = Letter.objects.filter(body=body).select_related("reader__body").order_by("pk")
    for row in rows.iterator(chunk_size=100):
        said = found.letters.pop(row.pk, None)
        wrong = _of_letter(row, said, found)
        if wrong:
            yield f"文书{row.number or row.pk}{wrong}"
    yield from (f"台账所记的文书{said['number']}已不在" for said in found.letters.values())


def _of_letter(row: Letter, said: Said | None, found: Told) -> str:
    return _as_told(row, said, found) or _of_content(row, found)


def _as_told(row: Letter, said: Said | None, found: Told) -> str:
    if said is None:
        waits = row.status == Letter.Status.DRAFT or not row.issued_at
        return "" if waits and row.sha256 in found.drafts else "不在台账里"
    if any(getattr(row, name) != said[name] for name in _OF_LETTER):
        return "与台账不符"
    own = fingerprint(row, *ROW)
    if said.get("row", own) != own:
        return "的登记与台账不符"
    expected = Letter.Status.VOID if row.pk in found.voided else Letter.Status.ISSUED
    by = found.voided.get(row.pk, ("", None))
    if (row.status, row.void_reason, row.voided_by_id) != (expected, *by):
        return "的作废与台账不符"
    return ""


def _of_content(row: Letter, found: Told) -> str:
    """Return what is wrong with the text as it lies there; nothing where it holds."""
    try:
        letters.content(row)
    except ErasedError:
        return (
            "" if str(row.reader_id) in found.erased else "的受文人信息被销毁而台账没有记载"
        )
    except letters.AlteredLetterError:
        return "的内容与台账所记的指纹不符"
    return ""


def deliveries(body: Body, found: Told) -> Iterator[str]:
    """Yield every delivery and every wording that is not what the ledger says."""
    rows = DeliveryRecord.objects.filter(letter__body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = found.deliveries.pop(row.pk, None)
        if said is None or not _same(row, said):
            yield f"送达记录（内部编号{row.pk}）与台账不符"
    yield from (f"台账所记的送达记录（内部编号{pk}）已不在" for pk in found.deliveries)
    for edit in LetterEdit.objects.filter(body=body).order_by("pk"):
        said = found.edits.pop(edit.pk, None)
        own = {"kind": edit.kind, "passage": edit.passage, "text": edit.text}
        if said is None or {**said, **own} != said or said["since"] != str(edit.since):
            yield f"文书措辞（内部编号{edit.pk}）与台账不符"
    yield from (f"台账所记的文书措辞（内部编号{pk}）已不在" for pk in found.edits)


def _same(row: DeliveryRecord, said: Said) -> bool:
    held = {
        "letter": row.letter_id,
        "mode": row.mode,
        "proof": row.proof,
        "dispatched": str(row.dispatched),
        "received": str(row.received) if row.received else None,
        "file": str(row.file_id) if row.file_id else None,
    }
    own = fingerprint(row, "reference", "recorded_by_id", "recorded_at")
    return {**said, **held} == said and said.get("row", own) == own


def files(body: Body, found: Told) -> Iterator[str]:
    """Yield every file whose bytes, or whose row, are not what the ledger says."""
    waiting = Attachment.objects.filter(case=None, file__body=body).values("file")
    rows = StoredFile.objects.filter(body=body).exclude(pk__in=waiting)
    for row in rows.select_related("applicant__body"):
        said = found.files.pop(str(row.pk), None)
        own = fingerprint(row, *FILE)
        if said is None or (said["sha256"], said.get("row") or own) != (row.sha256, own):
            yield f"附件{row.pk}的登记与台账不符"
            continue
        wrong = _of_file(row, found)
        if wrong:
            yield f"附件{row.pk}{wrong}"
    yield from (f"台账所记的附件{pk}已不在" for pk in found.files)


def attachments(body: Body, found: Told) -> Iterator[str]:
    """Yield every attachment of a case that is not what the ledger says."""
    for row in Attachment.objects.filter(case__body=body).order_by("pk"):
        said = found.attachments.pop(row.pk, None)
        own = {"case": row.case_id, "what": row.what, "file": str(row.file_id)}
        if said is None or {**said, **own} != said:
            yield f"案件附件（内部编号{row.pk}）与台账不符"
    yield from (f"台账所记的案件附件（内部编号{pk}）已不在" for pk in found.attachments)


def _of_file(row: StoredFile, found: Told) -> str:
    try:
        if row.state == StoredFile.State.KEPT:
            content(row)
            return ""
        data = storing.get(row.stored)
    except ErasedError:
        return "" if str(row.applicant_id) in found.erased else "的密钥已销毁而台账没有记载"
    except AlteredFileError as why:
        return f"：{why}"
    except OSError:
        return "：文件已不在存储中"
    same = hashlib.sha256(data).hexdigest() == row.stored
    return "" if same else "：内容与登记的指纹不符"


PAPERS = (issued, deliveries, files, attachments)
