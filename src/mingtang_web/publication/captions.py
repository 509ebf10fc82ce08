"""The caption of a regulation (题注): when it was issued and amended, since when it holds.

国办公开办函〔2021〕33号: regulations are shown with title, caption and text alone; the
caption has the day and number of issue, those of each amendment, and the day it works
from. What is not known is left out; nothing is made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.publication.forces import Kind, histories
from mingtang_web.publication.norms import Normative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mingtang_web.publication.models import Document
    from mingtang_web.publication.norms import ForceEvent

_ENDED = {Kind.REPEALED: "废止", Kind.DECLARED_VOID: "宣布失效"}


def captions(documents: Iterable[Document]) -> dict[int, str]:
    """Return the captions of the regulations among some documents, by id: one query.

    In Chinese whatever the screen speaks: they belong to the text.
    """
    rows = {each.pk: each for each in documents if each.norm == Normative.REGULATION}
    told = histories(rows)
    return {pk: caption(row, told.get(pk, [])) for pk, row in rows.items()}


def caption(document: Document, events: Iterable[ForceEvent]) -> str:
    """Return the caption of a regulation by what stands of it; blank where nothing does."""
    said = "　".join(_parts(document, events))
    return f"（{said}）" if said else ""


def _parts(document: Document, events: Iterable[ForceEvent]) -> Iterator[str]:
    shown, works = document.published, None
    number = shown.document_number if shown else ""
    for each in events:
        if each.kind == Kind.ISSUED:
            yield f"{_day(each.on)}{number}公布"
            works = each.effective_on
        elif each.kind == Kind.AMENDED:
            yield f"根据{_day(each.on)}{_by(each)}修订"
            works = each.effective_on or works
        elif each.kind in _ENDED:
            yield f"{_day(each.on)}{_ENDED[Kind(each.kind)]}"
    if works:
        yield f"自{_day(works)}起施行"


def _by(event: ForceEvent) -> str:
    by = event.by_document
    if by is None:
        return f"《{event.by_name}》" if event.by_name else ""
    number = f"（{by.document_number}）" if by.document_number else ""
    return f"《{by.title}》{number}" if by.is_out else number


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
