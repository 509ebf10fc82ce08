"""By what a case is counted: the working-day calendar and the choices of a body."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.calendar import Calendar
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rulebook(NamedTuple):
    """A calendar, and the choices made on points the law leaves open (口径).

    >>> Rulebook().choice("start_day")
    'excluded'
    """

    calendar: Calendar = Calendar()
    choices: Mapping[str, str] = MappingProxyType({})

    def choice(self, name: str) -> str:
        """Return what was chosen on an open point, or its default.

        Raises `KeyError` for a point there is not, `UnknownChoiceError` for a
        choice that is not offered.
        """
        return option(name).choose(self.choices.get(name))
