"""The calendar agrees with two independent ones and refuses what it does not know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from mingtang.law import calendar as whole_calendar
from mingtang.law import holidays_years
from mingtang.law.calendar import (
    FOLDER,
    Calendar,
    UncoveredYearError,
    holiday_year,
    parse_year,
    shanghai_day,
)
from mingtang.law.sheet import InvalidDataError, parse

CALENDAR = Calendar()
YEARS = range(2008, 2027)


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_chinesecalendar_agrees_on_every_day(year: int) -> None:
    assert [day for day in days(year) if CALENDAR.is_working(day)] == [
        day for day in days(year) if chinese_calendar.is_workday(day)
    ]


@pytest.mark.parametrize("year", YEARS)
def test_holidays_agrees_on_every_day(year: int) -> None:
    state = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    assert [day for day in days(year) if CALENDAR.is_working(day)] == [
        day for day in days(year) if state.is_working_day(day)
    ]


def test_the_entered_years_follow_one_another_from_2008() -> None:
    entered = [known.year for known in holidays_years()]
    assert entered == list(range(2008, 2008 + len(entered)))
    assert set(YEARS) <= set(entered)
    assert {path.name for path in FOLDER.iterdir()} == {f"{year}.yaml" for year in entered}


def test_each_year_names_its_own_notice() -> None:
    for entered in holidays_years():
        own = f"国务院办公厅关于{entered.year}年部分节假日安排的通知"
        assert own in {notice.title for notice in entered.notices}
        for notice in entered.notices:
            assert notice.verified == (notice.number is not None)


def test_a_year_without_its_notice_raises_and_says_what_to_add() -> None:
    next_year = holidays_years()[-1].year + 1
    with pytest.raises(UncoveredYearError) as raised:
        CALENDAR.is_working(date(next_year, 1, 1))
    assert raised.value.year == next_year
    assert raised.value.file == f"src/mingtang/law/parameters/holidays/{next_year}.yaml"
    assert raised.value.file in str(raised.value)
    assert f"国务院办公厅关于{next_year}年部分节假日安排的通知" in str(raised.value)
    assert (Path(__file__).parents[3] / "docs/how-to/enter-a-years-holidays.md").is_file()


def test_a_day_says_why() -> None:
    assert whole_calendar().look_up(date(2024, 10, 1)).why == "星期二，国庆节放假"
    assert CALENDAR.look_up(date(2024, 9, 29)).why == "星期日，国庆节调休，上班"
    assert CALENDAR.look_up(date(2024, 9, 28)).why == "星期六，休息日"


def test_counting_is_the_inverse_of_adding() -> None:
    due = CALENDAR.add_working_days(date(2026, 1, 30), 20)
    assert CALENDAR.count_working_days(date(2026, 1, 30), due) == 20
    assert CALENDAR.count_working_days(due, due) == 0


@pytest.mark.parametrize("count", [0, -1])
def test_no_days_cannot_be_added(count: int) -> None:
    with pytest.raises(ValueError, match="工作日数"):
        CALENDAR.add_working_days(date(2026, 3, 2), count)


def test_a_day_off_moves_to_the_next_working_day() -> None:
    assert CALENDAR.first_working_day(date(2026, 10, 2)) == date(2026, 10, 8)
    assert CALENDAR.first_working_day(date(2026, 10, 8)) == date(2026, 10, 8)


def test_midnight_in_shanghai_is_the_next_day() -> None:
    assert shanghai_day(datetime(2026, 3, 2, 15, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert shanghai_day(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == date(2026, 3, 3)


NOTICE = (
    "{title: 国务院办公厅关于2030年部分节假日安排的通知, number: null, verified: false}"
)


@pytest.mark.parametrize(
    ("festival", "problem"),
    [
        ("from: 2030-10-01, until: 2030-10-07, days: 8", "共 7 天"),
        ("from: 2030-10-01, until: 2030-10-07, days: 7, worked: [2030-10-08]", "星期六"),
        ("from: 2030-12-31, until: 2031-01-01, days: 2", "不在 2030 年"),
        ("from: 2030-10-05, until: 2030-10-06, days: 2, worked: [2030-10-05]", "两次"),
        ("from: 2030-10-01, until: 2030-10-07", "缺少“days”"),
        ("worked: x", "列表"),
        ("", "既没有放假日"),
    ],
)
def test_a_faulty_festival_is_refused(festival: str, problem: str) -> None:
    line = f"{{name: 国庆节, notice: annual, {festival}}}".replace(", }", "}")
    text = f"year: 2030\nnotices: {{annual: {NOTICE}}}\nfestivals: [{line}]"
    with pytest.raises(InvalidDataError, match=problem):
        parse_year(parse(text, "2030.yaml"), 2030)


def test_a_file_of_another_year_or_an_unknown_notice_is_refused() -> None:
    line = "{name: 元旦, notice: next, from: 2030-01-01, until: 2030-01-01, days: 1}"
    text = f"year: 2030\nnotices: {{annual: {NOTICE}}}\nfestivals: [{line}]"
    with pytest.raises(InvalidDataError, match="notices 中没有“next”"):
        parse_year(parse(text, "2030.yaml"), 2030)
    with pytest.raises(InvalidDataError, match="与文件名一致"):
        parse_year(parse(text, "2031.yaml"), 2031)


def test_a_number_that_is_missing_cannot_be_verified() -> None:
    notice = NOTICE.replace("false", "true")
    line = "{name: 元旦, notice: annual, from: 2030-01-01, until: 2030-01-01, days: 1}"
    text = f"year: 2030\nnotices: {{annual: {notice}}}\nfestivals: [{line}]"
    with pytest.raises(InvalidDataError, match="没有文号"):
        parse_year(parse(text, "2030.yaml"), 2030)


def test_a_calendar_may_be_given_its_years() -> None:
    asked: list[int] = []

    def source(year: int) -> object:
        asked.append(year)
        return holiday_year(2026)

    assert Calendar(source).is_working(date(2026, 3, 2))  # type: ignore[arg-type]
    assert asked == [2026]


def test_december_is_in_doubt_until_the_next_notice_is_there() -> None:
    year = holiday_year(2025)._replace(unsettled="下一年的通知还没有")
    still, settled = (
        Calendar(lambda _: year),
        Calendar(lambda _: year._replace(unsettled=None)),
    )
    assert still.doubt(date(2025, 12, 3)) == "下一年的通知还没有"
    assert still.doubt(date(2025, 11, 28)) == ""
    assert settled.doubt(date(2025, 12, 3)) == ""
