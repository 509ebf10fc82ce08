"""The people of a case, whom nothing that is kept of it may name: one gate for all of it.

Whoever asked, whoever was consulted. The ledger knows a number by its look; only the
case knows a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.applicants.betraying import known, known_of
from mingtang_web.ledger.actions import PersonalDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.applicants.betraying import Trace
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.models import Case


class NamedError(PersonalDataError):
    """Words that are kept for ever name somebody of the case; ``field`` is where."""

    def __init__(self, why: str, field: str) -> None:
        super().__init__(why)
        self.field = field


def refuse_names(case: Case, **words: str) -> None:
    """Let words be kept of a case that name nobody of it: two queries where there are any.

    Raises `NamedError`, which names the field by the word's own.
    """
    for field, text in words.items():
        why = named(case, text)
        if why:
            raise NamedError(why, field)


def named(case: Case, text: str, typed: Person | None = None) -> str:
    """Return what in a text names somebody of a case, and what to do; nothing else.

    ``typed`` is who is about to be consulted. A name that the case's own summary holds
    was said there not to mean the applicant.
    """
    if not text.strip():
        return ""
    first = next(_known(case, text, typed), None)
    if first is None:
        return ""
    words = {"whose": first[0], "trace": first[1]}
    return _("%(trace)s。这里的文字将长期留存，请改称“%(whose)s”或者删去") % words


def _known(case: Case, text: str, typed: Person | None) -> Iterator[tuple[str, Trace]]:
    """Give every trace of somebody in a text that the summary does not hold too."""
    applicant, other = _("申请人"), _("被征求意见者")
    asked = [] if case.pk is None else case.consultations.select_related("person")
    people = [(applicant, case.applicant), *((other, each.person) for each in asked)]
    for whose, person in people:
        traces = list(known_of(person, text, whose))
        summed_up = known_of(person, case.subject, whose) if traces else ()
        excused = {trace.shown for trace in summed_up if trace.is_name}
        yield from ((whose, t) for t in traces if not t.is_name or t.shown not in excused)
    if typed is not None:
        yield from ((other, found) for found in known(text, typed, other))
