"""``mingtang law``: what the law fixes, and the days and fees that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.cli.deadlines import due
from mingtang.cli.doubts import unverified
from mingtang.cli.speech import say
from mingtang.cli.usage import Usage, UsageError, count, day
from mingtang.form.loading import EDITION_IDS, edition
from mingtang.law import grounds, holidays_years, parameters
from mingtang.law.calendar import UncoveredYearError, holiday_year
from mingtang.law.clock import CountError
from mingtang.law.fees import FeeCountError, item_lines, page_lines
from mingtang.law.parameter import (
    UNIT_NAMES,
    Band,
    MonthDay,
    UncoveredDayError,
    Unit,
    parameter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from mingtang.law.calendar import Notice
    from mingtang.law.fees import FeeLine
    from mingtang.law.parameter import DatedValue, Parameter

_AFTER = """\
  mingtang law                               全部法定数值
  mingtang law due 2026-09-18 --term answer  推算到期日，逐日写出
  mingtang law fee --items 35                按件计收的信息处理费
  mingtang law fee --pages 150               按页计收的信息处理费
  mingtang law grounds                       办理结果、依据和表三对应的行
  mingtang law holidays 2026                 一年的放假和调休
mingtang law due --help 等显示各自的说明。"""


def run(words: Sequence[str]) -> int:
    """Run the command."""
    topic, rest = (words[0], words[1:]) if words else ("", ())
    if topic in {"-h", "--help"}:
        say(f"用法：mingtang law [due|fee|grounds|holidays] [参数…]\n\n{_AFTER}\n")
        return 0
    if topic not in _TOPICS:
        message = f"law 没有“{topic}”这一项，可用：{'、'.join(filter(None, _TOPICS))}"
        raise UsageError(message)
    try:
        say(_TOPICS[topic](rest))
    except (UncoveredDayError, UncoveredYearError, CountError, FeeCountError) as error:
        raise UsageError(str(error)) from error
    except OverflowError as error:
        message = "日期或天数太大，无法推算"
        raise UsageError(message) from error
    return 0


def _parameters(words: Sequence[str]) -> str:
    Usage("law", "列出法定数值。").parse_args(words)
    return "\n".join(line for known in parameters() for line in _parameter(known)) + "\n"


def _parameter(known: Parameter) -> Iterator[str]:
    yield f"{known.id}　{known.what}"
    for value in known.values:
        yield f"  {value.period()}：{printed(known, value)}　{value.cite}"
        if value.unsettled:
            yield f"    待确认：{value.unsettled}（核对后改 src/mingtang/{known.file}）"


def printed(known: Parameter, value: DatedValue) -> str:
    """Return a dated value in words."""
    held = value.value
    if isinstance(held, MonthDay):
        return str(held)
    if isinstance(held, tuple):
        bands = [band for band in held if isinstance(band, Band)]
        return "；".join(prices(bands, PIECES.get(known.id, "份")))
    if known.unit is Unit.YES_NO:
        return "是" if held else "否"
    return f"{held}{UNIT_NAMES[known.unit]}"


PIECES = {"fee_by_items": "件", "fee_by_pages": "页"}
"""What a price is paid for."""


def prices(bands: Sequence[Band], piece: str) -> Iterator[str]:
    """Yield the bands of a progressive price in words.

    >>> list(prices([Band(0, 0), Band(30, 200, 10, 100)], "件"))
    ['第1至30件不收费', '第31至40件每件200元，此后每10件，每件再加100元']
    """
    ends = [*(band.above for band in bands[1:]), None]
    for band, end in zip(bands, ends, strict=True):
        last = band.above + band.every if band.every else end
        span = (
            f"第{band.above + 1}{f'至{last}' if last else ''}{piece}{'' if last else '起'}"
        )
        price = f"每{piece}{band.price}元" if band.price else "不收费"
        grows = (
            f"，此后每{band.every}{piece}，每{piece}再加{band.step}元" if band.every else ""
        )
        yield f"{span}{price}{grows}"


def _fee(words: Sequence[str]) -> str:
    made = Usage("law fee", "算信息处理费，并写出算法。")
    kinds = made.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--items", metavar="N", type=count, help="同一申请人一个月内的件数")
    kinds.add_argument("--pages", metavar="N", type=count, help="一件申请的页数")
    made.add_argument(
        "--on", metavar="DATE", type=day, help="按哪一天的标准（默认现行标准）"
    )
    chosen = made.parse_args(words)
    by_items = chosen.items is not None
    pieces, unit = (chosen.items, "件") if by_items else (chosen.pages, "页")
    known = parameter("fee_by_items" if by_items else "fee_by_pages")
    on: date = chosen.on or known.values[0].start
    lines = (item_lines if by_items else page_lines)(pieces, on)
    total = sum(line.amount for line in lines)
    value = known.at(on)
    head = f"信息处理费：{pieces} {unit}，{total} 元"
    said = (
        *(_fee_line(line, unit) for line in lines),
        f"计法：{known.what}",
        f"依据：{value.cite}（{value.period()}）",
        "",
        *unverified(known, value, printed(known, value)),
    )
    return "\n".join((head, *said, ""))


def _fee_line(line: FeeLine, unit: str) -> str:
    number = line.last - line.first + 1
    span = f"第 {line.first} 至 {line.last} {unit}"
    if line.price == 0:
        return f"  {span}：不收费"
    return f"  {span}：{number} × {line.price} 元 = {line.amount} 元"


def _grounds(words: Sequence[str]) -> str:
    Usage("law grounds", "列出办理结果、依据和表三对应的行。").parse_args(words)
    lines = []
    for one in grounds():
        lines.append(f"{one.code:<4}{one.title}")
        lines.append(f"    表三：{_row_label(one.line)}　依据：{one.cite}")
        if one.unsettled:
            lines.append(f"    待确认：{one.unsettled}")
    return "\n".join((*lines, ""))


def _row_label(line: str) -> str:
    """Return what the form now in force calls a line of table 三."""
    blocks = edition(EDITION_IDS[0]).table("requests").blocks
    found = (one for block in blocks for one in block.lines if one.id == line)
    return next(found).full_label


def _holidays(words: Sequence[str]) -> str:
    made = Usage("law holidays", "列出一年的放假和调休；不写年份则列出有哪些年。")
    made.add_argument("year", metavar="YEAR", type=count, nargs="?", help="年份")
    chosen = made.parse_args(words)
    if chosen.year is None:
        years = [str(known.year) for known in holidays_years()]
        return f"有放假安排的年份：{'、'.join(years)}\n"
    known = holiday_year(chosen.year)
    lines = [f"{known.year}年放假调休"]
    lines += [f"依据：{notice}{_unverified(notice)}" for notice in known.notices]
    for festival in known.festivals:
        lines.append(f"  {festival.name}：放假 {_days(festival.off)}")
        if festival.worked:
            lines.append(f"    调休上班 {_days(festival.worked)}")
    lines += [f"待确认：{known.unsettled}"] if known.unsettled else []
    return "\n".join((*lines, ""))


def _unverified(notice: Notice) -> str:
    return "" if notice.verified else "（文号待核实）"


def _days(days: Sequence[date]) -> str:
    """Return days in words, runs of days by their ends."""
    runs: list[list[date]] = []
    for one in days:
        if runs and (one - runs[-1][-1]).days == 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return "、".join(_run(run) for run in runs) or "无"


def _run(run: Sequence[date]) -> str:
    first, last = (f"{one.month}月{one.day}日" for one in (run[0], run[-1]))
    return first if len(run) == 1 else f"{first}至{last}"


_TOPICS: dict[str, Callable[[Sequence[str]], str]] = {
    "": _parameters,
    "due": due,
    "fee": _fee,
    "grounds": _grounds,
    "holidays": _holidays,
}
