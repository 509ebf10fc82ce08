"""The boxes that Excel's notes open in, drawn in the old markup that it wants them in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mingtang.reading.sheets.origins import Spot

DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b"</xml>"
)
"""A drawing with nothing in it."""

_BOX = """\
<v:shape xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" \
id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">\
<x:MoveWithCells/><x:SizeWithCells/>\
<x:Anchor>{left}, 12, {top}, 6, {right}, 12, {bottom}, 6</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
</x:ClientData></v:shape>"""
_TYPE = """\
<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" \
coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>\
</v:shapetype>"""
_FIRST = 1024
"""The ids of a drawing's shapes come after this one."""
_WIDE, _HIGH = 5, 9
"""A box covers so many columns and rows."""
_LETTERS = 26
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*(\d{1,7})\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*(\d{1,5})\s*</x:Column>")
_ID = re.compile(rb"_x0000_s(\d{1,9})\b")


def drawn(drawing: bytes, spots: Sequence[Spot]) -> bytes:
    """Return a drawing with a box more for each of the cells; all else stays.

    Such drawings are often no whole XML, so the boxes are put before its end
    as it stands. Raises `ValueError` where it has none.
    """
    end = drawing.rfind(b"</xml>")
    if end < 0:
        message = "文件已损坏，画批注框的部分不完整"
        raise ValueError(message)
    highest = max([_FIRST, *map(int, _ID.findall(drawing))])
    boxes = "".join(_box(spot, id_) for id_, spot in enumerate(spots, highest + 1))
    shape = "" if b'id="_x0000_t202"' in drawing else _TYPE
    return drawing[:end] + f"{shape}{boxes}".encode() + drawing[end:]


def without(drawing: bytes, cells: Collection[str]) -> bytes:
    """Return a drawing without the boxes of cells of such names; all else stays."""

    def kept(found: re.Match[bytes]) -> bytes:
        row, column = (each.search(found[0]) for each in (_ROW, _COLUMN))
        held = reference(int(row[1]), int(column[1])) if row and column else ""
        return b"" if held in cells else found[0]

    return _SHAPE.sub(kept, drawing)


def reference(row: int, column: int) -> str:
    """Return the name of a cell, both counted from 0.

    >>> reference(6, 1), reference(0, 27)
    ('B7', 'AB1')
    """
    letters, left = "", column + 1
    while left:
        left, last = divmod(left - 1, _LETTERS)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"


def _box(spot: Spot, number: int) -> str:
    left, top = spot.column + 1, max(spot.row - 1, 0)
    return _BOX.format(
        id=number,
        left=left,
        top=top,
        right=left + _WIDE,
        bottom=top + _HIGH,
        row=spot.row,
        column=spot.column,
    )
