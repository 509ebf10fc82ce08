"""Two years of what section one tells: a few bodies' meetings, trainings, accounts, checks.

Entered through the site's own acts, some of them added to later, one struck.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web import clock
from mingtang_web.activities import actions
from mingtang_web.activities.rules import Form, Register
from mingtang_web.cases.actions import Doing
from mingtang_web.demonstration.days import earlier, later
from mingtang_web.demonstration.district import OFFICE, WHERE
from mingtang_web.demonstration.recording import Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mingtang_web.activities.models import Activity
    from mingtang_web.demonstration.casting import House

OPENS = time(15, 20)
MORE = "清河镇"
"""A township that keeps the registers as well."""
FIRST_OPENED = timedelta(days=900)
SITE = "https://www.xishan.example.cn"


class Tale(NamedTuple):
    """Something done every year: when, what, and what else is known of it."""

    month: int
    day: int
    register: Register
    form: Form
    title: str
    more: Mapping[str, object] = {}


R, F = Register, Form
YEARLY = (
    Tale(1, 20, R.TRAINING, F.ON_SITE, "{y}年政府信息公开业务培训",
         {"sessions": 1, "people": 42}),
    Tale(2, 26, R.MEETING, F.ATTENDED, "研究{y}年老旧小区改造计划的会议", {"people": 6}),
    Tale(3, 18, R.INSPECTION, F.MONTHLY, "{y}年一季度网站和新媒体监测",
         {"sites": 14, "findings": 5}),
    Tale(4, 10, R.RESPONSE, F.ANSWERED, "回应小区加装电梯补助标准",
         {"address": f"{SITE}/hy/1"}),
    Tale(5, 15, R.OUTREACH, F.THEME_DAY, "{y}年政务公开主题日", {"people": 180}),
    Tale(6, 17, R.INSPECTION, F.SAMPLE, "{y}年上半年公开栏目随机抽查",
         {"sites": 6, "findings": 3, "bulletin": "第2期通报"}),
    Tale(6, 24, R.TRAINING, F.ONE_TO_ONE, "各股室信息发布辅导", {"sessions": 4}),
    Tale(7, 9, R.INTERPRETATION, F.PRESS, "物业管理办法新闻发布会",
         {"about": "《西山区物业管理办法》", "address": f"{SITE}/jd/1"}),
    Tale(9, 3, R.MEETING, F.LIVE, "{y}年房屋安全排查部署会", {"address": f"{SITE}/zb/1"}),
    Tale(9, 21, R.INSPECTION, F.PATROL, "{y}年三季度网上巡查",
         {"sites": 14, "findings": 2}),
    Tale(10, 15, R.COOPERATION, F.JOINT, "公共租赁住房政策进社区", {"party": "区民政局"}),
    Tale(10, 29, R.TRAINING, F.ONLINE, "个人信息保护线上培训",
         {"sessions": 1, "people": 65}),
)  # fmt: skip
FEW = frozenset({R.MEETING, R.TRAINING, R.OUTREACH, R.INSPECTION})
"""What bodies other than the one whose accounts work keep."""
BUDGETS = (
    (2, 12, F.BUDGET, "{y}年部门预算", 0, 8),
    (9, 4, F.ACCOUNTS, "{b}年部门决算", -1, 22),
)
"""Approved on which day, what, of which year, published how many working days later."""
ACCOUNTS = ((F.WECHAT, "西山住建", 3), (F.WEIBO, "西山住建发布", 25))
"""On which platform, called what, how many days before each look the last post was."""


@dataclass
class Entry:
    """An entry of a register as it is made, and what is done with it afterwards."""

    house: House
    register: Register
    said: dict[str, object]
    row: Activity | None = field(default=None, init=False)

    def record(self) -> None:
        """Enter it."""
        staff = self.house.staff
        self.row = actions.record(self.house.body, self.register, self.said, staff.clerk)

    def put_right(self) -> None:
        """Say that what was found is put right."""
        row, staff = self._entered, self.house.staff
        said = self.said | {"rectified": self.said["findings"]}
        doing = Doing(staff.handlers[0], row.version, note="整改完成")
        self.row = actions.amend(row, said, doing)

    def look(self, seen: date, before: int) -> None:
        """Look at an account, whose newest post is some days old."""
        row, staff = self._entered, self.house.staff
        doing = Doing(staff.handlers[0], row.version)
        self.row = actions.observe(row, seen, seen - timedelta(days=before), doing)

    def strike(self) -> None:
        """Strike it: it was entered twice."""
        row = self._entered
        doing = Doing(self.house.staff.clerk, row.version, note="与上一条重复登记")
        self.row = actions.strike(row, doing)

    @property
    def _entered(self) -> Activity:
        if self.row is None:
            message = "not entered yet"
            raise ValueError(message)
        return self.row


def activities(house: House, last: date) -> Iterator[Deed]:
    """Yield what a body entered in its registers in this year and the year before."""
    name = house.body.short_name
    if name not in {WHERE, OFFICE.short_name, MORE}:
        return
    for year in (last.year - 1, last.year):
        for tale in YEARLY:
            if name == WHERE or tale.register in FEW:
                yield from _told(house, tale, year, last)
        yield from _budgets(house, year, last)
    yield from _twice(house, last)
    if name == WHERE:
        yield from _accounts(house, last)
        yield from _waiting(house, last)


def _told(house: House, tale: Tale, year: int, last: date) -> Iterator[Deed]:
    day = later(date(year, tale.month, tale.day), 0)
    entry = _entry(house, tale, year, day)
    if day > last:
        return
    yield _at(day, entry.record)
    right = later(day, 12)
    if "findings" in tale.more and right <= last:
        yield _at(right, entry.put_right)


def _entry(house: House, tale: Tale, year: int, day: date) -> Entry:
    said = {"form": tale.form, "title": tale.title.format(y=year), "day": day, **tale.more}
    return Entry(house, tale.register, said)


def _budgets(house: House, year: int, last: date) -> Iterator[Deed]:
    for month, number, form, title, shift, after in BUDGETS:
        approved = later(date(year, month, number), 0)
        day = later(approved, after)
        if day <= last:
            said: dict[str, object] = {
                "form": form, "title": title.format(y=year, b=year + shift), "day": day,
                "year": year + shift, "approved": approved, "address": f"{SITE}/yjs/{year}",
            }  # fmt: skip
            yield _at(day, Entry(house, R.BUDGET, said).record)


def _waiting(house: House, last: date) -> Iterator[Deed]:
    """Yield a budget that is approved and still to be published."""
    approved = earlier(last, 6)
    said: dict[str, object] = {
        "form": F.BUDGET, "title": f"{last.year}年部门预算（调整）", "day": None,
        "year": last.year, "approved": approved,
    }  # fmt: skip
    yield _at(approved, Entry(house, R.BUDGET, said).record)


def _accounts(house: House, last: date) -> Iterator[Deed]:
    """Yield the accounts and who looked at them, every second month."""
    opened = later(last - FIRST_OPENED, 0)
    for form, title, before in ACCOUNTS:
        said = {"form": form, "title": title, "day": opened, "party": "办公室"}
        entry = Entry(house, R.ACCOUNT, said | {"filed": later(opened, 5)})
        yield _at(earlier(last, 480), entry.record)
        for ago in range(440, 0, -44):
            seen = earlier(last, ago)
            yield _at(seen, partial(entry.look, seen, before if ago < 50 else 2))  # noqa: PLR2004 - of late


def _twice(house: House, last: date) -> Iterator[Deed]:
    """Yield an event that was entered twice, and struck once."""
    tale = next(each for each in YEARLY if each.register == R.OUTREACH)
    day = later(date(last.year - 1, tale.month, tale.day), 0)
    entry = _entry(house, tale, last.year - 1, day)
    yield _at(later(day, 1), entry.record)
    yield _at(later(day, 2), entry.strike)


def _at(day: date, act: Callable[[], object]) -> Deed:
    opens = datetime.combine(day, OPENS, clock.CHINA).astimezone(UTC)
    return Deed(opens + timedelta(minutes=day.toordinal() % 60), act)
