"""Hidden content taken out of office files, kind by kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.files.looks import Looks
from mingtang.screening.files.office import TYPES, local
from mingtang.screening.files.stories import CAME, GONE
from mingtang.screening.hits import Kind
from mingtang.screening.redacting.cutting import Cutting, out, unwrap
from mingtang.screening.redacting.workbooks import (
    without_hidden_cells,
    without_hidden_sheets,
    without_unseen_cells,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_COMMENTS = frozenset({
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
    "threadedComment", "person",
})  # fmt: skip
_PROPERTIES = frozenset({
    "core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml",
})  # fmt: skip
_BESIDE = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_MARKS = re.compile(
    r"(?:Change|(?:moveFrom|moveTo|customXml\w+)Range(?:Start|End)|cellIns|cellDel|cellMerge)$"
)
_MACRO = re.compile(r"macroEnabled(?:Template)?|ms-(?:word|excel)\.(?:document|sheet)\.")
_WORD_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_LINKED = frozenset({"externalLinkPath", "externalLink", "xlExternalLinkPath"})


def remove(cutting: Cutting, kinds: frozenset[Kind]) -> None:
    """Take the kinds of hidden content out of a file."""
    for kind, work in _WORK.items():
        if kind in kinds:
            work(cutting)


def _comments(cutting: Cutting) -> None:
    notes = {
        name
        for name, root in cutting.office.trees.items()
        if name.lower().endswith(".vml") and _holds_notes_only(root)
    }
    cutting.cut(lambda each: each.kind in _COMMENTS or each.target in notes)
    cutting.take_out(*_BESIDE)


def _holds_notes_only(root: etree._Element) -> bool:
    shapes = [node.get("ObjectType") for node in root.iter("{*}ClientData")]
    return bool(shapes) and set(shapes) == {"Note"}


def _revisions(cutting: Cutting) -> None:
    """Accept all revisions: what was deleted goes, what was put in stays."""
    for name, root in cutting.office.trees.items():
        if not name.startswith("word/"):
            continue
        for node in list(root.iter("*")):
            _accept(node, local(node))


def _accept(node: etree._Element, name: str) -> None:
    above = node.getparent()
    if above is None:
        return
    if _MARKS.search(name):
        out(node)
    elif name in GONE and local(above) == "trPr":
        row = above.getparent()
        if row is not None:
            out(row)
    elif name in GONE or (name in CAME and not len(node)):
        out(node)
    elif name in CAME:
        unwrap(node)


def _hidden_text(cutting: Cutting) -> None:
    looks = Looks(cutting.office)
    for name, root in cutting.office.trees.items():
        if name.startswith("word/"):
            for run in list(root.iter("{*}r")):
                if looks.veil(run):
                    out(run)
    without_unseen_cells(cutting)


def _metadata(cutting: Cutting) -> None:
    cutting.cut(lambda each: each.kind in _PROPERTIES)
    cutting.take_out("docVars", "dataBinding")


def _links(cutting: Cutting) -> None:
    office = cutting.office
    for relation in office.relations:
        root = office.trees.get(relation.target)
        if relation.kind in _LINKED and root is not None:
            for node in list(root.iter("{*}sheetDataSet")):
                out(node)
    cutting.cut(lambda each: each.external or each.kind == "connections")


def _embedded(cutting: Cutting) -> None:
    held = set(cutting.office.embedded())
    cutting.cut(lambda each: each.target in held)


def _macros(cutting: Cutting) -> None:
    held = set(cutting.office.macros())
    cutting.cut(lambda each: each.target in held or each.kind == "vbaProject")
    plain = _SHEET_TYPE if cutting.office.main().startswith("xl/") else _WORD_TYPE
    for node in cutting.office.trees[TYPES].iterchildren("*"):
        if _MACRO.search(node.get("ContentType", "")):
            node.set("ContentType", plain)


_WORK: dict[Kind, Callable[[Cutting], None]] = {
    Kind.COMMENT: _comments,
    Kind.REVISION: _revisions,
    Kind.HIDDEN_TEXT: _hidden_text,
    Kind.HIDDEN_SHEET: without_hidden_sheets,
    Kind.HIDDEN_CELLS: without_hidden_cells,
    Kind.METADATA: _metadata,
    Kind.EXTERNAL_LINK: _links,
    Kind.EMBEDDED: _embedded,
    Kind.MACRO: _macros,
}
