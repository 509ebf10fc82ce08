"""Where tallies come from: for each kind of matter, its ids and what these add up to.

Apps on higher floors put theirs in when they are ready; what is kept here can so be
made anew, and held against the ledger, without knowing what a case is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mingtang.compiling import Stretch
    from mingtang_web.bodies.models import Body


class Source(NamedTuple):
    """A kind of matter, as it is found and replayed.

    ``following`` returns at most so many of a body's ids after an id, in order;
    ``tallies`` what each of some adds to the tables.
    """

    following: Callable[[Body, int, int], list[int]]
    tallies: Callable[[Body, Iterable[int]], Mapping[int, Mapping[Stretch, int]]]


SOURCES: dict[str, Source] = {}
