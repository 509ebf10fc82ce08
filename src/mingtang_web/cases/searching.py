"""What a search must say, and since when it must have been made, to bear "does not exist".

A search answers the request as it stood on its day: one made before a correction came,
or before the case was taken up again, has looked for something else or may be out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.replaying import replay
from mingtang_web.cases import bridge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.case.state import Case as History
    from mingtang_web.cases.models import Case, SearchRecord

LEAST = {"scope": 4, "method": 4, "result": 2}
"""So many Chinese characters each part of a record has at least; fewer say nothing.

The law sets no number: “档案” or “查” cannot be checked by a review or a court.
"""
_FIRST, _LAST = "\u4e00", "\u9fff"


class ThinRecordError(ValueError):
    """A part of a record that says nothing; ``field`` is which."""

    def __init__(self, why: str, field: str) -> None:
        super().__init__(why)
        self.field = field


def refuse_thin(record: SearchRecord) -> None:
    """Let a record pass whose every part says something; raises `ThinRecordError`."""
    for field, least in LEAST.items():
        said = str(getattr(record, field))
        if sum(_FIRST <= letter <= _LAST for letter in said) < least:
            raise ThinRecordError(_asked(field) % {"least": least}, field)


def begun_anew(history: History) -> date | None:
    """Return the day since which a search must have been made; None where any will do.

    The later of the day the correction arrived and the day the case was taken up again.
    """
    correction = history.correction
    arrived = correction.arrived if correction else None
    days = [day for day in (arrived, history.round.opened) if day]
    return max(days, default=None)


def bearing(history: History, days: Iterable[date]) -> bool:
    """Return whether a search of one of some days can bear the present round's answer.

    Not one of before the request was put right or the case taken up again, nor of after
    the answer was given.
    """
    since, answer = begun_anew(history), history.round.answer
    until = answer.on if answer else None
    return any(
        (since is None or since <= day) and (until is None or day <= until) for day in days
    )


def latest(case: Case) -> SearchRecord | None:
    """Return the record of the latest day, the last entered of one day; mostly the last."""
    return case.searches.select_related("by").order_by("on", "id").last()


def unsearched(case: Case) -> str:
    """Return why no record of a case bears "does not exist"; blank where one does."""
    record = latest(case)
    if record is None:
        return _("须先登记检索记录：检索的范围、方式、时间和人员")
    since = begun_anew(replay(bridge.history(case.pk)))
    if since is None or record.on >= since:
        return ""
    why = _(
        "最近一次检索在%(on)s，而%(since)s又收到了补正或者开始重新处理，"
        "此前的检索不能作为依据：请按现在的申请内容再检索一次，并登记检索记录"
    )
    return why % {"on": record.on, "since": since}


def _asked(field: str) -> str:
    """Return what belongs into a part of a record."""
    return {
        "scope": _(
            "至少写%(least)s个汉字：查了哪些机构、哪些年份的哪些档案或者系统，"
            "例如“局档案室2019年以来的验收档案”"
        ),
        "method": _(
            "至少写%(least)s个汉字：用什么名称、文号或者关键词，怎样查，"
            "例如“按项目名称在档案系统检索”"
        ),
        "result": _("至少写%(least)s个汉字：查到了什么，例如“没有查到”"),
    }[field]
