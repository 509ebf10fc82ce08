"""Reading back: whether a text can still be found anywhere in a masked file.

Every part is unpacked and searched as it is stored: as text joined over its runs, as
single strings, as attributes, and as bytes in the encodings that offices write.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from mingtang.packages.archives import Archive, ArchiveError
from mingtang.packages.safety import guarded
from mingtang.screening.files import kind_of
from mingtang.screening.files.office import local
from mingtang.screening.files.pages import pages_of
from mingtang.screening.files.pdf import drawn_pages
from mingtang.screening.files.pdfparts import inline_words, said, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from mingtang.screening.redacting.needles import Needles

_PLACES = frozenset({"p", "si", "is", "c", "comment", "threadedComment"})
"""What holds text that belongs together, however it is cut into runs."""
_DEEPEST = 6
_DIRECT = 40
"""So deep the values of one object of a PDF stand in one another; none does honestly."""


class UnsureError(ValueError):
    """A part of a masked file cannot be read back: nobody knows what it holds (Chinese)."""


def still_there(data: bytes, needles: Needles, depth: int = 0) -> str:
    """Return where in a file one of the texts is still found, empty where nowhere is.

    Raises `ValueError` for a file that cannot be opened any more, `UnsureError` where a
    part of it cannot be read back.
    """
    if not needles:
        return ""
    if depth > _DEEPEST:
        message = "层层嵌入的文件"
        raise UnsureError(message)
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, needles, depth)
    if kind_of(data) == "pdf":
        return next(_in_pdf(data, needles), "")
    return "文件的内容" if needles.in_bytes(data) or _in_text(data, needles) else ""


def _in_text(data: bytes, needles: Needles) -> bool:
    return any(
        needles.in_string(data.decode(encoding, "replace"))
        for encoding in ("utf-8", "gb18030", "utf-16")
    )


def _in_zip(data: bytes, needles: Needles, depth: int) -> str:
    archive = Archive(data)
    for name in archive:
        part = archive.read(name)
        if needles.in_string(name):
            return f"文件里一个部分的名字 {name}"
        if name.lower().endswith((".xml", ".rels", ".vml")) and part.strip():
            if in_tree(guarded(part, name), needles) or needles.in_bytes(part):
                return name
        elif needles.in_bytes(part) or _within(part, needles, depth):
            return name
    return ""


def _within(part: bytes, needles: Needles, depth: int) -> str:
    """Return where in a part that is a file of its own a text is found."""
    if not part.startswith((b"PK\x03\x04", b"%PDF-")):
        return ""
    try:
        return still_there(part, needles, depth + 1)
    except ArchiveError as error:
        message = "嵌入的文件"
        raise UnsureError(message) from error


def in_tree(root: etree._Element, needles: Needles) -> bool:
    """Return whether a text stands in a part: in strings, attributes, across runs."""
    for node in root.iter("*"):
        own = [node.text or "", node.tail or "", *map(str, node.attrib.values())]
        if any(each and needles.in_string(each) for each in own):
            return True
        if local(node) in _PLACES and needles.in_string("".join(map(str, node.itertext()))):
            return True
    return needles.in_joined("".join(map(str, root.itertext())))


def _in_pdf(data: bytes, needles: Needles) -> Iterator[str]:
    """Yield where in a PDF a text is found: on pages, in objects, in forms not drawn."""
    for page in (*drawn_pages(data), *pages_of(data)):
        every = "".join(letter.sign for letter in page.letters)
        seen = "".join(letter.sign for letter in page.letters if not letter.veil)
        if needles.in_string(every) or needles.in_string(seen):
            yield f"第{page.number}页"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from _in_objects(pdf, needles)
        forms = [each for each in pdf.objects if _is_form(each)]
        drawn = _drawn(forms)
    for page in drawn_pages(drawn) if forms else ():
        if needles.in_string("".join(letter.sign for letter in page.letters)):
            yield f"PDF 的第{page.number}个图形"


def _in_objects(pdf: pikepdf.Pdf, needles: Needles) -> Iterator[str]:
    for number, thing in enumerate(pdf.objects, 1):
        if _in_object(thing, needles):
            yield f"PDF 的第{number}个对象"
    for number, words in inline_words(pdf):
        if needles.in_string(words):
            yield f"第{number}页的替代文字" if number else "PDF 里图形的替代文字"


def _in_object(thing: pikepdf.Object, needles: Needles, depth: int = 0) -> bool:
    if depth > _DIRECT:
        message = "层层嵌套的对象"
        raise UnsureError(message)
    if isinstance(thing, pikepdf.String):
        return needles.in_string(said(thing)) or needles.in_bytes(bytes(thing))
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
        held = unpacked(thing)
        if held is None:
            message = "PDF 里一段不能解开的数据"
            raise UnsureError(message)
        if needles.in_bytes(held):
            return True
    if isinstance(thing, pikepdf.Array):
        return any(_in_object(each, needles, depth + 1) for each in _direct(thing))
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        values = [value for _, value in thing.items()]
        return any(_in_object(each, needles, depth + 1) for each in _direct(values))
    return False


def _direct(values: object) -> Iterator[pikepdf.Object]:
    """Yield the values that have no number of their own."""
    for value in values:  # type: ignore[attr-defined]
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield value


def _is_form(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"


def _drawn(forms: list[pikepdf.Object]) -> bytes:
    """Return a PDF that draws each form on a page of its own, whoever drew it before."""
    made = pikepdf.new()
    for number, form in enumerate(forms):
        made.add_blank_page(page_size=(2000, 2000))
        page = made.pages[number]
        held = made.copy_foreign(form)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=held))
        page.Contents = made.make_stream(b"/F Do")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
