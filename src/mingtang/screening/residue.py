"""What word processors, forms and machines leave in a text that nobody wrote.

The patterns are data: ``words/residue.yaml``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening.context import Page

FILE = Path(__file__).parent / "words" / "residue.yaml"
_STOPS = "。，；：、"
_ENDS = "？！"


class Pattern(NamedTuple):
    """What must stand in a text for a residue to be looked for, how it looks, and why."""

    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    why: str


def _patterns() -> tuple[Pattern, ...]:
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    listed = (
        Pattern(tuple(row["triggers"]), re.compile(row["pattern"]), row["why"])
        for row in rows
    )
    doubled = re.compile(f"[{_STOPS}{_ENDS}]{{2,}}")
    return (*listed, Pattern(tuple(_doubled()), doubled, "标点重复"))


def _doubled() -> Iterator[str]:
    """Yield two stops in a row; what ends a question may be said twice."""
    for one in _STOPS + _ENDS:
        for other in _STOPS + _ENDS:
            if one in _STOPS or other in _STOPS:
                yield one + other


PATTERNS = _patterns()
TRIGGERS = tuple(
    (trigger, place) for place, each in enumerate(PATTERNS) for trigger in each.triggers
)
"""What leads to a pattern, and to which."""


def residue(page: Page, at: int, which: int) -> Iterator[Hit]:
    """Yield the residue that begins at a place, of the pattern that was triggered.

    Inside one that the same pattern found, nothing.
    """
    text = page.text
    if at < page.past.get(which, 0):
        return
    found = PATTERNS[which].pattern.match(text, at)
    if found is None or not found[0]:
        return
    if found[0][0] in "Xx" and at and text[at - 1].isascii() and text[at - 1].isalnum():
        return
    page.past[which] = found.end()
    yield Hit(Kind.RESIDUE, *found.span(), found[0], PATTERNS[which].why)
