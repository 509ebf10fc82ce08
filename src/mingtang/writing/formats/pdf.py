"""A manuscript as PDF (PDF/A-2b), set by typst as an official document is.

A character that no font has is an error, never a blank box and never left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typst

from mingtang.writing import UnwritableError, fonts
from mingtang.writing.galley import galley
from mingtang.writing.manuscript import manuscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.manuscript import Manuscript
    from mingtang.report import Report
    from mingtang.writing.fonts import Faces

_LACKING = re.compile(r'error: [^\n]*the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PLAIN = "政府信息公开"
_AROUND = 6
_MOST_NAMED = 5


class NoFontError(UnwritableError):
    """There is no Chinese font to set a page with; says how to get one."""


class MissingGlyphError(UnwritableError):
    """No font has a character of the text; says which and where it stands."""


def write(report: Report) -> bytes:
    """Return the report as PDF/A-2b, with bookmarks and tags; raises what `bind` raises."""
    return bind(manuscript(report))


def bind(text: Manuscript) -> bytes:
    """Return a manuscript as PDF/A-2b, with bookmarks and tags.

    The date in its properties is the day of signing; one without it has the
    first second of 1970, which is how computers say that they know none.
    Raises what `typeset` raises.
    """
    return typeset(text, fonts.choices())


def typeset(text: Manuscript, choices: Iterable[Faces]) -> bytes:
    """Return a manuscript set with the first of several choices of fonts that has it all.

    Raises `NoFontError` when there is no Chinese font, `MissingGlyphError` for
    a character that none has.
    """
    source = galley(text)
    lacking: list[str] = []
    for faces in choices:
        try:
            return _compiled(source, faces)
        except typst.TypstError as error:
            lacking = _lacking(error)
            if not lacking:
                raise
    if not lacking or set(_PLAIN) & set(lacking):
        message = (
            "这台机器没有中文字体，写不出 PDF；请在源代码目录运行 make fonts，或安装"
            f" fonts-noto-cjk（Debian），或把仿宋、宋体等字体文件放进 {fonts.FOLDER}"
        )
        raise NoFontError(message)
    raise MissingGlyphError(_missing(lacking, text.texts()))


def remark() -> str | None:
    """Return what is to be told of PDFs written here: which faces others stand for."""
    first, *_ = (*fonts.choices(), None)
    replaced = first.substituted() if first else []
    if not replaced:
        return None
    return (
        f"没有找到{'、'.join(replaced)}，PDF 用别的字体代替；"
        f"请在源代码目录运行 make fonts，或把字体文件放进 {fonts.FOLDER}"
    )


def _compiled(source: str, faces: Faces) -> bytes:
    return typst.compile(
        source.encode(),
        font_paths=faces.fonts,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=0,
    )


def _lacking(error: typst.TypstError) -> list[str]:
    """Return the characters that typst could not set, each once."""
    found = _LACKING.findall(error.diagnostic)
    plain = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return list(dict.fromkeys("".join(plain)))


def _missing(lacking: Sequence[str], texts: Sequence[str]) -> str:
    named = []
    for char in lacking[:_MOST_NAMED]:
        text = next((text for text in texts if char in text), char)
        at = text.index(char)
        around = text[max(0, at - _AROUND) : at + _AROUND]
        named.append(f"“{char}”（U+{ord(char):04X}，见“{around}”）")
    more = f"等 {len(lacking)} 字" if len(lacking) > _MOST_NAMED else ""
    return (
        f"现有字体里没有{'、'.join(named)}{more}；文中的字不能缺，"
        f"请把有此字的字体文件放进 {fonts.FOLDER} 再写，或改写成 docx、html"
    )
