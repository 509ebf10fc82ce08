"""Bodies by years by one figure, as researchers compare them: from signed reports alone.

A figure that is blank, or that a year's form does not ask for, is not known: it is in no
sum, no median and no bar. A share of fewer than thirty is told with of how many it is, and
stands in no median: one case more would turn it round.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.combining.distribution import Distribution, distribution
from mingtang.combining.rates import measures
from mingtang.form.loading import edition_for, editions
from mingtang.text import share
from mingtang_web.annual import publishing
from mingtang_web.charting import FEW
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.form.edition import Edition
    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

MOST = 240
"""So many reports one page compares at most: reading them takes the time of a page."""
RECEIVED = "requests/received/total"


class Figure(NamedTuple):
    """What is compared: a cell of the form, or a share of some cells in others."""

    id: str
    label: str
    unit: str
    parts: tuple[str, ...]
    whole: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether it is told in percent."""
        return bool(self.whole)


class Told(NamedTuple):
    """A body's figure of a year; ``value`` None where it is not known, ``why`` says so.

    ``part`` and ``whole`` are what a share is of. ``counts`` says whether it is in the
    distribution.
    """

    year: int
    value: Decimal | None
    why: str = ""
    part: Decimal | None = None
    whole: Decimal | None = None
    counts: bool = True


class Row(NamedTuple):
    """A body and its figure of every year compared, None where it has no report."""

    body: Body
    years: tuple[Told | None, ...]


class Asked(NamedTuple):
    """What is compared: which figure, of which bodies by their codes, of which years."""

    figure: Figure
    codes: frozenset[str]
    first: int
    last: int


class Study(NamedTuple):
    """The comparison: the years, each body's row, and how each year is spread.

    ``left`` is how many reports were left out because they are too many for a page;
    ``breaks`` are the years before which the form changed, ``most`` is the largest
    figure there is, by which all is drawn: one where there is none above nought.
    """

    asked: Asked
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    spread: tuple[Distribution | None, ...]
    left: int
    breaks: frozenset[int]
    most: Decimal


def groups() -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """Return what can be compared: the totals, the shares, then every other cell."""
    edition = max(editions(), key=lambda each: each.first_year)
    totals = tuple(each for each in edition.cell_ids() if each.endswith("/total"))
    others = tuple(each for each in edition.cell_ids() if each not in totals)
    shares = (
        Figure(
            f"share{number}",
            _("%(what)s占%(of)s的比例")
            % {"what": spoken(each.title), "of": spoken(each.over)},
            "%",
            each.parts,
            each.whole,
        )
        for number, each in enumerate(measures(edition), start=1)
    )
    return (
        (_("表三、表四的总计"), _cells(edition, totals)),
        (_("比例"), tuple(shares)),
        (_("其他单元格"), _cells(edition, others)),
    )


def _cells(edition: Edition, ids: Iterable[str]) -> tuple[Figure, ...]:
    return tuple(
        Figure(each, spoken(edition.cell_label(each)), "", (each,)) for each in ids
    )


def figure(name: str) -> Figure | None:
    """Return the figure of that id."""
    every = (each for _label, of in groups() for each in of)
    return next((each for each in every if each.id == name), None)


def study(asked: Asked) -> Study:
    """Return a comparison; reports whose file is not what was signed are not in it."""
    rows = publishing.public().filter(year__range=(asked.first, asked.last))
    if asked.codes:
        rows = rows.filter(body__code__in=asked.codes)
    known = list(rows.order_by("body__path", "-year"))
    taken, left = known[:MOST], max(0, len(known) - MOST)
    years = tuple(range(asked.first, asked.last + 1)) if taken else ()
    by: dict[Body, dict[int, Told]] = {}
    for annual in taken:
        told = _told(annual, asked.figure)
        by.setdefault(annual.body, {})[annual.year] = told
    found = tuple(
        Row(body, tuple(told.get(year) for year in years)) for body, told in by.items()
    )
    spread = tuple(_spread(found, place) for place in range(len(years)))
    breaks = frozenset(year for year in years if _breaks(year))
    known_ones = (t.value for row in found for t in row.years if t and t.value)
    most = max(known_ones, default=Decimal(1))
    return Study(asked, years, found, spread, left, breaks, most)


def bounds() -> tuple[int, int] | None:
    """Return the first and the last year of which any report is public: one query."""
    years = publishing.public().order_by("year").values_list("year", flat=True)
    found = sorted(set(years))
    return (found[0], found[-1]) if found else None


def _spread(rows: Sequence[Row], place: int) -> Distribution | None:
    told = [row.years[place] for row in rows]
    return distribution(
        each.value for each in told if each and each.counts and each.value is not None
    )


def _breaks(year: int) -> bool:
    try:
        return edition_for(year).id != edition_for(year - 1).id
    except LookupError:
        return False


def _told(annual: Annual, of: Figure) -> Told:
    try:
        report = publishing.signed(annual)
    except AlteredFileError:
        return Told(annual.year, None, _("存档与签发时不一致，没有列出"))
    part, whole = _sum(report, of.parts), _sum(report, of.whole)
    if part is None or (of.is_share and whole is None):
        return Told(annual.year, None, _why(report, (*of.parts, *of.whole)))
    if not of.is_share or whole is None:
        return Told(annual.year, part)
    if not whole:
        return Told(annual.year, None, _("分母是零"), part, whole)
    value, ample = share(int(part), int(whole)), whole >= FEW
    why = "" if ample else _("不足 %(few)s 件，不计入分布") % {"few": FEW}
    return Told(annual.year, value, why, part, whole, ample)


def _sum(report: Report, cells: tuple[str, ...]) -> Decimal | None:
    found = [report.facts[cell].value for cell in cells if cell in report.facts]
    numbers = [Decimal(value) for value in found if value is not None]
    return sum(numbers, Decimal(0)) if len(numbers) == len(cells) else None


def _why(report: Report, cells: tuple[str, ...]) -> str:
    if any(cell not in report.facts for cell in cells):
        return _("那一年的表式没有这一格")
    return _("没有填全")
