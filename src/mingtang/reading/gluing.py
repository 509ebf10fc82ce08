"""Text blocks that ran together, taken apart at the headings of the form."""

from __future__ import annotations

import re
from itertools import pairwise

from mingtang.document import Document, Grid, Paragraph
from mingtang.text import is_traditional, simplified

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


def _parted(text: str) -> str:
    """Return a block with line breaks where a heading or a table begins."""
    plain = simplified(text) if is_traditional(text) else text
    if "情况" not in plain or len(plain) != len(text):
        return text
    cuts = [match.start() for match in _BEFORE.finditer(plain)]
    cuts += [match.start() for match in _AFTER.finditer(plain)]
    bounds = [0, *sorted(set(cuts)), len(text)]
    return "\n".join(text[start:end] for start, end in pairwise(bounds))


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
        for part in _parts(block):
            number += 1
            blocks.append(block._replace(text=part, number=number))
    return document._replace(blocks=tuple(blocks))


def glued(document: Document) -> tuple[int, ...]:
    """Return the number of the block that each block of `unglued` was a part of."""
    return tuple(block.number for block in document.paragraphs() for _ in _parts(block))


def _parts(block: Paragraph) -> list[str]:
    """Return the texts that a block is taken apart into."""
    text = block.text if len(block.text) <= LONG else _parted(block.text)
    return [part.strip() for part in text.split("\n") if part.strip()]
