"""Files with something hidden in them, built here so that everybody sees what it is."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="bin" ContentType="application/octet-stream"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def related(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Return the relations of a part: id, kind, target, and where outside ``External``."""
    made = "".join(
        f'<Relationship Id="{row[0]}" Type="{R}/{row[1]}" Target="{row[2]}"'
        + (f' TargetMode="{row[3]}"' if len(row) > 3 else "")
        + "/>"
        for row in rows
    )
    return f'<Relationships xmlns="{_RELATIONS}">{made}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return held.getvalue()


def story(tag: str, inner: str) -> str:
    return f'<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{tag}>'


def p(*runs: str) -> str:
    """Return a paragraph of runs; plain words become one."""
    made = (each if each.startswith("<") else r(each) for each in runs)
    return f"<w:p>{''.join(made)}</w:p>"


def r(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def word(body: str, links: str = "", **parts: str | bytes) -> bytes:
    """Return a Word file; parts are named by their file (``comments`` …) or path."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": related(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": story("document", f"<w:body>{body}<w:sectPr/></w:body>"),
    }
    if links:
        made["word/_rels/document.xml.rels"] = links
    return zipped(made | parts)


def workbook(*steps) -> bytes:
    """Return a workbook that steps have worked on."""
    book = openpyxl.Workbook()
    book.active.title = "公开表"
    for step in steps:
        step(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def added(data: bytes, **parts: str | bytes) -> bytes:
    """Return an office file with parts put in, or in place of others."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    return zipped(held | parts)


def pdf(content: bytes, *steps, pages: int = 1) -> bytes:
    """Return a PDF all of whose pages draw some content, that steps have worked on."""
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font = made.make_indirect(font)
    for number in range(pages):
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[number]
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = made.make_stream(content if not number else b"")
    for step in steps:
        step(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def line(text: str, x: int = 72, y: int = 700, before: str = "") -> bytes:
    """Return what draws a line of text."""
    return f"BT {before} /F1 12 Tf {x} {y} Td ({text}) Tj ET\n".encode()


def annotated(pdf: pikepdf.Pdf, **entries) -> None:
    """Put a note on the first page."""
    told = {"Type": Name.Annot, "Subtype": Name.Text, "Rect": Array([9, 9, 20, 20])}
    note = Dictionary({f"/{key}": value for key, value in (told | entries).items()})
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attached(pdf: pikepdf.Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, "手机13800007502".encode(), filename="a.txt")
    pdf.attachments["a.txt"] = spec
