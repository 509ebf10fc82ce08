"""The history of an entry in words: what each step said, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang_web.activities.models import What
from mingtang_web.activities.rules import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang_web.activities.models import Activity, Step


class Change(NamedTuple):
    """What an entry said in one column before and after; blank where it said nothing."""

    label: str
    before: str
    after: str


class Line(NamedTuple):
    """A step, what it changed, and what it says beside that."""

    step: Step
    changes: tuple[Change, ...]
    says: str


def story(activity: Activity, steps: Sequence[Step]) -> list[Line]:
    """Return the steps of an entry in words, in the order they were recorded."""
    labels = _labels(activity)
    told: Mapping[str, object] = {}
    found = []
    for step in steps:
        changes: tuple[Change, ...] = ()
        if step.what == What.AMENDED:
            changes = tuple(_changes(labels, told, step.held))
        told = step.held or told
        found.append(Line(step, changes, _says(step)))
    return found


def _labels(activity: Activity) -> dict[str, str]:
    known = activity.kept
    named = {"form": known.form, "title": known.title, "day": known.day}
    named |= {each.column: each.label for each in known.fields}
    return {column: str(label) for column, label in named.items()}


def _changes(
    labels: Mapping[str, str], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Change]:
    for column, label in labels.items():
        old, new = _said(column, before), _said(column, after)
        if old != new:
            yield Change(label, old, new)


def _said(column: str, held: Mapping[str, object]) -> str:
    value = held.get(column, "")
    if column == "day" and held.get("pending"):
        return ""
    return str(Form(str(value)).label) if column == "form" and value else str(value)


def _says(step: Step) -> str:
    if step.what == What.OBSERVED:
        told = {"seen": step.seen, "posted": step.posted}
        return _("%(seen)s巡查，最近更新%(posted)s") % told
    if step.of:
        return _("作废%(seen)s的巡查") % {"seen": step.of.seen}
    return ""
