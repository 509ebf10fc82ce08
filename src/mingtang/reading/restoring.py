"""One cell of a report read back from what we wrote: held to what it says of itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mingtang.report import Fact, State
from mingtang.text import LONGEST_FIGURE, parse_figure

if TYPE_CHECKING:
    from mingtang.place import Place
    from mingtang.report import Count

_PLAIN = (State.NUMBER, State.BLANK, State.NOT_APPLICABLE)


class RestoreError(ValueError):
    """What is told of a cell does not agree; says why, in Chinese. `field` is which."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class Told(NamedTuple):
    """A cell as it was written: texts, its place, why it could not be read."""

    cell: str
    state: str
    value: str | None
    raw: str
    place: Place | None
    unit: str | None = None
    trouble: str = ""
    confidence: float | None = None


def restored(told: Told) -> Fact:
    """Return the cell as told.

    A figure without its printed text is printed as it is. Raises `RestoreError`
    for a state that is none, a value that is no figure or stands without the
    state ``number``, and a printed text that says something else.
    """
    cell, state, value, raw, place, unit, trouble, sure = told
    if state not in set(State):
        field, why = "state", f"没有“{state}”这种状态"
        raise RestoreError(field, why)
    known = State(state)
    if (value is not None) != (known is State.NUMBER):
        field, why = "value", "有数才写 value，写 value 就须有数"
        raise RestoreError(field, why)
    number = None if value is None else figure(value)
    printed = raw or (value or "")
    if known in _PLAIN:
        said = parse_figure(printed)
        if (said.kind, said.value) != (known.value, number):
            field, why = "raw", f"原文“{printed}”与状态或数不符"
            raise RestoreError(field, why)
    return Fact(cell, known, number, printed, place, unit, trouble, sure)


def figure(text: str, field: str = "value") -> Count:
    """Return an exact figure: digits, a sign, a point, nothing else.

    Raises `RestoreError` for any other text.
    """
    plain = text.removeprefix("-").replace(".", "", 1)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_FIGURE):
        why = f"“{text}”不是数"
        raise RestoreError(field, why)
    return Decimal(text) if "." in text else int(text)
