"""Particulars as given, checked and said in the words of a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import fees
from mingtang.drafting.citing import said, said_as_listed
from mingtang.drafting.particulars import COMING, PAST
from mingtang.law.citation import CitationError
from mingtang.law.fees import FeeCountError
from mingtang.law.listing import parse_listing
from mingtang.law.parts import part_cite, parts
from mingtang.law.ranks import may_forbid
from mingtang.law.terms import term

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.drafting.particulars import Particular

LONGEST, MOST = 20_000, 500
"""Characters in a text and things in a list; more is no letter but an enclosure."""
_LONGEST_CITE, _LONGEST_SHOWN = 300, 40


class ValueProblemError(ValueError):
    """A value is not what its particular asks for; says what it should be."""


class Said(NamedTuple):
    """A particular in words: by field name, and item by item where it holds several.

    A field of an item is named after it: ``item``, ``item.reason``.
    """

    words: Mapping[str, str]
    items: tuple[Mapping[str, str], ...] = ()


def say(asked: Particular, value: object, on: date) -> Said:
    """Return a value in words; raises `ValueProblemError` where it is of another kind."""
    if asked.type == "list":
        texts = [_text(asked, text, on) for text in _several(value)]
        return Said({}, tuple({"item": text} for text in texts))
    if asked.type == "records":
        records = tuple(_record(asked, record, on) for record in _several(value))
        return Said({}, records)
    if asked.type == "fee":
        return Said(_fee(asked, value, on))
    return Said({asked.id: _SAYING[asked.type](asked, value, on)})


def spoken_day(day: date) -> str:
    """Return a day as official documents write it.

    >>> spoken_day(date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def shown(value: object) -> str:
    r"""Return a value as an error may show it: on one line and not at length.

    >>> shown("一\n二")
    "'一\\n二'"
    """
    told = repr(value)
    return told if len(told) <= _LONGEST_SHOWN else f"{told[:_LONGEST_SHOWN]}……"


def _several(value: object) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        message = "须为至少一项的列表"
        raise ValueProblemError(message)
    if len(value) > MOST:
        message = f"多于 {MOST} 项，请改作附件"
        raise ValueProblemError(message)
    return value


def _record(asked: Particular, value: object, on: date) -> dict[str, str]:
    if not isinstance(value, Mapping):
        message = f"每项须写明{'、'.join(part.label for part in asked.parts)}"
        raise ValueProblemError(message)
    known = {part.id for part in asked.parts}
    unknown = [shown(name) for name in value if name not in known]
    lacking = [part.label for part in asked.parts if part.id not in value]
    if unknown or lacking:
        problems = [f"每项缺“{label}”" for label in lacking]
        problems += [f"每项没有{name}这一要素" for name in unknown]
        raise ValueProblemError("、".join(problems))
    told = {}
    for part in asked.parts:
        for name, words in say(part, value[part.id], on).words.items():
            told[f"item.{name}"] = words
    return told


def _text(_: Particular, value: object, __: date) -> str:
    if not isinstance(value, str) or not value.strip():
        message = "须为不空的文字"
        raise ValueProblemError(message)
    if len(value) > LONGEST:
        message = f"多于 {LONGEST} 字，请改作附件"
        raise ValueProblemError(message)
    return value


def _day(asked: Particular, value: object, on: date) -> str:
    if type(value) is not date:
        message = "须为日期"
        raise ValueProblemError(message)
    if (asked.when == PAST and value > on) or (asked.when == COMING and value < on):
        side = "晚于" if asked.when == PAST else "早于"
        message = f"不得{side}文书日期（{spoken_day(on)}），却是{spoken_day(value)}"
        raise ValueProblemError(message)
    return spoken_day(value)


def _whole(_: Particular, value: object, __: date) -> str:
    if type(value) is not int or value < 1:
        message = f"须为 1 以上的整数，却是 {shown(value)}"
        raise ValueProblemError(message)
    return str(value)


def _working_days(asked: Particular, value: object, on: date) -> str:
    days = _whole(asked, value, on)
    if asked.most is not None and int(days) > term(asked.most, on).amount:
        most = term(asked.most, on)
        message = f"最多 {most.amount} 个工作日（{most.cite}），却是 {days}"
        raise ValueProblemError(message)
    return days


def _yuan(asked: Particular, value: object, on: date) -> str:
    return f"{_whole(asked, value, on)}元"


def _choice(asked: Particular, value: object, _: date) -> str:
    offered = dict(asked.choices)
    if not isinstance(value, str) or value not in offered:
        words = "、".join(f"{name}（{word}）" for name, word in asked.choices)
        message = f"须从下列各项中选一：{words}"
        raise ValueProblemError(message)
    return offered[value]


def _cite(asked: Particular, value: object, __: date) -> str:
    problem = "须写明文件名和条，例如“档案法第二十八条”"
    if not isinstance(value, str) or len(value) > _LONGEST_CITE:
        raise ValueProblemError(problem)
    try:
        sources = parse_listing(value)
    except CitationError as fault:
        message = f"{problem}；{fault}。几条之间用顿号隔开，逐条写，不写“至”“等”"
        raise ValueProblemError(message) from fault
    vague = next((str(each) for each in sources if not each.article), None)
    if vague:
        message = f"{problem}；“{vague}”没有写到条"
        raise ValueProblemError(message)
    low = next((each for each in sources if not may_forbid(each)), None)
    if asked.of_state and low:
        message = (
            f"{asked.of_state}：“{low.instrument or low.number}”不是法律，"
            "也看不出是行政法规；规章、地方性法规和规范性文件不能作这里的依据。"
            "确是行政法规的，请写明国务院令号，例如“《……办法》（国务院令第000号）第三条”"
        )
        raise ValueProblemError(message)
    return said_as_listed(sources)


def _ground(_: Particular, value: object, __: date) -> str:
    codes = [code for part in parts() for code in part.grounds]
    if value not in codes:
        message = f"须为办理结果代码之一：{'、'.join(codes)}"
        raise ValueProblemError(message)
    return said(part_cite(str(value)))


def _fee(asked: Particular, value: object, on: date) -> dict[str, str]:
    if not isinstance(value, fees.ItemFee | fees.PageFee):
        message = "须写明按件（第几件至第几件）或者按量（页数），只可择一"
        raise ValueProblemError(message)
    try:
        bill = fees.bill(value, on)
    except FeeCountError as fault:
        raise ValueProblemError(str(fault)) from fault
    return {
        f"{asked.id}.counted": bill.counted,
        f"{asked.id}.cite": bill.cite,
        f"{asked.id}.total": str(bill.total),
        f"{asked.id}.capitals": fees.capitals(bill.total),
    }


_SAYING: dict[str, Callable[[Particular, object, date], str]] = {
    "text": _text,
    "day": _day,
    "whole": _whole,
    "working_days": _working_days,
    "yuan": _yuan,
    "choice": _choice,
    "cite": _cite,
    "ground": _ground,
}
