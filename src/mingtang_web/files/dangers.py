"""What in a file could run, or fetch something, when somebody opens it.

Every look is bounded: so many seconds, so many bytes unpacked, files within files so
deep and no deeper. What cannot be looked through within these bounds stays out.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.packages.archives import BROKEN, TORN, Archive, ArchiveError
from mingtang.reading.kinds import binary_kind
from mingtang.reading.sheets.compounds import Compound, CompoundError
from mingtang_web.files.unfolding import LockedError, UnfoldError, unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECONDS = 15
"""Somebody waits for it: what takes longer stays out."""
DEEPEST = 3
"""A letter may hold a workbook that holds a picture; no honest file goes deeper."""
MOST_INNER = 64
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"#!",
    b"L\0\0\0\x01\x14",
)
RUN_BY_NAME = frozenset({
    "exe", "dll", "com", "scr", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "msi",
    "jar", "lnk", "hta", "sh", "py", "apk", "app", "reg", "chm",
})  # fmt: skip
# In two halves, so that no guard takes this very file for the specimen.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/")
_MACRO_TYPES = re.compile(rb"macro(?:enabled|sheet)|vbaproject|vbadata|activex", re.I)
_FETCHED = re.compile(
    rb"<[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'][^>]*>", re.I
)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)
_DDE = re.compile(rb"(?:instr=[\"']|<w:instrText[^>]*>)\s*DDE", re.I)
_FORMULA = re.compile(rb"(?:^|[,;\t\n])[\"']?[=+@-][^,;\t\n]{0,200}\|[^,;\t\n]{0,200}!")
_RUNNING_PDF = re.compile(rb"/(?:JavaScript|Launch|RichMedia|XFA|ImportData)\b")
_CARRYING_PDF = re.compile(rb"/(?:EmbeddedFile|EmbeddedFiles|GoToE)\b")
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_PACKED = "Ole10Native".encode("utf-16-le")
_SHEET, _LOCKED, _END = 0x85, 0x2F, 0x0A
_RUNNING_SHEETS = {1, 6}
"""Excel 4.0 macro sheets and VBA modules (MS-XLS 2.4.28, ``dt``)."""
_SHEET_TYPE = 5
_ZIPS = frozenset({"docx", "xlsx", "ofd", "zip", "odt", "ods"})
_OLD = frozenset({"doc", "xls", "wps", "office", "locked", "torn"})


class Look:
    """One look through a file and what is in it, within bounds."""

    def __init__(self) -> None:
        self.until = time.monotonic() + SECONDS
        self.inner = 0

    def danger(self, data: bytes, depth: int = 0) -> str:
        """Return in Chinese what is dangerous about a file; nothing where nothing is."""
        if data.startswith(PROGRAMS):
            return _("是可以运行的程序")
        if _EICAR in data:
            return _("含有病毒测试特征码")
        kind = binary_kind(data) or "text"
        if kind not in _ZIPS and zipfile.is_zipfile(io.BytesIO(data)):
            return _("同时又是一个压缩包")
        if kind in _ZIPS:
            return self._in_zip(data, depth)
        return _BY_KIND[kind](data) if kind in _BY_KIND else ""

    def _in_zip(self, data: bytes, depth: int) -> str:
        try:
            archive = Archive(data)
            names = _names(data)
            return _by_names(names) or self._in_parts(archive, depth)
        except ArchiveError as fault:
            return str(fault)

    def _in_parts(self, archive: Archive, depth: int) -> str:
        for name in archive:
            if time.monotonic() > self.until:
                return _("太复杂，查不完")
            found = self._in_part(name, archive.read(name), depth)
            if found:
                return found
        return ""

    def _in_part(self, name: str, part: bytes, depth: int) -> str:
        if _EICAR in part:
            return _("含有病毒测试特征码")
        if part.startswith(PROGRAMS):
            return _("里面有可以运行的程序")
        found = _in_words(name.lower(), part)
        if found or binary_kind(part) not in {*_ZIPS, *_OLD, "pdf", "gzip", "rar", "7z"}:
            return found
        return self._within(part, depth + 1)

    def _within(self, data: bytes, depth: int) -> str:
        """Look through a file that lies in another."""
        self.inner += 1
        kind = binary_kind(data)
        if kind in {"zip", "gzip", "rar", "7z"}:
            return _("里面夹带了压缩包")
        if depth > DEEPEST or self.inner > MOST_INNER:
            return _("里面层层夹带文件，查不完")
        found = self.danger(data, depth)
        return _("里面夹带的文件%(what)s") % {"what": found} if found else ""


def _names(data: bytes) -> list[str]:
    """Return the names of a zip's parts; raises `ArchiveError` for one that stands twice.

    Of two parts of one name, one program reads the first and another the last.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            names = [name.lower() for name in opened.namelist()]
    except BROKEN as error:
        raise ArchiveError(TORN) from error
    if len(set(names)) < len(names):
        raise ArchiveError(_("里面有重名的部分，像是伪造的"))
    return names


def _by_names(names: list[str]) -> str:
    if any(sign in name for name in names for sign in _MACROS):
        return _("含有宏")
    if any(PurePath(name).suffix.lstrip(".") in RUN_BY_NAME for name in names):
        return _("里面有可以运行的程序")
    return ""


def _in_words(name: str, part: bytes) -> str:
    """Return what the parts say that tell an office program what the others are."""
    if name == "[content_types].xml" and _MACRO_TYPES.search(part):
        return _("含有宏")
    if name.endswith(".rels") and any(
        _EXTERNAL.search(found[0]) for found in _FETCHED.finditer(part)
    ):
        return _("打开时会从外面取内容")
    if name.startswith("word/") and name.endswith(".xml") and _DDE.search(part):
        return _("含有会自动运行的内容")
    return ""


def _in_old_office(data: bytes) -> str:
    """Return what is dangerous about a compound file: Word 97, Excel 97, WPS."""
    if _VBA in data:
        return _("含有宏")
    if _PACKED in data:
        return _("里面夹带了别的文件")
    for name in ("Workbook", "Book"):
        if name.encode("utf-16-le") in data:
            return _in_old_workbook(data, name)
    return ""


def _in_old_workbook(data: bytes, name: str) -> str:
    try:
        stream = Compound(data).stream(name)
    except CompoundError:
        return _("损坏，打不开")
    at = 0
    while at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        record = stream[at + 4 : at + 4 + size]
        if kind == _END:
            break
        if kind == _LOCKED:
            return _("加了密码，看不到里面")
        if kind == _SHEET and record[_SHEET_TYPE : _SHEET_TYPE + 1] in _RUNNING:
            return _("含有宏")
        at += 4 + size
    return ""


_RUNNING = {bytes([kind]) for kind in _RUNNING_SHEETS}


def _in_pdf(data: bytes) -> str:
    try:
        opened = unfolded(data)
    except LockedError:
        return _("加了密码，看不到里面")
    except UnfoldError:
        return _("损坏或者太复杂，打不开")
    for text in (data, opened):
        if _RUNNING_PDF.search(text):
            return _("含有会自动运行的内容")
        if _CARRYING_PDF.search(text):
            return _("里面夹带了别的文件")
    return ""


def _in_text(data: bytes) -> str:
    return _("含有会运行的公式") if _FORMULA.search(data) else ""


_BY_KIND: Mapping[str, Callable[[bytes], str]] = {
    **dict.fromkeys(_OLD, _in_old_office),
    "pdf": _in_pdf,
    "text": _in_text,
}
