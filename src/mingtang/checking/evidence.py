"""What the rules look at: the report, and its words joined once for all of them.

Rules search for words. Joining the paragraphs, and folding them where the
text is Traditional, is done here once for a report instead of once a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Paragraph
from mingtang.place import Place
from mingtang.text import fold, is_traditional

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from mingtang.report import Count, Report, Section

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

    printed: tuple[Paragraph, ...]
    lines: tuple[str, ...]
    text: str
    folded: bool

    def hits(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Yield what the pattern finds, in reading order."""
        for match in pattern.finditer(self.text):
            yield Hit(match, *self.spot(match.start(), match.end()))

    def openings(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Yield what the pattern finds at the beginning of paragraphs."""
        for paragraph, line in zip(self.printed, self.lines, strict=True):
            match = pattern.match(line)
            if match is None:
                continue
            if self.folded:
                place = Place(paragraph=paragraph.number)
                yield Hit(match, place, shortened(paragraph.text))
            else:
                place = Place(None, None, None, None, paragraph.number, *match.span())
                yield Hit(match, place, match[0])

    def first(self, pattern: re.Pattern[str]) -> Hit | None:
        """Return the first thing the pattern finds, or None."""
        return next(self.hits(pattern), None)

    def spot(self, start: int, end: int) -> tuple[Place, str]:
        """Return the place of a stretch of the text, and its words as printed."""
        begin = 0
        index = 0
        while start > begin + len(self.lines[index]):
            begin += len(self.lines[index]) + 1
            index += 1
        paragraph = self.printed[index]
        if self.folded:
            return Place(paragraph=paragraph.number), shortened(paragraph.text)
        inside = slice(start - begin, min(end - begin, len(self.lines[index])))
        place = Place(paragraph=paragraph.number, start=inside.start, end=inside.stop)
        return place, paragraph.text[inside]


class Evidence(NamedTuple):
    """A report with its prose (前言和各部分文字) ready to be searched.

    `parts` is the prose of the form's sections by number, `opening` that of
    preface and first section.
    """

    report: Report
    prose: Prose
    parts: Mapping[int, Prose]
    opening: Prose

    def words(self, number: int) -> str:
        """Return the words of the form's section, empty where it has none."""
        part = self.parts.get(number)
        return "" if part is None else part.text

    @property
    def owes_the_form(self) -> bool:
        """Return whether the report must have the form's six sections.

        国办公开办函〔2019〕60号 asks for them since the report on 2019. A report
        whose year is not told is held to it, unless it has the old sheet.
        """
        year = self.report.year
        return not self.report.old_sheet and (year is None or year >= _FIRST_YEAR)

    def figure(self, cell: str) -> Count | None:
        """Return the number in a cell; None where none stands or no such cell is."""
        fact = self.report.facts.get(cell)
        return None if fact is None else fact.value


def evidence(report: Report) -> Evidence:
    """Return the report with its words joined."""
    told = _told(report)
    printed = "\n".join([paragraph.text for paragraph in told])
    headings = "".join([section.heading for section in report.sections])
    folded = is_traditional(printed) or is_traditional(headings)
    parts = {
        number: prose(_paragraphs(report.sections, number), folded=folded)
        for number in {section.number for section in report.sections}
        if number is not None
    }
    first = tuple(_paragraphs(report.sections, 1))
    whole = (
        prose(told, folded=True) if folded else Prose(told, _lines(told), printed, folded)
    )
    return Evidence(report, whole, parts, prose((*report.preface, *first), folded=folded))


def prose(paragraphs: Iterable[Paragraph], *, folded: bool) -> Prose:
    """Return paragraphs as one searchable text."""
    printed = tuple(paragraphs)
    lines = tuple([fold(part.text) for part in printed]) if folded else _lines(printed)
    return Prose(printed, lines, "\n".join(lines), folded)


def says(text: str, words: Iterable[str]) -> bool:
    """Return whether any of the words stands in the text.

    Looking for plain words one by one is many times faster than one pattern
    with all of them.
    """
    return any(word in text for word in words)


def shortened(text: str) -> str:
    """Return the beginning of a text, as much as a message can hold."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "……"


def _lines(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    return tuple([paragraph.text for paragraph in paragraphs])


def _told(report: Report) -> tuple[Paragraph, ...]:
    """Return what the report tells outside its tables and headings."""
    if not report.sections:
        return report.paragraphs
    told = list(report.preface)
    for section in report.sections:
        told.extend(section.paragraphs)
    return tuple(told)


def _paragraphs(sections: tuple[Section, ...], number: int) -> Iterator[Paragraph]:
    for section in sections:
        if section.number == number:
            yield from section.paragraphs
