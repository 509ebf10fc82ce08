"""Who is told, page by page, how far the reading of a file has come."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Watcher = Callable[[int, int], None]

_watchers: ContextVar[Mapping[str, Watcher] | None] = ContextVar("watchers", default=None)


@contextmanager
def watched(**watchers: Watcher) -> Iterator[None]:
    """Let watchers know of each page: which it is, of how many.

    Each is named by the step it watches: ``opened``, a page of a PDF was taken up;
    ``laid``, what stands on it was put in order; ``recognised``, a picture's turn has
    come, which takes seconds.
    """
    token = _watchers.set(watchers)
    try:
        yield
    finally:
        _watchers.reset(token)


def tell(step: str, page: int, count: int) -> None:
    """Tell whoever watches that step which page it has come to."""
    watcher = (_watchers.get() or {}).get(step)
    if watcher is not None:
        watcher(page, count)
