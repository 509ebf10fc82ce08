"""The jobs of the search: follow what changed; compare everything once a day."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from mingtang_web.notices.running import Part
from mingtang_web.searching import feeding
from mingtang_web.searching.places import BusyError, NoIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass


def parts(_: Pass) -> Iterator[Part]:
    """Yield steps until the index has followed everything, and no walk is under way.

    The index is written before the part is: no transaction waits for it.
    """
    with suppress(BusyError):
        while feeding.waiting():
            yield Part(0, partial(feeding.followed, feeding.follow()))
        yield from _walked()


def compared(_: Pass) -> Iterator[Part]:
    """Yield the steps of comparing everything that is public with the index."""
    with suppress(BusyError, NoIndexError):
        feeding.compare()
        yield from _walked()


def waits(_: datetime) -> bool:
    """Return whether anything is to be done."""
    return feeding.waiting() or feeding.walking()


def _walked() -> Iterator[Part]:
    looked = 0
    while feeding.walking():
        at = feeding.walk()
        yield Part(0, partial(int, max(at.looked - looked, 0)))
        looked = at.looked
        if feeding.waiting():
            yield Part(0, partial(feeding.followed, feeding.follow()))
