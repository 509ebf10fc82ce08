"""What is entered in a register: whole, possible, and nobody's personal data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.parameter import UncoveredDayError
from mingtang.law.terms import term_due
from mingtang_web import clock, masking
from mingtang_web.activities.rules import Register, kept
from mingtang_web.cases.actions import not_in_the_future
from mingtang_web.days import all_plausible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.activities.models import Activity

TERM = "budget_disclosure"
BLANK = {"about": "", "party": "", "bulletin": "", "address": "", "remark": ""}
"""Columns that are blank where nothing is said; all others are none."""
COMMON = ("form", "title", "day")
FILLED = (
    "year", "approved", "filed", "ended", "about", "party", "people", "sessions", "sites",
    "findings", "rectified", "bulletin", "address", "remark",
)  # fmt: skip
"""The columns that one register or another asks for."""
FIRST_YEAR = 1950
"""No budget is of an earlier year."""
_SCHEMES = ("http", "https")


def put(activity: Activity, said: Mapping[str, object]) -> None:
    """Let a row say what was entered, and what follows from it.

    Raises `ValidationError`, which names the field, and `FutureError`.
    """
    asked = {each.column: each for each in activity.kept.fields}
    unknown = said.keys() - {*asked, *COMMON}
    if unknown:
        raise ValidationError(dict.fromkeys(unknown, _("这一登记簿没有这一项")))
    for name in FILLED:
        value = said.get(name)
        text = value.strip() if isinstance(value, str) else value
        setattr(activity, name, BLANK.get(name) if text in {None, ""} else text)
    missing = [n for n, each in asked.items() if each.required and _lacks(activity, n)]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("请填写这一项")))
    _numbers(activity)
    activity.form, activity.title = str(said["form"]), str(said["title"]).strip()
    _dated(activity, said.get("day"))
    _check(activity)


def _lacks(activity: Activity, name: str) -> bool:
    return getattr(activity, name) in {None, ""}


def _numbers(activity: Activity) -> None:
    """Refuse a number below the least that makes sense, and a budget of no time."""
    wrong = {}
    for each in activity.kept.fields:
        value = getattr(activity, each.column)
        if isinstance(value, int) and value < each.least:
            told = {"least": each.least, "now": value}
            wrong[each.column] = (
                _("不能小于%(least)s，现为%(now)s；没有做过的不用登记") % told
            )
    year, last = activity.year, clock.today().year + 1
    if year is not None and not FIRST_YEAR <= year <= last:
        told = {"first": FIRST_YEAR, "last": last}
        wrong["year"] = _("年度须在%(first)s至%(last)s之间，请核对") % told
    if wrong:
        raise ValidationError(wrong)


def _dated(activity: Activity, day: object) -> None:
    """Put the days: a budget may be approved and not published yet, nothing else waits."""
    activity.pending = day is None
    if activity.pending and (activity.register != Register.BUDGET or not activity.approved):
        waits = activity.register == Register.BUDGET
        why = _("公开日期、批复日期至少填写一个") if waits else _("请填写这一项")
        raise ValidationError({"day": why})
    activity.day = day if isinstance(day, date) else activity.approved  # type: ignore[assignment]
    activity.due = due(activity.approved) if activity.approved else None


def due(approved: date) -> date | None:
    """Return the last day to publish what was approved on a day.

    None where the law or the holidays are not known for it: then nobody is late.
    """
    try:
        return term_due(TERM, approved, calendar())
    except (UncoveredDayError, UncoveredYearError):
        return None


def _check(activity: Activity) -> None:
    days = {name: getattr(activity, name) for name in ("day", "approved", "filed", "ended")}
    all_plausible(days)
    for day in filter(None, days.values()):
        not_in_the_future(day)
    if activity.form not in kept(activity.register).forms:
        raise ValidationError({"form": _("这一登记簿没有这种形式")})
    masking.to_keep(activity.title, "title")
    _names_nobody(activity)
    if activity.address:
        _reachable(activity.address)
    _agree(activity)


def _agree(activity: Activity) -> None:
    """Refuse what cannot be true together."""
    if activity.approved and activity.day < activity.approved:
        raise ValidationError({"day": _("公开日期早于批复日期，请核对两个日期")})
    if activity.ended and activity.ended < activity.day:
        raise ValidationError({"ended": _("注销日期不能早于开设日期，请核对两个日期")})
    if activity.rectified is not None and activity.findings is None:
        raise ValidationError({"findings": _("填写了已整改数的，也要填写发现问题数")})
    if activity.rectified is not None and activity.rectified > (activity.findings or 0):
        why = _("已整改数不能大于发现问题数，请核对两个数")
        raise ValidationError({"rectified": why})


def _names_nobody(activity: Activity) -> None:
    for name in BLANK:
        try:
            masking.no_personal_data(getattr(activity, name))
        except ValidationError as problem:
            raise ValidationError({name: problem.messages}) from problem


def _reachable(address: str) -> None:
    why = _("网址读不通，请打开公开页面，把浏览器地址栏里的整个地址复制过来")
    try:
        URLValidator(schemes=_SCHEMES)(address)
    except ValidationError as problem:
        raise ValidationError({"address": why}) from problem
