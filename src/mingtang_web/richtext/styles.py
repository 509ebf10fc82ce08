"""What an element of somebody's page says of the words in it, as far as it is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.richtext.blocks import ALIGNED

if TYPE_CHECKING:
    from turbohtml import Element

_MARKED = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em",
    "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s", "sup": "sup", "sub": "sub",
}  # fmt: skip
_HEADINGS = re.compile(r"h[1-6]")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I
)
_ALIGNED = re.compile(r"(?<![\w-])text-align\s*:\s*(\w+)", re.I)
_INDENTED = re.compile(
    r"(?<![\w-])(?:text-indent|mso-char-indent-count)\s*:\s*(?!0(?:\.0*)?(?![\d.]))\d", re.I
)
_OWN = r"(?<![\w-])"
"""Where the name of a property begins; Word has longer ones."""
_SAID = (
    (re.compile(rf"{_OWN}font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I), "strong"),
    (re.compile(rf"{_OWN}font-style\s*:\s*(?:italic|oblique)", re.I), "em"),
    (re.compile(rf"{_OWN}text-decoration[\w-]*\s*:[^;]*underline", re.I), "u"),
    (re.compile(rf"{_OWN}text-decoration[\w-]*\s*:[^;]*line-through", re.I), "s"),
    (re.compile(rf"{_OWN}vertical-align\s*:\s*super", re.I), "sup"),
    (re.compile(rf"{_OWN}vertical-align\s*:\s*sub", re.I), "sub"),
)
_UNSAID = (
    (re.compile(rf"{_OWN}font-weight\s*:\s*(?:normal|[1-5]00)", re.I), "strong"),
    (re.compile(rf"{_OWN}font-style\s*:\s*normal", re.I), "em"),
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_SAFE = re.compile(r"(?:https?://[^/]|mailto:[^?])", re.I)
_TAIL = re.compile(r"[\w.%~-]+(?:/[\w.%~-]+)*", re.ASCII)


class Style(NamedTuple):
    """How the words at one place stand."""

    marks: frozenset[str] = frozenset()
    link: str = ""
    block: str = "p"
    align: str = ""
    indent: bool = False
    kept: bool = False
    """Whether line ends are the author's own, as in ``pre``."""

    def within(self, element: Element, above: int) -> Style:
        """Return the style inside an element; headings go down by so many levels."""
        tag, said = element.tag, element.attr("style") or ""
        new = self._replace(marks=_marks(tag, said, self.marks))
        if tag == "a":
            new = new._replace(link=link(element.attr("href") or ""))
        elif tag in ("pre", "xmp", "listing", "plaintext"):
            new = new._replace(kept=True)
        elif _HEADINGS.fullmatch(tag):
            level = min(4, max(2, int(tag[1]) + above))
            new = new._replace(block=f"h{level}", align="", indent=False)
        elif tag in ("table", "blockquote", "ul", "ol", "li", "td", "th", "p"):
            aligned = "" if tag == "table" else self.align
            block = self.block if tag == "p" else "p"
            new = new._replace(block=block, align=aligned, indent=False)
        return _laid(new, element, said) if element.attrs or tag == "center" else new


def hidden(element: Element) -> bool:
    """Return whether nobody sees what is in the element."""
    if element.attr("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.attr("style") or ""))


def link(address: str) -> str:
    """Return an address as it may be linked to, nothing where it may not."""
    address = "".join(each for each in address.strip() if each.isprintable())
    address = address.replace(" ", "%20")
    if address.startswith("//"):
        address = f"https:{address}"
    if "\\" in address or address.startswith("#"):
        return ""
    if _SCHEME.match(address):
        return address if _SAFE.match(address) else ""
    return address


def picture(address: str, own: str) -> str:
    """Return a picture's address where it lies under ``own``, nothing elsewhere."""
    tail = address.removeprefix(own)
    if not own or tail == address or not _TAIL.fullmatch(tail) or ".." in tail:
        return ""
    return address


def _marks(tag: str, said: str, marks: frozenset[str]) -> frozenset[str]:
    if tag in _MARKED:
        marks |= {_MARKED[tag]}
    if said:
        marks |= {mark for pattern, mark in _SAID if pattern.search(said)}
        marks -= {mark for pattern, mark in _UNSAID if pattern.search(said)}
    return marks - {"sub"} if "sup" in marks else marks


def _laid(style: Style, element: Element, said: str) -> Style:
    """Return the style with the alignment and indent that the element asks for."""
    names = set((element.attr("class") or "").split())
    told = _ALIGNED.search(said)
    align = (told[1] if told else element.attr("align") or "").lower()
    align = next((each for each in ALIGNED if f"align-{each}" in names), align)
    if element.tag == "center":
        align = "center"
    if align in ALIGNED:
        style = style._replace(align=align)
    elif align in ("justify", "start"):
        style = style._replace(align="")
    if element.tag in ("p", "div") and ("indent" in names or _INDENTED.search(said)):
        style = style._replace(indent=True)
    return style
