"""Going on in the background with trials and imports that were begun."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingtang_web.bringing import running, trying
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.notices.running import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass

_GOING = (State.TRYING, State.RUNNING)


def waits(_now: datetime) -> bool:
    """Return whether anything was begun and is not through."""
    return Catalogue.objects.filter(state__in=_GOING).exists()


def parts(asked: Pass) -> Iterator[Part]:
    """Go on with what was begun, a part of each catalogue in turn, until none is left."""
    while pks := list(Catalogue.objects.filter(state__in=_GOING).values_list("pk")):
        for (pk,) in pks:
            yield Part(asked.after, partial(_further, pk))


def _further(pk: int) -> int:
    return abs(further(Catalogue.objects.get(pk=pk)).cursor) and 1


def further(catalogue: Catalogue) -> Catalogue:
    """Do the next part of what a catalogue is at, if anything."""
    if catalogue.state == State.TRYING:
        return trying.step(catalogue)
    return running.step(catalogue)
