"""What another issue says otherwise than the published one it takes the place of.

更正: the public is told why and when a report was corrected, which figures and sentences
are others now, and may still read the one before. Of one that was withdrawn nothing is
told of what it said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from mingtang.compiling import words_of
from mingtang_web import clock
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual, State
from mingtang_web.annual.naming import label_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Fact, Report

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


def correction(annual: Annual, report: Report) -> list[dict[str, Any]]:
    """Return what a report corrects, as it goes with it; empty where nothing public.

    ``figures`` and ``sentences`` are those that are others than in the issue that it
    takes the place of. Raises `AlteredFileError`.
    """
    before = _replaced(annual)
    if before is None or before.published_on is None:
        return []
    withdrawn = before.state == State.WITHDRAWN
    old = None if withdrawn else frozen(before)
    return [
        {
            "issue": before.issue,
            "published_on": before.published_on.isoformat(),
            "withdrawn": withdrawn,
            "reason": annual.why,
            "on": (annual.signed_on or clock.today()).isoformat(),
            "figures": list(_figures(annual, old, report)) if old else [],
            "sentences": list(_sentences(old, report)) if old else [],
        }
    ]


def _replaced(annual: Annual) -> Annual | None:
    """Return the last issue before that anybody could read, none where none was."""
    rows = Annual.objects.filter(
        body=annual.body_id, year=annual.year, issue__lt=annual.issue,
        published_on__isnull=False,
    )  # fmt: skip
    return rows.select_related("snapshot").order_by("-issue").first()


def _figures(annual: Annual, old: Report, new: Report) -> Iterator[dict[str, str]]:
    for cell, fact in new.facts.items():
        was = old.facts.get(cell)
        if was is None or was.value != fact.value:
            yield {
                "cell": cell,
                "label": label_in(annual, cell),
                "before": _said(was),
                "after": _said(fact),
            }


def _said(fact: Fact | None) -> str:
    return "" if fact is None or fact.value is None else format(Decimal(fact.value), "f")


def _sentences(old: Report, new: Report) -> Iterator[dict[str, str]]:
    before, after = words_of(old), words_of(new)
    names = {part.number: part.heading for part in new.sections}
    for section in sorted({*before, *after}):
        was, now = (_split(each.get(section, ())) for each in (before, after))
        changes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        for tag, start, end, first, last in changes:
            if tag != "equal":
                yield {
                    "section": names.get(section) or "引言",
                    "before": "".join(was[start:end]),
                    "after": "".join(now[first:last]),
                }


def _split(texts: tuple[str, ...]) -> list[str]:
    return [each for text in texts for each in _SENTENCE.findall(text) if each.strip()]
