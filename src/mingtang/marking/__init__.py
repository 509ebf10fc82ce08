"""The annotated original: the officer's own file with the findings in it.

A file comes back as it was given, byte for byte but for the notes: comments of
Word, notes of Excel's cells, highlights of a PDF. No figure and no word of it
is touched, and read again it says what it said. Marked again it has the new
notes in place of the old; what others wrote stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.marking.notes import gathered
from mingtang.reading import legacy
from mingtang.reading.kinds import NAMES, TURNED
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.finding import Finding
    from mingtang.reading import Reading

__all__ = ["Marked", "UnmarkableError", "mark", "marked"]

_MARKABLE = frozenset({"docx", "xlsx", "pdf"})
_TEXTS = {
    "html": "网页",
    "text": "文本文件",
    "markdown": " Markdown 文本",
    "csv": " CSV 表格",
    "json": " JSON 文件",
}
"""How each kind that is text is called in a message, after 这是."""


class UnmarkableError(ValueError):
    """A file that cannot carry notes; its text is one clear line in Chinese."""


class Marked(NamedTuple):
    """An original with its notes.

    `kind` is the format of `data`: the original's, ``docx`` or ``xlsx`` for a
    file that is turned into that to be read. `noted` is how many findings stand
    in it and `left_out` how many places have no note of their own, since a file
    takes only so many.
    """

    data: bytes
    kind: str
    noted: int
    left_out: int = 0


def mark(reading: Reading, findings: Sequence[Finding]) -> bytes:
    """Return the file that was read with the findings in it as notes.

    Takes what `check` found, and `reading.findings` where those are wanted too.
    What could not be judged has no note. Raises `UnmarkableError` where the
    format cannot carry notes or this file does not allow them.
    """
    return marked(reading, findings).data


def marked(reading: Reading, findings: Sequence[Finding]) -> Marked:
    """Return the file as `mark` does, with how many notes it took."""
    kind = reading.document.kind
    turned = TURNED.get(kind, kind)
    if turned not in _MARKABLE:
        raise UnmarkableError(_unmarkable(reading.source.name, kind))
    found = gathered(reading, findings)
    try:
        data = reading.source.data
        data = legacy.turned(data, kind) if kind in TURNED else data
        data = load(f"marking.{turned}").mark(data, reading.document, found.notes)
    except ValueError as error:
        message = f"{reading.source.name}：{error}，没有标注"
        raise UnmarkableError(message) from error
    return Marked(data, turned, len(found.notes), found.left_out)


def _unmarkable(name: str, kind: str) -> str:
    called = _TEXTS.get(kind) or NAMES[kind]
    other = "请存成 PDF" if kind in ("image", "ofd") else "请另存为 docx 或 xlsx"
    return (
        f"{name}：这是{called}，里面放不进批注，没有标注；{other}再标，"
        "或者用 --html 把发现写成网页"
    )
