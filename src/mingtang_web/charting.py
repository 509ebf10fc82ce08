"""A chart as a page draws it and a file lists it: a question, n, a definition, bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW = 30
"""Below so many a share says little: none is told, and the page says so."""
_WHOLE = 100


class Bar(NamedTuple):
    """One bar: what it counts, how many, and where those are seen one by one.

    A value that is None is not known, which is no zero: nothing is drawn, and ``note``
    says why. Otherwise it stands beside the number, and ``tone`` is late or soon where
    that warns. What is ``apart`` is no part of n and has no share; ``always`` has its
    link even without a value.
    """

    label: str
    value: int | None
    link: str = ""
    note: str = ""
    tone: str = ""
    apart: bool = False
    always: bool = False


class Chart(NamedTuple):
    """Bars that answer one question.

    ``n`` is what shares are of, none where the bars are no parts of a whole; ``said``
    the answer in figures; ``more`` rows for the table beneath alone; ``zeros`` says
    that nought everywhere is an answer too.
    """

    name: str
    title: str
    definition: str
    bars: tuple[Bar, ...]
    n: int | None = None
    said: str = ""
    unit: str = ""
    more: tuple[Bar, ...] = ()
    zeros: bool = False

    @property
    def is_small(self) -> bool:
        """Whether there are too few for shares."""
        return self.n is not None and self.n < FEW

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.zeros and not any(bar.value for bar in self.bars)

    @property
    def drawn(self) -> list[tuple[Bar, str, str]]:
        """Each bar with its length of 100, from zero, and its share in words."""
        longest = max((bar.value or 0 for bar in self.bars), default=0) or 1
        return [
            (bar, f"{_WHOLE * (bar.value or 0) / longest:.1f}", self.share(bar))
            for bar in self.bars
        ]

    @property
    def rows(self) -> list[tuple[Bar, str]]:
        """The table beneath: each bar, or each of its parts, with its share."""
        return [(bar, self.share(bar)) for bar in self.more or self.bars]

    def share(self, bar: Bar) -> str:
        """Return a bar's share of n with one decimal; blank where there is none to tell."""
        if not self.n or self.is_small or bar.apart or bar.value is None:
            return ""
        return percent(bar.value, self.n)


def percent(part: int, whole: int) -> str:
    """Return a share with one decimal, rounded half up.

    >>> percent(2, 3), percent(1, 8), percent(1, 2000)
    ('66.7%', '12.5%', '0.1%')
    """
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def lines(charts: Iterable[Chart]) -> list[list[str]]:
    """Return charts as rows of a file, heads first."""
    rows = [[_("统计"), _("项目"), _("数"), _("单位"), "n", _("占比"), _("说明")]]
    for chart in charts:
        n = "" if chart.n is None else str(chart.n)
        for bar, share in chart.rows:
            value = "" if bar.value is None else str(bar.value)
            cells = [chart.title, bar.label, value, chart.unit, n, share]
            rows.append([*cells, bar.note or chart.definition])
    return rows
