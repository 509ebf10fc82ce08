"""Whether opening a PDF is sure to be light, told from its bytes alone.

PDFium opens a page in one go that nothing can stop. Forms that draw one another
tenfold, or marks that are opened and never closed, take it hours or many GB out
of a file of 2 KB. What is not seen here to be light is tried apart first: a
doubt costs a third of a second, and no file is refused for it.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_UNPACKED = 16 << 20
"""A light file, unpacked, holds so many bytes; as drawings each may cost forty."""
MAX_STREAMS = 20_000
"""And so many streams, with or without an end."""
MAX_DRAWN = 16 << 20
"""The forms that one page of a light file draws, each as often as it is drawn."""
MAX_OPEN = 1_000
"""So many marks may be open at once: each thing drawn remembers all of them."""
MAX_VEILED = 32 << 10
"""A stream whose bytes are differences may be so long: what it says is not seen."""
MAX_BARE = 16
"""So many drawings may be ordered outside of packed streams."""
_EACH = 1_000
"""What a form weighs besides its own bytes, each time that it is drawn."""

_PIECE = 1 << 16
"""So much is unpacked at once, and at most so much of what follows is copied."""
_NEAR = 24
"""The number of an object stands so near before its word."""
_END = rb"(?![^\s/<>\[\](){}%])"
_AFTER = b"endstream"
_PACKED = tuple(bytes([window << 4 | zlib.DEFLATED]) for window in range(8))
_LINE = re.compile(rb"\r\n|\r|\n|\Z")
_OBJECT = re.compile(rb"(\d++)\s++\d++\s++obj\b")
_REFERENCE = re.compile(rb"(\d++)\s++\d++\s++R\b")
_CONTENT = re.compile(rb"/Contents%b" % _END)
_PLAIN_CONTENT = re.compile(
    rb"/Contents\s*+(?:(\d++)\s++\d++\s++R|\[((?:\s*+\d++\s++\d++\s++R)*+)\s*+\]|[(<])"
)
_ESCAPED = re.compile(rb"/[^\s/<>\[\](){}%#]*+#[^\s/<>\[\](){}%]*+")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STRANGE = re.compile(
    rb"/(?:Encrypt|Crypt|LZW|LZWDecode|ASCII85Decode|A85|ASCIIHexDecode|AHx"
    rb"|RunLengthDecode|RL)%b|/Filter\s*+(?:[^\s/\[]|\[[^/]*+/[^/\]]*+/)|/Type(?:\s++\d|\s*+%%)"
    rb"|/DecodeParms\s*+(?!<<|\[\s*+<<)" % _END
)
"""Locked, packed in a rare way or twice, or said elsewhere how it is packed."""
_TELLING = re.compile(
    rb"/(?:Form|Type|Subtype|Filter|Predictor|ObjStm|DecodeParms|Contents)%b" % _END
)
_FORM = re.compile(rb"/Form%b" % _END)
_PLAIN_FORM = re.compile(rb"/Subtype\s*+/Form%b" % _END)
_DRAW = re.compile(rb"Do%b" % _END)
_MARK = re.compile(rb"(?:(B)[DM]C|EMC)%b" % _END)


class _Stream(NamedTuple):
    """A stream: its number, its bytes if packed, unpacked; the text before it."""

    number: bytes
    data: bytes
    head: bytes


class _HeavyError(Exception):
    """Something that may be heavy, or that cannot be seen through."""


def light(data: bytes) -> bool:
    """Return whether PDFium is sure to open every page fast and in little memory.

    False for whatever is not understood: a locked file, rare ways of packing.
    """
    try:
        streams = list(_streams(data))
        texts = [each.head for each in streams]
        texts += [each.data for each in streams if b"/ObjStm" in each.head]
        for text in texts:
            _check_words(text)
        _check_joins(texts, streams)
        return _drawn(streams) <= MAX_DRAWN
    except _HeavyError:
        return False


def _streams(data: bytes) -> Iterator[_Stream]:
    """Yield the streams, wherever in the file they stand, and the rest as the last."""
    left, before, at, count = MAX_UNPACKED, 0, data.find(b"stream"), 0
    while at >= 0:
        if at < before or left < 0 or count > MAX_STREAMS:
            raise _HeavyError
        if not data.endswith(b"end", 0, at):
            head = data[before:at]
            before = next(_LINE.finditer(data, at)).end()
            unpacked, size = _unpacked(data, before, left)
            before += size
            left -= len(head) + len(unpacked)
            if b"/Predictor" in head:
                _check_veiled(unpacked, head)
            count += 1
            yield _Stream(_number(head), unpacked, head)
        at = data.find(b"stream", at + 6)
    if len(data) - before > left:
        raise _HeavyError
    yield _Stream(b"", b"", data[before:])


def _number(head: bytes) -> bytes:
    """Return the number of the object whose stream follows."""
    at = head.rfind(b"obj")
    found = _OBJECT.findall(head, max(at - _NEAR, 0), at + len(b"obj"))
    return found[-1] if found else b""


def _check_veiled(data: bytes, head: bytes) -> None:
    """Refuse bytes that are differences, unless they are too few to say much."""
    if len(data) > MAX_VEILED or b"/ObjStm" in head:
        raise _HeavyError


def _unpacked(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """Return a stream unpacked, nothing where it is not packed, and its packed length.

    Raises `_HeavyError` for one that is torn or holds more than it may.
    """
    first = data[start : start + 2]
    if first[:1] not in _PACKED or int.from_bytes(first, "big") % 31:
        return b"", 0
    unpacking, parts, at = zlib.decompressobj(), [b""], start
    try:
        while not unpacking.eof and most >= 0 and at < len(data):
            end = data.find(_AFTER, at, at + _PIECE) + len(_AFTER)
            piece = data[at : end if end > at else at + _PIECE]
            parts.append(unpacking.decompress(piece, most + 1))
            most -= len(parts[-1])
            at += len(piece)
    except zlib.error as error:
        raise _HeavyError from error
    if not unpacking.eof or most < 0:
        raise _HeavyError
    return b"".join(parts), at - start - len(unpacking.unused_data)


def _check_words(text: bytes) -> None:
    """Refuse text that names what is not seen through, spelled out or escaped."""
    if _STRANGE.search(text):
        raise _HeavyError
    if len(_FORM.findall(text)) != len(_PLAIN_FORM.findall(text)):
        raise _HeavyError
    for name in _ESCAPED.findall(text):
        plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name)
        if _STRANGE.match(plain) or _TELLING.match(plain):
            raise _HeavyError


def _check_joins(texts: Sequence[bytes], streams: Sequence[_Stream]) -> None:
    """Refuse pages that may join one stream again and again as their content."""
    numbers = {each.number for each in streams}
    for text in texts:
        plain = _PLAIN_CONTENT.findall(text)
        if len(plain) != len(_CONTENT.findall(text)):
            raise _HeavyError
        for one, several in plain:
            joined = _REFERENCE.findall(several)
            if (one and one not in numbers) or len(set(joined)) < len(joined):
                raise _HeavyError


def _drawn(streams: Sequence[_Stream]) -> int:
    """Return the most bytes of forms that one content can draw, forms within forms."""
    bare = sum(len(_DRAW.findall(each.head)) for each in streams)
    if bare > MAX_BARE:
        raise _HeavyError
    for each in streams:
        _check_marks(each.data)
    _check_marks(b" ".join(each.head for each in streams))
    forms = [each for each in streams if _FORM.search(each.head)]
    if not forms:
        return 0
    within = [len(_DRAW.findall(form.data)) for form in forms]
    drawn = max(bare, *(len(_DRAW.findall(each.data)) for each in streams))
    drawn *= max(len(form.data) for form in forms) + _EACH
    for count in within:
        if drawn > MAX_DRAWN:
            break
        drawn *= max(count, 1)
    return drawn


def _check_marks(content: bytes) -> None:
    """Refuse content that opens marks within marks."""
    if len(content) < MAX_OPEN * len(b"BMC "):
        return
    if content.count(b"BDC") + content.count(b"BMC") <= MAX_OPEN:
        return
    deep = 0
    for mark in _MARK.finditer(content):
        deep = deep + 1 if mark[1] else max(deep - 1, 0)
        if deep > MAX_OPEN:
            raise _HeavyError
