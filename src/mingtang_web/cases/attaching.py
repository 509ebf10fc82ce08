"""Taking files into a case, from a form that is being filled in or later; looking at them.

A form's files wait in a tray, so that a form sent back for a fault has lost none.
Whoever puts one in clears away what others have left lying for a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.actions import keep as keep_applicant
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.queries import require
from mingtang_web.cases import policy
from mingtang_web.cases.attachments import Attachment
from mingtang_web.cases.models import Case
from mingtang_web.files.actions import ROW as FILE
from mingtang_web.files.actions import (
    AlteredFileError,
    RefusedFileError,
    content,
    keep,
    taken,
)
from mingtang_web.files.examining import Examined
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.base import File
    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain

ATTACHED, OPENED = "case.attached", "case.attachment_opened"
MOST = 20
"""So many files one form, and one case at a time, may bring."""
LEFT_LYING = timedelta(days=1)


class Paper(NamedTuple):
    """A file that was looked through, and what it is."""

    what: str
    found: Examined


def hold(
    upload: File[bytes], what: str, body: Body, actor: User | None, tray: str
) -> Attachment:
    """Put a file into the tray of a form that is being filled in, and return it.

    Without an actor it is an applicant who asks by the internet. Raises
    `NotAllowedError` and `RefusedFileError`.
    """
    if actor is not None:
        require(actor, policy.REGISTER, body, clock.today())
    clear_trays()
    if held(tray, actor).count() >= MOST:
        raise RefusedFileError(
            _("一次最多收 %(most)s 个文件，这一个没有保存；其余的登记后在案件页上传")
            % {"most": MOST}
        )
    key = keep_applicant(Person(name=""), Kind.OTHER, body)
    found = taken(upload, body, actor, key)
    with transaction.atomic():
        file = keep(found, body, actor, key)
        return Attachment.objects.create(tray=tray, what=what, file=file)


def held(tray: str, actor: User | None) -> QuerySet[Attachment]:
    """Return what lies in a tray of a person's own, in the order it was put there.

    A tray without an actor is an applicant's; only who knows its name finds it.
    """
    rows = Attachment.objects.filter(case=None, tray=tray, file__stored_by=actor)
    return rows.select_related("file__applicant")


def let_go(rows: Iterable[Attachment]) -> None:
    """Take files out of their trays; they open no more and are cleared away."""
    for row in rows:
        file, key = row.file, row.file.applicant
        with transaction.atomic():
            row.delete()
            file.delete()
            if key and not StoredFile.objects.filter(applicant=key).exists():
                key.delete()


def papers_in(tray: str, actor: User | None) -> tuple[Paper, ...]:
    """Return the files of a tray, opened.

    Raises `AlteredFileError`.
    """
    return tuple(
        Paper(row.what, Examined(content(row.file), row.file.kind))
        for row in held(tray, actor)
    )


def copies(case: Case) -> tuple[Paper, ...]:
    """Return a case's files, opened, to go on with it to another body.

    One that is gone or altered stays behind: there is nothing to hand over. Raises
    `ErasedError`.
    """
    found = []
    for row in case.attachments.select_related("file__applicant"):
        try:
            found.append(Paper(row.what, Examined(content(row.file), row.file.kind)))
        except AlteredFileError:
            continue
    return tuple(found)


def bring(
    case: Case, papers: Iterable[Paper], actor: User | None
) -> list[dict[str, Plain]]:
    """Keep files in a case, in the caller's transaction; return what the ledger says."""
    said: list[dict[str, Plain]] = []
    for paper in papers:
        file = keep(paper.found, case.body, actor, case.applicant)
        row = Attachment.objects.create(case=case, what=paper.what, file=file)
        said.append(
            {
                "attachment": row.pk,
                "what": row.what,
                "file": str(file.pk),
                "file_sha256": file.sha256,
                "file_row": fingerprint(file, *FILE),
            }
        )
    return said


def attach(
    case: Case, upload: File[bytes], what: str, actor: User, key: str | None = None
) -> Attachment:
    """Take a file into a case and return it; a submission sent twice brings one.

    Raises `NotAllowedError`, `RefusedFileError` and `ErasedError`.
    """
    require(actor, policy.ATTACH, case.body, clock.today())
    if earlier := _came_before(case, key):
        return earlier
    found = taken(upload, case.body, actor, case.applicant)
    with transaction.atomic():
        present = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if earlier := _came_before(present, key):
            return earlier
        [said] = bring(present, [Paper(what, found)], actor)
        append(
            Record(present.body, ATTACHED, said, actor=actor, case_id=present.pk, key=key)
        )
        return present.attachments.latest("id")


def look(row: Attachment, actor: User) -> bytes:
    """Return a file of a case; who took it enters the ledger, for it names people.

    Raises `NotAllowedError`, `AlteredFileError` and `ErasedError`.
    """
    require(actor, policy.OPEN_FILE, row.file.body, clock.today())
    data = content(row.file)
    payload: dict[str, Plain] = {"attachment": row.pk, "file": str(row.file_id)}
    append(Record(row.file.body, OPENED, payload, actor=actor, case_id=row.case_id))
    return data


def clear_trays() -> None:
    """Take away what was never registered and lies there for a day."""
    since = clock.now() - LEFT_LYING
    rows = Attachment.objects.filter(case=None, file__stored_at__lt=since)
    let_go(rows.select_related("file__applicant"))


def _came_before(case: Case, key: str | None) -> Attachment | None:
    if key is None:
        return None
    entry = Entry.objects.filter(body=case.body_id, key=key, case_id=case.pk).first()
    return Attachment.objects.get(pk=entry.content["attachment"]) if entry else None
