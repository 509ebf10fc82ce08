"""A report drafted: the form's headings, the words that its figures give, the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.compiling.prose import Known, words
from mingtang.document import Paragraph
from mingtang.form.edition import TITLE
from mingtang.form.loading import edition_for
from mingtang.place import Place
from mingtang.report import Report, Section, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.compiling.compiled import Fees
    from mingtang.compiling.ledger import Books
    from mingtang.form.edition import SectionTitle
    from mingtang.report import Fact


def drafted(
    books: Books, year: int, facts: Mapping[str, Fact], fees: Fees | None
) -> Report:
    """Return the unsigned report of a body with its figures put into words."""
    edition = edition_for(year)
    report = Report(
        body=books.body,
        year=year,
        edition=edition,
        title=TITLE.format(body=books.body, year=year),
        title_place=None,
        title_body=books.body,
        title_year=year,
        signature=Signature(),
        facts=facts,
        sections=(),
        preface=(),
        paragraphs=(),
    )
    known = Known(books.body, edition, year, facts, fees, books.rules, books.publications)
    return reworded(report, words(known))


def reworded(
    report: Report,
    said: Mapping[int, Iterable[str]],
    signature: Signature | None = None,
) -> Report:
    """Return a drafted report with other words, and signed where a signature is given.

    `said` has the paragraphs of the preface, 0, and of the form's sections by number;
    a section that it does not name has none. The figures stay.
    """
    assert report.edition is not None  # noqa: S101 - a drafted report has its form
    sheet = _Sheet()
    title_place = sheet.put(report.title or "").place()
    preface = sheet.put_all(said.get(0, ()))
    sections = tuple(
        sheet.section(part, said.get(part.number, ())) for part in report.edition.sections
    )
    return report._replace(
        title_place=title_place,
        preface=preface,
        sections=sections,
        paragraphs=tuple(sheet.written),
        signature=signature or report.signature,
    )


def words_of(report: Report) -> dict[int, tuple[str, ...]]:
    """Return what `reworded` takes: the paragraphs of the preface, 0, and the sections."""
    found = {0: tuple(each.text for each in report.preface)}
    for part in report.sections:
        if part.number is not None:
            found[part.number] = tuple(each.text for each in part.paragraphs)
    return found


class _Sheet:
    """Numbers paragraphs as they are written."""

    def __init__(self) -> None:
        self.written: list[Paragraph] = []

    def put(self, text: str) -> Paragraph:
        self.written.append(Paragraph(text, len(self.written) + 1))
        return self.written[-1]

    def put_all(self, texts: Iterable[str]) -> tuple[Paragraph, ...]:
        return tuple(self.put(text) for text in texts)

    def section(self, part: SectionTitle, texts: Iterable[str]) -> Section:
        place: Place = self.put(part.heading).place()
        told = self.put_all(texts)
        return Section(part.number, part.heading, part.number, True, place, told)  # noqa: FBT003
