"""The daily job: documents whose validity changes by itself, by their own days."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.notices.jobs import batches
from mingtang_web.notices.running import Job, Part
from mingtang_web.publication.forces import show
from mingtang_web.publication.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from mingtang_web.notices.running import Pass

SHOWN = ("norm", "validity", "expires_on", "turns_on")
"""The columns of a document that follow from its events and the day."""


def stale(on: date) -> QuerySet[Document]:
    """Return the documents whose next turn has come."""
    return Document.objects.filter(Q(turns_on__lte=on))


def parts(asked: Pass) -> Iterator[Part]:
    """Show anew every document that came into force, lapsed or was amended by its day."""
    for documents in batches(stale(asked.on), asked.after):
        ids = [each.pk for each in documents]
        yield Part(ids[-1], partial(turn, ids, asked.on))


def turn(ids: Iterable[int], on: date) -> int:
    """Show some documents as they stand on a day; return how many."""
    rows = Document.objects.select_for_update(no_key=True).filter(pk__in=list(ids))
    documents = list(rows.order_by("pk"))
    for each in documents:
        show(each, on)
        each.save(update_fields=SHOWN)
    return len(documents)


def _waits(now: datetime) -> bool:
    return stale(now.date()).exists()


JOB = Job("validity", _("文件有效性更新"), timedelta(hours=1), parts, _waits)
