"""How the search hears of what becomes public, changes or is taken down.

The rooms below know nothing of it: whenever a row is saved that the public sees, or saw,
a change is written in the same transaction. What is saved by the hundred is told by
whoever brings it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.searching.models import Change
from mingtang_web.searching.publishers import DOCUMENT, REPORT, report_ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang_web.annual.models import Annual
    from mingtang_web.publication.models import Document


def document_saved(instance: Document, **_: object) -> None:
    """Write down that a document that ever went out may have changed."""
    if instance.published_id is not None:
        Change.objects.create(room=DOCUMENT, ref=instance.pk)


def report_saved(instance: Annual, **_: object) -> None:
    """Write down that the reports of a body and year may have changed."""
    if instance.published_on is not None:
        ref = report_ref(instance.body_id, instance.year)
        Change.objects.create(room=REPORT, ref=ref)


def brought_in(documents: Sequence[Document]) -> None:
    """Write down that documents came in from an old site; no index holds them yet."""
    Change.objects.bulk_create(
        Change(room=DOCUMENT, ref=each.pk, hides=False) for each in documents
    )
