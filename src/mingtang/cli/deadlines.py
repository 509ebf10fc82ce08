"""``mingtang law due``: the last day of a term, with its working day by day."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from mingtang.cli.usage import Usage, UsageError, count, day
from mingtang.law import calendar
from mingtang.law.clock import Pause, explain
from mingtang.law.parameter import Unit
from mingtang.law.terms import answer_due, term, term_due, term_names

if TYPE_CHECKING:
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
某一年的通知还没有录入时不推算。"""


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
    made.add_argument("--brief", action="store_true", help="只写结果，不逐日写")
    return made


def due(words: Sequence[str]) -> str:
    """Return the due day and its working as text."""
    chosen = usage().parse_args(words)
    if chosen.term not in term_names():
        message = f"没有“{chosen.term}”这个期限，可用：{'、'.join(term_names())}"
        raise UsageError(message)
    if chosen.extend is not None and chosen.term != "answer":
        message = "只有答复的期限（--term answer）可以延长"
        raise UsageError(message)
    received: date = chosen.received
    known = term(chosen.term, received)
    extensions = [] if chosen.extend is None else [chosen.extend]
    last = _last(known, received, chosen.pause, extensions)
    lines = [str(known), f"起算日 {received}，到期日 {last}"]
    if extensions:
        lines.insert(
            1, f"延长 {chosen.extend} 个工作日：{term('extension', received).cite}"
        )
    if known.unsettled:
        lines.append(f"待确认：{known.unsettled}")
    if known.unit is Unit.WORKING_DAY and not chosen.brief:
        notes = explain(received, known.amount + sum(extensions), calendar(), chosen.pause)
        lines += _working(notes)
    return "\n".join((*lines, ""))


def _last(
    known: Term, received: date, pauses: Sequence[Pause], extensions: Sequence[int]
) -> date:
    if known.id == "answer":
        return answer_due(received, calendar(), pauses, extensions)
    return term_due(known.id, received, calendar(), pauses)


def _working(notes: Sequence[DayNote]) -> Iterator[str]:
    for note in notes:
        number = f"{note.number:>3}" if note.counted else "  –"
        yield f"  {note.day} {number}　{note.why}"
