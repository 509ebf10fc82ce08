"""PDF written by hand, object by object, so that each may be wrong in its own way."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 10 Tf 20 200 Td (Hello) Tj ET\n"
"""Content that writes one line."""


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(content)
    head = b"<</Length %d/Filter/FlateDecode%s>>stream\n" % (len(packed), extra)
    return head + packed + b"\nendstream"


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of objects, the first of them the catalogue."""
    made = io.BytesIO()
    made.write(b"%PDF-1.7\n")
    starts = []
    for number, each in enumerate(objects, 1):
        starts.append(made.tell())
        made.write(b"%d 0 obj\n" % number + each + b"\nendobj\n")
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    made.writelines(b"%010d 00000 n \n" % start for start in starts)
    made.write(b"trailer\n<</Size %d/Root 1 0 R" % (len(objects) + 1) + trailer)
    made.write(b">>\nstartxref\n%d\n%%%%EOF\n" % table)
    return made.getvalue()


def page(
    content: bytes = TEXT,
    extra: bytes = b"",
    catalogue: bytes = b"",
    trailer: bytes = b"",
    held: Sequence[bytes] = (FONT,),
) -> bytes:
    """Return a file of one page; `held` are its font, and drawings from the sixth on."""
    box = b"" if b"/MediaBox" in extra else b"/MediaBox[0 0 300 300]"
    forms = b"/XObject<</X 6 0 R>>" if len(held) > 1 else b""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R" + box + extra
        + b"/Resources<</Font<</F 5 0 R>>" + forms + b">>>>",
        stream(content),
        *held,
    )  # fmt: skip
    return pdf(objects, trailer)


def pages(count: int) -> bytes:
    """Return a file of so many pages with one line each."""
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(count))
    each = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
        b"/Resources<</Font<</F 3 0 R>>>>>>"
    )
    return pdf(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            FONT,
            stream(TEXT),
            *[each] * count,
        )
    )


def nested(depth: int) -> bytes:
    """Return a page that draws a form in a form, so many deep."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]"
    forms = [
        stream(b"/X Do", kind + b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + at))
        for at in range(depth)
    ]
    inmost = stream(TEXT, kind + b"/Resources<</Font<</F 5 0 R>>>>")
    return page(TEXT + b"/X Do", held=(FONT, *forms, inmost))
