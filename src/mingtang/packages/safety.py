"""How XML of untrusted files is parsed: nothing is fetched, nothing grows."""

from __future__ import annotations

from lxml import etree

MAX_TAGS = 1_000_000
"""A part with more tags than this, opening and closing, is an attack or an accident."""


def parser() -> etree.XMLParser:
    """Return a parser that follows no entity, no address and no document type.

    Comments and instructions are no part of what it gives.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def guarded(data: bytes, name: str, most: int = MAX_TAGS) -> etree._Element:
    """Return the root of a part of an office file, remarks within left out.

    Raises `ValueError`, in Chinese, for broken XML, for a document type (no office file
    has one; entities grow from it), and past the limits on tags and depth.
    """
    if data.count(b"<") > most:
        message = f"{name} 的标记超过 {most} 个的上限"
        raise ValueError(message)
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        message = f"文件已损坏，{name} 不是完好的 XML，或者层层相套得太深"
        raise ValueError(message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = f"{name} 带有文档类型声明，正常的办公文件不会有"
        raise ValueError(message)
    return root
