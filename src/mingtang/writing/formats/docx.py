"""A report as a Word document, set as an official document is (GB/T 9704—2012).

A4, margins of 37, 35, 28 and 26 mm, body in 仿宋 16 pt on a pitch of 28 pt,
headings in 黑体, the title in 小标宋 22 pt, page numbers 14 pt at the foot.
The parts are written as text: nothing else is as fast, and nothing hides.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mingtang.writing.manuscript import DAY, HEADING, SIGNER, TEXT, TITLE, Words, manuscript
from mingtang.writing.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Report
    from mingtang.writing.manuscript import Drawn, Square

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""No clock: the same report gives the same bytes."""

_MM = 56.6929
"""Twentieths of a point in a millimetre, the unit of Word's measures."""
_PAGE = 210, 297
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
_PITCH = 560
"""28 points from line to line."""
_TYPE_AREA = round((_PAGE[0] - _LEFT - _RIGHT) * _MM)
_NARROW = 460
"""The width of a column whose label the form prints upright."""

_STYLES = {
    TITLE: ("Title", "方正小标宋简体", 44, "center", 0),
    HEADING: ("Heading1", "黑体", 32, "both", 0),
    TEXT: ("Normal", "仿宋", 32, "both", 640),
    SIGNER: ("Signer", "仿宋", 32, "right", 0),
    DAY: ("Day", "仿宋", 32, "right", 0),
    "cell": ("Cell", "宋体", 18, "center", 0),
}
"""By role: style, face, half points, alignment, indent of the first line."""


def write(report: Report) -> bytes:
    """Return the report as a document for Word, WPS and LibreOffice."""
    body = "".join(
        _paragraph(piece.role, piece.text) if isinstance(piece, Words) else _table(piece)
        for piece in manuscript(report)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{_document(body)}",
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _FOOTER,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("footer", "footer1.xml"),
        ),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content.encode())
    return held.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_P}/relationships">{made}</Relationships>'


def _document(body: str) -> str:
    width, height = (round(side * _MM) for side in _PAGE)
    top, bottom, left, right = (round(x * _MM) for x in (_TOP, _BOTTOM, _LEFT, _RIGHT))
    section = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="851" w:footer="1417" w:gutter="0"/></w:sectPr>'
    )
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}">'
        f"<w:body>{body}{section}</w:body></w:document>"
    )


def _paragraph(role: str, text: str) -> str:
    style = _STYLES[role][0]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str) -> str:
    """Return text as a run; a line break stays one."""
    lines = escape(printable(text)).split("\n")
    made = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{made}</w:r>" if text else ""


def _table(table: Drawn) -> str:
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(table, widths))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Form"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="After"/></w:pPr></w:p>'
    )


def _widths(table: Drawn) -> list[int]:
    """Return the columns' widths: narrow where upright, labels wide, figures alike."""
    firsts = [row[0] for row in table.grid() if row and row[0] is not None]
    if table.table != "requests":
        share = _TYPE_AREA // table.width
        return [share] * table.width
    narrow = [_NARROW, _NARROW * 2] if any(each.upright for each in firsts) else []
    label = _TYPE_AREA * 3 // 10
    figures = table.width - len(narrow) - 1
    if figures <= 0:
        return [_TYPE_AREA // table.width] * table.width
    left = (_TYPE_AREA - sum(narrow) - label) // figures
    return [*narrow, label, *([left] * figures)]


def _rows(table: Drawn, widths: list[int]) -> Iterator[str]:
    """Yield the rows; a square below the first of a merged cell carries it on."""
    carried: dict[int, tuple[int, Square]] = {}
    for number, row in enumerate(table.grid()):
        cells: list[str] = []
        column = 0
        while column < table.width:
            square = row[column]
            left, above = carried.get(column, (0, None))
            if square is None and above is not None and left:
                cells.append(_cell(above, widths, column, carries=True))
                carried[column] = left - 1, above
                column += above.columns
                continue
            if square is None:
                column += 1
                continue
            cells.append(_cell(square, widths, column))
            carried[column] = square.rows - 1, square
            column += square.columns
        header = "<w:tblHeader/>" if number < table.heads else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(square: Square, widths: list[int], column: int, *, carries: bool = False) -> str:
    width = sum(widths[column : column + square.columns])
    span = f'<w:gridSpan w:val="{square.columns}"/>' if square.columns > 1 else ""
    merge = ""
    if square.rows > 1:
        merge = "<w:vMerge/>" if carries else '<w:vMerge w:val="restart"/>'
    text = "" if carries else _run(square.text)
    left = square.kind == "label" and not square.upright
    align = '<w:jc w:val="left"/>' if left else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        '<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{align}</w:pPr>{text}</w:p></w:tc>'
    )


def _styles() -> str:
    made = "".join(_style(*style) for style in _STYLES.values())
    line = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(line.format(side) for side in sides)
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}">{made}'
        '<w:style w:type="paragraph" w:styleId="After"><w:name w:val="After"/>'
        '<w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:style>'
        '<w:style w:type="table" w:styleId="Form"><w:name w:val="Form"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )


def _style(name: str, face: str, size: int, align: str, indent: int) -> str:
    pitch = '<w:spacing w:line="240" w:lineRule="auto"/>'
    if name != "Cell":
        rule = "exact" if size <= _STYLES[TEXT][2] else "atLeast"
        after = 'w:after="560" ' if name == "Title" else ""
        pitch = f'<w:spacing {after}w:line="{_PITCH}" w:lineRule="{rule}"/>'
    first = f'<w:ind w:firstLineChars="200" w:firstLine="{indent}"/>' if indent else ""
    keep = "<w:keepNext/>" if name == "Heading1" else ""
    level = '<w:outlineLvl w:val="0"/>' if name == "Heading1" else ""
    default = ' w:default="1"' if name == "Normal" else ""
    known = {"Title": "Title", "Heading1": "heading 1", "Normal": "Normal"}.get(name, name)
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{known}"/>'
        f'<w:pPr>{keep}{pitch}{first}<w:jc w:val="{align}"/>{level}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:eastAsia="zh-CN"/>'
        "</w:rPr></w:style>"
    )


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_P}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("footer1", "footer"),
        )
    )
    + "</Types>"
)
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/></w:settings>'
)
_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
