"""An OFD as a package: its document, its pages, and the parts that belong to them."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

from mingtang.packages.archives import Archive, ArchiveError
from mingtang.reading.ofd.markup import OfdError, child, children, is_on, parse, words

if TYPE_CHECKING:
    from mingtang.reading.ofd.markup import Node

ENTRY = "OFD.xml"
"""Where reading begins."""
LOCKED = ("encryptions.xml", "meta-inf/encryptions.xml")
"""One of these lies in a file whose parts are encrypted (GM/T 0099)."""


class Part(NamedTuple):
    """One XML part: its name, by which it names others, and its root."""

    name: str
    root: Node


class Package:
    """The parts of an OFD that are read; nothing outside it is ever fetched."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises `ValueError` when it is torn, locked or no OFD."""
        self._archive = Archive(data)
        self._names = {_plain(_regained(name)): name for name in self._archive}
        if any(name in self._names for name in LOCKED):
            message = "这个 OFD 加了密；请先解密再试"
            raise ArchiveError(message)
        entry = self.part(ENTRY)
        bodies = list(children(entry.root, "DocBody"))
        if not bodies:
            message = f"文件不完整，{ENTRY} 里没有列出文档"
            raise OfdError(message)
        self._body = bodies[-1]
        self.document = self._document(entry)

    def _document(self, entry: Part) -> Part:
        """Return the document, in its current version where it has versions."""
        versions = child(self._body, "Versions")
        for version in () if versions is None else children(versions, "Version"):
            if is_on(version, "Current", default=False):
                listed = self.part(version.get("BaseLoc", ""), entry)
                return self.part(words(child(listed.root, "DocRoot")), listed, entry)
        return self.part(words(child(self._body, "DocRoot")), entry)

    @property
    def signatures(self) -> Part | None:
        """Return the list of signatures, None where the document has none."""
        return self.maybe(words(child(self._body, "Signatures")))

    def part(self, place: str, *near: Part) -> Part:
        """Return the part at a place, as other parts name it.

        Raises `ValueError` when it is missing, damaged or past the limits.
        """
        found = self.maybe(place, *near)
        if found is None:
            what = f" {place}" if place else "文档或页面的位置"
            message = f"文件不完整，缺少{what}"
            raise OfdError(message)
        return found

    def maybe(self, place: str, *near: Part) -> Part | None:
        """Return the part at a place, None where it is not in the file.

        A place counts from the folder of the part that names it; writers that
        count from another part's, or from the top, are understood.
        """
        folders = [dirname(part.name) for part in near]
        for folder in (*folders, "") if place else ():
            name = self._names.get(_plain(join("/", folder, place.replace("\\", "/"))))
            if name is not None:
                return Part(name, parse(self._archive.read(name), name))
        return None


def _regained(name: str) -> str:
    """Return a name with the Chinese that zips of old Windows tools garble."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _plain(name: str) -> str:
    """Return a name as it is looked up: one kind of slash, case set aside."""
    return normpath(join("/", name.replace("\\", "/"))).lstrip("/").lower()
