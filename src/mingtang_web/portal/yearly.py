"""What a body's annual reports tell over the years, as charts that anybody understands.

Every figure is that of the signed report, or a sum of its cells where each of them is a
number: with one blank among them the sum is not known, and nothing is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.combining.rates import measures
from mingtang_web.annual import publishing
from mingtang_web.charting import Bar, Chart
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.report import Report
    from mingtang_web.annual.models import Annual

RECEIVED, DONE = "requests/received/total", "requests/concluded/total"
REVIEWS = ("disputes/review/total",)
SUITS = ("disputes/suit_direct/total", "disputes/suit_after_review/total")


class Year(NamedTuple):
    """A year and what its report says."""

    annual: Annual
    report: Report

    def total(self, *cells: str) -> int | None:
        """Return the sum of some cells, None where one of them is no number."""
        found = [self.report.facts[cell].value for cell in cells]
        numbers = [int(value) for value in found if value is not None]
        return sum(numbers) if len(numbers) == len(cells) else None

    def bar(self, *cells: str) -> Bar:
        """Return the bar of the year, which leads to its report."""
        where = reverse("report", args=[self.annual.body.code, self.annual.year])
        value = self.total(*cells)
        note = _("没有填全") if value is None else ""
        return Bar(str(self.annual.year), value, where, note, always=True)


class Told(NamedTuple):
    """The charts, and the years whose report is not what was signed."""

    charts: list[Chart]
    unsure: list[int]


def told(rows: Sequence[Annual]) -> Told:
    """Return the charts of a body's reports, given with the last year first."""
    years: list[Year] = []
    unsure: list[int] = []
    for annual in reversed(rows):
        try:
            years.append(Year(annual, publishing.signed(annual)))
        except AlteredFileError:
            unsure.append(annual.year)
    return Told(_charts(years) if years else [], unsure)


def _charts(years: list[Year]) -> list[Chart]:
    return [
        Chart(
            "received",
            _("每年新收多少件申请？"),
            _("年度报告表三“本年新收政府信息公开申请数量”的总计；长度从零起"),
            tuple(year.bar(RECEIVED) for year in years),
            unit=_("件"),
            zeros=True,
        ),
        _results(years[-1]),
        Chart(
            "reviews",
            _("每年有多少件行政复议？"),
            _("年度报告表四“行政复议”的总计"),
            tuple(year.bar(*REVIEWS) for year in years),
            unit=_("件"),
            zeros=True,
        ),
        Chart(
            "suits",
            _("每年有多少件行政诉讼？"),
            _("年度报告表四“未经复议直接起诉”和“复议后起诉”的总计之和"),
            tuple(year.bar(*SUITS) for year in years),
            unit=_("件"),
            zeros=True,
        ),
    ]


def _results(year: Year) -> Chart:
    """Return what came of the requests of a year, by the groups of table 3."""
    edition = year.report.edition
    assert edition is not None  # noqa: S101 - it was compiled by one
    groups = [each for each in measures(edition) if each.whole == (DONE,)]
    bars = []
    for each in groups:
        value = year.total(*each.parts)
        note = _("没有填全") if value is None else ""
        bars.append(Bar(spoken(each.title), value, note=note))
    return Chart(
        "results",
        _("%(year)s年的申请，结果怎样？") % {"year": year.annual.year},
        _("年度报告表三“本年度办理结果”各类之和；n 是总计，上年结转的也在内"),
        tuple(bars),
        n=year.total(DONE),
        unit=_("件"),
        zeros=True,
    )
