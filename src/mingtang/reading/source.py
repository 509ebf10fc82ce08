"""A file as bytes: its name, its digest, what kind it is, and the text in it.

The kind is told from the content, never from the name. What cannot be read is
refused here with one clear line, before anything is built from it.
"""

from __future__ import annotations

import codecs
import errno
import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mingtang.packages.archives import TORN
from mingtang.reading.kinds import NAMES, READABLE, binary_kind, text_kind

MAX_BYTES = 32 * 1024 * 1024
"""The largest file read, in bytes; real reports are below 1 MB."""

_MIB = 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536
LOST = 4
"""A text taken for GBK is restored where at most one character in so many was lost."""
_ODD, _ODD_IN = 8, 500
"""So many odd characters, and one more in so many, a report may have by accident."""
_MOSTLY = 8
"""One odd character in fewer than so many is no accident, however short the file."""
_TEXT_BYTES = bytes({*range(32, 256), *b"\t\n\v\f\r"})
# Programs are full of zero bytes, as UTF-16 is; read as that they give such characters.
_SAVE_AS = "请另存为网页、Word 或文本"
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\uf8ff]")
_NOT_READ = (
    "不是能读的文件：内容不是文字（可能是程序，或者损坏了），没有读取；"
    "请给出年报的网页、Word、PDF 或者文本"
)
_EMPTY = "文件是空的，没有可读的内容"
_SOMETHING = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff\u00ad]")
# 政府 and 信息 as bytes of UTF-8 taken for GBK, in pairs from the first byte or the second.
_MOJIBAKE = tuple(
    word.encode()[start : 6 - start].decode("gb18030").encode()
    for word in ("政府", "信息")
    for start in (0, 1)
)


class UnreadableSourceError(ValueError):
    """A file that cannot be read at all; its text is one clear line in Chinese."""


class Source(NamedTuple):
    """A file (来源): its bytes and the name to show for it."""

    data: bytes
    name: str = "（未命名）"

    @classmethod
    def open(cls, path: str | Path) -> Source:
        """Return the file at that path.

        Raises `UnreadableSourceError` for a folder, a file that cannot be
        opened or one larger than `MAX_BYTES`, which is not read at all.
        """
        path = Path(path)
        try:
            if path.is_dir():
                message = f"{path}：这是文件夹，请给出其中的文件"
                raise UnreadableSourceError(message)
            if not path.is_file():
                path.stat()
                message = f"{path}：不是普通文件（设备或管道），未读取"
                raise UnreadableSourceError(message)
            size = path.stat().st_size
            if size > MAX_BYTES:
                raise UnreadableSourceError(_too_large(str(path), size))
            with path.open("rb") as file:
                return cls(file.read(MAX_BYTES + 1), str(path))
        except OSError as error:
            message = f"{path}：{_why(error)}"
            raise UnreadableSourceError(message) from error
        except ValueError as error:
            if isinstance(error, UnreadableSourceError):
                raise
            message = f"{path!r}：文件名无效"
            raise UnreadableSourceError(message) from error

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()

    def refuse(self, reason: str) -> UnreadableSourceError:
        """Return the error that names this file and why it cannot be read."""
        return UnreadableSourceError(f"{self.name}：{reason}")


class Content(NamedTuple):
    """What a file holds: its kind, its text, how the text was encoded.

    `damage` is how many characters the encoding could not give back. Kinds
    that are not text have neither text nor encoding here.
    """

    kind: str
    text: str
    encoding: str
    damage: int = 0


def _why(error: OSError) -> str:
    """Return in Chinese why a file cannot be opened, and what to do."""
    known = {
        errno.ENOENT: "没有这个文件；请核对路径和文件名",
        errno.EACCES: "没有读取的权限；请换一个账号或改文件的权限",
        errno.ENAMETOOLONG: "文件名太长",
    }
    return known.get(error.errno or 0, f"打不开（{error.strerror or error}）")


def _too_large(name: str, size: int) -> str:
    return (
        f"{name}：文件有 {size / _MIB:.0f} MB，超过 {MAX_BYTES // _MIB} MB 的上限，未读取；"
        "请只给出年报正文"
    )


def content(source: Source) -> Content:
    """Return kind and text of a source.

    Raises `UnreadableSourceError` when it is empty, too large, of a kind that
    this version does not read, or not text at all.
    """
    data = source.data
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(_too_large(source.name, len(data)))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise source.refuse(_EMPTY)
    kind = binary_kind(data)
    if kind is not None:
        if kind not in READABLE:
            raise source.refuse(_unread(kind))
        return Content(kind, "", "")
    odd = data[:_SAMPLE].translate(None, _TEXT_BYTES)
    text, encoding, damage = _decode(data, odd.count(b"\x00"))
    if _is_no_text(text, encoding, damage, odd):
        raise source.refuse(_NOT_READ)
    if _SOMETHING.search(text) is None:
        raise source.refuse(_EMPTY)
    if encoding == "utf-8" and "政府" not in text and any(w in data for w in _MOJIBAKE):
        text, encoding, damage = _undo_mojibake(text, encoding, damage)
    return Content(text_kind(text), text, encoding, damage)


def _is_no_text(text: str, encoding: str, damage: int, odd: bytes) -> bool:
    """Return whether what was decoded is no text: a program, or a file in ruins.

    `odd` are the bytes that no text has. A long report keeps a stray one or two; where
    zero bytes stand in what no encoding gives back whole, there is no report to keep.
    """
    wide = encoding.startswith(("utf-16", "utf-32"))
    controls = len(_NO_TEXT.findall(text[:_SAMPLE])) if wide else len(odd)
    if controls > _ODD + len(text) // _ODD_IN or damage > 16 + len(text) // 50:
        return True
    torn = damage and not wide and b"\x00" in odd and "政府" not in text
    return bool(torn) or controls * _MOSTLY > len(text)


def _unread(kind: str) -> str:
    """Return why a kind that is not text is not read, and what to do."""
    if kind == "torn":
        return f"{TORN}，未读取"
    other = "请在原来的程序里去掉密码" if kind == "locked" else _SAVE_AS
    return f"这是{NAMES[kind]}，此版本还读不了；{other}后再试"


def _decode(data: bytes, zeros: int) -> tuple[str, str, int]:
    """Return the text, its encoding and the count of characters lost.

    `zeros` counts the zero bytes among the first `_SAMPLE`.

    Strict UTF-8, then strict GB18030: the content decides, not the page's
    meta tag, which lies often enough. A last character cut in two is no fault.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            return text, encoding, text.count("\ufffd")
    if zeros * 16 > len(data[:_SAMPLE]):
        first, second = (data[at:_SAMPLE:2].count(b"\x00") for at in (0, 1))
        encoding = "utf-16-le" if second > first else "utf-16-be"
        text = data.decode(encoding, "replace")
        return text, encoding, text.count("\ufffd")
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            return decoder.decode(data), encoding, 0
        except UnicodeDecodeError:
            continue
    tries = [(data.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    text, encoding = min(tries, key=lambda item: item[0].count("\ufffd"))
    return text, encoding, text.count("\ufffd")


def _undo_mojibake(text: str, encoding: str, damage: int) -> tuple[str, str, int]:
    """Return UTF-8 text that somebody read as GBK and saved, read again.

    What the wrong reading lost stays lost and is counted as damage; digits are
    never among it, being one byte in both.
    """
    kept = text.replace("\ufffd", "")
    again = kept.encode("gb18030", "ignore").decode("utf-8", "replace")
    lost = again.count("\ufffd")
    if "信息公" in again and lost <= len(again) // LOST:
        return again, f"{encoding}+mojibake", lost
    return text, encoding, damage
