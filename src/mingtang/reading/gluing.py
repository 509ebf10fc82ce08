"""Text blocks that ran together, taken apart at the headings of the form."""

from __future__ import annotations

import re

from mingtang.document import Document, Grid, Paragraph

LONG = 30
"""A shorter block holds nothing that ran together."""

_WORDS = (
    r"(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况"
    r"|政府信息公开行政复议、?(?:提起)?行政诉讼情况|存在的主要问题及改进情况|其他需要报告的事项)"
)
# A heading begins a block of its own, unless a list of the parts names it.
_BEFORE = re.compile(rf"(?<=[^\n、，；,;：:（(《“\"|])(?=[一二三四五六]、{_WORDS})")
# A table begins after its heading.
_AFTER = re.compile(
    r"(?<=情况)\s*(?=第\s?二十条|[(（]本列数据|申请人情况|行政复议\s*(?:行政诉讼|结果))"
)


def on_own_line(text: str) -> str:
    """Return flattened text with every heading of the form at the start of a line."""
    return _BEFORE.sub("\n", text)


def unglued(document: Document) -> Document:
    """Return the document with its blocks split where a heading or table begins.

    Blocks are numbered anew; tables stay as they are.
    """
    blocks: list[Paragraph | Grid] = []
    number = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            blocks.append(block)
            continue
        text = block.text
        if len(text) > LONG and "情况" in text:
            text = _AFTER.sub("\n", _BEFORE.sub("\n", text))
        for part in text.split("\n"):
            if part.strip():
                number += 1
                blocks.append(Paragraph(part.strip(), number))
    return document._replace(blocks=tuple(blocks))
