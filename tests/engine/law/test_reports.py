"""When an annual report must be out."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.law.parameter import UncoveredDayError
from mingtang.law.reports import Reporter, report_due, report_rule


def test_the_rule_of_a_township_says_it_is_unsettled() -> None:
    assert report_rule(2025, Reporter.TOWNSHIP).unsettled
    assert report_rule(2025, Reporter.DEPARTMENT).unsettled is None


@pytest.mark.parametrize("year", range(2008, 2019))
def test_the_old_regulation_gave_everybody_until_march(year: int) -> None:
    for reporter in Reporter:
        assert report_due(year, reporter) == date(year + 1, 3, 31)


def test_before_the_regulation_there_is_no_report() -> None:
    with pytest.raises(UncoveredDayError):
        report_due(2007, Reporter.GOVERNMENT)
