"""Notes of an earlier marking taken out of office files; those of others stay.

A note is ours by its words: what somebody wrote into it is kept, and so is a
comment of Word that somebody answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from mingtang.marking.notes import AUTHOR, rest
from mingtang.packages.editing import Editing, elements

if TYPE_CHECKING:
    from collections.abc import Collection

_MARKS = ("{*}commentRangeStart", "{*}commentRangeEnd", "{*}commentReference")
_THREADS = ("commentsExtended", "commentsIds")
"""Parts that hold more of Word's comments, named by their last paragraph."""


def without_cells(root: etree._Element) -> list[str] | None:
    """Take our words out of a sheet's notes.

    Returns the names of the cells that have no note any more; None where nothing
    was ours.
    """
    gone: list[str] = []
    changed = False
    for comment in list(root.iter("{*}comment")):
        said = _words(comment)
        left = rest(said)
        changed = changed or left != said.strip()
        if not left and said.strip():
            gone.append(comment.get("ref", ""))
            _drop(comment)
        elif left != said.strip():
            _keep(comment, left)
    return gone if changed else None


def _keep(comment: etree._Element, left: str) -> None:
    """Let a note say what is left of it, with its looks as far as runs allow."""
    nodes = list(comment.iter("{*}t"))
    texts = [_without(node.text or "") for node in nodes]
    if "".join(texts).strip() != left:
        texts = [left] + [""] * (len(nodes) - 1)
    for node, text in zip(nodes, texts, strict=True):
        run = node.getparent()
        if text:
            node.text = text
        elif run is not None:
            _drop(run)


def _without(text: str) -> str:
    left = rest(text)
    return text if left == text.strip() else left


def without_comments(data: bytes) -> bytes:
    """Return a Word file without the comments that are all ours, as it is if none is."""
    editing = Editing(data)
    main = editing.related("", "officeDocument")
    name = editing.related(main, "comments")
    if not name or name not in editing:
        return data
    root = editing.tree(name)
    answered = _answered(editing, main)
    ours = [
        each for each in elements(root) if _is_ours(each) and not _keys(each) & answered
    ]
    if not ours:
        return data
    gone = {_named(each, "id") for each in ours}
    keys = {key for each in ours for key in _keys(each)}
    for comment in ours:
        _drop(comment)
    editing.put(name, root)
    _unmark(editing, main, gone)
    for kind in _THREADS:
        part = editing.related(main, kind)
        if part in editing:
            held = editing.tree(part)
            for each in list(elements(held)):
                if _named(each, "paraId") in keys:
                    _drop(each)
            editing.put(part, held)
    return editing.file()


def _unmark(editing: Editing, main: str, gone: Collection[str]) -> None:
    """Take the marks of comments out of the text, and runs that held nothing else."""
    document = editing.tree(main)
    for mark in list(document.iter(*_MARKS)):
        if _named(mark, "id") in gone:
            run = mark.getparent()
            _drop(mark)
            if run is not None and etree.QName(run).localname == "r":
                held = {etree.QName(each).localname for each in elements(run)}
                if held <= {"rPr"}:
                    _drop(run)
    editing.put(main, document)


def _is_ours(comment: etree._Element) -> bool:
    said = "\n".join(_words(line) for line in comment.iter("{*}p"))
    return _named(comment, "author") == AUTHOR and bool(said.strip()) and not rest(said)


def _words(node: etree._Element) -> str:
    return "".join(each.text or "" for each in node.iter("{*}t"))


def _keys(comment: etree._Element) -> set[str]:
    """Return what Word's other parts call a comment by."""
    return {key for line in comment.iter("{*}p") if (key := _named(line, "paraId"))}


def _answered(editing: Editing, main: str) -> set[str]:
    """Return what the comments that have an answer are called by."""
    name = editing.related(main, _THREADS[0])
    if name not in editing:
        return set()
    return {_named(each, "paraIdParent") for each in elements(editing.tree(name))}


def _named(node: etree._Element, name: str) -> str:
    """Return an attribute whatever its namespace, empty without."""
    ends = f"}}{name}"
    return next((str(value) for key, value in node.items() if str(key).endswith(ends)), "")


def _drop(node: etree._Element) -> None:
    above = node.getparent()
    if above is not None:
        above.remove(node)
