"""The history of a row in words: what each step said, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mingtang_web.ledger.stepping import Step

    Saying = Callable[[str, Mapping[str, object]], str]
    """How what a row held in a column is put into words."""

AMENDED = "amended"


class Change(NamedTuple):
    """What a row said in one column before and after; blank where it said nothing."""

    label: str
    before: str
    after: str


class Line(NamedTuple):
    """A step, what it changed, and what it says beside that."""

    step: Step
    changes: tuple[Change, ...]
    says: str


def plain(column: str, held: Mapping[str, object]) -> str:
    """Return what was held in a column, as it is."""
    return str(held.get(column, ""))


def story_of(
    steps: Sequence[Step],
    labels: Mapping[str, str],
    said: Saying = plain,
    says: Callable[[Step], str] = lambda _step: "",
) -> list[Line]:
    """Return steps in words, in the order they were recorded.

    ``labels`` names the columns, ``said`` puts what a column held into words, and
    ``says`` what a step tells beside that.
    """
    told: Mapping[str, object] = {}
    found = []
    for step in steps:
        changes: tuple[Change, ...] = ()
        if step.what == AMENDED:
            changes = tuple(_changes(labels, said, told, step.held))
        told = step.held or told
        found.append(Line(step, changes, says(step)))
    return found


def _changes(
    labels: Mapping[str, str],
    said: Saying,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> Iterator[Change]:
    for column, label in labels.items():
        old, new = said(column, before), said(column, after)
        if old != new:
            yield Change(label, old, new)
