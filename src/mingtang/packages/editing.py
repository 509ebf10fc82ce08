"""Office files edited as they are: some parts replaced or added, all others kept."""

from __future__ import annotations

import io
import zipfile
from posixpath import basename, dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from lxml import etree

from mingtang.packages.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""No clock: a new part has no time of its own."""


class Editing:
    """A package under the pen: parts as they are, until they are replaced."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises `ArchiveError` where it is torn or past the limits."""
        self._data = data
        self._archive = Archive(data)
        self._parts: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of that name, old or new."""
        kept = name in self._archive and name not in self._dropped
        return name in self._parts or kept

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the parts, new ones last."""
        yield from (name for name in self._archive if name in self)
        yield from (name for name in self._parts if name not in self._archive)

    def read(self, name: str) -> bytes:
        """Return a part as it stands now."""
        return self._parts[name] if name in self._parts else self._archive.read(name)

    def tree(self, name: str) -> etree._Element:
        """Return the root of a part. Raises `ValueError` where it is broken."""
        return parsed(self.read(name), name)

    def put(self, name: str, content: bytes | etree._Element) -> None:
        """Replace or add a part."""
        if not isinstance(content, bytes):
            content = etree.tostring(
                content, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        self._parts[name] = content
        self._dropped.discard(name)

    def drop(self, name: str) -> None:
        """Leave a part out of the file, and what is said of its kind."""
        self._parts.pop(name, None)
        self._dropped.add(name)
        root = self.tree(_TYPES)
        for each in list(elements(root)):
            if each.get("PartName") == f"/{name}":
                root.remove(each)
                self.put(_TYPES, root)

    def free(self, pattern: str) -> str:
        """Return the first name that no part has yet; `{}` stands for its number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def declare(self, name: str, kind: str) -> None:
        """Say of what kind a part is, unless that is said already."""
        root = self.tree(_TYPES)
        if all(each.get("PartName") != f"/{name}" for each in elements(root)):
            spot = {"PartName": f"/{name}", "ContentType": kind}
            etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override", spot)
            self.put(_TYPES, root)

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say of what kind the parts with an ending are, unless that is said already."""
        root = self.tree(_TYPES)
        if all(each.get("Extension", "").lower() != ending for each in elements(root)):
            named = f"{{{_PACKAGE}/content-types}}Default"
            root.insert(0, etree.Element(named, {"Extension": ending, "ContentType": kind}))
            self.put(_TYPES, root)

    def related(self, part: str, kind: str) -> str:
        """Return the name of the part of a kind that a part names, empty without."""
        for each in elements(self._relations(part)):
            if each.get("Type", "").rpartition("/")[2] == kind:
                return _target(part, each)
        return ""

    def target(self, part: str, relation: str) -> str:
        """Return the name of the part that a part names by an id, empty without."""
        for each in elements(self._relations(part)):
            if each.get("Id") == relation:
                return _target(part, each)
        return ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part name another, as the file names others, and return the id."""
        root = self._relations(part)
        taken = {each.get("Id") for each in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        every = (*elements(root), *elements(self._relations("")))
        types = [each.get("Type", "") for each in every]
        strict = any(each.startswith(_STRICT_OFFICE) for each in types)
        home = _STRICT_OFFICE if strict else _OFFICE
        spot = {"Id": f"rId{number}", "Type": f"{home}/{kind}"}
        spot["Target"] = relpath(target, dirname(part) or ".")
        etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship", spot)
        self.put(_relations_of(part), root)
        return spot["Id"]

    def _relations(self, part: str) -> etree._Element:
        name = _relations_of(part)
        if name in self:
            return self.tree(name)
        home = f"{_PACKAGE}/relationships"
        return parsed(f'<Relationships xmlns="{home}"/>'.encode(), name)

    def file(self) -> bytes:
        """Return the file: parts in their order, new ones behind.

        Where no part changed it is the file as it was given.
        """
        if not self._parts and not self._dropped:
            return self._data
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for name in (each for each in self._archive if each in self):
                made.writestr(_entry(self._archive.entry(name)), self.read(name))
            for name, content in self._parts.items():
                if name not in self._archive:
                    new = zipfile.ZipInfo(name, _EPOCH)
                    new.compress_type = zipfile.ZIP_DEFLATED
                    made.writestr(new, content)
        return held.getvalue()


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Return what stands in an element, remarks between left out."""
    return root.iterchildren("*")


def parsed(data: bytes, name: str) -> etree._Element:
    """Return the root of a part, nothing of it fetched or expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"文件已损坏，{name} 不是完好的 XML"
        raise ValueError(message) from error


def _target(part: str, relation: etree._Element) -> str:
    """Return the part that a relation leads to, empty where it leads out of the file."""
    if relation.get("TargetMode") == "External":
        return ""
    there = normpath(join("/", dirname(part), relation.get("Target", "")))
    return there.lstrip("/")


def _relations_of(part: str) -> str:
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def _entry(old: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return what a zip says of a part, to be written anew."""
    new = zipfile.ZipInfo(old.filename, old.date_time)
    new.compress_type = old.compress_type
    new.external_attr = old.external_attr
    return new
