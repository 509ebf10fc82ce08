"""Screening of files: every part of a file, what it shows and what it does not.

`screen_file` finds what must not go out with a file: private data and wrong writings
wherever they stand, and hidden content, whatever it says (个人信息保护法第二十五条、
第二十八条; 保守国家秘密法第三十五条: 公开之前审查). It decides nothing; who publishes does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.packages.archives import Archive
from mingtang.registry import load
from mingtang.screening.files.found import (
    FileHit,
    FileScreening,
    UnscreenableError,
    Where,
    hits_of,
    length_of,
)

if TYPE_CHECKING:
    from mingtang.screening.lexicon import Lexicon

__all__ = [
    "FileHit",
    "FileScreening",
    "UnscreenableError",
    "Where",
    "kind_of",
    "screen_file",
]

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused, in bytes."""
DEEPEST = 3
"""A document may hold a workbook that holds a document; no honest file goes deeper."""
NOT_LOOKED = {
    "old": "没有查：这是旧格式的 Word 或 Excel 文件（doc、xls、wps），或者加了密码；"
    "请另存为 docx、xlsx 再查",
    "ofd": "没有查：此版本还查不了 OFD 里看不见的内容；请从原来的文档导出 PDF 再查",
    "image": "没有查：这是图片，图片里的文字和拍摄信息此版本不认；请人工看过",
    "xlsb": "没有查：这是二进制的 Excel 工作簿；请另存为 xlsx 再查",
    "zip": "没有查：这是压缩包；请解开后逐个查里面的文件",
    "unknown": "没有查：内容不是文字，也不是 docx、xlsx、pdf",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
"""A PDF says so within so many bytes."""


def screen_file(data: bytes, name: str, lexicon: Lexicon | None = None) -> FileScreening:
    """Return all that screening stops at in a file, each with its place in words.

    Looks into docx, xlsx and pdf, the files within them, and plain text. Of any other
    kind `not_looked` says that it was not looked into, and why. Raises
    `UnscreenableError` for a file that is broken or past the limits.
    """
    return _screened(data, name, lexicon, 0)


def kind_of(data: bytes) -> str:
    """Return what a file is by its content: ``docx``, ``xlsx``, ``pdf``, ``text`` or else.

    Raises `ValueError` for a zip that is torn or locked.
    """
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith(_OLD):
        return "old"
    if data.startswith(_IMAGES):
        return "image"
    return "text" if load("screening.files.plain").decoded(data) is not None else "unknown"


def _zipped(data: bytes) -> str:
    names = set(Archive(data))
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" not in names:
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    homes = {name.partition("/")[0] for name in names}
    return "docx" if "word" in homes else "xlsx" if "xl" in homes else "zip"


def _screened(data: bytes, name: str, lexicon: Lexicon | None, depth: int) -> FileScreening:
    if len(data) > MAX_BYTES:
        message = f"{name}：文件超过 {MAX_BYTES // 1024 // 1024} MB 的上限，没有查"
        raise UnscreenableError(message)
    if not data:
        return FileScreening("text", ())
    try:
        kind = kind_of(data)
        if kind in NOT_LOOKED:
            return FileScreening(kind, (), (f"{name}{NOT_LOOKED[kind]}",))
        room = load(f"screening.files.{'plain' if kind == 'text' else kind}")
        looked = room.look(data)
    except ValueError as error:
        message = f"{name}：{error}"
        raise UnscreenableError(message) from error
    hits = list(hits_of(looked.pieces, lexicon))
    length = length_of(looked.pieces)
    not_looked = [f"{name}：{words}" for words in looked.not_looked]
    for inner in looked.inner:
        found = _within(inner.data, inner.name, lexicon, depth + 1)
        place = Where(inner.where.words, inner.where.part, inner.where.page)
        hits += [_placed(hit, place) for hit in found.hits]
        not_looked += [f"{place.words}：{words}" for words in found.not_looked]
        length += found.text_length
    return FileScreening(kind, tuple(hits), tuple(not_looked), length)


def _within(data: bytes, name: str, lexicon: Lexicon | None, depth: int) -> FileScreening:
    """Screen a file within a file; one that cannot be looked into is said to be so."""
    if depth > DEEPEST:
        return FileScreening("unknown", (), (f"{name}没有查：文件里的文件套得太深",))
    try:
        return _screened(data, name, lexicon, depth)
    except UnscreenableError as error:
        return FileScreening("unknown", (), (f"没有查：{error}",))


def _placed(hit: FileHit, place: Where) -> FileHit:
    words = f"{place.words}里的{hit.where.words}"
    return hit._replace(where=Where(words, place.part, place.page))
