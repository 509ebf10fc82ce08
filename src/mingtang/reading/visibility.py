"""What of a web page a person sees: hidden parts go, odd parts are made plain text.

A figure with a struck-out digit, a superscript mark or a picture beside it is
not the digits run together: such parts are given a sign that parsing meets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from turbohtml import Document as Page
from turbohtml import Element, Text

from mingtang.reading.signs import PICTURE, struck

_SHEET_WORDS = ("isplay", "ISPLAY", "isibility", "ISIBILITY", "mso-hide")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I
)
_MEDIA = re.compile(r"@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_ODD = (
    *("sup", "sub", "del", "s", "strike", "rt", "rp"),
    *("select", "input", "textarea", "img", "svg", "canvas", "object", "script"),
)
_GLOSSES = frozenset({"rt", "rp"})
_STRUCK = frozenset({"del", "s", "strike"})
_RAISED = frozenset({"sup", "sub"})
_BLOCKS = re.compile(r"display\s*:\s*(?:block|table|flex|grid|list-item)", re.I)


def show(page: Page) -> None:
    """Take hidden parts out of a page and make what is odd in its cells plain."""
    _hide(page)
    for element in page.find_all("noscript"):
        element.decompose()
    # One tag at a time is found by index, many at once by walking the page.
    for tag in _ODD:
        for element in page.find_all(tag):
            if element.closest("td, th, p, div") is not None:
                _plain(element)


def _hide(page: Page) -> None:
    """Take out what attributes and the page's own styles hide."""
    for element in page.select("[hidden]"):
        element.decompose()
    # Asking the few different styles first is five times as fast as a selector.
    if any(map(_effect, {str(style) for style in page.xpath_iter("//@style")})):
        for element in page.select("[style]"):
            effect = _effect(element.attr("style") or "")
            if effect:
                _restyle(element, effect)
    for sheet in page.find_all("style"):
        for name in _hidden_classes(sheet.text):
            for element in page.find_all(class_=name):
                element.decompose()


def _hidden_classes(sheet: str) -> list[str]:
    """Return the classes that a style sheet hides on screen."""
    # str.rfind is some three times as fast as `in` on such text.
    if all(sheet.rfind(word) < 0 for word in _SHEET_WORDS):
        return []
    rules = _CLASS_RULE.findall(_MEDIA.sub("", sheet))
    return [name for name, body in rules if _HIDING.search(body)]


@lru_cache(maxsize=4096)
def _effect(style: str) -> str:
    """Return what a style does to the text under it: hide, strike, block or nothing."""
    if _HIDING.search(style):
        return "hide"
    if "line-through" in style.lower():
        return "strike"
    return "block" if _BLOCKS.search(style) else ""


def _restyle(element: Element, effect: str) -> None:
    if effect == "hide":
        element.decompose()
    elif effect == "strike":
        element.replace_with(Text(struck(element.text)))
    elif element.tag == "span":
        element.tag = "div"


def _plain(element: Element) -> None:
    """Replace one odd part by the text a person would take it for."""
    tag = element.tag
    if tag in _GLOSSES:
        element.decompose()
    elif tag in _RAISED:
        element.replace_with(Text(f"({element.text.strip()})"))
    elif tag in _STRUCK:
        element.replace_with(Text(struck(element.text)))
    elif tag == "input":
        hidden = (element.attr("type") or "text").lower() not in {"text", "number"}
        element.replace_with(Text("" if hidden else element.attr("value") or ""))
    elif tag == "select":
        chosen = element.select_one("option[selected]")
        element.replace_with(Text(chosen.text if chosen else PICTURE))
    elif tag != "textarea":
        _picture(element)


def _picture(element: Element) -> None:
    """Let a picture or script that is all a cell holds be seen as such.

    The cell may hold tables: its bare text is asked, as laid-out text grows
    with whatever colspan they claim.
    """
    cell = element.closest("td, th")
    if cell is not None and cell.text.strip() == element.text.strip():
        element.replace_with(Text(PICTURE))
    elif element.tag == "script":
        element.decompose()
