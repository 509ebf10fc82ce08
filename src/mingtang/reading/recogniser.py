"""The room that reads pictures, where what it needs is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.registry import load

if TYPE_CHECKING:
    from types import ModuleType


class NotInstalledError(ValueError):
    """Recognition is not installed; says what to do, in Chinese."""


def recogniser() -> ModuleType:
    """Return the room `mingtang.reading.scans`.

    Raises `NotInstalledError` where its libraries (the extra ``ocr``) are missing.
    """
    try:
        return load("reading.scans")
    except ModuleNotFoundError as error:
        message = (
            f"这是扫描件或图片，识别它要用的部件没有装（缺 {error.name}）；"
            "请运行 pip install 'mingtang[ocr]' 后再试，或者改用有文字的文件"
        )
        raise NotInstalledError(message) from error
