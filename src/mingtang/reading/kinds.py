"""What kind of file some bytes are: told from the content, never from the name."""

from __future__ import annotations

import io
import re
import zipfile

from mingtang.packages.archives import BROKEN

NAMES = {
    "docx": " Word 文档（docx）",
    "doc": "旧版 Word 文档（doc）",
    "wps": " WPS 文档（wps）",
    "xlsx": " Excel 表格（xlsx）",
    "xls": "旧版 Excel 表格（xls）",
    "ofd": " OFD 版式文件",
    "pdf": " PDF 文件",
    "image": "图片",
    "locked": "加了打开密码的 Word 或 Excel 文件",
    "office": "旧版的办公文件",
    "torn": "不完整的办公文件",
    "zip": " zip 压缩包",
    "gzip": " gzip 压缩包",
    "rar": " rar 压缩包",
    "7z": " 7z 压缩包",
    "rtf": " RTF 文档",
    "odt": " ODF 文本（odt）",
    "ods": " ODF 表格（ods）",
}
"""How each kind that is not text is called in a message, after 这是."""

TURNED = {"doc": "docx", "wps": "docx", "rtf": "docx", "odt": "docx", "ods": "xlsx"}
"""The kinds that another program turns first, each with what it is turned into."""
MARKED = {**TURNED, "xls": "xlsx"}
"""The kinds whose marked copies are of another kind: what is turned, and old workbooks."""
READABLE = frozenset({"docx", "xlsx", "xls", "pdf", "ofd", "image", *TURNED})
"""The kinds, not text, that this version reads."""

_PARTS = (
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
)
_OPEN = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
)
"""How an ODF file's first part begins, which ODF 1.2 part 3 puts there unpacked."""
_NAMED_AT = 30
"""Where in a zip the name of its first part stands."""
_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"Doc_")
"""How the first part of an office package may be called."""
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "rtf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER = 512
_LARGEST = 12
"""Sectors are of so many bits at most (MS-CFB 2.2)."""
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WpsContent", "wps"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_JSON = re.compile(r"\s*(?:\{|\[\s*[\]{\"])")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|span|meta|tr|td)\b", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|[ :|-]*---[ :|-]*\|?\s*$)", re.M)
_HEAD = 65536
_COMMAS, _ROWS = 2, 0.6
"""CSV has so many commas or semicolons in so large a share of its lines."""


def binary_kind(data: bytes) -> str | None:
    """Return the kind of a file that is not text, None for what may be text."""
    if data.startswith(b"PK\x03\x04"):
        return _archive_kind(data)
    if data.startswith(_OLE):
        found = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
        return next(found, "torn" if _lacks_names(data) else "office")
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _archive_kind(data: bytes) -> str:
    """Return the kind of a zip, by the names in it, whole or torn."""
    for opening, kind in _OPEN:
        if data.startswith(opening, _NAMED_AT):
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
        return next((kind for part, kind in _PARTS if part in names), "zip")
    except BROKEN:
        other = "torn" if data.startswith(_FIRST, _NAMED_AT) else "zip"
        return next((kind for part, kind in _PARTS if part.encode() in data), other)


def _lacks_names(data: bytes) -> bool:
    """Return whether an old office file ends before the names of its streams."""
    if len(data) < _OLE_HEADER:
        return True
    shift = int.from_bytes(data[30:32], "little")
    first = int.from_bytes(data[48:52], "little")
    return (first + 2) << min(shift, _LARGEST) > len(data)


def text_kind(text: str) -> str:
    """Return the kind of a text: ``json``, ``html``, ``csv``, ``markdown`` or ``text``."""
    if _JSON.match(text):  # no report begins so; our own may be torn
        return "json"
    head = text[:_HEAD]
    if _HTML.search(head):
        return "html"
    if _is_csv(head):
        return "csv"
    return "markdown" if _MARKDOWN.search(head) else "text"


def _is_csv(head: str) -> bool:
    lines = [line for line in head.splitlines() if line.strip()]
    plain = [line for line in lines if "|" not in line]
    parted = max(
        sum(line.count(separator) >= _COMMAS for line in plain) for separator in ",;"
    )
    return parted > 1 and parted >= len(lines) * _ROWS
