"""Old Word and WPS files turned into Word's present format, to be read as that.

LibreOffice does it where it is installed: in a folder of its own, without
macros, without updating links, with a time limit. Otherwise a library does,
which knows less. Nothing of either touches the file itself.
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
</oor:items>
"""
_FAULTS = (
    *(Doc2DocxError, struct.error, ValueError, LookupError, TypeError),
    *(AttributeError, ArithmeticError, OSError, EOFError, RecursionError),
)
"""What the library meets in damaged files; all of it means that it cannot turn them."""
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that answers nobody: what asks for the net gets none."""


class LegacyError(ValueError):
    """An old file that cannot be turned into the present format; says why, in Chinese."""


def as_docx(data: bytes) -> bytes:
    """Return a DOC or WPS file as DOCX.

    Raises `LegacyError` where nothing on this machine can turn it or it takes
    too long: a damaged file, one with a password, one the library knows too
    little of.
    """
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is not None:
        return _by_office(command, data)
    return _by_library(data)


def _by_office(command: str, data: bytes) -> bytes:
    with TemporaryDirectory(prefix="mingtang-") as folder:
        home, given = Path(folder, "profile", "user"), Path(folder, "given.doc")
        home.mkdir(parents=True)
        (home / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        given.write_bytes(data)
        words = [
            *(command, "--headless", "--norestore", "--nolockcheck"),
            f"-env:UserInstallation={home.parent.as_uri()}",
            *("--convert-to", "docx:Office Open XML Text", "--outdir", folder, str(given)),
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
            message = f"旧版文件转换超过 {SECONDS} 秒，已放弃；请另存为 docx 后再试"
            raise LegacyError(message) from error
        made = given.with_suffix(".docx")
        if not made.is_file():
            message = "旧版文件转换不了，可能已损坏或加了密码；请另存为 docx 后再试"
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
