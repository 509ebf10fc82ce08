"""Plain text, tables as text, marked-up text: screened as stored, marks and all."""

from __future__ import annotations

import codecs

from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.looked import Looked

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = frozenset(map(chr, (*range(9), *range(14, 27), *range(28, 32))))
_SAMPLE = 65536


def decoded(data: bytes) -> str | None:
    """Return a file as text, None where it is none."""
    encoding = encoding_of(data)
    return None if encoding is None else data.decode(encoding)


def encoding_of(data: bytes) -> str | None:
    """Return how a text is encoded, None where a file is none."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS & set(text[:_SAMPLE]) else encoding
    return None


def look(data: bytes) -> Looked:
    """Return the lines of a text. Raises `ValueError` where it is none."""
    text = decoded(data)
    if text is None:
        message = "内容不是文字"
        raise ValueError(message)
    lines = text.splitlines()
    pieces = [Piece(Where(f"第{n}行"), (Bit(line),)) for n, line in enumerate(lines, 1)]
    return Looked(pieces)
