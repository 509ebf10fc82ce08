"""A Word file: its text, and what stands beside, beneath and behind it (ECMA-376)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.looked import Looked, embedded, pictures
from mingtang.screening.files.looks import Looks
from mingtang.screening.files.office import RELATIONS, TYPES, Office, local, surroundings
from mingtang.screening.files.stories import Story
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator


CALLED = (
    (re.compile(r"^word/header\d*\.xml$"), "页眉"),
    (re.compile(r"^word/footer\d*\.xml$"), "页脚"),
    (re.compile(r"^word/footnotes\.xml$"), "脚注"),
    (re.compile(r"^word/endnotes\.xml$"), "尾注"),
    (re.compile(r"^word/comments.*\.xml$"), "批注"),
    (re.compile(r"^word/people\.xml$"), "批注和修订的作者"),
    (re.compile(r"^word/glossary/"), "构建基块"),
    (re.compile(r"^word/settings\.xml$"), "文档设置"),
    (re.compile(r"/charts/"), "图表"),
    (re.compile(r"/diagrams/"), "图示"),
    (re.compile(r"/drawings/"), "图形"),
)
"""What the parts of an office file are called."""
LOOKED_AT_ELSEWHERE = ("docProps/", "customXml/")
_BARE = re.compile(r"/theme/|/(?:styles|stylesWithEffects|fontTable|webSettings)\.xml$")
"""Parts that hold no words of a document's own."""
_CHANGES = re.compile(r"(?:Change|numberingChange)$")


def called(name: str) -> str:
    """Return what a part is called in words: its name where it has no other."""
    return next((words for pattern, words in CALLED if pattern.search(name)), name)


def pieces(office: Office) -> Iterator[Piece]:
    """Yield all text of a Word file, and all hidden content."""
    looks = Looks(office)
    main = office.main()
    for name in sorted(office.trees, key=lambda each: (each != main, each)):
        if told_by_itself(name):
            continue
        root = office.trees[name]
        yield from Story(name, "" if name == main else called(name), looks.veil).walk(root)
        changes = sum(bool(_CHANGES.search(local(node))) for node in root.iter("*"))
        if changes:
            where = Where(f"{called(name) if name != main else '正文'}的格式修订", name)
            why = f"有 {changes} 处格式或段落的修订没有接受，记着是谁在何时改的"
            yield Piece(where, (), kind=Kind.REVISION, why=why)
    yield from _variables(office)
    yield from surroundings(office)
    yield from targets(office)


def told_by_itself(name: str) -> bool:
    """Return whether a part has no words, or is told of elsewhere."""
    elsewhere = name.startswith(LOOKED_AT_ELSEWHERE) or name.endswith(RELATIONS)
    return elsewhere or name == TYPES or bool(_BARE.search(name))


def targets(office: Office) -> Iterator[Piece]:
    """Yield the addresses that links of a file lead to, as text that may be private."""
    for relation in office.relations:
        if relation.external:
            bit = Bit(relation.target)
            yield Piece(Where("链接的地址", relation.source), (bit,), "\n\n")


def _variables(office: Office) -> Iterator[Piece]:
    settings = office.trees.get("word/settings.xml")
    if settings is None:
        return
    for variable in settings.iterfind(".//{*}docVar"):
        told = {str(k).rpartition("}")[2]: str(v) for k, v in variable.attrib.items()}
        where = Where(f"文档变量“{told.get('name', '')}”", "word/settings.xml")
        name = next((str(k) for k in variable.attrib if str(k).endswith("}val")), "")
        bit = Bit(told.get("val", ""), variable, name)
        why = "模板或系统存下的值，页面上看不见"
        yield Piece(where, (bit,), kind=Kind.METADATA, why=why)


def look(data: bytes) -> Looked:
    """Return what stands in a Word file. Raises `ValueError` as `Office` does."""
    office = Office(data)
    if not office.main():
        message = "这个 zip 里没有 Word 文档的正文"
        raise ValueError(message)
    return Looked(list(pieces(office)), embedded(office), pictures(office))
