"""The term in which a document has to be made public, as the body's days are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.parameter import UncoveredDayError
from mingtang.law.terms import term_due
from mingtang_web.publication.models import Attribute

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.publication.models import Revision


def publish_due(attribute: str, formed_on: date) -> date | None:
    """Return the last day on which a document is still made public in time.

    条例第二十六条: within twenty working days from its formation. None where it is not
    to be made public, before any law had a term (2008-05-01), and where the term runs
    into a year without a notice of holidays.
    """
    if attribute != Attribute.PROACTIVE:
        return None
    try:
        return term_due("disclosure", formed_on, calendar())
    except (UncoveredYearError, UncoveredDayError):
        return None


def due_of(revision: Revision) -> date | None:
    """Return the last day on which a body makes what a revision says public in time.

    条例第十条: what was made jointly the lead body makes public. None where that is
    another body: the term is not this one's.
    """
    if revision.lead_attribute:
        return None
    return publish_due(revision.attribute, revision.formed_on)
