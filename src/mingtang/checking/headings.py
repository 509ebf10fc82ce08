"""Headings as the form has them, and the places a report's own words have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.form.loading import editions
from mingtang.place import Place

if TYPE_CHECKING:
    from mingtang.form.edition import SectionTitle
    from mingtang.report import Report


def sections_of(report: Report) -> tuple[SectionTitle, ...]:
    """Return the sections that the report's edition prescribes.

    All editions have the same six; the newest speaks where none is told.
    """
    edition = editions()[0] if report.edition is None else report.edition
    return edition.sections


def expected_heading(report: Report, number: int) -> str:
    """Return the heading of a section as the form prints it."""
    return next(part.heading for part in sections_of(report) if part.number == number)


def title_places(report: Report) -> tuple[Place, ...]:
    """Return where the title stands, nothing where there is none."""
    return () if report.title_place is None else (report.title_place,)


def last_place(report: Report) -> tuple[Place, ...]:
    """Return where the report ends: what is missing there would stand behind it."""
    if not report.paragraphs:
        return ()
    return (report.paragraphs[-1].place(),)
