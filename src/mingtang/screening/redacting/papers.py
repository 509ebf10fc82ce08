"""A PDF masked: pages with what was chosen become pictures, blackened; the rest is cleaned.

Which bytes of a page draw which character depends on fonts, clips and forms; a mistake
there is a leak. A picture has nothing under the black.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pypdfium2 import PdfDocument, PdfiumError, raw  # type: ignore[import-untyped]

from mingtang.pdfium.calls import ALONE, Handle
from mingtang.pdfium.picturing import DOTS
from mingtang.pdfium.trying import DRAWING, tried
from mingtang.screening.files.pdf import drawn_pages, look, opened
from mingtang.screening.files.pdfparts import inline_words
from mingtang.screening.hits import NAMES, Kind
from mingtang.screening.redacting import Redacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.document import Box
    from mingtang.screening.files.pages import PageText
    from mingtang.screening.redacting.needles import Needles

_ROOT = frozenset({
    "/Type", "/Pages", "/Version", "/Lang", "/ViewerPreferences", "/PageLayout",
    "/OutputIntents", "/OCProperties",
})  # fmt: skip
_PAGE = frozenset({
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Resources", "/Contents", "/Rotate",
    "/Group", "/UserUnit", "/TrimBox", "/BleedBox", "/ArtBox",
})  # fmt: skip
_ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Alternates", "/Thumb")
_ALWAYS = (
    Kind.METADATA,
    Kind.ANNOTATION,
    Kind.FORM_FIELD,
    Kind.ATTACHMENT,
    Kind.SCRIPT,
    Kind.EXTERNAL_LINK,
    Kind.REVISION,
)
"""What goes whatever was chosen: none of it belongs to the page."""
_WIDER = 1.5
"""So many points more than a character's own box are blackened."""


class Picture(NamedTuple):
    """A page drawn: dots row by row, grey or coloured, and the page's size in points."""

    dots: bytes
    wide: int
    high: int
    grey: bool
    points: tuple[float, float]


def redacted(data: bytes, needles: Needles, kinds: frozenset[Kind]) -> Redacted:
    """Return a PDF without what was chosen. Raises `ValueError` where it cannot be."""
    looked = look(data)
    pages = drawn_pages(data)
    found = {page.number: _boxes(page, needles) for page in pages}
    drawn = {number for number, (places, _) in found.items() if places}
    if Kind.COVERED in kinds:
        drawn |= {page.number for page in pages if any(each.veil for each in page.letters)}
    if Kind.HIDDEN_TEXT in kinds:
        drawn |= {page.number for page in pages}
    with opened(data) as pdf:
        inline = [each for each, words in inline_words(pdf) if needles.in_string(words)]
    drawn |= {page.number for page in pages} if 0 in inline else set(inline)
    pictures = _pictures(data, {number: found[number][1] for number in sorted(drawn)})
    counts = Counter(piece.kind for piece in looked.pieces)
    told = [f"{NAMES[kind]} {counts[kind]} 处" for kind in _ALWAYS if counts[kind]]
    if drawn:
        numbers = "、".join(map(str, sorted(drawn)))
        told.append(f"第{numbers}页改成了图片，这些页不能再搜索和复制文字")
    replaced = sum(places for places, _ in found.values())
    return Redacted(_written(data, pictures), replaced, tuple(told))


def _boxes(page: PageText, needles: Needles) -> tuple[int, list[Box]]:
    """Return in how many places of a page the texts stand, and what must be black."""
    boxes: list[Box] = []
    seen = [each for each in page.letters if not each.veil]
    spans = needles.spans("".join(each.sign for each in seen))
    for start, end in spans:
        boxes += [each.box for each in seen[start:end] if each.box is not None]
    every = needles.spans("".join(each.sign for each in page.letters))
    for start, end in every:
        boxes += [each.box for each in page.letters[start:end] if each.box is not None]
    return max(len(spans), len(every)), boxes


def _pictures(data: bytes, boxes: dict[int, list[Box]]) -> dict[int, Picture]:
    """Return pages as pictures, some boxes of each black; drawn apart first."""
    numbers = list(boxes)
    if not numbers:
        return {}
    tried(data, DRAWING, numbers, len(numbers))
    with ALONE:
        document = PdfDocument(data)
        try:
            return {
                number: _picture(document[number - 1], boxes[number]) for number in numbers
            }
        except PdfiumError as error:
            message = "这个 PDF 有一页画不出来，不能遮盖；请重新导出后再试"
            raise ValueError(message) from error
        finally:
            document.close()


def _picture(page: Handle, boxes: Sequence[Box]) -> Picture:
    points = page.get_size()
    bitmap = page.render(
        scale=DOTS / max(points),
        draw_annots=False,
        may_draw_forms=False,
        rev_byteorder=True,
        force_bitmap_format=raw.FPDFBitmap_BGR,
    )
    wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    whole = bytes(bitmap.buffer)
    dots = bytearray(
        b"".join(whole[y * stride : y * stride + 3 * wide] for y in range(high))
    )
    for box in boxes:
        left, top, right, bottom = _on_bitmap(page, box, (wide, high))
        first, count = max(left, 0), max(min(right + 1, wide) - max(left, 0), 0)
        for y in range(max(top, 0), min(bottom + 1, high)):
            at = (y * wide + first) * 3
            dots[at : at + 3 * count] = bytes(3 * count)
    grey = dots[0::3] == dots[1::3] == dots[2::3]
    return Picture(bytes(dots[0::3] if grey else dots), wide, high, grey, points)


def _on_bitmap(page: Handle, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where a box of the page lies on its picture, somewhat wider."""
    xs, ys = [], []
    for x, y in ((box[0] - _WIDER, box[1] - _WIDER), (box[2] + _WIDER, box[3] + _WIDER)):
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, at_x, at_y)
        xs.append(at_x.value)
        ys.append(at_y.value)
    return min(xs), min(ys), max(xs), max(ys)


def _written(data: bytes, pictures: dict[int, Picture]) -> bytes:
    """Return the PDF with pictures for pages, and nothing but its pages."""
    with opened(data) as pdf:
        _keep(pdf.Root, _ROOT)
        _keep(pdf.trailer, frozenset({"/Root", "/Size", "/ID"}))
        for number, page in enumerate(pdf.pages, 1):
            _keep(page.obj, _PAGE)
            if number in pictures:
                _into_picture(pdf, page, pictures[number])
        if len(pictures) == len(pdf.pages):
            _keep(pdf.Root, _ROOT - {"/OCProperties"})
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                _leave(thing, _ANYWHERE)
        pdf.remove_unreferenced_resources()
        held = io.BytesIO()
        pdf.save(held, deterministic_id=True, encryption=False)
        return held.getvalue()


def _keep(holder: pikepdf.Object, names: frozenset[str]) -> None:
    """Leave out of a dictionary all but some names."""
    _leave(holder, [name for name, _ in holder.items() if name not in names])


def _leave(holder: pikepdf.Object, names: Iterable[str]) -> None:
    """Leave names out of a dictionary."""
    for name in names:
        if name in holder:
            del holder[name]


def _into_picture(pdf: pikepdf.Pdf, page: pikepdf.Page, picture: Picture) -> None:
    wide, high = picture.points
    image = pikepdf.Stream(pdf, zlib.compress(picture.dots, 6))
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.wide, picture.high, 8
    image.ColorSpace = pikepdf.Name.DeviceGray if picture.grey else pikepdf.Name.DeviceRGB
    image.Filter = pikepdf.Name.FlateDecode
    _keep(page.obj, frozenset({"/Type", "/Parent"}))
    page.MediaBox = pikepdf.Array([0, 0, wide, high])
    page.CropBox = pikepdf.Array([0, 0, wide, high])
    page.Rotate = 0
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    page.Contents = pdf.make_stream(f"q {wide:f} 0 0 {high:f} 0 0 cm /Im Do Q".encode())
