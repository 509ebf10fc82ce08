"""A Word file as a package: its main part and the parts that belong to it."""

from __future__ import annotations

from posixpath import dirname, join, normpath, split
from typing import TYPE_CHECKING

from mingtang.packages.archives import Archive
from mingtang.reading.word.markup import WordError, parse
from mingtang.reading.word.styles import DRESSING

if TYPE_CHECKING:
    from mingtang.reading.word.markup import Node

MAIN = "word/document.xml"
"""Where the main part is when nothing says otherwise."""


class Package:
    """The parts of a Word file that are read; nothing outside it is ever fetched."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises `ValueError` when it is torn, locked or no Word file."""
        self.archive = Archive(data)
        found = self._related("").get("officeDocument", MAIN)
        self.name = found if found in self.archive else MAIN
        if self.name not in self.archive:
            message = "这个 zip 里没有 Word 文档的正文"
            raise WordError(message)
        main = self.archive.read(self.name)
        self.document = parse(main, self.name)
        small = main.lower()
        self.dressed = b"\x00" in main[:4] or any(word in small for word in DRESSING)
        """Whether any run of the document may look other than its paragraph."""
        self.parts = self._related(self.name)
        """The names of the parts related to the main one, by how they are related."""

    def part(self, kind: str) -> Node | None:
        """Return the main part's styles, numbering, footnotes …; None without."""
        name = self.parts.get(kind)
        if name is None or name not in self.archive:
            return None
        return parse(self.archive.read(name), name)

    def _related(self, source: str) -> dict[str, str]:
        """Return the parts that a part names, by the last word of how they are related."""
        folder, file = split(source)
        name = join(folder, "_rels", f"{file}.rels")
        if name not in self.archive:
            return {}
        found: dict[str, str] = {}
        for each in parse(self.archive.read(name), name):
            if each.get("TargetMode") != "External":
                kind = each.get("Type", "").rpartition("/")[2]
                target = join("/", dirname(source), each.get("Target", ""))
                found.setdefault(kind, normpath(target).lstrip("/"))
        return found
