"""Where a letter, as it was typed, says something else than its case or the ledger.

Told to whoever writes the letter and to whoever consents to it; both stand side by
side, for either may be right.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.law.calendar import UncoveredYearError
from mingtang_web.applicants.actions import ErasedError, for_letters
from mingtang_web.cases.earlier import answers_before
from mingtang_web.cases.models import Delivery
from mingtang_web.cases.rules import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang_web.cases.models import Case

_NAMED = (
    (Delivery.ELECTRONIC, re.compile("电子邮|邮箱|电子方式|电子送达|e-?mail", re.I)),
    (Delivery.FAX, re.compile("传真")),
    (Delivery.POST, re.compile("邮寄|寄送|寄出|快递|挂号|EMS", re.I)),
    (Delivery.DIRECT, re.compile("当面|领取|自取|直接送达")),
)
"""By which words a way of providing is named (条例第四十条)."""
_YEAR = re.compile(r"〔(\d{4})〕")


def contradictions(case: Case, told: Mapping[str, object]) -> tuple[str, ...]:
    """Return what in a letter's particulars is doubtful beside its case, in its order."""
    return (*_providing(case, told), *_subject(case, told), *_earlier(case, told))


def comes_too_late(case: Case, told: Mapping[str, object]) -> str:
    """Return why an answer that is named cannot be an earlier one; blank where it can.

    条例第三十六条第（六）项: the request is repeated where it was answered before.
    """
    day: object = told.get("earlier_day")
    came = case.received or case.submitted
    if not isinstance(day, date) or day < came:
        return ""
    why = _("%(day)s不早于收到本件之日%(came)s；重复申请之前已经作出的答复才是前次答复")
    return why % {"day": day, "came": came}


def _providing(case: Case, told: Mapping[str, object]) -> Iterator[str]:
    said = str(told.get("provide_way") or "")
    ways = [way for way, words in _NAMED if words.search(said)]
    if not ways:
        return
    words = {"said": said, "wanted": case.get_delivery_display()}
    if case.delivery and case.delivery not in ways:
        why = _("“提供方式”写的是“%(said)s”，案件登记的获取方式是“%(wanted)s”，请核对")
        yield why % words
    try:
        reader = for_letters(case.applicant)
    except ErasedError:
        return
    if Delivery.ELECTRONIC in ways and not reader.email:
        yield _("“提供方式”写的是“%(said)s”，而申请人没有登记电子邮箱") % words
    if Delivery.FAX in ways and not reader.fax:
        yield _("“提供方式”写的是“%(said)s”，而申请人没有登记传真号码") % words


def _subject(case: Case, told: Mapping[str, object]) -> Iterator[str]:
    said = str(told.get("request_summary") or "")
    if said and "".join(said.split()) != "".join(case.subject.split()):
        why = _("文书写的申请内容是“%(said)s”，案件登记的是“%(kept)s”，请核对是否同一事项")
        yield why % {"said": said, "kept": case.subject}


def _earlier(case: Case, told: Mapping[str, object]) -> Iterator[str]:
    number, day = told.get("earlier_number"), told.get("earlier_day")
    if not number or not isinstance(day, date):
        return
    known = {(each.number, each.day) for each in answers_before(case)}
    words = {"day": day, "number": number}
    if (number, day) not in known:
        why = _("台账中没有%(day)s以%(number)s对这位申请人作出的答复，请核对")
        yield why % words
    yield from _dated(case, str(number), day)


def _dated(case: Case, number: str, day: date) -> Iterator[str]:
    """Yield what is doubtful about the day of an earlier answer and its number's year."""
    year = _YEAR.search(number)
    if year and int(year[1]) != day.year:
        why = _("前次答复的文号%(number)s是%(year)s年的，日期却是%(day)s，请核对")
        yield why % {"number": number, "year": year[1], "day": day}
    try:
        rests = not rulebook(case.body).calendar.is_working(day)
    except UncoveredYearError:
        return
    if rests:
        yield _("前次答复的日期%(day)s不是工作日，请核对") % {"day": day}
