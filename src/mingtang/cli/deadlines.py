"""``mingtang law due``: the last day of a term, with its working day by day."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from mingtang.cli.doubts import holidays, open_point, unverified
from mingtang.cli.usage import Usage, UsageError, count, day
from mingtang.law import calendar
from mingtang.law.clock import Pause, explain
from mingtang.law.option import option
from mingtang.law.parameter import UNIT_NAMES, Unit, parameter
from mingtang.law.terms import answer_due, term, term_due, term_names

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mingtang.law.clock import DayNote
    from mingtang.law.terms import Term

_AFTER = """\
例：
  mingtang law due 2026-09-18
  mingtang law due 2026-09-18 --pause 2026-10-08:2026-10-20
  mingtang law due 2026-09-18 --extend 20

收到当日不计入；放假、调休按国务院办公厅每年的通知；征求意见的时间不计入期限。
某一年的通知还没有录入时不推算。法律没有说清的地方列在最后的“待确认”里：
本次怎样取、为什么、用哪个选项改。"""


def pause(text: str) -> Pause:
    """Return the days that do not count, written as first:last.

    >>> str(pause("2026-10-08:2026-10-20").last)
    '2026-10-20'
    """
    first, colon, last = text.partition(":")
    if not colon:
        message = f"停止计算的时间要写成 开始:结束，如 2026-10-08:2026-10-20，却是“{text}”"
        raise ArgumentTypeError(message)
    begin, end = day(first), day(last)
    if end < begin:
        message = f"停止计算的时间止于{end}，早于开始的{begin}"
        raise ArgumentTypeError(message)
    return Pause(begin, end)


def usage() -> Usage:
    """Return the arguments."""
    made = Usage("law due", "推算法定期限的最后一天，逐日写出怎样算。", _AFTER)
    made.add_argument("received", metavar="DATE", type=day, help="起算日（收到申请之日）")
    made.add_argument(
        "--term", metavar="TERM", default="answer", help="期限，默认 answer（答复）"
    )
    made.add_argument(
        "--pause",
        metavar="FIRST:LAST",
        type=pause,
        action="append",
        default=[],
        help="不计入期限的时间，可写多次",
    )
    made.add_argument(
        "--extend", metavar="N", type=count, help="延长 N 个工作日（只限答复，一次）"
    )
    for flag, name in (("--start-day", "start_day"), ("--last-day", "last_day")):
        point = option(name)
        meant = "、".join(f"{choice} {meaning}" for choice, meaning in point.choices)
        made.add_argument(
            flag,
            metavar="CHOICE",
            choices=[choice for choice, _ in point.choices],
            help=f"待确认的口径：{point.what}。{meant}；默认 {point.default}",
        )
    made.add_argument("--brief", action="store_true", help="只写结果，不逐日写")
    return made


def due(words: Sequence[str]) -> str:
    """Return the due day, its working and what is still open as text."""
    chosen = usage().parse_args(words)
    _refuse(chosen)
    received: date = chosen.received
    known = term(chosen.term, received)
    extensions = [] if chosen.extend is None else [chosen.extend]
    last = _last(known, chosen, extensions)
    _refuse_idle(chosen, last)
    lines = [str(known)]
    if extensions:
        cite = term("extension", received).cite
        lines.append(f"延长 {chosen.extend} 个工作日：{cite}")
    lines.append(f"起算日 {received}，到期日 {last}（{WEEKDAYS[last.weekday()]}）")
    if known.unit is Unit.WORKING_DAY and not chosen.brief:
        days = known.amount + sum(extensions)
        notes = explain(received, days, calendar(), chosen.pause, chosen.start_day)
        lines += _working(notes)
    return "\n".join((*lines, *_doubts(known, chosen, last), ""))


def _refuse(chosen: Namespace) -> None:
    """Raise `UsageError` for a term that does not exist or takes no such option."""
    if chosen.term not in term_names():
        message = (
            f"没有“{chosen.term}”这个期限；mingtang law 列出全部期限的名字，"
            "常用的有 answer（答复）、correction（补正）、third_party（第三方意见）、"
            "review_application（申请复议）"
        )
        raise UsageError(message)
    if chosen.term == "extension":
        message = (
            "延长接着答复的期限算，不单独起算；请用 --term answer 加 --extend 工作日数，"
            "如 mingtang law due 2026-09-18 --extend 20"
        )
        raise UsageError(message)
    if chosen.extend is not None and chosen.term != "answer":
        message = "只有答复的期限（--term answer）可以延长"
        raise UsageError(message)
    working = term(chosen.term, chosen.received).unit is Unit.WORKING_DAY
    wrong = chosen.last_day if working else chosen.start_day
    if wrong:
        flag, kind = ("--last-day", "不以") if working else ("--start-day", "以")
        message = f"{flag} 只用于{kind}工作日计的期限；“{chosen.term}”不是，请去掉"
        raise UsageError(message)


def _refuse_idle(chosen: Namespace, last: date) -> None:
    """Raise `UsageError` for a pause outside the term: a wrong month, most likely."""
    for each in chosen.pause:
        if each.last <= chosen.received or each.first > last:
            message = (
                f"不计入的时间 {each.first} 至 {each.last} 不在期限之内"
                f"（{chosen.received} 至 {last}），不起作用；请核对起止日期"
            )
            raise UsageError(message)


def _last(known: Term, chosen: Namespace, extensions: Sequence[int]) -> date:
    received: date = chosen.received
    pauses: Sequence[Pause] = chosen.pause
    if known.id == "answer":
        return answer_due(received, calendar(), pauses, extensions, chosen.start_day)
    choice = chosen.start_day or chosen.last_day
    return term_due(known.id, received, calendar(), pauses, choice)


def _doubts(known: Term, chosen: Namespace, last: date) -> Iterator[str]:
    yield ""
    if known.unit is Unit.WORKING_DAY:
        yield from open_point("start_day", chosen.start_day, "--start-day")
    else:
        yield from open_point("last_day", chosen.last_day, "--last-day")
    value = parameter(known.id).at(chosen.received)
    taken = f"{known.amount}{UNIT_NAMES[known.unit]}"
    yield from unverified(parameter(known.id), value, taken)
    yield from holidays(last)


def _working(notes: Sequence[DayNote]) -> Iterator[str]:
    for note in notes:
        number = f"{note.number:>3}" if note.counted else "  –"
        yield f"  {note.day} {number}　{note.why}"


WEEKDAYS = [f"星期{name}" for name in "一二三四五六日"]
