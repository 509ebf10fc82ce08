"""The project's Markdown documents, with their links, headings and fenced samples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?P<mark>```+)(?P<language>[a-z]*)[^\n]*\n(?P<body>.*?)^(?P=mark)\s*$", re.M | re.S
)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")


class Sample(NamedTuple):
    """A fenced block: where it stands, its language, what it says."""

    path: Path
    line: int
    language: str
    body: str

    @property
    def id(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def documents() -> list[Path]:
    """Return every Markdown document; those in ``samples`` are reports."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def samples(path: Path, *languages: str) -> Iterator[Sample]:
    """Yield the fenced blocks of a document in the languages asked for, or all."""
    text = path.read_text("utf-8")
    for match in _FENCE.finditer(text):
        if not languages or match["language"] in languages:
            line = text.count("\n", 0, match.start()) + 1
            yield Sample(path, line, match["language"], match["body"])


def links(path: Path) -> list[str]:
    """Return the targets of a document's links, those inside fences left out."""
    prose = _FENCE.sub("", path.read_text("utf-8"))
    return [match["target"] for match in _LINK.finditer(prose)]


def anchors(path: Path) -> set[str]:
    """Return the anchors that a document's headings make."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text("utf-8")), re.M)
    return {
        re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads
    }
