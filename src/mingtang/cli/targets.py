"""Where a run may write: never over a file that is not its own."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.files import is_findings_page
from mingtang.cli.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARD = "-"
"""What names standard input as a file, and standard output as a page."""
_PAGES = frozenset({".html", ".htm"})


def why(error: OSError) -> str:
    """Return in Chinese why something cannot be written.

    >>> why(PermissionError(13, "Permission denied"))
    '没有写的权限'
    """
    known = {
        errno.EACCES: "没有写的权限",
        errno.EPERM: "没有写的权限",
        errno.EROFS: "那里只能读，不能写",
        errno.ENOSPC: "磁盘已满",
        errno.EISDIR: "那是文件夹，不是文件",
        errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
        errno.EEXIST: "路径中有一段是文件，不是文件夹",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ENOENT: "没有这个位置",
    }
    return known.get(error.errno or 0, f"系统的说法：{error.strerror or error}")


def refused(path: Path, error: OSError) -> UsageError:
    """Return the error that says why a file cannot be written."""
    return UsageError(f"写不了 {path}：{why(error)}；请换一个位置")


def spare(flag: str, target: str, names: Sequence[str]) -> None:
    """Refuse to write over a folder, a device or a report that shall be read.

    Raises `UsageError`, before anything is read or written.
    """
    path = Path(target)
    try:
        if path.is_dir():
            message = f"{flag} 后面要写文件名，{target} 是文件夹；请在它后面写上文件名"
            raise UsageError(message)
        if path.exists() and not path.is_file():
            message = (
                f"{flag} 后面的 {target} 不是普通文件（设备或管道），没有写；请换一个文件名"
            )
            raise UsageError(message)
        if path.exists() and any(_same(path, name) for name in names):
            message = (
                f"{flag} 要写到 {target}，那正是要读的报告，写了会把它盖掉，"
                "所以什么也没有做；请换一个文件名"
            )
            raise UsageError(message)
    except OSError as error:
        raise refused(path, error) from error


def spare_page(target: str, names: Sequence[str]) -> None:
    """Refuse to write the page under another ending, or over any file but its like.

    A shell turns ``--html g/*.html`` into a page named like the first report,
    so whatever stands there and is no page of findings is taken for somebody's own.
    """
    spare("--html", target, names)
    path = Path(target)
    if path.suffix.lower() not in _PAGES:
        message = (
            f"--html 写的是网页，却要写到 {target}，没有写；请让它以 .html 结尾。"
            "要标在原文件的副本上，请用 --mark"
        )
        raise UsageError(message)
    if path.exists() and not is_findings_page(path):
        message = (
            f"--html 要写到 {target}，那里已有一个文件，不是明堂写出的结果网页，没有覆盖，"
            "什么也没有做；请给 --html 另写一个文件名。要检查这个文件，请写在 --html 之前："
            "mingtang check 文件… --html 结果.html"
        )
        raise UsageError(message)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder.

    Raises `UsageError` where it cannot be written; no draft is left behind.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise refused(path, error) from error


def _same(path: Path, name: str) -> bool:
    return Path(name).exists() and path.samefile(name)
