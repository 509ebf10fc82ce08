"""The room that reads pictures, where what it needs is installed, and who watches it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    Watcher = Callable[[int, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


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


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let a watcher know of each page before it is recognised: which, of how many."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(page: int, count: int) -> None:
    """Tell whoever watches that a page's turn has come; a page takes seconds."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(page, count)
