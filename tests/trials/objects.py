"""PDFs written object by object, as no program writes them."""

from __future__ import annotations

import zlib

PAGE = b"/BBox[0 0 595 842]"
FORM = b"/Type/XObject/Subtype/Form" + PAGE
DRAW = b"/F Do "
BOX = b"0 0 9 9 re f "


def file(*objects: bytes) -> bytes:
    """Return a file of these objects, numbered from 1; the first is its catalogue."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return bytes(data)


def stream(words: bytes, *contents: bytes) -> bytes:
    """Return a packed stream with these words in its dictionary."""
    packing = zlib.compressobj(9)
    data = b"".join(map(packing.compress, contents)) + packing.flush()
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (
        *(words, len(data)),
        data,
    )


def sheet(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """Return a file of one page; the objects that its resources name begin with 5."""
    return pages([stream(b"", content)], 1, resources, *more)


def long(words: bytes, megabytes: int) -> bytes:
    """Return a file of one page whose content is these words, so many MB of them."""
    block = words * ((1 << 20) // len(words))
    return pages([stream(b"", *[block] * megabytes)], 1)


def pages(contents: list[bytes], count: int, resources: bytes = b"", *more: bytes) -> bytes:
    """Return a file of so many pages alike; 4 0 is the first stream of their contents."""
    first = 4 + len(contents) + len(more)
    kids = b" ".join(b"%d 0 R" % (first + at) for at in range(count))
    named = b" ".join(b"%d 0 R" % (4 + at) for at in range(len(contents)))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%b]/Resources 3 0 R>>"
    return file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
        b"<<%b>>" % resources,
        *contents,
        *more,
        *[page % named] * count,
    )


def nested(levels: int, times: int, filling: bytes = BOX) -> bytes:
    """Return a file whose page draws a form so often, that one the next, and so on."""
    inner = [
        stream(FORM + b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + at), DRAW * times)
        for at in range(levels - 1)
    ]
    last = stream(FORM, filling)
    return sheet(DRAW * times, b"/XObject<</F 5 0 R>>", *inner, last)


def tiled(step: bytes) -> bytes:
    """Return a file whose page is filled with a pattern that is repeated every step."""
    words = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/Resources<<>>"
    words += b"/BBox[0 0 1 1]/XStep %b/YStep %b" % (step, step)
    return sheet(
        b"/Pattern cs /F scn 0 0 595 842 re f",
        b"/Pattern<</F 5 0 R>>",
        stream(words, BOX),
    )
