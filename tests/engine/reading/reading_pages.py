"""Reads the samples of reading in ``tests/golden/rules`` (grammar: its README)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.engine.checking.sample_pages import Expected

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = re.compile(r"# (?P<title>.+) \(`(?P<name>[a-z0-9-]+)`, (?P<code>R\d{3})\)")
_CASE = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(
    r"^```(?:html|text)(?: (?P<encoding>[a-z0-9-]+))?\n(?P<text>.*?)\n```$",
    re.MULTILINE | re.DOTALL,
)
_EXPECTED = re.compile(r"^(发现|不报) (R\d{3})()(?:：(.+))?$", re.MULTILINE)
_READ = re.compile(r"^读作 ([a-z_/]+)：(.+)$", re.MULTILINE)
_BAD_BYTE = "�"


class ReadingCase(NamedTuple):
    """One case: the file's bytes, what must be found, how cells must be read."""

    name: str
    data: bytes
    expected: tuple[Expected, ...]
    cells: tuple[tuple[str, str], ...]


class ReadingPage(NamedTuple):
    """The samples of one rule of reading."""

    title: str
    name: str
    code: str
    cases: tuple[ReadingCase, ...]


def reading_page(path: Path) -> ReadingPage:
    """Return the page of samples in a file."""
    head, *parts = _CASE.split(path.read_text("utf-8"))
    found = _HEAD.match(head)
    assert found, f"{path.name}: the first line must be “# 标题 (`名称`, R 编号)”"
    cases = zip(parts[::2], parts[1::2], strict=True)
    return ReadingPage(
        **found.groupdict(), cases=tuple(_case(name, body) for name, body in cases)
    )


def _case(name: str, body: str) -> ReadingCase:
    fences = list(_FENCE.finditer(body))
    assert len(fences) == 1, f"{name}: a case has one file"
    rest = _FENCE.sub("", body)
    expected = tuple(Expected(*found) for found in _EXPECTED.findall(rest))
    assert expected, f"{name}: nothing is expected"
    data = encoded(fences[0]["text"], fences[0]["encoding"] or "utf-8")
    return ReadingCase(name, data, expected, tuple(_READ.findall(rest)))


def encoded(text: str, encoding: str) -> bytes:
    """Return the file's bytes; � stands for a byte that no encoding has.

    ``mojibake`` is a page of UTF-8 that somebody took for GBK and saved again.
    """
    if encoding == "mojibake":
        return text.encode().decode("gb18030", "replace").encode()
    parts = [part.encode(encoding) for part in text.split(_BAD_BYTE)]
    return b"\xff".join(parts)
