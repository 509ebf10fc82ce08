"""What a document still lacks before it can be sent to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.publication.guide import lacking_catalogue, lacking_guide, unfilled
from mingtang_web.publication.bonds import changed
from mingtang_web.publication.models import Attribute, Column
from mingtang_web.richtext.reading import plain
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.publication.completeness import Gap
    from mingtang_web.publication.models import Document, Revision


NEEDED = {
    "topic": gettext_lazy("主题分类"),
    "genre": gettext_lazy("体裁分类"),
    "abstract": gettext_lazy("概述"),
}
"""What every document has before it is looked at."""


_CONTAINING = {Column.GUIDE: lacking_guide, Column.CATALOGUE: lacking_catalogue}


class IncompleteError(Exception):
    """A document that lacks something; ``lacks`` has each field with what it lacks."""

    def __init__(self, lacks: dict[str, str]) -> None:
        super().__init__("；".join(lacks.values()))
        self.lacks = lacks


def lacking(document: Document, revision: Revision) -> dict[str, str]:
    """Return what a revision lacks, by its fields, in the order of the form.

    条例第十二条第三款: the catalogue gives index, title, summary and date of formation.
    """
    return dict(_lacking(document, revision))


def require_complete(document: Document, revision: Revision) -> None:
    """Let a revision pass that lacks nothing; raises `IncompleteError`."""
    lacks = lacking(document, revision)
    if lacks:
        raise IncompleteError(lacks)


def contents_lacking(document: Document, revision: Revision) -> tuple[Gap, ...]:
    """Return what a guide or a catalogue lacks of what 条例第十二条 has it contain.

    A catalogue that is an attachment is not looked into: what is in the file, whoever
    reviews it sees.
    """
    lacking_of = _CONTAINING.get(Column(document.column))
    if lacking_of is None:
        return ()
    if document.column == Column.CATALOGUE and revision.attachments.exists():
        return ()
    return lacking_of(plain(revision.html))


def _lacking(document: Document, revision: Revision) -> Iterator[tuple[str, str]]:
    if not plain(revision.html).strip() and not revision.attachments.exists():
        yield "html", _("没有正文，也没有附件")
    for name, label in NEEDED.items():
        if not getattr(revision, name):
            yield name, _("缺少%(what)s") % {"what": label}
    statutory = document.column == Column.STATUTORY
    if statutory and revision.attribute == Attribute.PROACTIVE and not revision.matter:
        yield "matter", _("没有选属于哪一项法定主动公开事项（条例第二十条、第二十一条）")
    if revision.normative:
        if not revision.document_number:
            yield "document_number", _("规章、规范性文件须有文号")
        if revision.effective_on is None:
            yield "effective_on", _("规章、规范性文件须有施行日期")
    yield from _unwritten(document, revision)


def _unwritten(document: Document, revision: Revision) -> Iterator[tuple[str, str]]:
    if why := changed(revision):
        yield "original_attribute", why
    for gap in contents_lacking(document, revision):
        known = {"what": spoken(gap.item.label), "cite": gap.item.cite or ""}
        yield f"contents_{gap.item.id}", _("正文没有写%(what)s（%(cite)s）") % known
    left = unfilled(plain(revision.html))
    if left:
        yield "unfilled", _("还有没有填写的地方：%(what)s") % {"what": "、".join(left)}
