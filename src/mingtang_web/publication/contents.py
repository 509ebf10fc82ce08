"""What a revision says, as one hash: what was reviewed and what goes out are the same."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from mingtang_web.files.actions import content
from mingtang_web.files.examining import Examined
from mingtang_web.ledger.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.files.models import StoredFile
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.publication.drafting import Draft
    from mingtang_web.publication.models import Attachment, Document, Revision

SHOWN = (
    "title", "document_number", "issuer", "formed_on", "effective_on", "expires_on",
    "attribute", "attribute_reason", "normative", "matter", "topic", "genre", "keywords",
    "abstract", "html",
)  # fmt: skip
"""What of a revision is looked at by reviewers and by the public."""
BONDS = (
    "issuers", "lead_attribute", "original_title", "original_number", "original_issuer",
    "original_attribute",
)  # fmt: skip
"""What a revision says of who issued it jointly and of what it forwards.

Looked at like `SHOWN`, and in the hash where it says something: a revision that says
nothing of it has the hash that it had before there was such a thing to say.
"""


def content_hash(
    document: Document, revision: Revision, attachments: Iterable[Attachment]
) -> str:
    """Return the SHA-256 of a revision's content and of its attachments' bytes."""
    held: dict[str, Plain] = {name: _plain(getattr(revision, name)) for name in SHOWN}
    held["index_number"] = document.index_number
    held["column"] = document.column
    held |= {name: said for name in BONDS if (said := getattr(revision, name))}
    if revision.forwards is not None:
        held["forwards"] = revision.forwards.index_number
    held["attachments"] = [[each.name, each.file.sha256] for each in attachments]
    return hashlib.sha256(canonical(held).encode()).hexdigest()


def intact(revision: Revision) -> bool:
    """Return whether a revision still says what it said when it was made.

    Its attachments are read from the store. Raises `AlteredFileError` where one is
    gone or is not what was handed in.
    """
    for each in revision.attachments.select_related("file"):
        content(each.file)
    return says_the_same(revision)


def says_the_same(revision: Revision) -> bool:
    """Return whether a revision's words, and what it says its files are, are unaltered.

    The files themselves are not read: each is held against its hash when it goes out.
    """
    attachments = list(revision.attachments.select_related("file"))
    return content_hash(revision.document, revision, attachments) == revision.content


def as_typed(draft: Draft) -> dict[str, Plain]:
    """Return what an officer wrote in plain values, files by their hash."""
    held: dict[str, Plain] = {
        each.name: _plain(getattr(draft, each.name))
        for each in fields(draft)
        if each.name != "enclosed"
    }
    held["enclosed"] = [[name, hash_of(file)] for name, file in draft.enclosed]
    return held


def hash_of(file: StoredFile | Examined) -> str:
    """Return the SHA-256 of a file, one that is kept already or a fresh one."""
    if isinstance(file, Examined):
        return hashlib.sha256(file.data).hexdigest()
    return file.sha256


def _plain(value: object) -> str:
    return "" if value is None else str(value)
