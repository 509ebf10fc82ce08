"""Normative documents against the ledger: clean-ups, the stock, and what the lists show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.publication.refused import RefusedError
from mingtang_web import clock
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication import cleaning
from mingtang_web.publication.cleanups import CleanUp, CleanUpItem
from mingtang_web.publication.forces import show
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import StockTaking
from mingtang_web.publication.stock import STOCK
from mingtang_web.publication.turning import SHOWN
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told


def clean_ups(body: Body, found: Told) -> Iterator[str]:
    """Yield every clean-up, conclusion and word on the stock that is not as it was told."""
    kept: dict[str, tuple[QuerySet[Model], tuple[str, ...]]] = {
        "cleanup": (CleanUp.objects.filter(body=body), cleaning.NOW),
        "cleanupitem": (CleanUpItem.objects.filter(campaign__body=body), cleaning.ITEM),
        "stocktaking": (StockTaking.objects.filter(body=body), STOCK),
    }
    for name, (rows, columns) in kept.items():
        told = found.parts[name]
        for row in rows.order_by("pk").iterator(chunk_size=AT_A_TIME):
            if told.pop(row.pk, None) != fingerprint(row, *columns):
                yield f"{row._meta.verbose_name}（内部编号{row.pk}）与台账不符"
        yield from (f"台账所记的{name}（内部编号{pk}）已不在" for pk in told)


def validity(body: Body, _found: Told) -> Iterator[str]:
    """Yield every document whose lists do not show what its events make of it.

    One whose turn has come and which the daily job has not reached is left to that.
    """
    today = clock.today()
    rows = Document.objects.filter(body=body, forceevents__isnull=False).distinct()
    marked = Document.objects.filter(body=body, forceevents=None).exclude(norm="")
    yield from (
        f"文件{row.index_number}没有有效性记录，却列为规章、规范性文件" for row in marked
    )
    for row in rows.order_by("pk").iterator(chunk_size=AT_A_TIME):
        if row.turns_on and row.turns_on <= today:
            continue
        shown = [getattr(row, name) for name in SHOWN]
        try:
            show(row, today)
        except RefusedError as why:
            yield f"文件{row.index_number}的有效性记录不能成立：{why}"
            continue
        if shown != [getattr(row, name) for name in SHOWN]:
            yield f"文件{row.index_number}显示的有效性与登记的经过不符"


NORMS = (clean_ups, validity)
