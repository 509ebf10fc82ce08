"""The report in the order it is printed: opening, sections, tables, the rest.

Every table of the form has one part to stand in, even where the report lost
the heading it belongs under.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.writing.titles import title_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.document import Paragraph
    from mingtang.form.edition import Table
    from mingtang.place import Place
    from mingtang.report import Report, Section


class Part(NamedTuple):
    """A stretch of the report: its heading, its words, its tables.

    `heading` is as printed, `missing` the form's heading where the report has
    none; `at` is the heading's place.
    """

    heading: str | None
    missing: str | None
    at: Place | None
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()


def parts(report: Report) -> tuple[Part, ...]:
    """Return the report's parts in printed order, the opening first."""
    tables = report.edition.tables if report.edition else ()
    left = {table.section: table for table in tables}
    made = [_opening(report)]
    for section in report.sections:
        number = section.number
        due = sorted(other for other in left if number is not None and other < number)
        later = {other.number for other in report.sections}
        made += [_lost(report, left.pop(other)) for other in due if other not in later]
        made.append(_printed(section, left.pop(number, None) if number else None))
    made += [_lost(report, left[number]) for number in sorted(left)]
    return (*made, *_rest(report, made))


def _opening(report: Report) -> Part:
    words = report.preface if report.sections else report.paragraphs
    return Part(None, None, report.title_place, _but_title(report, words))


def _but_title(report: Report, words: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    place = report.title_place
    title = {None if place is None else place.paragraph}
    title |= {word.number for word in title_lines(report)}
    return tuple(word for word in words if word.number not in title)


def _printed(section: Section, table: Table | None) -> Part:
    tables = (table,) if table else ()
    return Part(section.heading, None, section.place, section.paragraphs, tables)


def _lost(report: Report, table: Table) -> Part:
    sections = report.edition.sections if report.edition else ()
    heading = next(part.heading for part in sections if part.number == table.section)
    return Part(None, heading, None, (), (table,))


def _rest(report: Report, made: list[Part]) -> list[Part]:
    """Return the words that stand in no part, such as a site's navigation."""
    shown = {word.number for part in made for word in part.paragraphs}
    shown |= {part.at.paragraph for part in made if part.at and part.at.paragraph}
    shown |= {word.number for word in title_lines(report)}
    rest = tuple(word for word in report.paragraphs if word.number not in shown)
    return [Part(None, "正文以外的文字", None, rest)] if rest else []
