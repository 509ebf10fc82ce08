"""An office file as its parts and how they are related, and what no story of it tells.

Properties, links that lead out, embedded files and macros are the same for text
documents and workbooks (ECMA-376, parts 1 and 2).
"""

from __future__ import annotations

import re
from collections import Counter
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mingtang.packages.archives import Archive
from mingtang.packages.safety import guarded
from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = "about:blank"
"""Where a link leads that leads nowhere any more."""
TYPES = "[Content_Types].xml"
RELATIONS = ".rels"
_XML = (".xml", ".vml", RELATIONS)
_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后保存者",
    "Company": "单位",
    "Manager": "经理",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "contentStatus": "内容状态",
    "HyperlinkBase": "超链接基础",
}
_EMBEDDING = frozenset({"oleObject", "package", "aFChunk", "control", "subDocument"})
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/.*\.xml)$", re.I)
PICTURE = re.compile(r"(?:^|/)media/", re.I)


class Relation(NamedTuple):
    """How a part names another part, or something outside of the file."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


class Office:
    """The parts of an office file, each parsed once, within the limits."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises `ValueError` where it is torn or past the limits."""
        archive = Archive(data)
        self.names = tuple(archive)
        repeated = [name for name, count in Counter(self.names).items() if count > 1]
        if repeated:
            message = f"文件里有两个 {repeated[0]}，正常的办公文件不会有"
            raise ValueError(message)
        self.parts = {name: archive.read(name) for name in self.names}
        self.trees = {
            name: guarded(self.parts[name], name)
            for name in self.names
            if name.lower().endswith(_XML) and self.parts[name].strip()
        }
        self.relations = [each for name in self.trees for each in _relations(self, name)]

    def main(self) -> str:
        """Return the name of the part that the file opens with, empty without."""
        return next(
            (
                each.target
                for each in self.relations
                if not each.source and each.kind == "officeDocument"
            ),
            "",
        )

    def of(self, source: str) -> Iterator[Relation]:
        """Yield what a part names."""
        return (each for each in self.relations if each.source == source)

    def owner(self, target: str) -> str:
        """Return the part that names a part, empty where none does."""
        return next((each.source for each in self.relations if each.target == target), "")

    def embedded(self) -> Iterator[str]:
        """Yield the names of the parts that are files of their own."""
        for name in self.names:
            related = any(
                each.target == name and each.kind in _EMBEDDING for each in self.relations
            )
            if related or "/embeddings/" in name:
                yield name

    def macros(self) -> Iterator[str]:
        """Yield the names of the parts that run."""
        return (name for name in self.names if _MACROS.search(name))


def local(node: etree._Element) -> str:
    """Return what an element is called within its namespace."""
    return str(node.tag).rpartition("}")[2]


def relations_of(source: str) -> str:
    """Return the name of the part that says what a part names."""
    return join(dirname(source), "_rels", f"{basename(source)}.rels")


def _relations(office: Office, name: str) -> Iterator[Relation]:
    if not name.endswith(RELATIONS):
        return
    folder = dirname(dirname(name))
    source = join(folder, basename(name).removesuffix(RELATIONS))
    for each in office.trees[name].iterchildren("*"):
        external = each.get("TargetMode") == "External"
        target = each.get("Target", "")
        if not external:
            target = normpath(join("/", folder, target)).lstrip("/")
        kind = each.get("Type", "").rpartition("/")[2]
        yield Relation(source, each.get("Id", ""), kind, target, external)


def surroundings(office: Office) -> Iterator[Piece]:
    """Yield what stands around the text of an office file."""
    yield from _properties(office)
    for relation in office.relations:
        if relation.external and relation.target != BLANK:
            name = relations_of(relation.source)
            where = Where("指向文件外面的链接", name)
            why = "点开或打开文件时会连到文件外面；请确认可以公开"
            if relation.kind == "attachedTemplate":
                why = "附加的模板在文件外面，地址里常有单位内部的路径和用户名"
            bit = Bit(relation.target)
            yield Piece(where, (bit,), kind=Kind.EXTERNAL_LINK, why=why)
    for name in office.embedded():
        where = Where(f"嵌入的文件 {basename(name)}", name)
        why = "双击就能打开原来的文件，比页面上显示的多"
        yield Piece(where, (), kind=Kind.EMBEDDED, why=why)
    for name in office.macros():
        where = Where(f"宏 {basename(name)}", name)
        yield Piece(where, (), kind=Kind.MACRO, why="打开文件时可能运行的程序，不应当公开")


def _properties(office: Office) -> Iterator[Piece]:
    for name, root in office.trees.items():
        if name.startswith("docProps/"):
            custom = local(root) == "Properties" and "custom" in name
            for node in root.iterchildren("*"):
                text = "".join(map(str, node.itertext())).strip()
                called = (
                    (node.get("name") or "") if custom else _PROPERTIES.get(local(node))
                )
                if not text or called is None:
                    continue
                where = Where(f"文档属性“{called}”", name)
                why = "文件自己记着的，页面上看不见"
                yield Piece(where, (Bit(text, node),), kind=Kind.METADATA, why=why)
        elif name.startswith("customXml/item") and "Props" not in name:
            nodes = [each for each in root.iter("*") if (each.text or "").strip()]
            bits = [Bit(each.text or "", each) for each in nodes]
            if bits:
                where = Where("自定义 XML 数据", name)
                why = "表单或系统存下的数据，页面上不一定看得见"
                spaced = [part for bit in bits for part in (bit, Bit("\n"))]
                yield Piece(where, spaced, kind=Kind.METADATA, why=why)
    if any("thumbnail" in name.lower() for name in office.names):
        why = "文件里存着首页的缩略图，可能是修改之前的"
        yield Piece(Where("缩略图", "docProps"), (), kind=Kind.METADATA, why=why)
