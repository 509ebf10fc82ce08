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
    drafted_words = words(Known(edition, year, facts, fees, books.rules))
    sheet = _Sheet()
    title = TITLE.format(body=books.body, year=year)
    title_place = sheet.put(title).place()
    preface = sheet.put_all(drafted_words[0])
    return Report(
        body=books.body,
        year=year,
        edition=edition,
        title=title,
        title_place=title_place,
        title_body=books.body,
        title_year=year,
        signature=Signature(),
        facts=facts,
        sections=tuple(
            sheet.section(part, drafted_words[part.number]) for part in edition.sections
        ),
        preface=preface,
        paragraphs=tuple(sheet.written),
    )


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
