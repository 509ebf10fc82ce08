"""The XML of a Word document: parsed with limits, its wrappers looked through.

What a person sees does not depend on content controls, links or tracked
insertions around it; what was deleted or moved away is not seen at all.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from mingtang.packages.safety import parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = etree._Element

MAX_TAGS = 600_000
"""A part with more tags than this, opening and closing, is an attack or an accident."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
)
_STRICT_HOME = b"http://purl.oclc.org/ooxml/"
_HOME = b"http://schemas.openxmlformats.org/"

VAL = f"{W}val"
PROPERTIES, RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
CHOOSER = f"{MC}AlternateContent"
_WRAPPERS = frozenset({CHOOSER}) | frozenset(
    f"{W}{name}"
    for name in (
        *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"),
        *("hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase"),
    )
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_FEW = 100
"""What Word shows of a branch has a name of Word's among so many elements."""
_OFF = frozenset({"0", "false", "off"})


class WordError(ValueError):
    """A Word document that cannot or may not be read; says why, in Chinese."""


def parse(data: bytes, name: str) -> Node:
    """Return the root of a part, Strict names as Transitional ones.

    Raises `WordError` for broken XML, for a document type (no Word document
    has one; entities grow from it) and past the limits on tags and depth.
    """
    if data.startswith(_WIDE) or b"\x00" in data[:4]:
        data = _narrow(data, name)
    if b"<!DOCTYPE" in data:
        message = f"{name} 带有文档类型声明，正常的 Word 文档不会有"
        raise WordError(message)
    if data.count(b"<") > MAX_TAGS:
        message = f"{name} 的标记超过 {MAX_TAGS} 个的上限"
        raise WordError(message)
    if _STRICT_HOME in data:
        for strict, transitional in _STRICT:
            data = data.replace(_STRICT_HOME + strict, _HOME + transitional)
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        message = f"文件已损坏，{name} 不是完好的 XML"
        raise WordError(message) from error


def is_strict(data: bytes) -> bool:
    """Return whether a part has Strict names."""
    return _STRICT_HOME in data


def serialised(root: Node, *, strict: bool) -> bytes:
    """Return a part as it is stored, Transitional names as Strict ones where asked."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if strict:
        for name, transitional in _STRICT:
            data = data.replace(_HOME + transitional, _STRICT_HOME + name)
    return data


def _narrow(data: bytes, name: str) -> bytes:
    """Return a part in UTF-16 as UTF-8, without the line that names its encoding."""
    encoding = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    encoding = "utf-16" if data.startswith(_WIDE) else encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"文件已损坏，{name} 的编码读不出"
        raise WordError(message) from error
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text.encode()


def inside(parent: Node) -> Iterable[Node]:
    """Return what stands in an element, wrappers replaced by what they hold."""
    children = list(parent)
    for child in children:
        if child.tag in _WRAPPERS:
            return _unwrapped(children)
    return children


def _unwrapped(children: Iterable[Node]) -> Iterator[Node]:
    waiting = [iter(children)]
    while waiting:
        for child in waiting[-1]:
            if child.tag not in _WRAPPERS:
                yield child
                continue
            held = choice(child) if child.tag == CHOOSER else child
            if held is not None:
                waiting.append(iter(held))
                break
        else:
            waiting.pop()


def choice(chooser: Node) -> Node | None:
    """Return the one branch of an alternative that is shown.

    The first that holds something of Word's own; newer kinds of content that
    this reader does not know give way to the fallback.
    """
    for branch in chooser:
        if any(str(node.tag).startswith(W) for node in islice(branch.iter(), _FEW)):
            return branch
    return None


def properties_of(parent: Node, tag: str) -> Node | None:
    """Return an element's properties, which stand first if anywhere."""
    for child in parent:
        return child if child.tag == tag else parent.find(tag)
    return None


def value(node: Node | None) -> str:
    """Return the ``val`` of an element, empty where there is none."""
    return "" if node is None else node.get(VAL, "")


def is_on(node: Node) -> bool:
    """Return whether a property that may be switched off is on."""
    return node.get(VAL, "1") not in _OFF


def number(printed: str | None, default: int, most: int) -> int:
    """Return a count as an attribute gives it, the default where it gives none.

    A count past the most that is allowed is an accident, and the default too.
    """
    if printed is None or not printed.isascii() or not printed.isdigit():
        return default
    counted = int(printed) if len(printed) <= len(str(most)) else most + 1
    return counted if counted <= most else default
