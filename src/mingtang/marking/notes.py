"""The findings as notes: what each says, and every place it is pinned to.

Numbers and words are those of the terminal and the page, so that a note, a
line on screen and a mark on the page that bear one number mean one finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.writing.marks import marks
from mingtang.writing.printable import one_line
from mingtang.writing.sheet import REMEDIES, SIGNS, Sheet
from mingtang.writing.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.finding import Finding, Weight
    from mingtang.place import Place
    from mingtang.reading import Reading
    from mingtang.report import Report
    from mingtang.writing.marks import Note as Numbered

AUTHOR = "明堂"
"""Whose name stands over every note."""
MAX_NOTES = 2_000
"""So many notes one file is given at most; a report with more is hardly one."""
LONGEST = 600
"""No line of a note has more characters."""

_HEAD = r"\d+\. [A-Z]\d{3} [^\n]*"
_OURS = re.compile(
    rf"(?:^|(?<=\n)) *(?:{_HEAD}：也涉及这里，说明见[^\n]*"
    rf"|{_HEAD}（. ..）(?:\n[^\n]+)*?\n(?:[^\n]*；)?规则：[A-Z]\d{{3}} [a-z0-9-]+"
    rf"|{_HEAD}(?:\n[^\n]+)*……\Z)(?=\n|\Z)"
)
"""A note as `_note` words it, the last one of a cell perhaps cut short."""


class Note(NamedTuple):
    """One finding as a note.

    `lines` say what, where, why and what next; `brief` is the line for the
    other places it concerns. `places` are all of them, the first one the
    note's own; empty where it speaks of the whole report.
    """

    lines: tuple[str, ...]
    brief: str
    places: tuple[Place, ...]
    weight: Weight


class Notes(NamedTuple):
    """The notes of a report, and how many places were left without one."""

    notes: tuple[Note, ...]
    left_out: int = 0


class Pin(NamedTuple):
    """The words that one place is noted with: None is the whole report."""

    place: Place | None
    lines: tuple[str, ...]


def gathered(reading: Reading, findings: Sequence[Finding]) -> Notes:
    """Return the findings that could be judged as notes, in reading order."""
    report = reading.report
    source = reading.source
    sheet = Sheet(source.name, source.sha256, reading.document, report, tuple(findings))
    where = Whereabouts(sheet)
    return _limited([_note(each, where, report) for each in marks(sheet).notes])


def pins(made: Sequence[Note]) -> Iterator[Pin]:
    """Yield the notes at their first places, then what is said at the others.

    A place that several findings of other places concern has one line for each.
    """
    briefs: dict[Place, list[str]] = {}
    for note in made:
        yield Pin(note.places[0] if note.places else None, note.lines)
        for place in note.places[1:]:
            briefs.setdefault(place, []).append(note.brief)
    for place, lines in briefs.items():
        yield Pin(place, tuple(lines))


def rest(text: str) -> str:
    """Return what somebody else wrote in a note, empty where all of it is ours."""
    return _OURS.sub("", text).strip()


def _note(numbered: Numbered, where: Whereabouts, report: Report) -> Note:
    finding = numbered.finding
    rule = finding.rule
    sign = f"{SIGNS[finding.weight]} {finding.weight.label}"
    head = f"{numbered.number}. {rule.code} {rule.title}"
    places = _places(finding, report)
    lines = (f"{head}（{sign}）", *_body(finding, where))
    first = f"说明见{where.at(places[0])}的批注" if places else "说明见题目处的批注"
    brief = _cut(f"{head}：也涉及这里，{first}")
    return Note(tuple(map(_cut, lines)), brief, places, finding.weight)


def _body(finding: Finding, where: Whereabouts) -> Iterator[str]:
    yield finding.message
    if finding.quote and finding.quote not in finding.message:
        yield f"原文：{finding.quote}"
    stands = where.of(finding)
    if stands is not None:
        yield f"位置：{stands}"
    remedy = finding.next_step
    if remedy.message:
        yield f"{REMEDIES[remedy.kind]}{remedy.message}"
    basis = f"依据：{finding.rule.basis}；" if finding.rule.basis else ""
    yield f"{basis}规则：{finding.rule.code} {finding.rule.name}"


def _places(finding: Finding, report: Report) -> tuple[Place, ...]:
    """Return every place of a finding and of its cells, each once."""
    facts = [report.facts[cell] for cell in finding.cells if cell in report.facts]
    every = [*finding.places, *(fact.place for fact in facts)]
    return tuple(dict.fromkeys(place for place in every if place))


def _cut(line: str) -> str:
    line = one_line(line)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}……"


def _limited(made: list[Note]) -> Notes:
    """Return as many notes as a file is given; every note's own place comes first."""
    kept = made[:MAX_NOTES]
    room = MAX_NOTES - len(kept)
    lost = sum(max(len(note.places), 1) for note in made[MAX_NOTES:])
    fitting: list[Note] = []
    for note in kept:
        more = note.places[1:]
        taken, room = more[:room], room - min(room, len(more))
        lost += len(more) - len(taken)
        fitting.append(note._replace(places=(*note.places[:1], *taken)))
    return Notes(tuple(fitting), lost)
