"""How much of a report a file holds: all of it, a page, its tables alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.checking.evidence import Evidence

_LAST_TABLE, _LAST = 4, 6
_FEWEST_MISSING = 2


def has_words(evidence: Evidence) -> bool:
    """Return whether there is anything but tables: a heading, a title, a paragraph."""
    report = evidence.report
    return bool(report.sections or report.paragraphs or report.title)


def breaks_off(evidence: Evidence) -> bool:
    """Return whether the file ends before section five, and nobody signs there."""
    numbers = _numbers(evidence)
    signed = evidence.report.signature
    if not numbers or numbers[-1] > _LAST_TABLE or not evidence.owes_the_form:
        return False
    return signed.body is None and signed.day is None


def parts_of_a_page(evidence: Evidence) -> list[int]:
    """Return the sections there are where a file looks like a page of several.

    They follow each other, and what is missing is missing at the beginning,
    together with the title, or at the end, together with the signature.
    """
    numbers = _numbers(evidence)
    if not numbers or not evidence.owes_the_form:
        return []
    first, last = numbers[0], numbers[-1]
    whole = list(range(first, last + 1)) == numbers
    beginning = first == 1 or evidence.report.title is None
    end = last == _LAST or breaks_off(evidence)
    few = _LAST - len(numbers) >= _FEWEST_MISSING
    return numbers if whole and beginning and end and few else []


def _numbers(evidence: Evidence) -> list[int]:
    return sorted({number for number in evidence.numbers if number is not None})
