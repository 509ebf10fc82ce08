"""Zip files of others, opened with limits: never more than they may hold."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 4_000
"""A document of so many parts is an attack or an accident."""
MAX_EXPANDED = 128 * 1024 * 1024
"""The parts of one document may hold so many bytes together."""
ENCRYPTED = 0x1
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, NotImplementedError, ValueError),
)
"""What Python raises for one damaged zip or another."""


TORN = "文件不完整或已损坏，打不开；请重新下载或重新另存"
"""What is said of an office file that breaks off, and what to do."""


class ArchiveError(ValueError):
    """A zip that cannot or may not be opened; says why, in Chinese."""


class Archive:
    """The parts of a zip, each read at most as far as the limit allows."""

    def __init__(self, data: bytes) -> None:
        """Open the zip. Raises `ArchiveError` when it is torn, locked or too large."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise ArchiveError(TORN) from error
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS:
            message = f"文件里有 {len(infos)} 个部分，超过 {MAX_PARTS} 个的上限"
            raise ArchiveError(message)
        if any(info.flag_bits & ENCRYPTED for info in infos):
            message = "文件加了密码；请去掉密码后再试"
            raise ArchiveError(message)
        self._left = MAX_EXPANDED

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of that name."""
        return name in self._zip.NameToInfo

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the parts."""
        return iter(self._zip.NameToInfo)

    def entry(self, name: str) -> zipfile.ZipInfo:
        """Return what the zip says of a part: its time, how it is packed."""
        return self._zip.NameToInfo[name]

    def read(self, name: str) -> bytes:
        """Return one part.

        Raises `ArchiveError` when it is missing, damaged, or when all parts read
        so far hold more than `MAX_EXPANDED`.
        """
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except KeyError as error:
            message = f"文件不完整，缺少 {name}；请重新下载或重新另存"
            raise ArchiveError(message) from error
        except BROKEN as error:
            message = f"文件已损坏，{name} 读不出；请重新下载或重新另存"
            raise ArchiveError(message) from error
        if len(data) > self._left:
            message = f"文件展开后超过 {MAX_EXPANDED // 1024 // 1024} MB 的上限"
            raise ArchiveError(message)
        self._left -= len(data)
        return data
