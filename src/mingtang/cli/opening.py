"""A report as the command gets it: from a file, or once from standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mingtang.cli.files import is_odd
from mingtang.cli.targets import STANDARD
from mingtang.registry import load
from mingtang.writing.marker import is_ours

if TYPE_CHECKING:
    from mingtang.reading import Reading
    from mingtang.reading.source import Source

PIPED = "标准输入"
"""What a report from standard input is called."""


def reading(name: str) -> Reading:
    """Return a file as read; raises `UnreadableSourceError`."""
    held = opened(name)
    if is_ours(held.data):
        reason = "这是明堂写出的结果网页，不是年报，没有检查；请给出年报本身的文件"
        raise held.refuse(reason)
    found: Reading = load("reading").read(held)
    return found


def opened(name: str) -> Source:
    """Return a file as bytes with its name; raises `UnreadableSourceError`."""
    source = load("reading.source")
    if name == STANDARD:
        piped: Source = source.Source(sys.stdin.buffer.read(source.MAX_BYTES + 1), PIPED)
        return piped
    if is_odd(name):
        message = f"{name}：不是普通文件，未读取；请给出报告文件"
        raise source.UnreadableSourceError(message)
    found: Source = source.Source.open(name)
    return found
