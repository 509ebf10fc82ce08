"""Old Word, WPS, RTF and ODF files turned into present formats, to be read as those.

LibreOffice does it where it is installed: in a folder of its own, without
macros, without updating links, with a time limit. Otherwise a library does for
old Word files alone, and knows less. Nothing of either touches the file itself.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from doc2docx import convert
from doc2docx.errors import Doc2DocxError

from mingtang.packages.archives import Archive
from mingtang.reading.kinds import MARKED, NAMES

SECONDS = 60
"""A conversion that takes longer is given up."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
_FILTERS = {"docx": "docx:Office Open XML Text", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_OLD = frozenset({"doc", "wps"})
"""What the library may turn too; LibreOffice is given both as Word files."""
_FAULTS = (
    *(Doc2DocxError, struct.error, ValueError, LookupError, TypeError),
    *(AttributeError, ArithmeticError, OSError, EOFError, RecursionError),
)
"""What the library meets in damaged files; all of it means that it cannot turn them."""
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that answers nobody: what asks for the net gets none."""


class LegacyError(ValueError):
    """A file that cannot be turned into a present format; says why, in Chinese."""


def turned(data: bytes, kind: str) -> bytes:
    """Return a file of one of the kinds `MARKED` as what it is turned into.

    Raises `LegacyError` where nothing on this machine can turn it or it takes
    too long: a damaged file, one with a password, one the library knows too
    little of. An ODF file past the limits of a zip raises `ArchiveError`.
    """
    if data.startswith(b"PK"):
        _unpack(data)
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is not None:
        return _by_office(command, data, kind)
    if kind in _OLD:
        return _by_library(data)
    message = (
        f"这是{NAMES[kind]}，要靠 LibreOffice 来读，这台机器没有；"
        f"请安装 LibreOffice，或把文件另存为 {MARKED[kind]} 后再试"
    )
    raise LegacyError(message)


def _unpack(data: bytes) -> None:
    """Open every part of a zip once, so that nothing grows in another's program."""
    archive = Archive(data)
    for name in archive:
        archive.read(name)


def _by_office(command: str, data: bytes, kind: str) -> bytes:
    with TemporaryDirectory(prefix="mingtang-") as folder:
        home, to = Path(folder, "profile", "user"), MARKED[kind]
        given = Path(folder, f"given.{'doc' if kind in _OLD else kind}")
        home.mkdir(parents=True)
        (home / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        given.write_bytes(data)
        words = [
            *(command, "--headless", "--norestore", "--nolockcheck"),
            f"-env:UserInstallation={home.parent.as_uri()}",
            *("--convert-to", _FILTERS[to], "--outdir", folder, str(given)),
        ]
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), _NOWHERE)
        try:
            subprocess.run(  # noqa: S603 - the words are ours
                words,
                check=False,
                capture_output=True,
                timeout=SECONDS,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": folder, **proxies},
            )
        except subprocess.TimeoutExpired as error:
            message = f"文件转换超过 {SECONDS} 秒，已放弃；请另存为 {to} 后再试"
            raise LegacyError(message) from error
        made = given.with_suffix(f".{to}")
        if not made.is_file():
            message = f"文件转换不了，可能已损坏或加了密码；请另存为 {to} 后再试"
            raise LegacyError(message)
        return made.read_bytes()


def _by_library(data: bytes) -> bytes:
    with TemporaryDirectory(prefix="mingtang-") as folder:
        given, made = Path(folder, "given.doc"), Path(folder, "made.docx")
        given.write_bytes(data)
        try:
            convert(given, made)
        except _FAULTS as error:
            message = (
                "这台机器没有 LibreOffice，自带的转换又读不了这个旧版文件；"
                "请安装 LibreOffice，或把文件另存为 docx 后再试"
            )
            raise LegacyError(message) from error
        return made.read_bytes()
