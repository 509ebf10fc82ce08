"""Why a run of an office file is not seen: marked hidden, white on white, tiny."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.screening.files.office import local

if TYPE_CHECKING:
    from lxml import etree

    from mingtang.screening.files.office import Office

_OFF = frozenset({"0", "false", "off"})
_WHITE = 0xF0
"""A colour all of whose parts are as light as this is white to the eye."""
_SMALL = 4
"""Half points: nobody reads what is so small."""
_LEAST_NUMBER = 6
HIDDEN, WHITE, TINY = "隐藏的文字", "白底白字", "字号小得看不见"


class Looks:
    """What the styles of a Word file hide, and what its runs do."""

    def __init__(self, office: Office) -> None:
        self.hiding: set[str] = set()
        self.shading: set[str] = set()
        styles = office.trees.get("word/styles.xml")
        if styles is None:
            return
        based: dict[str, str] = {}
        for style in styles.iterfind("{*}style"):
            name = _attribute(style, "styleId")
            based[name] = _attribute(style.find("{*}basedOn"), "val")
            if _is_on(style.find("{*}rPr/{*}vanish")):
                self.hiding.add(name)
            if any(is_dark(shade) for shade in style.iterfind(".//{*}shd")):
                self.shading.add(name)
        for _ in based:
            more = {name for name, base in based.items() if base in self.hiding}
            if more <= self.hiding:
                break
            self.hiding |= more

    def veil(self, run: etree._Element) -> str:
        """Return why a run is not seen, nothing where it is."""
        properties = run.find("{*}rPr")
        if properties is None:
            return HIDDEN if self._paragraph_hides(run) else ""
        vanish = properties.find("{*}vanish")
        styled = _attribute(properties.find("{*}rStyle"), "val") in self.hiding
        if _is_on(vanish) or (vanish is None and (styled or self._paragraph_hides(run))):
            return HIDDEN
        size = _attribute(properties.find("{*}sz"), "val") or properties.get("sz", "")
        drawn = properties.get("sz") is not None
        if size.isdecimal() and int(size) <= (_SMALL * 50 if drawn else _SMALL):
            return TINY
        colour = _attribute(properties.find("{*}color"), "val")
        return WHITE if is_white(colour) and not self._is_shaded(run) else ""

    def _paragraph_hides(self, run: etree._Element) -> bool:
        above = run.getparent()
        style = above.find("{*}pPr/{*}pStyle") if above is not None else None
        return _attribute(style, "val") in self.hiding

    def _is_shaded(self, run: etree._Element) -> bool:
        """Return whether a run stands on a ground that is not white."""
        above: etree._Element | None = run
        while above is not None:
            name = local(above)
            if name in {"wsp", "shape", "rect", "background"}:
                return True
            for properties in ("rPr", "pPr", "tcPr", "tblPr"):
                own = above.find(f"{{*}}{properties}")
                if own is not None and self._has_ground(own):
                    return True
            above = above.getparent()
        return False

    def _has_ground(self, properties: etree._Element) -> bool:
        light = _attribute(properties.find("{*}highlight"), "val")
        if light not in {"", "none", "white"} or is_dark(properties.find("{*}shd")):
            return True
        style = next((each for each in properties if local(each).endswith("Style")), None)
        return _attribute(style, "val") in self.shading


def is_white(colour: str) -> bool:
    """Return whether six hexadecimal digits are white, or almost.

    >>> is_white("FFFFFF"), is_white("FF0000"), is_white("auto")
    (True, False, False)
    """
    digits = colour[-_LEAST_NUMBER:]
    try:
        parts = bytes.fromhex(digits)
    except ValueError:
        return False
    return len(digits) == _LEAST_NUMBER and min(parts) >= _WHITE


def is_dark(shade: etree._Element | None) -> bool:
    """Return whether a shading is there and is not white."""
    if shade is None:
        return False
    fill = _attribute(shade, "fill")
    themed = bool(_attribute(shade, "themeFill"))
    return themed or (fill not in {"", "auto"} and not is_white(fill))


def _attribute(node: etree._Element | None, name: str) -> str:
    if node is None:
        return ""
    found = (str(v) for k, v in node.attrib.items() if str(k).rpartition("}")[2] == name)
    return next(found, "")


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and (_attribute(node, "val") or "1") not in _OFF
