"""What of a report must survive being written and read: everything but places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.report import Report


def essence(report: Report) -> dict[str, object]:
    """Return what a person would call the report: its figures and its words.

    The lines that sign it are told apart from the last section's words; labels
    are the form's own in whatever is written.
    """
    signature = report.signature
    places = (signature.body_place, signature.day_place)
    signing = {place.paragraph for place in places if place is not None}
    return {
        "body": report.body,
        "year": report.year,
        "edition": report.edition and report.edition.id,
        "title": report.title,
        "signed": (signature.body, signature.day),
        "preface": [block.text for block in report.preface],
        "sections": [
            (
                part.number,
                part.heading,
                part.ordinal,
                part.standard,
                [block.text for block in part.paragraphs if block.number not in signing],
            )
            for part in report.sections
        ],
        "facts": {
            cell: (fact.state, fact.value, fact.unit) for cell, fact in report.facts.items()
        },
    }
