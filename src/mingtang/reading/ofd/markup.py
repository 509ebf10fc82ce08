"""The XML of an OFD: parsed with limits, elements known by their bare names.

Writers of OFD disagree about the namespace, so it is not asked for. A number
that is none, or that no page has room for, is refused rather than passed over.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from lxml import etree

from mingtang.packages.safety import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = etree._Element

MAX_TAGS = 1_200_000
"""A part with more tags than this, opening and closing, is an attack or an accident."""
FARTHEST = 1e6
"""No number of a page is larger than this, in whatever measure."""
SHOWN = 20
"""So many characters of a wrong number are shown in a message."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_PARTED = re.compile(r"[\s,]+")
_OFF = frozenset({"false", "0"})


class OfdError(ValueError):
    """An OFD that cannot or may not be read; says why, in Chinese."""


def parse(data: bytes, name: str) -> Node:
    """Return the root of a part.

    Raises `OfdError` for broken XML, for a document type (no OFD has one;
    entities grow from it) and past the limits on tags and depth.
    """
    if data.count(b"<") > MAX_TAGS:
        message = f"{name} 的标记超过 {MAX_TAGS} 个的上限"
        raise OfdError(message)
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser())
    except etree.XMLSyntaxError as error:
        message = f"文件已损坏或加了密，{name} 不是完好的 XML"
        raise OfdError(message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = f"{name} 带有文档类型声明，正常的 OFD 不会有"
        raise OfdError(message)
    return root


def local(node: Node) -> str:
    """Return the name of an element without its namespace."""
    tag = str(node.tag)
    return tag[tag.rfind("}") + 1 :]


def children(node: Node, name: str) -> Iterator[Node]:
    """Yield the elements of that name right inside another."""
    return (each for each in node if local(each) == name)


def child(node: Node, name: str) -> Node | None:
    """Return the first element of that name right inside another, None without."""
    return next(children(node, name), None)


def words(node: Node | None) -> str:
    """Return the text of an element, trimmed; empty where there is none."""
    return ((node.text if node is not None else None) or "").strip()


def value(printed: str) -> float:
    """Return a number. Raises `OfdError` for what is none, or too far off.

    >>> value("-.5"), value("1e2")
    (-0.5, 100.0)
    """
    found = float(printed) if _NUMBER.fullmatch(printed) else math.inf
    if abs(found) > FARTHEST:
        message = f"数字“{printed[:SHOWN]}”无效"
        raise OfdError(message)
    return found


def values(printed: str | None, count: int) -> tuple[float, ...] | None:
    """Return so many numbers as an attribute gives them, None where it is empty.

    Raises `OfdError` for other than numbers, or another count of them.
    """
    if not printed:
        return None
    parts = [part for part in _PARTED.split(printed) if part]
    if not parts:
        return None
    if len(parts) != count:
        message = f"“{printed[:SHOWN]}”应有 {count} 个数字"
        raise OfdError(message)
    return tuple(map(value, parts))


def number(node: Node, name: str, default: float) -> float:
    """Return the number an attribute gives, the default where it is not there."""
    printed = node.get(name, "").strip()
    return value(printed) if printed else default


def is_on(node: Node, name: str, *, default: bool) -> bool:
    """Return whether an attribute says yes, the default where it is not there."""
    printed = node.get(name, "").strip().lower()
    return printed not in _OFF if printed else default
