"""Files that are what they seem, and files that hide something, built byte by byte."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

OLD_WORKBOOK = Path(__file__).parents[2] / "engine/reading/formats/old.xls"
PAGES = {
    1: b"<< /Type /Catalog /Pages 2 0 R %s >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
}
_FOLDED, _INDEX, _SIZE = 90, 91, 92


def pdf(catalogue: bytes = b"", trailer: bytes = b"", **more: bytes) -> bytes:
    """A PDF whose objects are all folded up in one compressed stream.

    ``more`` are further objects, ``_4=b"<<…>>"``.
    """
    objects = {1: PAGES[1] % catalogue, 2: PAGES[2], 3: PAGES[3]}
    objects |= {int(name.lstrip("_")): data for name, data in more.items()}
    loose = {number: data for number, data in objects.items() if b"stream" in data}
    folded = {number: data for number, data in objects.items() if number not in loose}
    made, places = b"%PDF-1.5\n", {}
    for number, data in (*loose.items(), (_FOLDED, _stream_of(folded))):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    where = len(made)
    index = _index(list(folded), places | {_INDEX: where})
    words = b"/Type /XRef /Size %d /W [1 4 1] /Root 1 0 R %s" % (_SIZE, trailer)
    made += b"%d 0 obj\n%s\nendobj\n" % (_INDEX, packed_stream(words, index))
    return made + b"startxref\n%d\n%%%%EOF\n" % where


def packed_stream(words: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<< %s /Filter /FlateDecode /Length %d >>" % (words, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"


def _stream_of(objects: dict[int, bytes]) -> bytes:
    heads = body = b""
    for number, data in objects.items():
        heads += b"%d %d " % (number, len(body))
        body += data + b"\n"
    words = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(heads))
    return packed_stream(words, heads + body)


def _index(folded: list[int], places: dict[int, int]) -> bytes:
    lines = []
    for number in range(_SIZE):
        if number in folded:
            lines.append((2, _FOLDED, folded.index(number)))
        else:
            lines.append((int(number in places), places.get(number, 0), 0))
    return b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([last])
        for kind, place, last in lines
    )


def zipped(**parts: bytes) -> bytes:
    """A zip; ``__`` in a name is a slash."""
    return zipped_parts([(name.replace("__", "/"), data) for name, data in parts.items()])


def zipped_parts(parts: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return made.getvalue()


def word(**parts: bytes) -> bytes:
    types = b'<Types><Override ContentType="application/xml"/></Types>'
    whole = {"[Content_Types].xml": types, "word__document.xml": b"<w/>"} | parts
    return zipped(**whole)


def workbook_with_macro_sheet() -> bytes:
    """A real old workbook whose first sheet is an Excel 4.0 macro sheet."""
    data = bytearray(OLD_WORKBOOK.read_bytes())
    at = data.index(b"\x85\x00", data.index(b"\x09\x08"))
    data[at + 4 + 5] = 1
    return bytes(data)


def wrapped(data: bytes, times: int) -> bytes:
    """A document in a document in a document."""
    for _ in range(times):
        data = word(word__embeddings__inner=data)
    return data
