"""Answers in the threads of comments that a sheet's cells have.

Where a cell has a thread, Excel shows that and not the note of the cell, so our
words are an answer too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from mingtang.marking.notes import AUTHOR, rest
from mingtang.packages.editing import elements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.packages.editing import Editing


class Threads:
    """The threads of one sheet, and the persons who speak in them."""

    def __init__(self, editing: Editing, sheet: str) -> None:
        """Look them up; a sheet may have none."""
        self.editing = editing
        book = editing.related("", "officeDocument")
        self.name = editing.related(sheet, "threadedComment")
        self.people = editing.related(book, "person")
        self.there = self.name in editing and self.people in editing

    def clear(self) -> None:
        """Take out the answers that are all ours."""
        if not self.there:
            return
        root, us = self.editing.tree(self.name), self._us()
        ours = [
            each
            for each in elements(root)
            if each.get("personId") in us and not rest(each.findtext("{*}text") or "")
        ]
        for each in ours:
            root.remove(each)
        if ours:
            self.editing.put(self.name, root)

    def answer(self, texts: Mapping[str, str]) -> None:
        """Add our words to the threads of the cells that have one."""
        if not self.there:
            return
        root = self.editing.tree(self.name)
        # A later comment of a cell answers its first.
        first = {each.get("ref", ""): each for each in reversed([*elements(root)])}
        found = {cell: text for cell, text in texts.items() if cell in first}
        if not found:
            return
        us = self._us() or {self._introduced()}
        for cell, text in found.items():
            # No clock: an answer bears the time of what it answers.
            thread = first[cell]
            words = {"ref": cell, "dT": thread.get("dT", "")}
            words |= {"personId": min(us), "id": _id(f"{cell} {text}")}
            words["parentId"] = thread.get("parentId", "") or thread.get("id", "")
            home = etree.QName(thread).namespace
            spot = {name: value for name, value in words.items() if value}
            made = etree.SubElement(root, f"{{{home}}}threadedComment", spot)
            etree.SubElement(made, f"{{{home}}}text").text = text
        self.editing.put(self.name, root)

    def _us(self) -> set[str]:
        """Return the ids that we are among the persons by."""
        people = elements(self.editing.tree(self.people))
        return {each.get("id", "") for each in people if each.get("displayName") == AUTHOR}

    def _introduced(self) -> str:
        """Put us among the persons and return our id."""
        root = self.editing.tree(self.people)
        home = etree.QName(root).namespace
        words = {"displayName": AUTHOR, "id": _id(AUTHOR), "userId": AUTHOR}
        etree.SubElement(root, f"{{{home}}}person", {**words, "providerId": "None"})
        self.editing.put(self.people, root)
        return words["id"]


def _id(said: str) -> str:
    """Return an id as Excel writes one, the same for the same words."""
    return f"{{{uuid5(NAMESPACE_OID, said)}}}".upper()
