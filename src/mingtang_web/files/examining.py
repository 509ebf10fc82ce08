"""Looking through a file before it is kept: what it is, and what must not come in.

What a file is, its content says and never its name. Only papers and pictures
come in; whatever could run does not.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingtang.reading.kinds import NAMES, binary_kind
from mingtang_web.files.dangers import RUN_BY_NAME, Look

ENDINGS = {
    "pdf": ("pdf",),
    "ofd": ("ofd",),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "doc": ("doc",),
    "wps": ("wps", "doc"),
    "xls": ("xls", "et"),
    "png": ("png",),
    "jpg": ("jpg", "jpeg"),
    "tif": ("tif", "tiff"),
    "txt": ("txt", "csv"),
}
"""The kinds that come in, with the endings that each may have."""
_PICTURES = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)


class Examined(NamedTuple):
    """A file that was looked through: its bytes, its kind, and why it stays out, if so."""

    data: bytes
    kind: str
    fault: str = ""


def examine(name: str, data: bytes) -> Examined:
    """Return what a file is, and in Chinese why it must not come in, if so.

    ``name`` is the name it was handed in under.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = _kind(data)
    return Examined(data, kind, _danger(ending, data) or _disguise(ending, kind))


def _kind(data: bytes) -> str:
    """Return a kind of `ENDINGS`, or what else the engine takes it for."""
    for magic, kind in _PICTURES:
        if data.startswith(magic):
            return kind
    found = binary_kind(data)
    if found:
        return found
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return "unknown"
    return "unknown" if "\0" in text else "txt"


def _danger(ending: str, data: bytes) -> str:
    if ending in RUN_BY_NAME:
        return _("是可以运行的程序")
    return Look().danger(data)


def _disguise(ending: str, kind: str) -> str:
    if kind not in ENDINGS:
        known = _("、").join(sorted({end for ends in ENDINGS.values() for end in ends}))
        return _("是%(what)s，不在可收的类型之内（可收：%(known)s）") % {
            "what": NAMES.get(kind, _("无法识别的文件")).strip(),
            "known": known,
        }
    if ending not in ENDINGS[kind]:
        return _("扩展名“%(ending)s”与内容不符，内容是%(kind)s") % {
            "ending": ending,
            "kind": kind,
        }
    return ""
