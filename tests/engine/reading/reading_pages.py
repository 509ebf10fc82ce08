"""Reads the samples of reading in ``tests/golden/rules`` (grammar: its README)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.engine.checking.sample_pages import Expected
from tests.trials.paper import typeset
from tests.trials.scans import drawn, png
from tests.trials.word import document

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = re.compile(r"# (?P<title>.+) \(`(?P<name>[a-z0-9-]+)`, (?P<code>R\d{3})\)")
_CASE = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(
    r"^```(?P<kind>html|text|word|picture)(?: (?P<encoding>[a-z0-9-]+))?\n"
    r"(?P<text>.*?)\n```$",
    re.MULTILINE | re.DOTALL,
)
_EXPECTED = re.compile(r"^(发现|不报) (R\d{3})()(?:：(.+))?$", re.MULTILINE)
_READ = re.compile(r"^读作 ([a-z_/]+)：(.+)$", re.MULTILINE)
_BAD_BYTE = "�"
_SHEET = """#set page(paper: "a4", margin: 2cm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10.5pt, lang: "zh")
#set table(columns: (2fr, 1fr, 1fr, 1fr), align: center + horizon, inset: 4pt)"""


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
    data = _data(**fences[0].groupdict())
    return ReadingCase(name, data, expected, tuple(_READ.findall(rest)))


def _data(kind: str, encoding: str | None, text: str) -> bytes:
    if kind == "word":
        return document(text)
    if kind == "picture":
        pdf = typeset(f"{_SHEET}\n{text}")
        return pdf if encoding == "pdf" else png(drawn(pdf)[0])
    return encoded(text, encoding or "utf-8")


def encoded(text: str, encoding: str) -> bytes:
    """Return the file's bytes; � stands for a byte that no encoding has.

    ``mojibake`` is a page of UTF-8 that somebody took for GBK and saved again.
    """
    if encoding == "mojibake":
        return text.encode().decode("gb18030", "replace").encode()
    parts = [part.encode(encoding) for part in text.split(_BAD_BYTE)]
    return b"\xff".join(parts)
