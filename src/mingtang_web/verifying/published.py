"""Documents against the ledger: where they stand, what was done, what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.files.actions import AlteredFileError
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication.contents import intact
from mingtang_web.publication.models import Document, IndexScheme, ReviewChain, Revision
from mingtang_web.publication.recording import NOW, ROWS
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told


def documents(body: Body, found: Told) -> Iterator[str]:
    """Yield every document, and everything in one, that is not as it was told."""
    rows = Document.objects.filter(body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = found.documents.pop(row.pk, None)
        if said is None or said["now"] != fingerprint(row, *NOW):
            yield f"文件{row.index_number}与台账不符"
    yield from (f"台账所记的文件（内部编号{pk}）已不在" for pk in found.documents)
    for name, (model, columns) in ROWS.items():
        told = found.parts[name]
        parts = model._default_manager.filter(document__body=body).order_by("pk")
        for part in parts.iterator(chunk_size=AT_A_TIME):
            if told.pop(part.pk, None) != fingerprint(part, *columns):
                yield f"文件的{model._meta.verbose_name}（内部编号{part.pk}）与台账不符"
        yield from (f"台账所记文件的{name}（内部编号{pk}）已不在" for pk in told)


def contents(body: Body, _found: Told) -> Iterator[str]:
    """Yield every revision that does not say what it said when it was kept."""
    rows = Revision.objects.filter(document__body=body).select_related("document")
    for row in rows.order_by("pk").iterator(chunk_size=100):
        try:
            same = intact(row)
        except AlteredFileError as why:
            yield f"文件{row.document.index_number}第{row.number}稿的附件：{why}"
            continue
        if not same:
            yield f"文件{row.document.index_number}第{row.number}稿与保存时的指纹不符"


def settings(body: Body, found: Told) -> Iterator[str]:
    """Yield what a body's documents go by and the ledger does not say."""
    chain = ReviewChain.objects.filter(body=body).first()
    scheme = IndexScheme.objects.filter(body=body).first()
    if (chain.stages if chain else None) != found.body.get("stages"):
        yield "文件的审核环节与台账不符"
    if (scheme.rule if scheme else None) != found.body.get("rule"):
        yield "索引号规则与台账不符"


PUBLISHED = (documents, contents, settings)
