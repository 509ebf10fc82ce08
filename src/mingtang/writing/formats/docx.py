"""A manuscript as a Word document, set as an official document is (GB/T 9704—2012).

The parts are written as text: nothing else is as fast, and nothing hides.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mingtang.manuscript import APPENDIX, CONTACT, ENCLOSED, NUMBER, TEXT, TITLE, Words
from mingtang.writing import typography as gb
from mingtang.writing import wordparts as word
from mingtang.writing.fitting import BETWEEN, INSET, fit, is_narrow, lines
from mingtang.writing.manuscript import manuscript
from mingtang.writing.printable import printable
from mingtang.writing.wordparts import HEAD, TWIPS, P, R, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.manuscript import Drawn, Manuscript, Piece, Square
    from mingtang.report import Report
    from mingtang.writing.fitting import Fit

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""No clock: the same report gives the same bytes."""
_OPENING = TITLE, NUMBER, APPENDIX
"""What has its own space below, even above a table."""
_ABOVE_TABLE = 120
"""Between a table and what stands above it, in twips."""
_FOLIO_FROM_EDGE = gb.BOTTOM - gb.FOLIO_DROP - 6
"""From the foot of the page number to the edge of the sheet, in mm."""


def write(report: Report) -> bytes:
    """Return the report as a document for Word, WPS and LibreOffice."""
    return bind(manuscript(report))


def bind(text: Manuscript) -> bytes:
    """Return a manuscript as a document for Word, WPS and LibreOffice."""
    body = "".join(_pieces(text.pieces))
    parts = {
        "[Content_Types].xml": word.TYPES,
        "_rels/.rels": _relations(
            (f"{R}/officeDocument", "word/document.xml"),
            (f"{P}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": word.properties(text.title, text.body),
        "word/document.xml": _document(body),
        "word/styles.xml": word.styles(),
        "word/settings.xml": word.SETTINGS,
        "word/fontTable.xml": word.fonts(),
        "word/footer1.xml": word.folio("right"),
        "word/footer2.xml": word.folio("left"),
        "word/_rels/document.xml.rels": _relations(
            (f"{R}/styles", "styles.xml"),
            (f"{R}/settings", "settings.xml"),
            (f"{R}/footer", "footer1.xml"),
            (f"{R}/footer", "footer2.xml"),
            (f"{R}/fontTable", "fontTable.xml"),
        ),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            archive.writestr(entry, content.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{P}/relationships">{made}</Relationships>'


def _twips(mm: float) -> int:
    return round(mm * gb.POINTS * TWIPS)


def _document(body: str) -> str:
    width, height = map(_twips, gb.PAGE)
    top, bottom, left, right = map(_twips, (gb.TOP, gb.BOTTOM, gb.LEFT, gb.RIGHT))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="even" r:id="rId4"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="851" w:footer="{_twips(_FOLIO_FROM_EDGE)}" w:gutter="0"/></w:sectPr>'
    )
    return (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}">'
        f"<w:body>{body}{section}</w:body></w:document>"
    )


def _pieces(pieces: Sequence[Piece]) -> Iterator[str]:
    ends = gb.signing(pieces)._asdict()
    name = gb.hanging(pieces)
    followed = zip(pieces, gb.lines_above(pieces), (*pieces[1:], None), strict=True)
    for piece, blank, after in followed:
        if not isinstance(piece, Words):
            yield _table(piece)
            continue
        own = "<w:keepNext/>" if gb.stays(piece, after) else ""
        own += "<w:keepLines/>" if piece.role == CONTACT else ""
        own += "<w:pageBreakBefore/>" if piece.role == APPENDIX else ""
        if piece.role == TEXT and gb.is_ragged(piece.text):
            own += '<w:wordWrap w:val="0"/>'
        yield _paragraph(
            piece, own + _spacing(piece, blank, after) + _shift(piece, ends, name)
        )


def _spacing(words: Words, blank: int, after: Piece | None) -> str:
    """Return the space around a paragraph where it is not that of its role."""
    own = f' w:before="{blank * word.PITCH}"' if blank else ""
    if after is not None and not isinstance(after, Words) and words.role not in _OPENING:
        own += f' w:after="{_ABOVE_TABLE}"'
    elif words.role == TITLE and isinstance(after, Words) and after.role == NUMBER:
        own += ' w:after="0"'
    return f"<w:spacing{own}/>" if own else ""


def _shift(words: Words, ends: Mapping[str, float], name: float) -> str:
    """Return where a paragraph begins or ends, where that depends on its text."""
    em = gb.BODY_SIZE * TWIPS
    if words.role in ends:
        return f'<w:ind w:right="{round(ends[words.role] * em)}"/>'
    if words.role == ENCLOSED:
        hang = round(gb.hang(words.text) * em)
        return f'<w:ind w:left="{round(name * em)}" w:hanging="{hang}"/>'
    if words.role == TEXT and gb.is_ragged(words.text):
        return '<w:jc w:val="left"/>'
    return ""


def _paragraph(words: Words, own: str) -> str:
    text = words.text
    if words.role == TITLE:
        text = "\n".join(gb.halves(text)) if len(gb.title_lines(text)) > 1 else text
    at = gb.lead(text) if words.role == TEXT else 0
    opening = _run(text[:at], word.face_of(word.KAI))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{word.STYLE[words.role]}"/>{own}</w:pPr>'
        f"{opening}{_run(text[at:])}</w:p>"
    )


def _run(text: str, look: str = "") -> str:
    """Return text as a run; a line break stays one."""
    lines = escape(printable(text)).split("\n")
    made = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    own = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{own}{made}</w:r>" if text else ""


def _table(table: Drawn) -> str:
    fitted = fit(table)
    widths = [round(width * TWIPS) for width in fitted.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Form"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_rows(table, fitted, widths))}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="After"/></w:pPr></w:p>'
    )


def _rows(table: Drawn, fitted: Fit, widths: list[int]) -> Iterator[str]:
    """Yield the rows; a square below the first of a merged cell carries it on."""
    carried: dict[int, tuple[int, Square]] = {}
    for number, row in enumerate(table.grid()):
        look = _Look(fitted, keeps=fitted.whole and number + 1 < len(table.rows))
        cells: list[str] = []
        column = 0
        while column < table.width:
            square = row[column]
            left, above = carried.get(column, (0, None))
            carries = square is None and above is not None and left > 0
            shown = above if carries else square
            if shown is None:
                column += 1
                continue
            width = sum(widths[column : column + shown.columns])
            cells.append(_cell(shown, width, look, carries=carries))
            carried[column] = (left if carries else shown.rows) - 1, shown
            column += shown.columns
        header = "<w:tblHeader/>" if number < table.heads else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


class _Look:
    """What all cells of a row share: properties of their paragraphs and of their text."""

    def __init__(self, fitted: Fit, *, keeps: bool) -> None:
        size = fitted.size
        space = round((fitted.pad - BETWEEN / 2) * size * TWIPS)
        line = round((1 + BETWEEN) * size * TWIPS)
        self.keep = "<w:keepNext/>" if keeps else ""
        self.spacing = (
            f'<w:spacing w:before="{space}" w:after="{space}" w:line="{line}"'
            ' w:lineRule="exact"/>'
        )
        narrow = round((0.4 * size - INSET) * TWIPS)
        self.narrow = f'<w:ind w:left="{narrow}" w:right="{narrow}"/>'
        usual = size == gb.CELL_SIZE
        self.text = (
            "" if usual else f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
        )


def _cell(square: Square, width: int, look: _Look, *, carries: bool) -> str:
    span = f'<w:gridSpan w:val="{square.columns}"/>' if square.columns > 1 else ""
    merge = ""
    if square.rows > 1:
        merge = "<w:vMerge/>" if carries else '<w:vMerge w:val="restart"/>'
    text = "" if carries else _run("\n".join(lines(square)), look.text)
    left = square.kind == "label" and not square.upright
    indent = look.narrow if is_narrow(square) else ""
    align = '<w:jc w:val="left"/>' if left else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        '<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{look.keep}{look.spacing}{indent}{align}'
        f"</w:pPr>{text}</w:p></w:tc>"
    )
