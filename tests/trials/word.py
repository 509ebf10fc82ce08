"""A report as a Word document: what an office types, merged cells and all.

The XML is written by hand, so that a document may hold what Word's users and
other programs leave in it: tracked changes, controls, split runs, lists.
"""

from __future__ import annotations

import io
import re
import zipfile
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.trials.tables import Printed, Row, Sheet, Square, row_width

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": _OFFICE,
}


def root(name: str, inner: str, namespace: str = TRANSITIONAL) -> str:
    """Return a part's XML: its root element with every namespace named."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:{name} xmlns:w="{namespace}" {spaces}>{inner}</w:{name}>'


def package(parts: dict[str, str | bytes]) -> bytes:
    """Return a Word file with those parts beside the ones every file has."""
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(("styles", "numbering", "footnotes", "endnotes"))
        if f"word/{name}.xml" in parts
    )
    head = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": f'{head}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{head}{related}</Relationships>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (every | parts).items():
            archive.writestr(name, part)
    return made.getvalue()


def _content_types(parts: dict[str, str | bytes]) -> str:
    """Return the part that says what every other part is."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{word}.'
        f'{name[5:-4] if name != "word/document.xml" else "document.main"}+xml"/>'
        for name in parts
        if name.startswith("word/") and name.endswith(".xml")
    )
    related = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{related}"/>{kinds}</Types>'
    )


def document(inner: str, namespace: str = TRANSITIONAL, **parts: str) -> bytes:
    """Return a Word file with that body; ``styles="…"`` gives a part's inner XML."""
    others = {
        f"word/{name}.xml": root(name, part, namespace) for name, part in parts.items()
    }
    body = root("document", f"<w:body>{inner}<w:sectPr/></w:body>", namespace)
    return package({"word/document.xml": body} | others)


class Hand(NamedTuple):
    """How a document was typed; each field is harmless to what it shows."""

    split: bool = False  # figures in several runs, with fonts and proofing marks
    tracked: bool = False  # insertions, deletions, a deleted row
    controls: bool = False  # content controls around runs, cells, rows and tables
    numbered: bool = False  # headings numbered by a list
    framed: bool = False  # the whole report in a table of one cell
    continued: str = ""  # text left in the cells a merged cell covers
    strict: bool = False


HANDS = {
    "plain": Hand(),
    "split": Hand(split=True),
    "tracked": Hand(tracked=True),
    "controls": Hand(controls=True),
    "numbered": Hand(numbered=True),
    "framed": Hand(framed=True, split=True),
    "covered": Hand(continued="9"),
    "strict": Hand(strict=True),
    "everything": Hand(
        split=True, tracked=True, controls=True, numbered=True, continued="77"
    ),
}
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_LISTED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
_DELETED = '<w:del w:id="8" w:author="甲"><w:r><w:delText>5</w:delText></w:r></w:del>'
_PROOF = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="b"/>'


class _Typist:
    """One document under construction."""

    def __init__(self, hand: Hand, seed: str) -> None:
        self.hand = hand
        self.random = Random(seed)  # noqa: S311 - not a secret

    def run(self, text: str) -> str:
        words = escape(text).replace("\t", "<w:tab/>")
        face = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="18"/></w:rPr>'
        run = f'<w:r>{face}<w:t xml:space="preserve">{words}</w:t></w:r>'
        if self.hand.tracked and self.random.random() < 0.2:
            run = f'<w:ins w:id="7" w:author="乙">{run}</w:ins>{_DELETED}'
        if self.hand.controls and self.random.random() < 0.2:
            run = f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        return run

    def paragraph(self, text: str, properties: str = "") -> str:
        pieces = [text] if text else []
        if self.hand.split and len(text) > 1:
            pieces = re.findall(r"\d|[^\d]{1,6}", text)
        inner = _PROOF.join(map(self.run, pieces))
        return f"<w:p>{properties}{inner}</w:p>"

    def block(self, text: str) -> str:
        match = re.match(r"[一二三四五六]、", text) if self.hand.numbered else None
        if match:
            return self.paragraph(text[match.end() :], _LISTED)
        return self.paragraph(text)

    def cell(self, square: Square, down: str = "") -> str:
        merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[
            down
        ]
        span = f'<w:gridSpan w:val="{square.colspan}"/>' if square.colspan > 1 else ""
        text = self.hand.continued if down == "on" else square.text
        cell = (
            f'<w:tc><w:tcPr><w:tcW w:w="{600 * square.colspan}" w:type="dxa"/>{span}{merge}'
            f"</w:tcPr>{self.paragraph(text)}</w:tc>"
        )
        if self.hand.controls and self.random.random() < 0.1:
            return f"<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>"
        return cell

    def table(self, sheet: Sheet) -> str:
        lines = laid(sheet.rows)
        made = []
        for line in lines:
            row = f"<w:tr>{''.join(self.cell(*each) for each in line)}</w:tr>"
            if self.hand.tracked and self.random.random() < 0.1:
                gone = row.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="9"/></w:trPr>')
                made.append(gone.replace('<w:vMerge w:val="restart"/>', ""))
            if self.hand.controls and self.random.random() < 0.1:
                row = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
            made.append(row)
        grid = '<w:gridCol w:w="600"/>' * max(map(row_width, sheet.rows), default=1)
        return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def laid(rows: tuple[Row, ...]) -> list[list[tuple[Square, str]]]:
    """Return the squares of every row as Word stores them, covered ones repeated."""
    made: list[list[tuple[Square, str]]] = []
    tall: dict[int, tuple[Square, int]] = {}
    for row in rows:
        line: list[tuple[Square, str]] = []
        column, left = 0, list(row)
        while left or any(at >= column for at in tall):
            if column in tall:
                square, rest = tall.pop(column)
                line.append((square, "on"))
                if rest > 1:
                    tall[column] = (square, rest - 1)
                column += square.colspan
                continue
            if not left:
                break
            square = left.pop(0)
            line.append((square, "restart" if square.rowspan > 1 else ""))
            if square.rowspan > 1:
                tall[column] = (square, square.rowspan - 1)
            column += square.colspan
        made.append(line)
    return made


def word(printed: Printed, hand: Hand = HANDS["plain"], seed: str = "") -> bytes:
    """Return the report as a Word document typed in that way."""
    typist = _Typist(hand, seed)
    inner = "".join(
        typist.table(block) if isinstance(block, Sheet) else typist.block(block)
        for block in printed.blocks
    )
    if hand.framed:
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p/>"
    namespace = STRICT if hand.strict else TRANSITIONAL
    return document(inner, namespace, numbering=_NUMBERING)
