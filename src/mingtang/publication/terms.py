"""By when a document must be public, and what interprets it, with the working shown.

条例第二十六条: within twenty working days from when the information was formed or
changed, unless a law or regulation sets another term. Days are counted as `law.clock`
counts them; a year whose holidays are not entered raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.citation import CitationError, parse_citations
from mingtang.law.clock import due_date, explain, natural_due_date
from mingtang.law.parameter import UNIT_NAMES, Unit
from mingtang.law.ranks import may_forbid
from mingtang.law.terms import term
from mingtang.publication.disclosure import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang.law.calendar import Calendar
    from mingtang.law.clock import DayNote


class SpecialTerm(NamedTuple):
    """A term that a law or regulation sets for itself (法律、法规另有规定的期限).

    条例第二十六条. `cite` is its source with the article, without which it is refused.
    """

    amount: int
    unit: Unit
    cite: str


class ShownTerm(NamedTuple):
    """A term with its last day and how that was counted (期限及其算法).

    `start` is the day that is not counted itself; `due` the last day in time; `notes`
    has every day of a term in working days, and is empty for one in calendar days;
    `unsettled` says in Chinese what of its source is still to be verified.
    """

    what: str
    start: date
    amount: int
    unit: Unit
    due: date
    cite: str
    unsettled: str | None
    notes: tuple[DayNote, ...]

    def kept_on(self, day: date) -> bool:
        """Return whether what is done on a day is in time."""
        return day <= self.due

    def __str__(self) -> str:
        length = f"{self.amount}{UNIT_NAMES[self.unit]}"
        return f"{self.what}：自{self.start}起{length}，至{self.due}（{self.cite}）"


def disclosure_term(
    formed: date,
    calendar: Calendar,
    special: SpecialTerm | None = None,
    choices: Mapping[str, str] = DEFAULTS,
) -> ShownTerm:
    """Return by when information formed or changed on a day must be public.

    条例第二十六条; `special` is what another law or regulation sets instead. Raises
    `UncoveredYearError` where the count runs into a year whose notice is missing,
    `UncoveredDayError` before 2008-05-01, and for a special term `CitationError`
    without a source that can be looked up and `CountError` where it cannot be counted.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> print(disclosure_term(date(2026, 3, 2), Calendar()))
    主动公开政府信息的期限，自信息形成或者变更之日起：自2026-03-02起20个工作日，至2026-03-30\
（政府信息公开条例（2019年修订）第二十六条）
    """
    if special is not None:
        _sourced(special)
        found = _Length("法律、法规另有规定的公开期限", special.amount, special.unit)
        shown = _shown(found, formed, calendar, choices)
        return shown._replace(cite=special.cite, unsettled=_rank_doubt(special))
    return _of_law("disclosure", formed, calendar, choices)


def interpretation_term(
    published: date, calendar: Calendar, choices: Mapping[str, str] = DEFAULTS
) -> ShownTerm:
    """Return by when what interprets a document must be public (政策解读).

    国办发〔2016〕80号, as remembered: three working days from the document's own
    publication. Raises `UncoveredYearError`, and `UncoveredDayError` before 2016-11-10.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> interpretation_term(date(2026, 4, 30), Calendar()).due
    datetime.date(2026, 5, 8)
    """
    return _of_law("interpretation", published, calendar, choices)


def _sourced(special: SpecialTerm) -> None:
    """Refuse a term whose source names no article."""
    for source in parse_citations(special.cite):
        if source.article is None:
            message = (
                f"“{special.cite}”没有写明条文；另有规定的公开期限须写明法律、法规的名称"
                "和第几条，例如“某法第十四条”"
            )
            raise CitationError(message)


def _rank_doubt(special: SpecialTerm) -> str | None:
    """Return what is to be verified where the source is no law or regulation by name."""
    if all(may_forbid(source) for source in parse_citations(special.cite)):
        return None
    return "条例第二十六条只认法律、法规另行规定的期限，须核对所引文件是不是法律、法规"


class _Length(NamedTuple):
    what: str
    amount: int
    unit: Unit


def _of_law(
    name: str, start: date, calendar: Calendar, choices: Mapping[str, str]
) -> ShownTerm:
    found = term(name, start)
    length = _Length(found.what, found.amount, found.unit)
    shown = _shown(length, start, calendar, choices)
    return shown._replace(cite=found.cite, unsettled=found.unsettled)


def _shown(
    length: _Length, start: date, calendar: Calendar, choices: Mapping[str, str]
) -> ShownTerm:
    what, amount, unit = length
    if unit is Unit.WORKING_DAY:
        chosen = choices.get("start_day")
        due = due_date(start, amount, calendar, start_day=chosen)
        notes = explain(start, amount, calendar, start_day=chosen)
    else:
        due = natural_due_date(start, amount, unit, calendar, choices.get("last_day"))
        notes = ()
    return ShownTerm(what, start, amount, unit, due, "", None, notes)
