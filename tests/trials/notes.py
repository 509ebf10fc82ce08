"""The notes in a marked file as other libraries see them: what each says, and of what."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

import openpyxl
import pdfplumber
from lxml import etree


class Seen(NamedTuple):
    """One note: its author, its words, and the words it stands over."""

    author: str
    text: str
    under: str


def notes(data: bytes, kind: str) -> list[Seen]:
    """Return the notes of a file of that kind, in the file's order."""
    return {"docx": in_word, "xlsx": in_workbook, "pdf": in_pdf}[kind](data)


def in_word(data: bytes) -> list[Seen]:
    """Comments of a Word file, Strict or not, over the text between their marks.

    LibreOffice gives one without text under it no marks.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    under = commented(archive.read("word/document.xml"))
    name = next(each for each in archive.namelist() if each.startswith("word/comments"))
    return [
        Seen(
            _named(each, "author"),
            "".join(each.itertext()),
            under.get(_named(each, "id"), ""),
        )
        for each in etree.fromstring(archive.read(name))
    ]


def _named(node: etree._Element, name: str) -> str:
    """An attribute whatever its namespace."""
    return next((v for k, v in node.attrib.items() if k.endswith(f"}}{name}")), "")


def commented(document: bytes) -> dict[str, str]:
    """The words between the marks of every comment, by its id."""
    open_: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in etree.fromstring(document).iter():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        identity = _named(node, "id")
        if name == "commentRangeStart":
            open_[identity] = ""
        elif name == "commentRangeEnd":
            found[identity] = open_.pop(identity)
        elif name == "t":
            open_ = {each: said + (node.text or "") for each, said in open_.items()}
    assert not open_, "a comment that begins must end"
    return found


def in_workbook(data: bytes) -> list[Seen]:
    """Notes as openpyxl has them, over the value of their cell."""
    return [
        Seen(cell.comment.author, cell.comment.text, str(cell.value))
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    ]


def in_pdf(data: bytes) -> list[Seen]:
    """Highlights as pdfplumber has them, over what is printed under each of their parts."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            for each in page.annots:
                parts = [
                    (page.crop(box, strict=False).extract_text() or "").replace("\n", "")
                    for box in boxes(each["data"].get("QuadPoints", ()), page.height)
                ]
                found.append(Seen(each["title"], each["contents"], "|".join(parts)))
    return found


def boxes(points, height):
    """The rectangles that corner points span, measured from the top."""
    for at in range(0, len(points), 8):
        xs, ys = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
        yield min(xs), height - max(ys), max(xs), height - min(ys)
