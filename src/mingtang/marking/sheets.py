"""A worksheet told that it has a drawing of notes: one element put in, no byte changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

_BEHIND = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
        *("AlternateContent", "webPublishItems", "tableParts", "extLst"),
    }
)
"""What the schema has after the drawing of notes."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_HOME = "http://purl.oclc.org/ooxml/"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_BETWEEN = " "
_CHILD = 2
"""How deep the children of the root stand."""


class Sheet:
    """A sheet's XML: its namespace, its drawing of notes, where that belongs.

    `drawing` is the id it is related by, empty where there is none.
    """

    def __init__(self, data: bytes) -> None:
        """Look through a sheet. Raises `ValueError` where it is no whole XML."""
        if b"<!DOCTYPE" in data or b"\x00" in data[:4]:
            message = "工作表的 XML 不寻常（有文档类型声明，或者不是 UTF-8）"
            raise ValueError(message)
        self._data = data
        self._filled = False
        self._depth = self._at = 0
        self.home = self.drawing = ""
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat's own way to say that it is all
        except expat.ExpatError as error:
            message = "文件已损坏，工作表不是完好的 XML"
            raise ValueError(message) from error

    def with_drawing(self, relation: str) -> bytes:
        """Return the sheet with a drawing of notes, in its place of the schema."""
        strict = self.home.startswith(_STRICT_HOME)
        office = _STRICT_OFFICE if strict else _OFFICE
        spaces = f'xmlns="{self.home}" xmlns:r="{office}"'
        element = f'<legacyDrawing {spaces} r:id="{relation}"/>'.encode()
        return self._data[: self._at] + element + self._data[self._at :]

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        home, _, plain = name.rpartition(_BETWEEN)
        if self._depth == 1:
            self.home = home
        elif self._depth == _CHILD:
            self._child(plain, attributes)

    def _child(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheetData":
            self._filled = True
        elif name == "legacyDrawing":
            for each in (_OFFICE, _STRICT_OFFICE):
                self.drawing = attributes.get(f"{each}{_BETWEEN}id", self.drawing)
        elif name in _BEHIND and self._filled and not self._at:
            self._at = self._parser.CurrentByteIndex

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._depth and not self._at:
            self._at = self._parser.CurrentByteIndex
