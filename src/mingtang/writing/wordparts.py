"""What every Word document of ours shares: styles, fonts, settings, page numbers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from mingtang.manuscript import (
    ADDRESSEE,
    APPENDIX,
    CONTACT,
    DAY,
    ENCLOSED,
    HEADING,
    NUMBER,
    SIGNER,
    TEXT,
    TITLE,
)
from mingtang.writing import typography as gb
from mingtang.writing.fitting import INSET
from mingtang.writing.printable import printable

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
TWIPS = 20
"""Twentieths of a point, the unit of Word's measures, in a point."""
PITCH = round(gb.PITCH * TWIPS)
KAI = "楷体"

_FANG, _SONG, _HEI, _HEAD_FACE = "仿宋", "宋体", "黑体", "方正小标宋简体"
_OLDER = {_FANG: "仿宋_GB2312", KAI: "楷体_GB2312", _HEAD_FACE: _SONG, _SONG: "SimSun"}
"""What a machine without a face has instead, tried first by Word and WPS."""
_SCALE = 98
"""Width of the body's characters in per cent, so that 28 of them fill a line.

Spacing would do the same, but LibreOffice then loses punctuation at a line's end.
"""
_STYLES = {
    TITLE: ("Title", _HEAD_FACE, gb.TITLE_SIZE, "center", 0),
    HEADING: ("Heading1", _HEI, gb.BODY_SIZE, "both", 2),
    TEXT: ("Normal", _FANG, gb.BODY_SIZE, "both", 2),
    SIGNER: ("Signer", _FANG, gb.BODY_SIZE, "right", 0),
    DAY: ("Day", _FANG, gb.BODY_SIZE, "right", 0),
    NUMBER: ("Number", _FANG, gb.BODY_SIZE, "center", 0),
    ADDRESSEE: ("Addressee", _FANG, gb.BODY_SIZE, "left", 0),
    ENCLOSED: ("Enclosed", _FANG, gb.BODY_SIZE, "both", 0),
    CONTACT: ("Contact", _FANG, gb.BODY_SIZE, "both", 2),
    "cell": ("Cell", _SONG, gb.CELL_SIZE, "center", 0),
    "folio": ("Folio", _SONG, gb.FOLIO_SIZE, "right", 0),
}
"""By role: style, face, size in points, alignment, characters of the first indent."""
STYLE = {role: style[0] for role, style in _STYLES.items()}
STYLE[APPENDIX] = STYLE[TITLE]


def styles() -> str:
    """Return the part that says how each role looks."""
    made = "".join(_style(*style) for style in _STYLES.values())
    line = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(line.format(side) for side in sides)
    inset = INSET * TWIPS
    return (
        f'{HEAD}<w:styles xmlns:w="{W}">{made}'
        '<w:style w:type="paragraph" w:styleId="After"><w:name w:val="After"/>'
        '<w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:style>'
        '<w:style w:type="table" w:styleId="Form"><w:name w:val="Form"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:left w:w="{inset}" w:type="dxa"/><w:right w:w="{inset}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )


def _style(name: str, face: str, size: int, align: str, indent: int) -> str:
    after = PITCH if name in ("Title", "Number") else 0
    line = PITCH + max(0, size - gb.BODY_SIZE) * TWIPS
    first = indent * gb.BODY_SIZE * TWIPS
    keep = "<w:keepNext/>" if name == "Heading1" else ""
    level = '<w:outlineLvl w:val="0"/>' if name == "Heading1" else ""
    default = ' w:default="1"' if name == "Normal" else ""
    known = {"Title": "Title", "Heading1": "heading 1", "Normal": "Normal"}.get(name, name)
    narrow = f'<w:w w:val="{_SCALE}"/>' if size == gb.BODY_SIZE else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{known}"/>'
        f'<w:pPr>{keep}<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{after}" w:line="{line}"'
        ' w:lineRule="exact"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLineChars="{indent * 100}"'
        f' w:firstLine="{first}"/><w:jc w:val="{align}"/>{level}</w:pPr>'
        f"<w:rPr>{face_of(face)}{narrow}"
        f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def face_of(face: str) -> str:
    """Return the property that sets a run in a face, letters and digits too."""
    return f'<w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/>'


def fonts() -> str:
    """Return the part that names the faces and what may stand for each."""
    faces = {style[1] for style in _STYLES.values()} | {KAI}
    made = "".join(
        f'<w:font w:name="{face}">'
        + (f'<w:altName w:val="{_OLDER[face]}"/>' if face in _OLDER else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for face in sorted(faces)
    )
    return f'{HEAD}<w:fonts xmlns:w="{W}">{made}</w:fonts>'


def properties(title: str, body: str) -> str:
    """Return the document's properties; it has no dates, since there is no clock."""
    dublin = "http://purl.org/dc/elements/1.1/"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{P}/metadata/core-properties"'
        f' xmlns:dc="{dublin}"><dc:title>{escape(printable(title))}</dc:title>'
        f"<dc:creator>{escape(printable(body))}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def folio(side: str) -> str:
    """Return a page number for the right or left foot, one character from the margin."""
    indent = f'<w:ind w:{side}="{gb.FOLIO_SIZE * TWIPS}"/>'
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Folio"/>'
        f'{indent}<w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/></w:settings>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'{HEAD}<Types xmlns="{P}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("footer1", "footer"),
            ("footer2", "footer"),
        )
    )
    + "</Types>"
)
