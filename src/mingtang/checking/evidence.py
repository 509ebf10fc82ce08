"""What the rules look at: the report, and its words joined once for all of them.

Rules search for words. Joining the paragraphs, and folding them where the
text is Traditional, is done here once for a report instead of once a rule; so
is whatever else several rules ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.checking.filled import filled_form
from mingtang.checking.periods import periods
from mingtang.document import Paragraph
from mingtang.place import Place
from mingtang.text import fold, is_traditional

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.checking.filled import FilledForm
    from mingtang.checking.periods import Period
    from mingtang.report import Count, Report

_QUOTED = 60
_FIRST_YEAR = 2019


class Hit(NamedTuple):
    """Words found in the prose: the match, where it stands, as printed."""

    match: re.Match[str]
    place: Place
    quote: str


class Prose(NamedTuple):
    """Paragraphs as one searchable text.

    `printed` are the paragraphs as printed; `text` joins them line by line,
    folded to Simplified characters where `folded`, so that a place inside a
    paragraph can then no longer be told, only the paragraph.
    """

    printed: Sequence[Paragraph]
    lines: Sequence[str]
    text: str
    folded: bool

    def hits(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Yield what the pattern finds, in reading order."""
        for match in pattern.finditer(self.text):
            yield self.hit(match)

    def hit(self, match: re.Match[str]) -> Hit:
        """Return what was found in the text, with its place."""
        return Hit(match, *self.spot(match.start(), match.end()))

    def opening(self, index: int, match: re.Match[str]) -> Hit:
        """Return what was found at the beginning of a paragraph, with its place."""
        paragraph = self.printed[index]
        if self.folded:
            place = paragraph.place()
            return Hit(match, place, shortened(paragraph.text))
        place = paragraph.place(*match.span())
        return Hit(match, place, match[0])

    def spot(self, start: int, end: int) -> tuple[Place, str]:
        """Return the place of a stretch of the text, and its words as printed."""
        begin = 0
        index = 0
        while start > begin + len(self.lines[index]):
            begin += len(self.lines[index]) + 1
            index += 1
        paragraph = self.printed[index]
        if self.folded:
            return paragraph.place(), shortened(paragraph.text)
        inside = slice(start - begin, min(end - begin, len(self.lines[index])))
        place = paragraph.place(inside.start, inside.stop)
        return place, paragraph.text[inside]


class Evidence(NamedTuple):
    """A report with its prose (前言和各部分文字) ready to be searched.

    `parts` is the prose of the form's sections by number, `opening` that of
    preface and first section; `numbers` are those of the sections as they
    stand, None for a part the form does not know. `form` is the tables as
    filled in, `periods` what the prose says of the reporting period.
    """

    report: Report
    prose: Prose
    parts: Mapping[int, Prose]
    opening: Prose
    numbers: Sequence[int | None]
    form: FilledForm | None
    periods: Sequence[Period]
    owes_the_form: bool

    def words(self, number: int) -> str:
        """Return the words of the form's section, empty where it has none."""
        part = self.parts.get(number)
        return "" if part is None else part.text

    def figure(self, cell: str) -> Count | None:
        """Return the number in a cell; None where none stands or no such cell is."""
        fact = self.report.facts.get(cell)
        return None if fact is None else fact.value


def evidence(report: Report) -> Evidence:
    """Return the report with its words joined."""
    whole = _whole(report)
    parts = _parts(report, whole)
    opening = _prose(report.preface, _lines(report.preface, folded=whole.folded), whole)
    return Evidence(
        report=report,
        prose=whole,
        parts=parts,
        opening=_behind(opening, parts[1]) if 1 in parts else opening,
        numbers=[section.number for section in report.sections],
        form=filled_form(report),
        periods=list(periods(whole.text)),
        owes_the_form=owes_the_form(report),
    )


def owes_the_form(report: Report) -> bool:
    """Return whether the report must have the form's six sections.

    国办公开办函〔2019〕60号 asks for them since the report on 2019. A report
    whose year is not told is held to it, unless it has the old sheet.
    """
    year = report.year
    return not report.old_sheet and (year is None or year >= _FIRST_YEAR)


def says(text: str, words: Iterable[str]) -> bool:
    """Return whether any of the words stands in the text.

    Looking for plain words one by one is many times faster than one pattern
    with all of them.
    """
    for word in words:  # noqa: SIM110 - any() would take as long again
        if word in text:
            return True
    return False


def shortened(text: str) -> str:
    """Return the beginning of a text, as much as a message can hold."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "……"


def _whole(report: Report) -> Prose:
    """Return what the report tells outside its tables and headings."""
    told: Sequence[Paragraph] = report.paragraphs
    if report.sections:
        told = [*report.preface]
        for section in report.sections:
            told += section.paragraphs
    printed = [paragraph.text for paragraph in told]
    text = "\n".join(printed)
    headings = "".join([section.heading for section in report.sections])
    if is_traditional(text) or is_traditional(headings):
        lines = list(map(fold, printed))
        return Prose(told, lines, "\n".join(lines), folded=True)
    return Prose(told, printed, text, folded=False)


def _parts(report: Report, whole: Prose) -> dict[int, Prose]:
    """Return the prose of the form's sections, cut from the whole."""
    parts: dict[int, Prose] = {}
    end = len(report.preface)
    for section in report.sections:
        start, end = end, end + len(section.paragraphs)
        number = section.number
        if number is not None:
            part = _prose(section.paragraphs, whole.lines[start:end], whole)
            parts[number] = _behind(parts[number], part) if number in parts else part
    return parts


def _prose(printed: Sequence[Paragraph], lines: Sequence[str], like: Prose) -> Prose:
    return Prose(printed, lines, "\n".join(lines), like.folded)


def _behind(first: Prose, second: Prose) -> Prose:
    """Return two stretches of prose as one."""
    printed = (*first.printed, *second.printed)
    return _prose(printed, (*first.lines, *second.lines), first)


def _lines(paragraphs: Sequence[Paragraph], *, folded: bool) -> list[str]:
    return [fold(one.text) if folded else one.text for one in paragraphs]
