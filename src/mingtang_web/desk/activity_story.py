"""The history of an entry of section one's registers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.activities.models import Step, What
from mingtang_web.activities.rules import Form
from mingtang_web.desk.stepped_story import plain, story_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang_web.activities.models import Activity
    from mingtang_web.desk.stepped_story import Line
    from mingtang_web.ledger import stepping


def story(activity: Activity, steps: Sequence[Step]) -> list[Line]:
    """Return the steps of an entry in words, in the order they were recorded."""
    return story_of(steps, _labels(activity), _said, _says)


def _labels(activity: Activity) -> dict[str, str]:
    known = activity.kept
    named = {"form": known.form, "title": known.title, "day": known.day}
    named |= {each.column: each.label for each in known.fields}
    return {column: str(label) for column, label in named.items()}


def _said(column: str, held: Mapping[str, object]) -> str:
    value = plain(column, held)
    if column == "day" and held.get("pending"):
        return ""
    return str(Form(value).label) if column == "form" and value else value


def _says(step: stepping.Step) -> str:
    if not isinstance(step, Step):
        return ""
    if step.what == What.OBSERVED:
        told = {"seen": step.seen, "posted": step.posted}
        return _("%(seen)s巡查，最近更新%(posted)s") % told
    if step.of:
        return _("作废%(seen)s的巡查") % {"seen": step.of.seen}
    return ""
