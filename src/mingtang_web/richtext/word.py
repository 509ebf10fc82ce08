"""A Word file's text as a document (导入Word正文): headings, lists, tables, alignment.

Pictures, headers and footers, comments and deleted words do not come along.
"""

from __future__ import annotations

import io
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth
from django.utils.translation import gettext as _
from mammoth import images, transforms

from mingtang.packages.archives import Archive, ArchiveError
from mingtang_web.richtext.cleaning import clean
from mingtang_web.richtext.limits import LARGEST, TooLargeError

_MAIN = "word/document.xml"
_XML = (".xml", ".rels")
_HEAVIEST = 8 * LARGEST
"""Bytes of the parts together, unpacked; pictures apart."""
_BROKEN = (ExpatError, LookupError, ValueError, AttributeError, OSError)
"""What the library raises for one damaged file or another."""
_ALIGNED = {"center": "align-center", "right": "align-right", "end": "align-right"}
_SHAPED = ("heading", "title", "list")
"""How styles begin that say more than where a paragraph stands."""
_STYLES = """
u => u
strike => s
p[style-name='Title'] => h1.align-center:fresh
p[style-name='align-center'] => p.align-center:fresh
p[style-name='align-right'] => p.align-right:fresh
p[style-name='indent'] => p.indent:fresh
"""


class WordError(ValueError):
    """A file that is not read; says why, and what to do."""


def docx_to_html(data: bytes) -> str:
    """Return the text of a DOCX file as a clean document.

    Raises `WordError` for what is no DOCX, is damaged, locked, or unfolds beyond the
    limits, and `TooLargeError` for more text than a document may hold.
    """
    _looked_through(data)
    try:
        found = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=images.img_element(_no_picture),
            transform_document=transforms.paragraph(_laid),
        )
    except RecursionError as deep:
        message = _("文件里的表格或者文本框套得太深，读不出；请另存一次，或者复制文字粘贴")
        raise WordError(message) from deep
    except (
        ExpatError,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        OSError,
    ) as damaged:
        message = _("文件已损坏，正文读不出；请用Word或者WPS打开，另存为docx后再试")
        raise WordError(message) from damaged
    return clean(found.value)


def _looked_through(data: bytes) -> None:
    """Read every part once; raises `WordError` and `TooLargeError`."""
    try:
        archive = Archive(data)
        if _MAIN not in archive:
            message = _("不是Word文件（docx）；旧的doc文件请先另存为docx")
            raise WordError(message)
        parts = [archive.read(name) for name in archive if name.lower().endswith(_XML)]
    except ArchiveError as refused:
        raise WordError(str(refused)) from refused
    if sum(map(len, parts)) > _HEAVIEST:
        message = _("文件展开后的文字太多，没有读取；请分成几件，或者把长表作为附件")
        raise TooLargeError(message)
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts):
        message = _("文件里有不该有的声明，没有读取；请用Word或者WPS打开，另存为docx后再试")
        raise WordError(message)


def _no_picture(_image: object) -> dict[str, str]:
    return {}


def _laid(paragraph: Any) -> Any:  # noqa: ANN401 - the library has no types
    """Return a paragraph with its alignment or indent for a style, if it has no other."""
    named = (paragraph.style_name or "").lower().startswith(_SHAPED)
    if named or paragraph.numbering:
        return paragraph
    style = _ALIGNED.get(paragraph.alignment or "")
    indent = paragraph.indent.first_line or ""
    if not style and indent.isdecimal() and int(indent) > 0:
        style = "indent"
    return paragraph.copy(style_name=style) if style else paragraph
